"""Settles which procedure a message names where the finder leaves a choice: by everyday names said in full."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from bot.basics.ids import ProcedureCode
from bot.basics.vietnamese.normalise import normalise
from bot.basics.vietnamese.text import fold
from bot.procedures.find import Found
from bot.procedures.summary import Summary

_FEWEST_WORDS = 2
_LIKELY = 0.75
"""Probability from which a name said in full outweighs candidates known by their official title only."""
_CLAUSE = re.compile(r"[,.;:?!\n]")
_OPENING = frozenset(
    "nop ho so lam thu tuc toi em minh muon cho hoi a da oi voi anh chi ad".split()
)
"""Words that may stand around a name in a clause that says nothing else: `nộp hồ sơ đăng ký khai sinh`."""


class Names:
    """The names of hand-written procedures, as people say them."""

    def __init__(self, names: Iterable[tuple[ProcedureCode, str]]) -> None:
        self._owners: dict[tuple[str, ...], set[ProcedureCode]] = {}
        for code, name in names:
            key = tuple(fold(normalise(name).text).split())
            if len(key) >= _FEWEST_WORDS:
                self._owners.setdefault(key, set()).add(code)
        self._longest = max(map(len, self._owners), default=0)
        self._named = frozenset(code for owners in self._owners.values() for code in owners)

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

        Where the finder is not sure, that is its first candidate if its name is said in full and
        no other's at such length, and if it is likely or nothing but hand-written ones rival it; or
        the candidate that a clause names and says nothing else, whatever the others tell.
        """
        if found.procedure or not found.candidates:
            return found.procedure
        if (alone := self._alone(text)) in found.candidates:
            return alone
        first = found.candidates[0]
        said = self.said_in(text)
        longest = all(said.get(first, 0) > size for code, size in said.items() if code != first)
        if first not in said or not longest:
            return None
        is_likely = found.score >= _LIKELY or self._named.issuperset(found.candidates)
        return first if is_likely else None

    def _alone(self, text: str) -> ProcedureCode | None:
        """The procedure that is named by a clause which says nothing else."""
        for clause in _CLAUSE.split(text):
            words = fold(clause).split()
            for start in range(len(words)):
                for end in range(len(words), start + _FEWEST_WORDS - 1, -1):
                    owners = self._owners.get(tuple(words[start:end]), set())
                    if len(owners) == 1 and _OPENING.issuperset(words[:start] + words[end:]):
                        return next(iter(owners))
        return None
