"""An inverted index over the names of procedures: which of them share words with a message.

A name and a message meet in words and in pairs of neighbouring words, each worth the more the fewer
procedures have it. Words are compared without diacritics first, then with those the citizen wrote.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.basics.ids import ProcedureCode
from bot.procedures.everyday import Everyday
from bot.procedures.find.comparing import Compared, Comparison, Entry, Name, entry
from bot.procedures.find.readings import Reading, write_out
from bot.procedures.find.weights import Weighed, Weights
from bot.procedures.words import words

LOOKED_AT = 16
"""Names that are compared word by word, for each reading."""
TITLE = 0.19
"""How much of the score of a procedure comes from its official title."""
REWRITTEN = 0.97
"""How far a reading is trusted that has other words than the message."""
UNMET = 0.08
"""How much a telling word counts against a procedure that has it in no name at all."""

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Match:
    """A procedure whose name fits a message: `score` in [0, 1], and what it rests on."""

    name: Name
    score: float
    compared: Compared
    reading: Reading

    @property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """The characters of the message that name it, runs of words joined."""
        joined: list[tuple[int, int]] = []
        parts = {(self.reading[i].start, self.reading[i].end) for i in self.compared.places}
        for start, end in sorted(parts):
            if joined and start <= joined[-1][1] + 1:
                joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
            else:
                joined.append((start, end))
        return tuple(joined)


class Index:
    """Names, found by their words."""

    def __init__(self, names: Iterable[Name], everyday: Everyday) -> None:
        split = [(name, write_out(list(words(name.text)), everyday)) for name in names]
        split = [(name, said) for name, said in split if said]
        self._weights = Weights([(name.procedure, said) for name, said in split], everyday)
        self._entries = [
            entry(name, said, features, self._weights)
            for (name, said), features in zip(split, self._weights.features, strict=True)
        ]
        self._whole: Floats = np.array([one.worth for one in self._entries], np.float32)
        self._telling: dict[ProcedureCode, set[int]] = defaultdict(set)
        self._titles: dict[ProcedureCode, int] = {}
        postings: dict[int, list[int]] = defaultdict(list)
        for number, one in enumerate(self._entries):
            self._telling[one.name.procedure] |= one.telling
            if one.name.is_title:
                self._titles[one.name.procedure] = number
            for feature in one.features:
                postings[feature].append(number)
        self._postings = {f: np.array(numbers, np.int32) for f, numbers in postings.items()}

    def look_up(self, readings: Sequence[Reading]) -> list[Match]:
        """The best match of each procedure that shares anything with a reading, best first."""
        best: dict[ProcedureCode, tuple[float, Entry, Compared, Reading]] = {}
        titles: dict[ProcedureCode, float] = defaultdict(float)
        told: dict[int, float] = {}
        for reading in readings:
            trust = 1.0 if reading is readings[0] else REWRITTEN
            heard = self._weights.weigh(reading)
            for feature, surely in self._weights.told(heard):
                told[feature] = max(told.get(feature, 0.0), surely)
            compared = self._compared(heard)
            for number, found in compared.items():
                one = self._entries[number]
                code = one.name.procedure
                score = trust * found.score
                if code not in best or score > best[code][0]:
                    best[code] = score, one, found, reading
                if one.name.is_title:
                    titles[code] = max(titles[code], score)
        matches = []
        for code, (score, one, found, reading) in best.items():
            score = ((1 - TITLE) * score + TITLE * titles[code]) * self._met(code, told)
            matches.append(Match(one.name, score, found, reading))
        return sorted(matches, key=lambda match: -match.score)

    def _compared(self, heard: Weighed) -> dict[int, Compared]:
        """The names that share most with the message, and the titles that belong to them."""
        nearest = self._nearest(heard)
        titles = {self._titles[self._entries[number].name.procedure] for number in nearest}
        return {
            number: Comparison(self._entries[number], heard, self._weights).result()
            for number in titles.union(nearest)
        }

    def _nearest(self, heard: Weighed) -> list[int]:
        told: dict[int, float] = {}
        for number, worth, pairs in zip(heard.numbers, heard.singles, heard.pairs, strict=True):
            told[number] = max(told.get(number, 0.0), worth)
            for pair in pairs:
                told[pair.feature] = max(told.get(pair.feature, 0.0), pair.worth)
        common: Floats = np.zeros(len(self._entries), np.float32)
        for feature, worth in told.items():
            if feature in self._postings:
                common[self._postings[feature]] += worth
        rank = common * np.sqrt(common / self._whole)
        count = min(LOOKED_AT, len(rank))
        if not count:
            return []
        nearest = np.argpartition(-rank, count - 1)[:count].tolist()
        return [number for number in nearest if rank[number] > 0]

    def _met(self, code: ProcedureCode, told: Mapping[int, float]) -> float:
        """What is left of a score if telling words were said that no name of the procedure has."""
        has = self._telling[code]
        unmet = sum(surely for feature, surely in told.items() if feature not in has)
        return 1 / (1 + UNMET * unmet)
