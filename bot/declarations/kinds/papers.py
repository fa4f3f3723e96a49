"""Files in the place of an answer."""

from __future__ import annotations

from bot.declarations.kinds.model import Question, Reading, Value, Wrong
from bot.declarations.kinds.typed import Typed
from bot.procedures.model import Field


def read_no_file(text: str, question: Question) -> Reading:
    """Words are never a file."""
    return Wrong("kinds.file.expected")


def show_files(value: Value, field: Field) -> str:
    """The names of the files."""
    return ", ".join(str(item["name"]) for item in value)


FILE = Typed(read_no_file, shower=show_files)
