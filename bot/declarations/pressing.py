"""Buttons inside a declaration. A button names its field, so a late press corrects that field."""

from __future__ import annotations

import json

from bot.basics.ids import FieldId
from bot.basics.say import Command, say
from bot.declarations import deciding, files
from bot.declarations.kinds.model import Ok
from bot.declarations.model import Draft, Outcome, Then
from bot.declarations.orders import obey
from bot.declarations.path import Stop
from bot.declarations.phrases import Order
from bot.declarations.steps import Steps


def press(at: Steps, draft: Draft, command: Command) -> Outcome:
    """What the button does."""
    if command.intent != "inform":
        return Outcome(draft, then=Then.ASIDE)
    if command.facts.get("draft") != draft.id:
        return at.repeat(draft)
    do, field = command.facts.get("do", ""), command.facts.get("field")
    if do in deciding.BUTTONS or (draft.proposal and do == Order.EDIT and field is None):
        if draft.proposal is None:
            return at.repeat(draft)
        return deciding.press(at, draft, draft.proposal, do, command.facts)
    if field is None:
        return obey(at, draft, Order(do)) if do in set(Order) else at.repeat(draft)
    stop = at.asker.path(draft).stop(FieldId(field))
    if stop is None:
        return at.repeat(draft, say("declaration.off_path"))
    return _press_for(at, draft, stop, do, command)


def _press_for(at: Steps, draft: Draft, stop: Stop, do: str, command: Command) -> Outcome:
    pending = draft.pending
    match do:
        case "answer":
            value = json.loads(command.facts["value"])
            return at.take(draft.having(pending=None), stop, Ok(value))
        case "confirm" if pending and pending.field == stop.id:
            return at.accept(draft, stop.id, pending.value)
        case "retype":
            return at.revisit(draft, stop)
        case "use_held" if stop.id == draft.asking:
            held, says = files.use_held(draft, at.asker.path(draft))
            return at.next(held, before=says)
        case Order.EDIT:
            return at.revisit(draft, stop)
        case Order.SKIP | Order.DONE | Order.USE | Order.AGAIN if stop.id == draft.asking:
            return obey(at, draft, Order(do))
    return at.repeat(draft)
