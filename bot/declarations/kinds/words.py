"""Free words: any text, and names of people (FORMATS §5)."""

from __future__ import annotations

from bot.declarations.kinds.model import Ok, Question, Reading
from bot.declarations.kinds.typed import Typed


def read_text(text: str, question: Question) -> Reading:
    """The words as they were typed."""
    return Ok(text)


TEXT = Typed(read_text, is_open=True)
NAME = Typed(read_text, is_open=True)
