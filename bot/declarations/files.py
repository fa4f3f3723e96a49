"""Files inside a declaration: given to the question being asked, or held until theirs comes."""

from __future__ import annotations

from typing import Any

from bot.basics.say import Button, button
from bot.declarations.model import Draft, ReceivedFile
from bot.declarations.path import Stop
from bot.declarations.phrases import Order


def receive(draft: Draft, received: tuple[ReceivedFile, ...], stop: Stop | None) -> Draft:
    """The draft after good files arrived: in the present question if it takes files, else held."""
    good = tuple(item for item in received if not item.problem)
    if stop is None or stop.field.kind != "file":
        return draft.having(held=draft.held + good)
    room = (stop.field.maximum or len(good)) - len(draft.taking)
    return draft.having(taking=draft.taking + good[:room], held=draft.held + good[room:], misses=0)


def use_held(draft: Draft) -> Draft:
    """The draft with every held file given to the present question."""
    return draft.having(taking=draft.taking + draft.held, held=())


def as_value(item: ReceivedFile) -> dict[str, Any]:
    """How one file stands in the answers."""
    return {"file": item.file, "name": item.name, "size": item.size, "pages": item.pages}


def buttons(draft: Draft, stop: Stop, is_required: bool) -> tuple[Button, ...]:
    """What can be pressed under a question that takes files."""
    facts = {"draft": draft.id, "field": stop.id}
    offered = []
    if draft.taking:
        offered.append(button("button.done", "inform", {**facts, "do": Order.DONE.value}))
    elif draft.held:
        offered.append(button("button.use_held", "inform", {**facts, "do": "use_held"}))
    if not is_required and not draft.taking:
        offered.append(button("button.skip", "inform", {**facts, "do": Order.SKIP.value}))
    return tuple(offered)
