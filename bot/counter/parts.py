"""Long answers in parts: what fits a phone's screen first, the rest when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.procedures.model import Procedure

MOST = 1500
"""Letters of a part, about two screens of a phone; a single item may be longer."""


@dataclass(frozen=True)
class Part:
    """Some of the items of an answer, in their order."""

    items: tuple[object, ...]
    first: int
    """How many stand before them."""
    number: int
    """Which part this is, from 0 on."""
    left: int
    """How many come after them."""


def part_of(procedure: Procedure, facet: str, number: int) -> Part:
    """The part of what the answer on this facet lists; the last one if `number` is too high."""
    items, length = _items(procedure, facet)
    ends = [0]
    while ends[-1] < len(items):
        ends.append(_end(items, ends[-1], length))
    number = min(number, max(len(ends) - 2, 0))
    first, end = ends[number], ends[min(number + 1, len(ends) - 1)]
    return Part(tuple(items[first:end]), first, number, len(items) - end)


def _end(items: Sequence[object], start: int, length: Callable[[object], int]) -> int:
    """Behind the last item that fits a part beginning at `start`; a part has one item at least."""
    size, end = length(items[start]), start + 1
    while end < len(items) and size + length(items[end]) <= MOST:
        size, end = size + length(items[end]), end + 1
    return end


def _items(procedure: Procedure, facet: str) -> tuple[Sequence[object], Callable[[object], int]]:
    match facet:
        case "documents":
            return procedure.requirements, _length_of_paper
        case "steps":
            return procedure.course.steps if procedure.course else (), _length
        case "conditions":
            told = procedure.conditions.text if procedure.conditions else ""
            return [line for line in told.split("\n") if line.strip()], _length
        case "legal_basis":
            return procedure.legal_basis, _length
    return (), _length


def _length(item: object) -> int:
    return len(str(item))


def _length_of_paper(item: object) -> int:
    return sum(len(str(getattr(item, name, ""))) for name in ("name", "condition"))
