"""Which procedure a message is about: one beyond doubt, a few to choose from, or none."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from bot.basics.codes import find_procedure_code
from bot.basics.ids import ProcedureCode
from bot.basics.vietnamese.text import fold
from bot.procedures.catalogue import Catalogue
from bot.procedures.find.index import Index, Match
from bot.procedures.find.names import names
from bot.procedures.find.readings import readings, write_out
from bot.procedures.words import words

LONGEST = 2000
"""Characters of a message that are looked at."""
_OFFERED = 4
_SURE = 0.9
"""Probability above which nothing is asked."""
_POSSIBLE = 0.28
"""Score below which nothing is offered."""
_EVEN = 0.5
_WHOLE, _MOSTLY = 0.99, 0.9
_BEHIND = 0.4
"""Share of the best score below which a procedure is not offered beside it."""


@dataclass(frozen=True)
class Found:
    """What was found: one procedure beyond doubt, or the candidates, best first."""

    procedure: ProcedureCode | None = None
    candidates: tuple[ProcedureCode, ...] = ()
    score: float = 0.0
    """The probability that the first candidate is the right one."""
    spans: tuple[tuple[int, int], ...] = ()
    """The parts of the text that name the first candidate: from, up to (characters)."""


class Finder:
    """An index over the names and everyday names of every procedure."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self._everyday = catalogue.everyday
        self._index = Index(names(catalogue), catalogue.everyday)

    def find(self, text: str) -> Found:
        """The procedure that `text` names."""
        text = text[:LONGEST]
        if named := self._by_code(text):
            return named
        matches = self.rank(text)
        if not matches or matches[0].score < _POSSIBLE:
            return Found()
        sure = _probability(matches)
        offered = tuple(
            match.name.procedure
            for match in matches[:_OFFERED]
            if match.score >= max(_POSSIBLE, _BEHIND * matches[0].score)
        )
        return Found(offered[0] if sure >= _SURE else None, offered, sure, matches[0].spans)

    def rank(self, text: str) -> list[Match]:
        """The best match of every procedure that has anything in common with `text`, best first."""
        said = write_out(list(words(text[:LONGEST])), self._everyday)
        return self._index.look_up(readings(said, self._everyday))

    def _by_code(self, text: str) -> Found | None:
        code = find_procedure_code(text)
        if code is None:
            return None
        followers = [c for c in self._everyday.successors.get(code, ()) if c in self.catalogue]
        known = tuple(followers) or ((code,) if code in self.catalogue else ())
        if not known:
            return None
        return Found(known[0] if len(known) == 1 else None, known, 1 / len(known))


def _same(one: Match, other: Match) -> bool:
    """Whether two procedures are called just the same."""
    return fold(one.name.text) == fold(other.name.text)


def _probability(matches: Sequence[Match]) -> float:
    """The probability that the first match is the right one; measured by `motcua bench finder`."""
    first, *others = matches
    second = others[0] if others else None
    if second and second.name.factor >= first.name.factor and _same(second, first):
        return _EVEN
    lead = first.score - (second.score if second else 0.0)
    total = 8.1 * first.score + 5.6 * lead + 3.6 * min(lead, 0.2) + 1.3 * _is_exact(first) - 4.1
    return 1 / (1 + math.exp(-total))


def _is_exact(match: Match) -> bool:
    """Whether the message is hardly more than what the procedure's own file calls it."""
    compared = match.compared
    is_whole = compared.said > _WHOLE and compared.explained > _MOSTLY
    return is_whole and match.name.factor == 1.0
