"""The declaration loop: what one message does to one draft. Knows no Rasa and no database.

The order in which a message is read is the design. A button names its field, so a late press corrects
that field. A whole message that is an order is obeyed. A typed field that can read the words has its
answer, whatever the classifier thinks: it once took "hôm qua" for *skip*. For open fields (a name may be
"Lệ Phí") only a confident, question-shaped question comes before the answer. Everything else is a miss,
and a miss says what was expected.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.basics.ids import FieldId
from bot.basics.say import Command, Say, say
from bot.basics.vietnamese.answers import Reply, says_skip, yes_or_no
from bot.declarations import card as cards
from bot.declarations import checks, files
from bot.declarations.asking import Asker, Line
from bot.declarations.corrections import meant, regroup
from bot.declarations.kinds import KINDS
from bot.declarations.kinds.model import NotKnown, Ok, Unsure, Wrong
from bot.declarations.model import (
    Draft,
    Heard,
    Outcome,
    Pending,
    Proposal,
    ReceivedFile,
    Status,
    Then,
)
from bot.declarations.path import Stop
from bot.declarations.phrases import Order, Phrases
from bot.declarations.proposing import Proposer
from bot.procedures.model import CrossCheck

QUESTIONS = frozenset(
    """ask_procedure_overview ask_documents ask_fee ask_time ask_where ask_steps ask_conditions
    ask_form ask_result ask_legal_basis ask_online_level ask_channel ask_level_definition
    ask_level_difference ask_benefits ask_risks ask_how_to_use list_procedures check_status_by_code
    check_status_by_id result_delivery pay_fee pay_issue complain talk_to_officer privacy_delete
    report_scam abusive bot_capability greet thanks_bye start_filing resume_filing withdraw_dossier
    subscribe_updates rate_service out_of_scope supplement_dossier""".split()
)
"""Intents that answer no field: the loop steps aside for them. Each has a rule in stories/rules.yml."""

ORDERS: Mapping[str, Order] = {
    "go_back": Order.BACK,
    "skip": Order.SKIP,
    "cancel_filing": Order.PAUSE,
    "ask_field_help": Order.HELP,
    "dont_know": Order.HELP,
}
"""Intents that are orders when the words could not be read as an answer."""

PROPOSING = frozenset(("take", "drop", "fix", "whose", "use"))
"""What buttons do to a proposal."""

_SURE = 0.6
_VERY_SURE = 0.8


Bind = Callable[[str, tuple[ReceivedFile, ...]], tuple[ReceivedFile, ...]]
"""Puts the files of the paper with this name together, as they are to be kept."""


@dataclass(frozen=True)
class Loop:
    """One form, ready to be talked through."""

    asker: Asker
    phrases: Phrases
    proposer: Proposer
    bind: Bind = files.apart

    def open(self, draft: Draft, text: str, *before: Say) -> Outcome:
        """Puts the first question, or reads back what the opening words already say."""
        return self._next(self.proposer.from_message(draft, text, None) or draft, before=before)

    def repeat(self, draft: Draft, *before: Say) -> Outcome:
        """Puts the present question again, or shows the review, after saying `before`."""
        return self._next(draft, before=before)

    def hear(self, draft: Draft, heard: Heard) -> Outcome:
        """What the message does. Hearing the same message again only repeats the question."""
        if heard.message == draft.last_message:
            return self.repeat(draft)
        draft = draft.having(last_message=heard.message)
        if heard.pressed:
            return self._pressed(draft, heard.pressed)
        if heard.files:
            return self._files(draft, heard)
        if draft.proposal:
            return self._proposed(draft, draft.proposal, heard)
        order = self.phrases.order(heard.text)
        if order and not (order is Order.PAUSE and self._is_yes(draft, heard.text)):
            return self._obey(draft, order)
        if changed := regroup(self.phrases.groups, self.asker, draft, heard.text):
            return self._next(*changed)
        if outcome := self.correct(draft, heard.text):
            return outcome
        if draft.status is Status.REVIEW:
            return self._in_review(draft, heard)
        if draft.pending:
            return self._confirming(draft, draft.pending, heard)
        return self._answer(draft, heard)

    def _is_yes(self, draft: Draft, text: str) -> bool:
        """Whether a yes is waited for and this is one: `dung` may also be read as an order to stop."""
        stop = self.asker.stop(draft)
        waits = draft.pending or draft.status is Status.REVIEW
        is_asked = stop is not None and stop.field.kind == "yes_no"
        return bool(waits or is_asked) and yes_or_no(text) is Reply.YES

    def _answer(self, draft: Draft, heard: Heard) -> Outcome:
        stop = self.asker.stop(draft)
        if stop is None:
            return self.repeat(draft)
        kind = KINDS[stop.field.kind]
        if kind.is_open and self._is_surely_a_question(heard):
            return Outcome(draft, then=Then.ASIDE)
        text = heard.phone if heard.phone and stop.field.kind == "phone" else heard.text
        if draft.taking and (order := files.meant(draft, text)):
            return self._obey(draft, order)
        asks = heard.intent in QUESTIONS and self.phrases.is_question(heard.text)
        if not asks and (proposed := self.proposer.from_message(draft, text, stop)):
            return self._next(proposed)
        skips = self._leaves_out(draft, stop, text)
        if skips and kind.is_open:
            return self._skip(draft)
        reading = kind.read(text, self.asker.question(draft, stop))
        if isinstance(reading, Ok):
            return self._take(draft, stop, reading)
        if skips:
            return self._skip(draft)
        if self._is_surely_a_question(heard):
            return Outcome(draft, then=Then.ASIDE)
        if isinstance(reading, Unsure):
            return Outcome(draft, (self.asker.which(draft, stop, reading),))
        if heard.intent in QUESTIONS and heard.confidence >= _SURE:
            return Outcome(draft, then=Then.ASIDE)
        if isinstance(reading, NotKnown):
            return self._obey(draft, Order.HELP)
        if heard.intent in ORDERS and heard.confidence >= _VERY_SURE:
            return self._obey(draft, ORDERS[heard.intent])
        return self._missed(draft, stop, reading)

    def _leaves_out(self, draft: Draft, stop: Stop, text: str) -> bool:
        """Whether the words leave an optional question out; a bare *không* does, like *bỏ qua*."""
        if self.asker.is_required(draft, stop):
            return False
        may_mean_more = stop.field.kind == "consent" or bool(stop.field.options)
        return says_skip(text) or (not may_mean_more and yes_or_no(text) is Reply.NO)

    def _is_surely_a_question(self, heard: Heard) -> bool:
        is_question = heard.intent in QUESTIONS and heard.confidence >= _VERY_SURE
        return is_question and self.phrases.is_question(heard.text)

    def _take(self, draft: Draft, stop: Stop, reading: Ok) -> Outcome:
        """Accepts a value, after the citizen's yes where something about it is unusual."""
        broken = self._disagreements(draft, stop, reading.value)
        if refused := next((check for check in broken if not check.warn), None):
            wrong = Wrong("declaration.disagrees", {"message": refused.message})
            return self._missed(draft, stop, wrong)
        doubts = [Say(doubt.key, doubt.facts) for doubt in reading.doubts]
        doubts += [say("declaration.disagrees", message=check.message) for check in broken]
        if not doubts:
            return self._accept(draft, stop.id, reading.value)
        waiting = Pending(stop.id, reading.value)
        draft = draft.having(pending=waiting, asking=stop.id, status=Status.FILLING)
        return Outcome(draft, (self.asker.doubt(draft, stop, reading.value, doubts),))

    def _accept(self, draft: Draft, field: FieldId, value: Any) -> Outcome:
        before = self.asker.path(draft)
        draft = self.proposer.from_correction(draft.answered(field, value), before, field)
        return self._next(draft, noted=self.asker.changed(before, self.asker.path(draft), field))

    def _disagreements(self, draft: Draft, stop: Stop, value: Any) -> tuple[CrossCheck, ...]:
        values = self.asker.path(draft.answered(stop.id, value)).values
        rules = self.asker.form.cross_checks
        return checks.disagreements(rules, stop.id, values, self.asker.today)

    def _confirming(self, draft: Draft, pending: Pending, heard: Heard) -> Outcome:
        stop = self.asker.path(draft).stop(pending.field)
        if stop is None:
            return self.repeat(draft.having(pending=None))
        match self._whole_reply(draft, stop, heard.text):
            case True:
                return self._accept(draft, stop.id, pending.value)
            case False:
                return self.repeat(draft.having(pending=None))
        return self._answer(draft.having(pending=None, asking=stop.id), heard)

    def _proposed(self, draft: Draft, proposal: Proposal, heard: Heard) -> Outcome:
        """The answer to what was proposed. Orders drop it, questions leave it standing."""
        if proposal.words and yes_or_no(heard.text) is Reply.YES:
            return self._next(self.proposer.take(draft, proposal))
        if someone := self.proposer.named(draft, proposal, heard.text):
            return self._proposal_pressed(draft, proposal, "whose", {"someone": someone})
        order = self.phrases.order(heard.text)
        if order is Order.EDIT:
            return Outcome(draft, (self.proposer.which_to_fix(draft, proposal),))
        if order is Order.SKIP:
            return self._next(draft.having(proposal=None))
        if order:
            return self._obey(draft if order is Order.PAUSE else draft.having(proposal=None), order)
        if (edit := self.phrases.edit(heard.text)) and (
            stops := self.proposer.meant(draft, proposal, edit)
        ):
            changed = self.proposer.with_value(draft, proposal, stops[0], edit.value)
            return self._next(changed or self.proposer.take(draft, proposal, but=stops[0].id))
        if amended := self.proposer.amended(draft, proposal, heard.text):
            return self._next(amended)
        if yes_or_no(heard.text) is Reply.NO:
            return self._next(draft.having(proposal=None))
        if heard.intent in QUESTIONS and heard.confidence >= _SURE:
            return Outcome(draft, then=Then.ASIDE)
        return self._next(draft, before=(say("proposal.how"),))

    def _proposal_pressed(
        self, draft: Draft, proposal: Proposal, do: str, facts: Mapping[str, str]
    ) -> Outcome:
        match do:
            case "take" if proposal.words:
                return self._next(self.proposer.take(draft, proposal))
            case "drop":
                return self._next(draft.having(proposal=None))
            case "fix":
                return self._next(self.proposer.take(draft, proposal, FieldId(facts["field"])))
            case "whose":
                belongs = self.proposer.belongs_to(draft, proposal, facts["someone"])
                return self._next(belongs or draft)
            case "use" if used := self.proposer.use(draft, proposal, facts["known"]):
                return self._next(used, noted=self.proposer.noted(draft, used))
            case Order.EDIT:
                return Outcome(draft, (self.proposer.which_to_fix(draft, proposal),))
        return self.repeat(draft)

    def _missed(self, draft: Draft, stop: Stop, reading: Wrong) -> Outcome:
        draft = draft.having(
            misses=draft.misses + 1, asking=stop.id, pending=None, status=Status.FILLING
        )
        return Outcome(draft, self.asker.wrong(draft, stop, reading))

    def _files(self, draft: Draft, heard: Heard) -> Outcome:
        stop = self.asker.stop(draft)
        card = next((item for item in heard.files if item.card), None)
        if card and not (stop and stop.field.kind == "file"):
            return self._card(draft, card, heard)
        received, says = files.receive(draft, heard.files, self.asker.path(draft))
        if self.proposer.may_be_a_card(draft, heard.files):
            says = (*says, say("proposal.card_unread"))
        return self._next(received, before=says)

    def _card(self, draft: Draft, card: ReceivedFile, heard: Heard) -> Outcome:
        """An identity card where no paper is asked for: read, and not kept."""
        facts = cards.read(card.card, self.asker.today)
        proposed = self.proposer.from_card(draft, facts) if facts else None
        if proposed is None:
            return self.repeat(draft, say("proposal.card_of_nobody"))
        others = tuple(item for item in heard.files if item is not card)
        if others:
            return self._files(proposed, replace(heard, files=others))
        return self._next(proposed)

    def _pressed(self, draft: Draft, command: Command) -> Outcome:
        if command.intent != "inform":
            return Outcome(draft, then=Then.ASIDE)
        if command.facts.get("draft") != draft.id:
            return self.repeat(draft)
        do, field = command.facts.get("do", ""), command.facts.get("field")
        if do in PROPOSING or (draft.proposal and do == Order.EDIT and field is None):
            if draft.proposal is None:
                return self.repeat(draft)
            return self._proposal_pressed(draft, draft.proposal, do, command.facts)
        if field is None:
            return self._obey(draft, Order(do)) if do in set(Order) else self.repeat(draft)
        stop = self.asker.path(draft).stop(FieldId(field))
        if stop is None:
            return self.repeat(draft, say("declaration.off_path"))
        return self._pressed_for(draft, stop, do, command)

    def _pressed_for(self, draft: Draft, stop: Stop, do: str, command: Command) -> Outcome:
        pending = draft.pending
        match do:
            case "answer":
                value = json.loads(command.facts["value"])
                return self._take(draft.having(pending=None), stop, Ok(value))
            case "confirm" if pending and pending.field == stop.id:
                return self._accept(draft, stop.id, pending.value)
            case "retype":
                return self._revisit(draft, stop)
            case "use_held" if stop.id == draft.asking:
                held, says = files.use_held(draft, self.asker.path(draft))
                return self._next(held, before=says)
            case Order.EDIT:
                return self._revisit(draft, stop)
            case Order.SKIP | Order.DONE | Order.USE | Order.AGAIN if stop.id == draft.asking:
                return self._obey(draft, Order(do))
        return self.repeat(draft)

    def _obey(self, draft: Draft, order: Order) -> Outcome:
        match order:
            case Order.SKIP:
                return self._skip(draft)
            case Order.DONE:
                return self._files_done(draft)
            case Order.USE:
                return self._next(files.use(draft))
            case Order.AGAIN:
                kept, dropped = files.drop(draft)
                return self._next(kept, before=dropped)
            case Order.BACK:
                stop = self.asker.path(draft).before(draft.asking)
                return self._revisit(draft, stop) if stop else self.repeat(draft)
            case Order.PAUSE:
                return Outcome(draft.having(pending=None), then=Then.PAUSE)
            case Order.HELP:
                stop = self.asker.stop(draft)
                return (
                    Outcome(draft, (self.asker.help(draft, stop),)) if stop else self.repeat(draft)
                )
            case Order.REVIEW:
                if self.asker.is_complete(draft):
                    return replace(self.repeat(draft), shows_all=True)
                return self.repeat(draft, say("declaration.so_far", lines=self.asker.lines(draft)))
            case Order.FILE:
                if draft.status is Status.REVIEW and self.asker.is_complete(draft):
                    return Outcome(draft, then=Then.FILE)
                return self.repeat(draft, say("declaration.not_complete"))
            case Order.EDIT:
                return Outcome(draft, (say("declaration.edit_how"),))
            case Order.DELETE:
                return Outcome(draft, (self.asker.delete_sure(draft),))

    def _skip(self, draft: Draft) -> Outcome:
        stop = self.asker.stop(draft)
        if stop is None:
            return self.repeat(draft)
        if draft.taking:
            return self._files_done(draft)
        if self.asker.is_required(draft, stop):
            reason = say("declaration.required", label=stop.field.label)
            return Outcome(draft, (reason, self.asker.help(draft, stop)))
        return self._accept(draft, stop.id, None)

    def _files_done(self, draft: Draft) -> Outcome:
        stop = self.asker.stop(draft)
        if stop and stop.is_gate:
            return self._accept(draft, stop.id, False)
        if stop is None or stop.field.kind != "file":
            return self.repeat(draft)
        if not draft.taking:
            return self._skip(draft)
        bound = self.bind(stop.field.label, draft.taking)
        value = [files.as_value(item) for item in bound]
        return self._accept(draft.having(taking=()), stop.id, value)

    def _revisit(self, draft: Draft, stop: Stop) -> Outcome:
        return self._next(
            files.laid_aside(draft).having(
                revisiting=stop.id, pending=None, misses=0, status=Status.FILLING
            )
        )

    def correct(self, draft: Draft, text: str) -> Outcome | None:
        """The correction that the words ask for; None when they name no field, so may be an answer."""
        edit = self.phrases.edit(text)
        if edit is None:
            return None
        stops = meant(self.phrases.groups, self.asker, draft, edit.label)
        if not stops:
            return None
        if len(stops) > 1:
            return Outcome(draft, (self.asker.edit_which(draft, stops),))
        stop = stops[0]
        if edit.value:
            question = self.asker.question(draft, stop)
            reading = KINDS[stop.field.kind].read(edit.value, question)
            if isinstance(reading, Ok):
                return self._take(draft.having(status=Status.FILLING), stop, reading)
        return self._revisit(draft, stop)

    def _in_review(self, draft: Draft, heard: Heard) -> Outcome:
        if heard.intent in QUESTIONS and heard.confidence >= _SURE:
            return Outcome(draft, then=Then.ASIDE)
        last = self.asker.path(draft).stops[-1]
        match self._whole_reply(draft, last, heard.text):
            case True:
                return Outcome(draft, then=Then.FILE)
            case False:
                return Outcome(draft, (say("declaration.edit_how"),))
        return self.repeat(draft)

    def _whole_reply(self, draft: Draft, stop: Stop, text: str) -> bool | None:
        """A yes or no and nothing more: in `ok, sửa số điện thoại` the yes decides nothing yet."""
        if "," in text and yes_or_no(text) is None:
            return None
        reading = KINDS["yes_no"].read(text, self.asker.question(draft, stop))
        return bool(reading.value) if isinstance(reading, Ok) else None

    def _next(
        self, draft: Draft, before: tuple[Say, ...] = (), noted: tuple[Line, ...] = ()
    ) -> Outcome:
        """The question that comes next, or the review when none is left."""
        if draft.proposal and self.proposer.stands(draft, draft.proposal):
            return Outcome(draft, (*before, self.proposer.put(draft, draft.proposal)))
        draft = draft.having(proposal=None)
        found = self.asker.path(draft)
        unfinished = draft.asking if draft.misses or draft.taking else None
        stop = found.stop(draft.revisiting) or found.stop(unfinished)
        stop = stop or found.first_open(draft.answers)
        if stop is None:
            draft = draft.having(status=Status.REVIEW, asking=None, revisiting=None, misses=0)
            return Outcome(draft, before, Then.REVIEW)
        if stop.id != draft.revisiting and (known := self.proposer.from_known(draft, stop)):
            return self._known(draft, known, stop, before, noted)
        last = found.stop(draft.asking)
        is_new = last is None or (last.section, last.number) != (stop.section, stop.number)
        draft = draft.having(asking=stop.id, status=Status.FILLING)
        return Outcome(draft, (*before, self.asker.ask(draft, stop, noted, is_new)))

    def _known(
        self,
        draft: Draft,
        known: Draft,
        stop: Stop,
        before: tuple[Say, ...],
        noted: tuple[Line, ...],
    ) -> Outcome:
        """What is remembered instead of the question; of somebody already taken, it is only noted."""
        if known.proposal is None:
            return self._next(known, before, (*noted, *self.proposer.noted(draft, known)))
        if noted:
            before = (*before, say("declaration.noted", noted=noted))
        return self._next(known.having(asking=stop.id, status=Status.FILLING), before)
