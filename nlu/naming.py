"""Settles which procedure a message names where the finder leaves a choice: by everyday names said in full."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.basics.ids import ProcedureCode
from bot.basics.vietnamese.normalise import normalise
from bot.basics.vietnamese.text import fold
from bot.procedures.find import Found
from bot.procedures.summary import Summary

_FEWEST_WORDS = 2
_ALONE = 0.6
"""Probability from which a candidate without a rival needs no question."""


class Names:
    """The names of hand-written procedures, as people say them."""

    def __init__(self, names: Iterable[tuple[ProcedureCode, str]]) -> None:
        self._owners: dict[tuple[str, ...], set[ProcedureCode]] = {}
        for code, name in names:
            key = tuple(fold(normalise(name).text).split())
            if len(key) >= _FEWEST_WORDS:
                self._owners.setdefault(key, set()).add(code)
        self._longest = max(map(len, self._owners), default=0)

    @classmethod
    def of(cls, summaries: Iterable[Summary]) -> Names:
        """The names of the hand-written ones among `summaries`."""
        return cls(
            (one.code, name)
            for one in summaries
            if one.is_written
            for name in (one.name, one.official_name, *one.aliases)
        )

    def said_in(self, text: str) -> Mapping[ProcedureCode, int]:
        """The procedures whose names `text` says in full, with the words of the longest name."""
        words = fold(text).split()
        found: dict[ProcedureCode, int] = {}
        for start in range(len(words)):
            for end in range(start + _FEWEST_WORDS, min(len(words), start + self._longest) + 1):
                for code in self._owners.get(tuple(words[start:end]), ()):
                    found[code] = max(found.get(code, 0), end - start)
        return found

    def settle(self, text: str, found: Found) -> ProcedureCode | None:
        """The procedure that is meant beyond doubt; `text` is normalised.

        That is the first candidate, if its name is said in full and no other's at such length, or if
        it stands alone and is likely.
        """
        if found.procedure or not found.candidates:
            return found.procedure
        first = found.candidates[0]
        said = self.said_in(text)
        if first in said and all(
            said[first] > size for code, size in said.items() if code != first
        ):
            return first
        return first if not found.candidates[1:] and found.score >= _ALONE else None
