"""An answer that came in two messages: `Nguyễn`, then `Văn An`; a hospital, then the ward it is in."""

from __future__ import annotations

from bot.basics.ids import FieldId
from bot.declarations.cues import Cues
from bot.declarations.kinds import KINDS
from bot.declarations.kinds.model import Doubt, Ok, Question, Reading, Unsure
from bot.declarations.model import Draft
from bot.declarations.path import Stop

_LONGEST_NAME = 5
"""Words."""


def is_half(cues: Cues, stop: Stop, text: str) -> bool:
    """Whether words that are no whole answer are a place all the same: a house, a hospital."""
    words = text.split()
    begins = (" ".join(words[:length]) for length in (1, 2, 3))
    is_numbered = len(words) > 1 and words[0][0].isdigit()
    is_place = is_numbered or any(cues.is_in("places", one) for one in begins)
    return stop.field.kind == "address" and is_place


def with_half(draft: Draft, stop: Stop, text: str) -> Draft:
    """The draft that keeps what was typed until the rest comes."""
    return draft.having(halves={**draft.halves, FieldId(stop.id): text})


def place(draft: Draft, stop: Stop, text: str, alone: Reading, question: Question) -> Reading:
    """The address in both messages, to be confirmed; what was read of the second alone, if that is whole."""
    half = draft.halves.get(stop.id)
    if not half or (isinstance(alone, Ok) and alone.value["detail"]):
        return alone
    both = KINDS[stop.field.kind].read(f"{half}, {text}", question)
    if isinstance(both, Unsure) and not isinstance(alone, Ok):
        return both
    is_whole = isinstance(both, Ok) and both.value["commune"] and both.value["detail"]
    joined = Doubt("declaration.joined")
    return Ok(both.value, (joined, *both.doubts)) if isinstance(both, Ok) and is_whole else alone


def name(cues: Cues, first: object, text: str, question: Question) -> Ok | None:
    """The name whose family name came alone; None if the second message is no rest of it."""
    words = text.split()
    is_family = any(cues.is_in(name, str(first)) for name in ("surnames", "surnames_before"))
    if question.field.kind != "name" or not is_family or len(words) >= _LONGEST_NAME:
        return None
    both = KINDS["name"].read(f"{first} {text}", question)
    is_new = cues.is_name(words) and len(words) > 2
    is_name = isinstance(both, Ok) and len(both.value.split()) == len(words) + 1
    return both if isinstance(both, Ok) and is_name and not is_new else None
