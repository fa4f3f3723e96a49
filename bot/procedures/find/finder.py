"""Which procedure a message is about: one beyond doubt, a few to choose from, or none."""

from __future__ import annotations

from dataclasses import dataclass

from bot.basics.codes import find_procedure_code
from bot.basics.ids import ProcedureCode
from bot.procedures.catalogue import Catalogue
from bot.procedures.find.index import Index, Match
from bot.procedures.find.names import names
from bot.procedures.find.ranking import probabilities
from bot.procedures.find.readings import readings, write_out
from bot.procedures.words import words

LONGEST = 2000
"""Characters of a message that are looked at."""
_OFFERED = 5
_SURE = 0.9
"""Probability above which nothing is asked."""
_NONE = 0.55
"""Probability that none is meant above which nothing is offered."""
_BEHIND = 0.01
"""Share of the best probability below which a procedure is not offered beside it."""


@dataclass(frozen=True)
class Found:
    """What was found: one procedure beyond doubt, or the candidates, best first."""

    procedure: ProcedureCode | None = None
    candidates: tuple[ProcedureCode, ...] = ()
    score: float = 0.0
    """The probability that the first candidate is the right one."""
    likely: float = 0.0
    """The probability that any is meant."""
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
        ranked = self.rank(text)
        any_meant = sum(likely for likely, _ in ranked)
        if 1 - any_meant > _NONE:
            return Found()
        sure, first = ranked[0]
        offered = tuple(
            match.name.procedure for likely, match in ranked[:_OFFERED] if likely >= _BEHIND * sure
        )
        return Found(offered[0] if sure >= _SURE else None, offered, sure, any_meant, first.spans)

    def rank(self, text: str) -> list[tuple[float, Match]]:
        """What may be meant by `text`, each with its probability, likeliest first."""
        said = write_out(list(words(text[:LONGEST])), self._everyday)
        matches = self._index.look_up(readings(said, self._everyday))
        ranked = zip(probabilities(matches), matches, strict=True)
        return sorted(ranked, key=lambda one: -one[0])

    def _by_code(self, text: str) -> Found | None:
        code = find_procedure_code(text)
        if code is None:
            return None
        followers = [c for c in self._everyday.successors.get(code, ()) if c in self.catalogue]
        known = tuple(followers) or ((code,) if code in self.catalogue else ())
        if not known:
            return None
        return Found(known[0] if len(known) == 1 else None, known, 1 / len(known), 1.0)
