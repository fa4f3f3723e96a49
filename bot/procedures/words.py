"""Words of a text with their places, in the two spellings under which they are compared."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

_WORD = re.compile(r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*")
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_LONE_Y = re.compile(r"^([bcdghklmnprstvx]|[ktgn]h|tr|qu)?y$")


class Spelling(NamedTuple):
    """One word: `plain` without diacritics, `exact` with them, wherever the tone was put."""

    plain: str
    exact: str

    @property
    def is_marked(self) -> bool:
        """Whether it carries diacritics."""
        return self.plain != self.exact

    def may_be(self, other: Spelling) -> bool:
        """Whether somebody who leaves diacritics out may have meant `other`."""
        return self.plain == other.plain and (not self.is_marked or self.exact == other.exact)


class Word(NamedTuple):
    """A word and where it stands in the text: the characters from `start` up to `end`."""

    spelling: Spelling
    start: int
    end: int


def words(text: str) -> Iterator[Word]:
    """The words of `text`, in order."""
    for match in _WORD.finditer(text):
        yield Word(spell(match[0]), match.start(), match.end())


def spellings(text: str) -> tuple[Spelling, ...]:
    """The words of `text` without their places."""
    return tuple(word.spelling for word in words(text))


@functools.lru_cache(maxsize=20_000)
def spell(word: str) -> Spelling:
    """Both spellings of one word. `hòa` and `hoà`, `ký` and `kí`, `02` and `2` are the same."""
    base: list[str] = []
    tones: list[str] = []
    for letter in unicodedata.normalize("NFD", word[:40].lower()):
        (tones if letter in _TONES else base).append(letter)
    exact = "".join(base)
    plain = "".join(c for c in exact if not unicodedata.combining(c)).replace("đ", "d")
    if plain.isdigit():
        plain = exact = plain.lstrip("0") or "0"
    if match := _LONE_Y.match(plain):
        plain, exact = f"{match[1] or ''}i", exact[:-1] + "i"
    return Spelling(plain, unicodedata.normalize("NFC", exact) + "".join(tones))
