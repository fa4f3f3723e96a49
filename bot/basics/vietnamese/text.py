"""Cleaning and folding Vietnamese text (FORMATS §0)."""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_SPACES = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u205f\u3000]+")
_NOT_WORD = re.compile(r"[^\w]+")
_MAKES_D = str.maketrans("đĐ", "dD")


def clean(text: str) -> str:
    """NFC, without invisible and control characters, runs of spaces made one; lines are kept."""
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    text = _INVISIBLE.sub("", text)
    text = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) != "Cc")
    return "\n".join(_SPACES.sub(" ", line).strip() for line in text.split("\n")).strip()


def one_line(text: str) -> str:
    """`clean`, with lines joined."""
    return " ".join(clean(text).split())


def strip_marks(text: str) -> str:
    """Without diacritics, `đ` as `d`; case, spaces and punctuation stay."""
    decomposed = unicodedata.normalize("NFD", text.translate(_MAKES_D))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def fold(text: str) -> str:
    """The key under which spellings meet: lower case, no diacritics, words separated by one space."""
    return _NOT_WORD.sub(" ", strip_marks(text).lower()).strip()


def has_marks(text: str) -> bool:
    """Whether the text carries any Vietnamese diacritic."""
    return strip_marks(text) != unicodedata.normalize("NFC", text)
