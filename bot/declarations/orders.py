"""Orders inside a declaration, however they were given: back, skip, done, later, see it all, hand it in."""

from __future__ import annotations

from dataclasses import replace

from bot.basics.say import say
from bot.declarations import files
from bot.declarations.model import Draft, Outcome, Status, Then
from bot.declarations.phrases import Order
from bot.declarations.steps import Steps


def obey(at: Steps, draft: Draft, order: Order) -> Outcome:
    """What the order does to the draft."""
    match order:
        case Order.SKIP:
            return skip(at, draft)
        case Order.DONE:
            return _files_done(at, draft)
        case Order.USE:
            return at.next(files.use(draft))
        case Order.AGAIN:
            kept, dropped = files.drop(draft)
            return at.next(kept, before=dropped)
        case Order.BACK:
            stop = at.asker.path(draft).before(draft.asking)
            return at.revisit(draft, stop) if stop else at.repeat(draft)
        case Order.PAUSE:
            return Outcome(draft.having(pending=None), then=Then.PAUSE)
        case Order.HELP:
            stop = at.asker.stop(draft)
            return Outcome(draft, (at.asker.help(draft, stop),)) if stop else at.repeat(draft)
        case Order.REVIEW:
            if at.asker.is_complete(draft):
                return replace(at.repeat(draft), shows_all=True)
            return at.repeat(draft, say("declaration.so_far", lines=at.asker.lines(draft)))
        case Order.LEFT:
            return at.repeat(draft, say("declaration.left", count=len(at.asker.left(draft))))
        case Order.FILE:
            if draft.status is Status.REVIEW and at.asker.is_complete(draft):
                return Outcome(draft, then=Then.FILE)
            return at.repeat(draft, say("declaration.not_complete"))
        case Order.EDIT:
            return Outcome(draft, (say("declaration.edit_how"),))
        case Order.DELETE:
            return Outcome(draft, (at.asker.delete_sure(draft),))


def skip(at: Steps, draft: Draft) -> Outcome:
    """Leaves the present question out, if it may be left out."""
    stop = at.asker.stop(draft)
    if stop is None:
        return at.repeat(draft)
    if draft.taking:
        return _files_done(at, draft)
    if at.asker.is_required(draft, stop):
        reason = say("declaration.required", label=stop.field.label)
        return Outcome(draft, (reason, at.asker.help(draft, stop)))
    return at.accept(draft, stop.id, None)


def _files_done(at: Steps, draft: Draft) -> Outcome:
    """Keeps the files given so far; what repeats (children, members) is closed too."""
    stop = at.asker.stop(draft)
    if stop and stop.is_gate:
        return at.accept(draft, stop.id, False)
    if stop is None or stop.field.kind != "file":
        return at.repeat(draft)
    if not draft.taking:
        return skip(at, draft)
    bound = at.bind(stop.field.label, draft.taking)
    value = [files.as_value(item) for item in bound]
    return at.accept(draft.having(taking=()), stop.id, value)
