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
from bot.procedures.find.comparing import Compared, Comparison, Entry, Name, Usual, entry
from bot.procedures.find.evidence import Evidence, Witnesses
from bot.procedures.find.readings import Reading, write_out
from bot.procedures.find.weights import Weighed, Weights
from bot.procedures.words import words

LOOKED_AT = 5
"""Names that are compared word by word, for each reading."""
SPOKEN_FOR = 10
"""Procedures that are compared because most speaks for them."""
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
    evidence: float = 0.0
    """What speaks for it, beside what speaks for the procedure that most speaks for."""
    weight: float = 0.0
    """All that speaks for it, from 0 to 1."""
    explained: float = 0.0
    """The share of the message that it explains, with all that its words may mean."""
    covered: float = 0.0
    """The share of one of its names that was said or meant."""
    untold: float = 0.0
    """The telling words of that name that were neither said nor meant, in shares of the name."""
    typed: float = 0.0
    """How much of its official title was typed, and how little else."""

    @property
    def usual(self) -> Usual:
        """How usual it is that the procedure is asked about."""
        return self.name.usual

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
        self._everyday = everyday
        self._weights = Weights([(name.procedure, said) for name, said in split], everyday)
        self._entries = [
            entry(name, said, features, self._weights)
            for (name, said), features in zip(split, self._weights.features, strict=True)
        ]
        self._whole: Floats = np.array([one.worth for one in self._entries], np.float32)
        self._telling: dict[ProcedureCode, set[int]] = defaultdict(set)
        self._titles: dict[ProcedureCode, int] = {}
        self._names: dict[ProcedureCode, list[int]] = defaultdict(list)
        postings: dict[int, list[int]] = defaultdict(list)
        for number, one in enumerate(self._entries):
            self._telling[one.name.procedure] |= one.telling
            if one.name.is_title:
                self._titles[one.name.procedure] = number
            if not one.name.is_hint:
                self._names[one.name.procedure].append(number)
            for feature in one.features:
                postings[feature].append(number)
        self._postings = {f: np.array(numbers, np.int32) for f, numbers in postings.items()}
        self._codes = list(self._names)
        self._places = {code: place for place, code in enumerate(self._codes)}
        self._witnesses = Witnesses(
            [[self._entries[number] for number in own] for own in self._names.values()],
            self._weights,
        )

    def look_up(
        self, readings: Sequence[Reading], likely: Iterable[ProcedureCode] = ()
    ) -> list[Match]:
        """The best match of each procedure that shares anything with a reading, in no order.

        Those that are `likely` to be meant are compared too, whether they share anything or not.
        """
        weighed = [self._weights.weigh(reading) for reading in readings]
        evidence = self._witnesses.hear(weighed[0], self._everyday)
        spoken_for = self._spoken_for(evidence)
        spoken_for |= {
            code: self._covered(code, evidence)
            for code in likely
            if code in self._places and code not in spoken_for
        }
        told: dict[int, float] = {}
        for heard in weighed:
            for feature, surely in self._weights.told(heard):
                told[feature] = max(told.get(feature, 0.0), surely)
        best: dict[ProcedureCode, tuple[float, int, Compared, Reading]] = {}
        titles: dict[ProcedureCode, float] = defaultdict(float)
        typed: dict[ProcedureCode, float] = defaultdict(float)
        for heard in weighed:
            trust = 1.0 if heard is weighed[0] else REWRITTEN
            nearest = {*self._nearest(heard), *spoken_for.values()}
            nearest |= {self._titles[self._entries[number].name.procedure] for number in nearest}
            for number in nearest:
                one = self._entries[number]
                found = Comparison(one, heard, self._weights).result()
                code, score = one.name.procedure, trust * found.score
                if code not in best or score > best[code][0]:
                    best[code] = score, number, found, heard.reading
                if one.name.is_title:
                    titles[code] = max(titles[code], score)
                    if heard is weighed[0]:
                        typed[code] = found.said * found.explained
        return [
            self._match(found, (titles[code], typed[code]), spoken_for.get(code), evidence, told)
            for code, found in best.items()
        ]

    def _match(
        self,
        best: tuple[float, int, Compared, Reading],
        title: tuple[float, float],
        covered: int | None,
        evidence: Evidence,
        told: Mapping[int, float],
    ) -> Match:
        score, number, compared, reading = best
        name = self._entries[number].name
        has = self._telling[name.procedure]
        unmet = sum(surely for feature, surely in told.items() if feature not in has)
        score = ((1 - TITLE) * score + TITLE * title[0]) / (1 + UNMET * unmet)
        place = self._places[name.procedure]
        one = self._entries[self._covered(name.procedure, evidence) if covered is None else covered]
        silent = sum(
            self._weights.worth[feature] * (1 - evidence.strength.get(feature, 0.0))
            for feature in one.telling
        )
        return Match(
            name,
            score,
            compared,
            reading,
            float(evidence.total[place] / (evidence.total.max() or 1.0)),
            float(evidence.weight[place]),
            float(evidence.explained[place]),
            self._share(one, evidence),
            silent / one.worth,
            title[1],
        )

    def _spoken_for(self, evidence: Evidence) -> dict[ProcedureCode, int]:
        """The procedures that most speaks for, each with its name that was said or meant most."""
        count = min(SPOKEN_FOR, len(self._codes))
        if not count:
            return {}
        places = np.argpartition(-evidence.total, count - 1)[:count].tolist()
        codes = [self._codes[place] for place in places if evidence.total[place] > 0]
        return {code: self._covered(code, evidence) for code in codes}

    def _covered(self, code: ProcedureCode, evidence: Evidence) -> int:
        return max(
            self._names[code], key=lambda number: self._share(self._entries[number], evidence)
        )

    def _share(self, one: Entry, evidence: Evidence) -> float:
        """The share of a name that was said or meant."""
        strength, worth = evidence.strength, self._weights.worth
        met = sum(
            strength[feature] * worth[feature] for feature in one.features if feature in strength
        )
        return met / one.worth

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
