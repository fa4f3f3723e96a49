"""The moves inside a declaration: a value is taken, a question is put, the next one is found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.basics.ids import FieldId
from bot.basics.say import Say, say
from bot.basics.vietnamese.answers import yes_or_no
from bot.declarations import checks, files
from bot.declarations.asking import Asker, Line
from bot.declarations.kinds import KINDS
from bot.declarations.kinds.model import Ok, Unsure, Wrong
from bot.declarations.model import Draft, Outcome, Pending, ReceivedFile, Status, Then
from bot.declarations.path import Stop
from bot.declarations.phrases import Phrases
from bot.declarations.proposing import Proposer
from bot.procedures.model import CrossCheck

Bind = Callable[[str, tuple[ReceivedFile, ...]], tuple[ReceivedFile, ...]]
"""Puts the files of the paper with this name together, as they are to be kept."""


@dataclass(frozen=True)
class Steps:
    """One form, and every move that can be made in it."""

    asker: Asker
    phrases: Phrases
    proposer: Proposer
    bind: Bind = files.apart

    def repeat(self, draft: Draft, *before: Say) -> Outcome:
        """Puts the present question again, or shows the review, after saying `before`."""
        return self.next(draft, before=before)

    def take(self, draft: Draft, stop: Stop, reading: Ok, *, is_sure: bool = True) -> Outcome:
        """Accepts a value, after the citizen's yes where something is unusual about it or how it came."""
        broken = self._disagreements(draft, stop, reading.value)
        if refused := next((check for check in broken if not check.warn), None):
            wrong = Wrong("declaration.disagrees", {"message": refused.message})
            return self.missed(draft, stop, wrong)
        doubts = [Say(doubt.key, doubt.facts) for doubt in reading.doubts]
        doubts += [say("declaration.disagrees", message=check.message) for check in broken]
        if is_sure and not doubts:
            return self.accept(draft, stop.id, reading.value)
        waiting = Pending(stop.id, reading.value)
        draft = draft.having(pending=waiting, asking=stop.id, status=Status.FILLING)
        return Outcome(draft, (self.asker.doubt(draft, stop, reading.value, doubts),))

    def accept(self, draft: Draft, field: FieldId, value: Any) -> Outcome:
        """Keeps an answer, reads it back with what follows from it, and goes on."""
        before = self.asker.path(draft)
        draft = self.proposer.from_correction(draft.answered(field, value), before, field)
        return self.next(draft, noted=self.asker.changed(before, self.asker.path(draft), field))

    def missed(self, draft: Draft, stop: Stop, reading: Wrong) -> Outcome:
        """Says why the answer cannot be taken; the question stays."""
        draft = draft.having(
            misses=draft.misses + 1, asking=stop.id, pending=None, status=Status.FILLING
        )
        return Outcome(draft, self.asker.wrong(draft, stop, reading))

    def ask_back(self, draft: Draft, stop: Stop, reading: Unsure) -> Outcome:
        """Asks which of several things was meant; where it is one, a yes takes it like its button."""
        asked = self.asker.which(draft, stop, reading)
        only = reading.choices[0].value if len(reading.choices) == 1 else None
        if only is not None and not self._disagreements(draft, stop, only):
            waiting = Pending(stop.id, only)
            draft = draft.having(pending=waiting, asking=stop.id, status=Status.FILLING)
        return Outcome(draft, (asked,))

    def revisit(self, draft: Draft, stop: Stop) -> Outcome:
        """Puts a question again that was answered before."""
        return self.next(
            files.laid_aside(draft).having(
                revisiting=stop.id, pending=None, misses=0, status=Status.FILLING
            )
        )

    def whole_reply(self, draft: Draft, stop: Stop, text: str) -> bool | None:
        """A yes or no and nothing more: in `ok, sửa số điện thoại` the yes decides nothing yet."""
        if "," in text and yes_or_no(text) is None:
            return None
        reading = KINDS["yes_no"].read(text, self.asker.question(draft, stop))
        return bool(reading.value) if isinstance(reading, Ok) else None

    def next(
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
            return self.next(known, before, (*noted, *self.proposer.noted(draft, known)))
        if noted:
            before = (*before, say("declaration.noted", noted=noted))
        return self.next(known.having(asking=stop.id, status=Status.FILLING), before)

    def _disagreements(self, draft: Draft, stop: Stop, value: Any) -> tuple[CrossCheck, ...]:
        values = self.asker.path(draft.answered(stop.id, value)).values
        rules = self.asker.form.cross_checks
        return checks.disagreements(rules, stop.id, values, self.asker.today)
