"""What the citizen says to a proposal, typed or pressed: yes, no, not that line, it is my wife's card."""

from __future__ import annotations

from collections.abc import Mapping

from bot.basics.ids import FieldId
from bot.basics.say import say
from bot.basics.vietnamese.answers import Reply, yes_or_no
from bot.declarations.completing import completed
from bot.declarations.filling import fill
from bot.declarations.intents import is_aside
from bot.declarations.kinds import KINDS
from bot.declarations.model import Draft, Heard, Outcome, Proposal, Then
from bot.declarations.orders import obey
from bot.declarations.phrases import Order
from bot.declarations.proposing import FREE
from bot.declarations.steps import Steps

BUTTONS = frozenset(("take", "drop", "fix", "whose", "use"))
"""What buttons do to a proposal."""
_LEAVE_IT = (Order.PAUSE, Order.LEFT)


def hear(at: Steps, draft: Draft, proposal: Proposal, heard: Heard) -> Outcome:
    """What the words do. Most orders drop the proposal, questions leave it standing."""
    if proposal.words and yes_or_no(heard.text) is Reply.YES:
        return at.next(at.proposer.take(draft, proposal))
    if someone := at.proposer.named(draft, proposal, heard.text):
        return press(at, draft, proposal, "whose", {"someone": someone})
    order = at.phrases.order(heard.text)
    if order is Order.EDIT:
        return Outcome(draft, (at.proposer.which_to_fix(draft, proposal),))
    if order is Order.SKIP:
        return at.next(draft.having(proposal=None))
    if order:
        return obey(at, draft if order in _LEAVE_IT else draft.having(proposal=None), order)
    if (edit := at.phrases.edit(heard.text)) and (
        stops := at.proposer.meant(draft, proposal, edit)
    ):
        changed = at.proposer.with_value(draft, proposal, stops[0], edit.value)
        return at.next(changed or at.proposer.take(draft, proposal, but=stops[0].id))
    if amended := at.proposer.amended(draft, proposal, heard.text):
        return at.next(amended)
    if yes_or_no(heard.text) is Reply.NO:
        return at.next(draft.having(proposal=None))
    if is_aside(heard):
        return Outcome(draft, then=Then.ASIDE)
    if answered := _meanwhile(at, draft, proposal, heard.text):
        return answered
    if more := completed(at.proposer, draft, proposal, heard.text):
        return at.next(more)
    return at.next(draft, before=(say("proposal.how"),))


def _meanwhile(at: Steps, draft: Draft, proposal: Proposal, text: str) -> Outcome | None:
    """The answer to the question that stood before the proposal came; the proposal is shown once more."""
    stop = at.asker.stop(draft)
    if stop is None or stop.id in proposal.words or KINDS[stop.field.kind].is_open:
        return None
    filled = fill(at.asker, draft, {stop.id: text})
    if stop.id not in filled.values or filled.doubts or stop.field.kind in FREE:
        return None
    noted = at.asker.changed(at.asker.path(draft), at.asker.path(filled.draft), stop.id)
    return at.next(filled.draft, before=(say("declaration.noted", noted=noted),))


def press(
    at: Steps, draft: Draft, proposal: Proposal, do: str, facts: Mapping[str, str]
) -> Outcome:
    """What a button under the proposal does."""
    match do:
        case "take" if proposal.words:
            return at.next(at.proposer.take(draft, proposal))
        case "drop":
            return at.next(draft.having(proposal=None))
        case "fix":
            return at.next(at.proposer.take(draft, proposal, FieldId(facts["field"])))
        case "whose":
            belongs = at.proposer.belongs_to(draft, proposal, facts["someone"])
            return at.next(belongs or draft)
        case "use" if used := at.proposer.use(draft, proposal, facts["known"]):
            return at.next(used, noted=at.proposer.noted(draft, used))
        case Order.EDIT:
            return Outcome(draft, (at.proposer.which_to_fix(draft, proposal),))
    return at.repeat(draft)
