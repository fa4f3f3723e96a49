"""Two words that belong together, known again where one is written with wrong marks or by its sound."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable

from bot.basics.vietnamese.letters import agrees, flat
from bot.basics.vietnamese.syllables import is_syllable

_ONSETS = (
    (re.compile(r"^(?:ngh)"), "ng"),
    (re.compile(r"^gh"), "g"),
    (re.compile(r"^(?:gi|r)(?=.)"), "d"),
    (re.compile(r"^s"), "x"),
    (re.compile(r"^tr"), "ch"),
    (re.compile(r"^l"), "n"),
    (re.compile(r"^f"), "ph"),
    (re.compile(r"^k(?!h)"), "c"),
)
_SHORTEST_SLIP = 2
_CODAS = ((re.compile(r"ng$"), "n"), (re.compile(r"c$"), "t"))


@functools.lru_cache(maxsize=20_000)
def sound(word: str) -> str:
    """A key that words share which are taken for one another by ear; marks stay as they are."""
    for pattern, written in (*_ONSETS, *_CODAS):
        word = pattern.sub(written, word)
    return word


def _is_heard_as(typed: str, meant: str) -> bool:
    if flat(typed) == flat(meant):
        return agrees(typed, meant)
    return not typed.isascii() and sound(typed) == sound(meant)


class Terms:
    """Pairs of words, found by how they look without marks, by how they sound, and with a letter left out."""

    def __init__(self, terms: Iterable[str]) -> None:
        self._by_key: dict[tuple[str, str], str] = {}
        self._by_word: dict[tuple[str, bool], list[tuple[str, str]]] = {}
        shared: set[tuple[str, str]] = set()
        for term in sorted({" ".join(term.split()) for term in terms}):
            first, second = term.split()
            key = (flat(sound(first)), flat(sound(second)))
            if key in self._by_key:
                shared.add(key)
            self._by_key[key] = term
            self._by_word.setdefault((flat(first), True), []).append((flat(second), term))
            self._by_word.setdefault((flat(second), False), []).append((flat(first), term))
        for key in shared:
            del self._by_key[key]

    def meant_by(self, first: str, second: str) -> str | None:
        """The term that two words in lower case stand for; None if they are none, or written right.

        Either the marks are wrong or the letters are, not both: `bàn lại` is no `bằng lái`, and
        `cho cấp lại`, without the marks that would tell, no `trợ cấp`.
        """
        term = self._by_key.get((flat(sound(first)), flat(sound(second))))
        if term is None:
            return self._with_a_slip(flat(first), flat(second))
        if agrees(f"{first} {second}", term):
            return None
        if flat(f"{first} {second}") == flat(term):
            return term
        pairs = zip((first, second), term.split(), strict=True)
        return term if all(_is_heard_as(typed, meant) for typed, meant in pairs) else None

    def _with_a_slip(self, first: str, second: str) -> str | None:
        """The only term of which one word is right and the other, no syllable, lacks one letter."""
        found = set()
        for word, slip, comes_first in ((first, second, True), (second, first, False)):
            if len(slip) < _SHORTEST_SLIP or not slip.isalpha() or is_syllable(slip):
                continue
            for whole, term in self._by_word.get((word, comes_first), ()):
                if any(whole[:at] + whole[at + 1 :] == slip for at in range(len(whole))):
                    found.add(term)
        return found.pop() if len(found) == 1 else None
