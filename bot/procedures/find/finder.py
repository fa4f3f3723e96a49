"""Which procedure a message is about: one beyond doubt, a few to choose from, or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bot.basics.codes import find_procedure_code
from bot.basics.ids import ProcedureCode
from bot.procedures.catalogue import Catalogue
from bot.procedures.find.index import Index
from bot.procedures.find.kept import meaning_of
from bot.procedures.find.meaning import Meant
from bot.procedures.find.names import names
from bot.procedures.find.ranking import Candidate, probabilities
from bot.procedures.find.readings import readings, write_out
from bot.procedures.words import Word, words

LONGEST = 2000
"""Characters of a message that are looked at."""
_LIKELIEST = 10
"""Procedures that are compared because the words mean them most likely."""
_OFFERED = 5
SURE, SURE_OF_OURS = 0.95, 0.9
"""Probability above which nothing is asked; less will do for one with a file that names it."""
_NONE, _NONE_OF_FEW = 0.65, 0.85
"""Probability that none is meant above which nothing is offered; where some are elsewhere, more is."""
AWAY, LEAST_AWAY = 0.7, 0.25
"""Share of what may be meant, and chance of the likeliest, from which what is not in the catalogue is meant."""
MEANT, TOLD = 0.4, 8
"""Chance, by what its words mean, from which a procedure is offered however little its names fit, and how many
words must be said for that: a story says no name, and `còn giấy tờ thì sao` is no story."""
_MOST_AWAY = 2
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
    elsewhere: tuple[ProcedureCode, ...] = ()
    """What is more likely meant than any candidate and is not in the catalogue, likeliest first."""


class Finder:
    """An index over the names and everyday names of every procedure."""

    def __init__(self, catalogue: Catalogue, models: Path | None = None) -> None:
        """`models` is where what was learned is kept; without it, it is learned each time."""
        self.catalogue = catalogue
        self._everyday = catalogue.everyday
        self._index = Index(names(catalogue), catalogue.everyday)
        self._meaning = None if catalogue.sayings.is_empty else meaning_of(catalogue, models)
        self._codes = tuple(catalogue.summaries)
        self._elsewhere = self._meaning.elsewhere if self._meaning else ()
        self._numbers = {code: number for number, code in enumerate(self._codes)}

    def find(self, text: str) -> Found:
        """The procedure that `text` names."""
        text = text[:LONGEST]
        if named := self._by_code(text):
            return named
        said, meant = self._hear(text)
        ranked = _ranked(self._candidates(said, meant), meant.nothing if meant else None)
        away, chance = self._away(meant, ranked) if meant else ((), 0.0)
        any_meant = sum(likely for likely, _ in ranked)
        told = max((one.chance for _, one in ranked), default=0.0) if len(said) >= TOLD else 0.0
        limit = _NONE_OF_FEW if self._elsewhere else _NONE
        is_told = 1 - any_meant <= limit or told >= MEANT
        if not ranked or not (is_told or ranked[0][1].is_named):
            return Found(likely=chance, elsewhere=away)
        sure, best = ranked[0]
        offered = tuple(
            one.match.name.procedure
            for likely, one in ranked[:_OFFERED]
            if likely >= _BEHIND * sure
        )
        is_sure = sure >= (SURE_OF_OURS if best.match.usual.is_written else SURE) and not away
        any_meant = max(any_meant, told, chance)
        spans = best.match.spans
        return Found(offered[0] if is_sure else None, offered, sure, any_meant, spans, away)

    def rank(self, text: str) -> list[tuple[float, Candidate]]:
        """What may be meant by `text`, each with its probability, likeliest first."""
        return _ranked(*self.look_up(text))

    def look_up(self, text: str) -> tuple[list[Candidate], float | None]:
        """What may be meant by `text`, in no order, and the probability that it means nothing.

        None where nobody told what words mean.
        """
        said, meant = self._hear(text)
        return self._candidates(said, meant), meant.nothing if meant else None

    def _hear(self, text: str) -> tuple[list[Word], Meant | None]:
        said = write_out(list(words(text[:LONGEST])), self._everyday)
        spelt = [word.spelling for word in said]
        return said, self._meaning.mean(spelt) if self._meaning else None

    def _candidates(self, said: list[Word], meant: Meant | None) -> list[Candidate]:
        read = readings(said, self._everyday)
        if self._meaning is None or meant is None:
            return [Candidate(match) for match in self._index.look_up(read)]
        ours = slice(0, len(self._codes))
        likely = [self._codes[number] for number in meant.likeliest(_LIKELIEST, ours)]
        found = []
        for match in self._index.look_up(read, likely):
            number = self._numbers[match.name.procedure]
            chance, closeness = float(meant.chance[number]), float(meant.closeness[number])
            is_unheard = not self._meaning.heard[number]
            found.append(Candidate(match, chance, closeness, is_unheard))
        return found

    def _away(
        self, meant: Meant, ranked: Sequence[tuple[float, Candidate]]
    ) -> tuple[tuple[ProcedureCode, ...], float]:
        """What is not in the catalogue and likelier meant than what is, and the chance that it is.

        What is called by a name of its own, and hardly anything else is said, is what is meant.
        """
        first = len(self._codes)
        chance = meant.chance[first:]
        if not len(chance) or (ranked and ranked[0][1].is_exact):
            return (), 0.0
        ours, theirs = float(meant.chance[:first].sum()), float(chance.sum())
        if theirs < AWAY * (ours + theirs + meant.nothing) or chance.max() < LEAST_AWAY:
            return (), 0.0
        order = np.argsort(-chance)[:_MOST_AWAY]
        found = [place for place in order.tolist() if chance[place] >= chance.max() / 2]
        return tuple(self._elsewhere[place] for place in found), theirs

    def _by_code(self, text: str) -> Found | None:
        code = find_procedure_code(text)
        if code is None:
            return None
        known = self.catalogue.followers(code)
        if not known:
            return None
        return Found(known[0] if len(known) == 1 else None, known, 1 / len(known), 1.0)


def _ranked(
    candidates: Sequence[Candidate], nothing: float | None
) -> list[tuple[float, Candidate]]:
    likely = zip(probabilities(candidates, nothing), candidates, strict=True)
    return sorted(likely, key=lambda one: -one[0])
