"""The declaration loop: what one message does to one draft. Knows no Rasa and no database.

The order in which a message is read is the design, and stands in `Loop.hear`. A button names its field,
so a late press corrects that field. A whole message that is an order is obeyed. A typed field that can
read the words has its answer, whatever the classifier thinks: it once took "hôm qua" for *skip*. For open
fields (a name may be "Lệ Phí") only a confident, question-shaped question comes before the answer.
Everything else is a miss, and a miss says what was expected.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.basics.say import Say, say
from bot.basics.vietnamese import names
from bot.basics.vietnamese.answers import Reply, yes_or_no
from bot.declarations import answering, deciding, files, opening
from bot.declarations import card as cards
from bot.declarations.corrections import regroup
from bot.declarations.model import Draft, Heard, Origin, Outcome, ReceivedFile, Status
from bot.declarations.orders import obey
from bot.declarations.phrases import Order
from bot.declarations.pressing import press
from bot.declarations.steps import Steps


@dataclass(frozen=True)
class Loop(Steps):
    """One form, ready to be talked through."""

    def open(self, draft: Draft, text: str, *before: Say) -> Outcome:
        """Puts the first question, or reads back what the opening words already say."""
        draft, chosen = opening.begun(self.asker, draft, text)
        if proposed := self.proposer.from_message(draft, text, None):
            noted = (say("declaration.noted", noted=chosen),) if chosen else ()
            return self.next(proposed, before=(*before, *noted))
        return self.next(draft, before=before, noted=chosen)

    def hear(self, draft: Draft, heard: Heard) -> Outcome:
        """What the message does. Hearing the same message again only repeats the question."""
        if heard.message == draft.last_message:
            return self.repeat(draft)
        draft = draft.having(last_message=heard.message)
        if heard.pressed:
            return press(self, draft, heard.pressed)
        if heard.files:
            return self._files(draft, heard)
        pasted = cards.in_words(heard.text, self.proposer.cues.on_a_card)
        if pasted and (proposed := self.proposer.from_card(draft, pasted, Origin.MESSAGE)):
            return self.next(proposed)
        if draft.proposal:
            return deciding.hear(self, draft, draft.proposal, heard)
        order = self.phrases.order(heard.text)
        if order and not (order is Order.PAUSE and self._is_no_pause(draft, heard.text)):
            return obey(self, draft, order)
        if changed := regroup(self.phrases.groups, self.asker, draft, heard.text):
            return self.next(*changed)
        if outcome := self.correct(draft, heard.text):
            return outcome
        if draft.status is Status.REVIEW:
            return answering.review(self, draft, heard)
        if draft.pending:
            return answering.confirm(self, draft, draft.pending, heard)
        return answering.answer(self, draft, heard)

    def correct(self, draft: Draft, text: str) -> Outcome | None:
        """The correction that the words ask for; None when they name no field, so may be an answer."""
        return answering.correct(self, draft, text)

    def _is_no_pause(self, draft: Draft, text: str) -> bool:
        """Whether this is no order to stop: `Huy` where a name is asked for; a yes, as `dung` may be one."""
        stop = self.asker.stop(draft)
        if stop and stop.field.kind == "name" and names.is_like_a_reply(text):
            return True
        return yes_or_no(text) is Reply.YES

    def _files(self, draft: Draft, heard: Heard) -> Outcome:
        stop = self.asker.stop(draft)
        card = next((item for item in heard.files if item.card), None)
        if card and not (stop and stop.field.kind == "file"):
            return self._card(draft, card, heard)
        received, says = files.receive(draft, heard.files, self.asker.path(draft))
        if self.proposer.may_be_a_card(draft, heard.files):
            says = (*says, say("proposal.card_unread"))
        return self.next(received, before=says)

    def _card(self, draft: Draft, card: ReceivedFile, heard: Heard) -> Outcome:
        """An identity card where no paper is asked for: read, and not kept."""
        facts = cards.read(card.card, self.asker.today)
        proposed = self.proposer.from_card(draft, facts) if facts else None
        if proposed is None:
            return self.repeat(draft, say("proposal.card_of_nobody"))
        others = tuple(item for item in heard.files if item is not card)
        if others:
            return self._files(proposed, replace(heard, files=others))
        return self.next(proposed)
