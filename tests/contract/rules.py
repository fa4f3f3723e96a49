"""What must be true of any screen, whatever was said: nothing lost, doubled, reordered or garbled."""

from __future__ import annotations

import re
import unicodedata

from bot.basics.vietnamese.text import fold
from bot.channels.cut import units
from tests.contract.door import Door, Seen
from tests.conversation.world import Heard

# What only a machine writes: entities, tags, holes that nothing filled, values without words.
_MARKUP = re.compile(r"&(?:lt|gt|amp|quot|#\d+);|</?(?:b|i|code|p|br)\b|\{\{|\{%|\bNone\b|\x00")
_LONG_ENOUGH = 30
"""Signs of a message that cannot be part of another by chance."""


def check(door: Door, said: list[Heard], seen: list[Seen], typed: str = "") -> None:
    """Everything the assistant said is on the screen: once, whole, in order, and as it should look."""
    assert door.refused() == []
    rest = _without_space("".join(one.text for one in seen))
    for message in said:
        words = _without_space(message.text)
        before, found, rest = rest.partition(words)
        assert found, f"{door.name}: lost or out of order: {message.text[:200]!r}"
        if len(words) > _LONG_ENOUGH:
            assert words not in before, f"{door.name}: said twice: {message.text[:200]!r}"
    last = said[-1].text if said else ""
    if len(last) > _LONG_ENOUGH and last:
        assert _without_space(last) not in rest, f"{door.name}: said twice: {last[:200]!r}"
    for one in seen:
        _looks_right(door, one, typed)
    for message in said:
        _can_be_chosen(door, message, seen)
    if "papers" not in door.lacks:
        files = [one.file for one in seen if one.file is not None]
        assert len(files) == sum(len(message.files) for message in said)
        assert all(files)


def _looks_right(door: Door, one: Seen, typed: str) -> None:
    assert units(one.text) <= door.longest
    assert one.text == unicodedata.normalize("NFC", one.text)
    assert one.text == one.text.strip()
    for mark in _MARKUP.findall(one.text):
        assert mark in typed, f"{door.name}: {mark!r} in {one.text[:300]!r}"
    assert len(one.keys) <= door.most_buttons
    for key in one.keys:
        assert 1 <= len(key.title) <= door.longest_title


def _can_be_chosen(door: Door, message: Heard, seen: list[Seen]) -> None:
    """Every button is there: as such, or as a line with a number that can be typed."""
    if not message.buttons:
        return
    wanted = [" ".join(button.title.split()) for button in message.buttons]
    if len(wanted) <= door.most_buttons:
        shown = [[key.title for key in one.keys] for one in seen if one.keys]
        assert any(_same(wanted, titles) for titles in shown), f"{door.name}: {wanted} in {shown}"
        return
    if len(wanted) == 1:
        assert any(f"“{wanted[0]}”" in one.text for one in seen)
        return
    lines = "\n".join(one.text for one in seen).splitlines()
    for number, title in enumerate(wanted, start=1):
        assert f"{number}. {title}" in lines, f"{door.name}: {number}. {title}"


def _same(wanted: list[str], titles: list[str]) -> bool:
    pairs = zip(wanted, titles, strict=False)
    alike = (fold(whole).startswith(fold(title.rstrip("…"))) for whole, title in pairs)
    return len(wanted) == len(titles) and all(alike)


def _without_space(text: str) -> str:
    return "".join(unicodedata.normalize("NFC", text).split())
