"""Hears a message together with the one before it, where that one left open which procedure is meant.

People tell in two messages what they want and what for: `tôi muốn làm giấy cho cháu`, `nó mới sinh hôm qua`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from bot.citizens.model import Conversation
from bot.counter.subject import ABOUT_A_PROCEDURE, NAMES_ANOTHER

Parsed = dict[str, Any]
"""What Rasa's pipeline makes of a text."""

_TELLS = frozenset({"inform", "out_of_scope"})
"""Intents of messages that may only tell what the question before them left open."""
_NAME_ONE_TOGETHER = 0.6
"""How likely two messages must name a procedure; less will do than for one that leaves another subject."""
_NAMES = ("procedure", "candidates", "elsewhere", "names_one")


async def hear(
    parse: Callable[[str], Awaitable[Parsed]], text: str, conversation: Conversation | None
) -> Parsed:
    """What `parse` makes of `text`, its procedure being read from both messages where one is unclear."""
    heard = await parse(text)
    if conversation is None or conversation.draft or not conversation.context.unclear:
        return heard
    intent = heard["intent"]["name"]
    if intent not in _TELLS | ABOUT_A_PROCEDURE or _names_one(heard, NAMES_ANOTHER):
        return heard
    both = await parse(f"{conversation.context.unclear}. {text}")
    if not _names_one(both, _NAME_ONE_TOGETHER):
        return heard
    named = {name: both.get(name) for name in _NAMES}
    if intent in _TELLS:
        named["intent"] = {"name": "ask_procedure_overview", "confidence": both["names_one"]}
    return {**heard, **named}


def _names_one(heard: Parsed, likely: float) -> bool:
    return bool(heard.get("procedure")) or (heard.get("names_one") or 0.0) >= likely
