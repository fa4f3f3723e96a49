"""What words and pairs of words are worth: the more, the fewer procedures have them in a name."""

from __future__ import annotations

import functools
import itertools
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.basics.ids import ProcedureCode
from bot.procedures.everyday import Everyday
from bot.procedures.find.readings import Reading
from bot.procedures.find.typos import Vocabulary
from bot.procedures.words import Word

SINGLE = 1.3
"""What a word alone is worth beside a pair of words."""
QUIET = 0.15
"""The same for a word of asking and talking."""
TELLING = 1.38
"""The same for a word that tells one procedure from its twins."""
JUNK = 0.27
"""How much a word counts that is in a message and not in a name, beside such a pair of words."""
MISSED = 0.67
"""The same for a telling word."""
PHRASE = 2.5
"""How much surer than a single telling word a telling pair is."""
UNKNOWN = 0.4
"""How much a word counts that is in no name at all, beside one that is in a single name."""
STRESS = 1.5
"""The same for a telling pair."""
GAPS = (1.0, 0.9, 0.6, 0.4)
"""What a pair is worth if its words stand side by side, or with one, two or three between them."""


@dataclass(frozen=True)
class Pair:
    """A pair of words of a message that also stands in names; `first` is the place of the one."""

    first: int
    feature: int
    worth: float
    loss: float
    """What is lost if a name does not have it."""


@dataclass(frozen=True)
class Weighed:
    """A reading in numbers: for each of its words the number and what it is worth."""

    reading: Reading
    numbers: list[int]
    singles: list[float]
    pairs: list[list[Pair]]
    """The pairs that end with each word, the closest first."""
    losses: list[float]
    """What is lost up to each place, if nothing before it belongs to a name."""
    total: float
    """The sum of `singles`."""


class Weights:
    """Numbers for words and pairs of words, and what each is worth."""

    def __init__(
        self, names: Iterable[tuple[ProcedureCode, Sequence[Word]]], everyday: Everyday
    ) -> None:
        names = list(names)
        self.vocabulary = Vocabulary(said for _, said in names)
        self._size = len(self.vocabulary.ids) + 1
        self.telling = self._telling(everyday)
        self.features = [self._features(said) for _, said in names]
        """The words and pairs of neighbours of each name."""
        having: dict[int, set[ProcedureCode]] = defaultdict(set)
        for (procedure, _), features in zip(names, self.features, strict=True):
            for feature in features:
                having[feature].add(procedure)
        total = len({procedure for procedure, _ in names})
        self.rarest = math.log(1 + total)
        """What a word of a single procedure is worth."""
        self.worth = {
            feature: self._multiplier(feature, everyday) * math.log(1 + total / (len(codes) + 0.5))
            for feature, codes in having.items()
        }
        self._unknown = UNKNOWN * SINGLE * self.rarest

    def _features(self, said: Sequence[Word]) -> frozenset[int]:
        ids, size = self.vocabulary.ids, self._size
        numbers = [ids[word.spelling.plain] for word in said]
        return frozenset(numbers).union(a * size + b for a, b in itertools.pairwise(numbers))

    def pair(self, first: int, second: int) -> int:
        return first * self._size + second

    def _telling(self, everyday: Everyday) -> set[int]:
        ids = self.vocabulary.ids
        return {number for word, number in ids.items() if word.isdigit()} | {
            functools.reduce(self.pair, (ids[word] for word in phrase), 0)
            for phrase in everyday.telling
            if all(word in ids for word in phrase)
        }

    def _multiplier(self, feature: int, everyday: Everyday) -> float:
        first, second = divmod(feature, self._size)
        if not first:
            return SINGLE * self._kind(second, everyday)
        if feature in self.telling:
            return TELLING
        kinds = self._kind(first, everyday), self._kind(second, everyday)
        return max(min(max(kinds), 1.0), sum(kinds) / 2)

    def _kind(self, number: int, everyday: Everyday) -> float:
        if self.vocabulary.words[number] in everyday.quiet:
            return QUIET
        return TELLING if number in self.telling else 1.0

    def weigh(self, reading: Reading) -> Weighed:
        """The reading in numbers; mistyped words count as those they were meant to be."""
        numbers = self.vocabulary.recognise(reading, self._knows)
        singles, pairs, losses = [], [], [0.0]
        for place, number in enumerate(numbers):
            single = reading[place].weight * self.worth.get(number, self._unknown)
            ended = list(self._ending(place, reading, numbers)) if number else []
            beside = ended[0].loss if ended and ended[0].first == place - 1 else 0.0
            loss = single * (MISSED if number in self.telling else JUNK) + beside
            singles.append(single)
            pairs.append(ended)
            losses.append(losses[-1] + loss)
        return Weighed(reading, numbers, singles, pairs, losses, sum(singles))

    def _knows(self, first: int, second: int) -> bool:
        return self.pair(first, second) in self.worth

    def _ending(self, place: int, reading: Reading, numbers: Sequence[int]) -> Iterator[Pair]:
        for gap, near in enumerate(GAPS, start=1):
            first = place - gap
            if first < 0:
                return
            feature = self.pair(numbers[first], numbers[place])
            if numbers[first] and feature in self.worth:
                worth = near * self.worth[feature]
                worth *= min(reading[first].weight, reading[place].weight)
                stress = STRESS if feature in self.telling else 1.0
                yield Pair(first, feature, worth, worth * stress if gap == 1 else 0.0)

    def told(self, heard: Weighed) -> Iterator[tuple[int, float]]:
        """The telling words and pairs of a message, and how surely they were said."""
        for place, number in enumerate(heard.numbers):
            heard_as = heard.reading[place]
            if number in self.telling:
                yield number, heard_as.weight * heard_as.share
            for pair in heard.pairs[place]:
                if pair.feature in self.telling and pair.first == place - 1:
                    yield pair.feature, PHRASE * heard_as.weight * heard_as.share
