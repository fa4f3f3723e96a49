"""The words of the portal's tables, from `catalogue/portal.yml`, and cleaning of its cells."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from bot.basics import yaml12
from bot.basics.vietnamese.text import clean
from bot.procedures.model import Confidence, Source

LONGEST_CELL = 60_000
"""Characters of a cell that are looked at."""
_TAG = re.compile(r"<(?:[a-zA-Z/!][^<>]{0,300})>")
_SCRIPT = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|\Z)", re.I | re.S)
_BULLET = re.compile(r"^[\s*+•–—·.,;:-]+|[\s*+•–—·,;:-]+$")


@dataclass(frozen=True)
class Portal:
    """The words of the portal."""

    words: Mapping[str, Any]

    @classmethod
    def read(cls, path: Path) -> Portal:
        """The words in `path`. Raises `Misconfigured`."""
        return cls(yaml12.read(path))

    def __getitem__(self, key: str) -> Any:
        return self.words[key]

    @cached_property
    def _nothing(self) -> frozenset[str]:
        return frozenset(self.words["nothing"])

    def source(self, confidence: Confidence) -> Source:
        """The export as a source, this sure."""
        return Source(self.words["source"]["ref"], self.words["source"]["as_of"], confidence)

    def is_nothing(self, cell: str) -> bool:
        """Whether the cell says that it says nothing."""
        return not cell or " ".join(cell.split()).lower() in self._nothing

    def is_open(self, text: str) -> bool:
        """Whether a remark says that nothing has been fixed."""
        return text.lower().startswith(tuple(self.words["open"]))

    def cell(self, raw: object) -> str:
        """The cell without markup, control characters and page buttons; empty: it says nothing."""
        text = raw if isinstance(raw, str) else ""
        text = _SCRIPT.sub(" ", html.unescape(text[:LONGEST_CELL]))
        text = clean(_TAG.sub(" ", text))
        for end in self.words["ends"]:
            text = text.partition(end)[0]
        return "" if self.is_nothing(text) else text.strip()


def tidy(text: str, longest: int) -> str:
    """One line without bullets around it, cut at a word with `…` if longer than `longest`."""
    return shorten(_BULLET.sub("", " ".join(text.split())), longest)


def shorten(text: str, longest: int) -> str:
    """`text`, cut at a word with `…` if it is longer."""
    if len(text) <= longest:
        return text
    return text[: longest - 1].rsplit(" ", 1)[0] + "…"
