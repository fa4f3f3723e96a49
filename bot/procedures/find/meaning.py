"""What words mean: how likely each procedure is what somebody is after who says them.

A message is the sum of the vectors of its words and pairs of words, and each procedure is a vector:
its own, learned from what people say for it, and that of its title's words, so that one nobody said
anything for is understood by its title. `learning.py` finds the vectors.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.basics.ids import ProcedureCode
from bot.procedures.words import Spelling

Floats = npt.NDArray[np.float32]

MARKED, PAIR = "=", " "
"""Stands before a word with its diacritics, and between the words of a pair."""
COUNTRY = 2700
"""Procedures of the country, about as many: those that are not in a catalogue may be meant, too."""
STORY, PART, FEW, MOST_PARTS = 18, 12, 8, 12
"""Words from which a message is a story, of its parts, of those that are few, and how many are heard."""
LEAST = -12.0
"""Logarithm of a probability below which it makes no difference."""


def features(said: Sequence[Spelling]) -> Iterator[str]:
    """What a text is taken apart into: words without diacritics, the same with them, pairs."""
    for place, word in enumerate(said):
        yield word.plain
        if word.is_marked:
            yield MARKED + word.exact
        if place:
            yield said[place - 1].plain + PAIR + word.plain


def others(known: int) -> int:
    """How many procedures there are beside those `known`; each counts as one that nothing speaks for."""
    return max(COUNTRY - known, 0)


@dataclass(frozen=True)
class Meant:
    """What is meant by a message, as far as its words tell."""

    chance: Floats
    """The probability of each procedure, by its number."""
    closeness: Floats
    """The same on a scale of logarithms, from 0 to 1."""
    nothing: float
    """The probability that it is about no procedure."""

    def likeliest(self, count: int, among: slice) -> list[int]:
        """The numbers of the `count` likeliest of the procedures `among` all, in no order."""
        chance = self.chance[among]
        count = min(count, len(chance))
        found = np.argpartition(-chance, count - 1)[:count] if count else np.array([], int)
        numbers: list[int] = (found + (among.start or 0)).tolist()
        return numbers


def _parts(said: Sequence[Spelling], size: int) -> list[Sequence[Spelling]]:
    """Runs of `size` words, each half over the one before it; none if there are not more words."""
    if len(said) <= size:
        return []
    step = size // 2
    return [said[start : start + size] for start in range(0, len(said) - step, step)][:MOST_PARTS]


@dataclass(frozen=True)
class Meaning:
    """The vectors of features and of procedures."""

    numbers: Mapping[str, int]
    """Feature → its row."""
    weights: Floats
    """How much each feature says."""
    vectors: Floats
    """Of each feature."""
    procedures: Floats
    """Of each procedure, by its number, and behind them of what is none."""
    heard: Floats
    """1 for each procedure that somebody said something for, by its number, else 0."""
    elsewhere: tuple[ProcedureCode, ...] = ()
    """The procedures numbered behind those of the catalogue."""

    def mean(self, said: Sequence[Spelling]) -> Meant:
        """What is meant by `said`, a message whose short forms are written out.

        Of a story its parts are heard one by one, and each procedure in that which means it most.
        That it is about nothing must hold for every few words.
        """
        parts = _parts(said, PART) if len(said) > STORY else []
        heard = np.array([self._mean(part) for part in (said, *parts)])
        likely = heard.max(axis=0)
        close = np.maximum(likely, LEAST) / -LEAST + 1.0
        few = [float(self._mean(part)[-1]) for part in _parts(said, FEW)]
        nothing = min(float(heard[:, -1].min()), *few, 0.0)
        return Meant(np.exp(likely[:-1]), close[:-1], float(np.exp(nothing)))

    def _mean(self, said: Sequence[Spelling]) -> Floats:
        """The logarithm of the probability of each procedure, and of none."""
        rows = sorted({self.numbers[one] for one in features(said) if one in self.numbers})
        weights = self.weights[rows]
        message = weights @ self.vectors[rows] / (np.sqrt(weights @ weights) + 1e-6)
        logits = self.procedures @ message
        most = max(0.0, float(logits.max()))
        elsewhere = others(len(logits)) * np.exp(-most)
        found: Floats = logits - most - np.log(np.exp(logits - most).sum() + elsewhere)
        return found
