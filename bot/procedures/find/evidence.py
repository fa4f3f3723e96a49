"""What the words of a message say for each procedure, and for all the words they may stand for.

The message is looked at word by word. A word speaks for the procedures that have it in a name; a
saying speaks, in place of its own words, for those that have the official words it may stand for,
the more of them the better. Of several meanings each counts for its own procedures.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.procedures.everyday import Everyday
from bot.procedures.find.comparing import OTHER_MARKS, Entry
from bot.procedures.find.readings import Heard
from bot.procedures.find.weights import Weighed, Weights
from bot.procedures.lay import Phrase

PAIRS = 0.5
"""What two words side by side are worth beside what one of them is worth."""
MEANT = 0.8
"""How far official words are believed that were not said themselves."""
LEAST, MOST = 0.5, 0.63
"""What a saying of no words could be worth at most, and what each of its words adds, beside the rarest word."""
WITHIN = 0.6
"""How far a saying is believed that stands inside a longer one."""
ENOUGH = 1.5
"""What speaks for a procedure when that is half of what one could wish for, beside the rarest word."""
LENGTH = 20.0
"""Words of a name from which its length counts against a procedure."""

Floats = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.int32]


@dataclass(frozen=True)
class Evidence:
    """What was said for each procedure, by its number."""

    total: Floats
    """All that speaks for it, and for its length."""
    weight: Floats
    """All that speaks for it, whatever its length; from 0 to 1."""
    explained: Floats
    """The share of the message that it explains."""
    strength: Mapping[int, float]
    """How surely each feature was said or meant, from 0 to 1."""


class Witnesses:
    """Which procedures have a word, a pair of words or a phrase in their names."""

    def __init__(self, names: Sequence[Sequence[Entry]], weights: Weights) -> None:
        """`names` has the names of each procedure, in the order of their numbers."""
        self._weights = weights
        self._size = len(names)
        having: dict[int, set[int]] = {}
        spelt: dict[tuple[int, str], set[int]] = {}
        lengths = np.zeros(self._size, np.float32)
        for number, one in ((number, one) for number, own in enumerate(names) for one in own):
            for feature in one.features:
                having.setdefault(feature, set()).add(number)
            for word, spellings in one.exact.items():
                for spelling in spellings:
                    spelt.setdefault((word, spelling), set()).add(number)
            if one.name.is_title:
                lengths[number] = len(one.exact)
        self._having = {feature: _sorted(found) for feature, found in having.items()}
        self._spelt = {key: _sorted(found) for key, found in spelt.items()}
        self._patience: Floats = np.sqrt(LENGTH + lengths)
        self._meant = functools.lru_cache(maxsize=8192)(self._look_up)

    def hear(self, heard: Weighed, everyday: Everyday) -> Evidence:
        """What `heard`, a message as it stands, says for each procedure."""
        places = np.zeros((len(heard.reading), self._size), np.float32)
        strength: dict[int, float] = {}
        for place, (number, worth) in enumerate(zip(heard.numbers, heard.singles, strict=True)):
            if number in self._having:
                self._say(places[place], number, heard.reading[place], worth)
                strength[number] = max(strength.get(number, 0.0), heard.reading[place].weight)
        spelt = [one.spelling for one in heard.reading]
        sayings = sorted(everyday.lay.standing(spelt), key=lambda found: found[1])
        for start, length, meanings in sayings:
            weight = min(one.weight for one in heard.reading[start : start + length])
            if _is_part(start, length, sayings):
                weight *= WITHIN
            for phrase in meanings:
                self._mean(places[start : start + length], phrase, weight, strength)
        total = places.sum(axis=0)
        most = places.max(axis=1, initial=0.0)
        silent = [
            worth if not number else 0.0
            for number, worth in zip(heard.numbers, heard.singles, strict=True)
        ]
        whole = float(np.maximum(most, silent).sum())
        explained = total / whole if whole else total
        for pairs in heard.pairs:
            for pair in pairs[:1]:
                if pair.feature in self._having:
                    total[self._having[pair.feature]] += PAIRS * pair.worth
                strength[pair.feature] = max(strength.get(pair.feature, 0.0), 1.0)
        weight = total / (total + ENOUGH * self._weights.rarest)
        return Evidence(total / self._patience, weight, explained, strength)

    def _say(self, row: Floats, number: int, heard: Heard, worth: float) -> None:
        spelling = heard.spelling
        row[self._having[number]] = worth * (OTHER_MARKS if spelling.is_marked else 1.0)
        if spelling.is_marked and (same := self._spelt.get((number, spelling.exact))) is not None:
            row[same] = worth

    def _mean(
        self, rows: Floats, phrase: Phrase, weight: float, strength: dict[int, float]
    ) -> None:
        """Counts `phrase` for the procedures that have its words, where that is more than was said."""
        who, worth, full, features = self._meant(phrase)
        if not len(who):
            return
        worth = (
            worth
            * weight
            * np.float32(min(1.0, self._weights.rarest * (LEAST + MOST * len(rows)) / full))
        )
        better = worth > rows[:, who].sum(axis=0)
        rows[:, who[better]] = worth[better] / len(rows)
        for feature in features:
            strength[feature] = max(strength.get(feature, 0.0), 0.85 * weight)

    def _look_up(self, phrase: Phrase) -> tuple[Numbers, Floats, float, tuple[int, ...]]:
        """The procedures that have words of `phrase`, what that is worth, and its features."""
        ids = self._weights.vocabulary.ids
        words = [(ids.get(word.plain, 0), word) for word in phrase]
        row, full = np.zeros(self._size, np.float32), 0.0
        for number, word in dict(words).items():
            worth = self._weights.worth.get(number, 0.0)
            full += worth
            if (same := self._spelt.get((number, word.exact))) is not None:
                row[same] += worth
        pairs = [
            self._weights.pair(first, second)
            for (first, _), (second, _) in itertools.pairwise(words)
            if first and second
        ]
        pairs = [pair for pair in dict.fromkeys(pairs) if pair in self._having]
        for pair in pairs:
            full += PAIRS * self._weights.worth[pair]
            row[self._having[pair]] += PAIRS * self._weights.worth[pair]
        who = np.flatnonzero(row).astype(np.int32)
        found = row[who]
        features = (*(number for number, _ in words if number), *pairs)
        return who, MEANT * found * found / (full or 1.0), full or 1.0, features


def _is_part(start: int, length: int, sayings: Sequence[tuple[int, int, object]]) -> bool:
    """Whether a longer saying stands around this one."""
    end = start + length
    return any(
        first <= start and end <= first + size and size > length for first, size, _ in sayings
    )


def _sorted(found: set[int]) -> Numbers:
    return np.array(sorted(found), np.int32)
