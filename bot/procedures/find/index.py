"""An inverted index over the names of procedures: which of them share words with a message.

A name and a message meet in words and in pairs of neighbouring words, each worth the more the fewer
procedures have it. Words are compared without diacritics first, then with those the citizen wrote.
"""

from __future__ import annotations

import functools
import itertools
import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from bot.basics.ids import ProcedureCode
from bot.procedures.everyday import Everyday
from bot.procedures.find.readings import Heard, Reading, write_out
from bot.procedures.find.typos import Vocabulary
from bot.procedures.words import Word, words

_SINGLE = 0.96
"""What a word alone is worth beside a pair of words."""
_QUIET = 0.2
_TELLING = 1.38
_OTHER_MARKS = 0.13
"""What is left of a word that the citizen wrote with other diacritics."""
_UNEXPLAINED = 0.45
_BREAK = 0.26
"""How soon words beside the matter end the part of a message that a name is compared with."""
_BESIDE = 0.23
"""How much words outside that part count against the name."""
_LITTLE = 2.85
"""Worth of common words at which half of a perfect match is believed."""
_JUNK = 0.27
"""How much a missing word counts beside a missing pair of words, unless it is a telling one."""
_MISSED = 0.67
"""The same for a telling word."""
_STRESS = 1.5
"""The same for a pair of words that tells."""
_UNTOLD = 0.25
"""How much a telling word in a name that was not said counts against the name."""
_TITLE = 0.19
"""How much of the score of a procedure comes from its official title."""
_LOOKED_AT = 24

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Name:
    """One name of a procedure; `factor` is below 1 for what only hints at it."""

    procedure: ProcedureCode
    text: str
    factor: float = 1.0
    unsaid: float = 0.4
    """How much a part of it that was not said counts against it."""
    is_title: bool = False


@dataclass(frozen=True)
class Match:
    """How well a name fits: `score` in [0, 1], and what it rests on."""

    name: Name
    score: float
    said: float
    """The share of the name that was said."""
    weight: float
    """What the words in common are worth."""
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class _Entry:
    """A name, taken apart."""

    name: Name
    exact: dict[int, frozenset[str]]
    pairs: frozenset[int]
    telling: frozenset[int]
    worth: float


class Index:
    """Names, found by their words."""

    def __init__(self, names: Iterable[Name], everyday: Everyday) -> None:
        self._everyday = everyday
        taken_apart = [(name, write_out(list(words(name.text)), everyday)) for name in names]
        taken_apart = [(name, said) for name, said in taken_apart if said]
        self.vocabulary = Vocabulary(said for _, said in taken_apart)
        self._size = len(self.vocabulary.ids) + 1
        features = [self._features(said) for _, said in taken_apart]
        having: dict[int, set[ProcedureCode]] = defaultdict(set)
        postings: dict[int, list[int]] = defaultdict(list)
        for number, ((name, _), found) in enumerate(zip(taken_apart, features, strict=True)):
            for feature in found:
                having[feature].add(name.procedure)
                postings[feature].append(number)
        total = len({name.procedure for name, _ in taken_apart})
        self._worth = {
            feature: self._multiplier(feature) * math.log(1 + total / (len(codes) + 0.5))
            for feature, codes in having.items()
        }
        ids = self.vocabulary.ids
        self._telling = {number for word, number in ids.items() if word.isdigit()} | {
            functools.reduce(self._pair, (ids[word] for word in phrase), 0)
            for phrase in everyday.telling
            if all(word in ids for word in phrase)
        }
        self._unknown = _SINGLE * math.log(1 + total)
        self._postings = {f: np.array(numbers, np.int32) for f, numbers in postings.items()}
        self._entries = [
            _Entry(
                name,
                _exact(said, self.vocabulary.ids),
                frozenset(found),
                frozenset(found) & self._telling,
                self._sum(found),
            )
            for (name, said), found in zip(taken_apart, features, strict=True)
        ]
        self._titles = {
            entry.name.procedure: entry for entry in self._entries if entry.name.is_title
        }
        self._whole = np.array([entry.worth for entry in self._entries], np.float32)

    def _features(self, said: Sequence[Word]) -> list[int]:
        numbers = [self.vocabulary.ids[word.spelling.plain] for word in said]
        pairs = itertools.starmap(self._pair, itertools.pairwise(numbers))
        return list(dict.fromkeys([*numbers, *pairs]))

    def _pair(self, first: int, second: int) -> int:
        return first * self._size + second

    def _multiplier(self, feature: int) -> float:
        first, second = divmod(feature, self._size)
        kinds = [self._kind(number) for number in (first, second) if number]
        if len(kinds) == 1:
            return _SINGLE * kinds[0]
        if (
            tuple(self.vocabulary.words[number] for number in (first, second))
            in self._everyday.telling
        ):
            return _TELLING
        return max(min(max(kinds), 1.0), sum(kinds) / 2)

    def _kind(self, number: int) -> float:
        word = self.vocabulary.words[number]
        if word in self._everyday.quiet:
            return _QUIET
        return _TELLING if word.isdigit() or (word,) in self._everyday.telling else 1.0

    def _sum(self, features: Iterable[int]) -> float:
        return sum(self._worth[feature] for feature in features)

    def look_up(self, readings: Sequence[Reading]) -> list[Match]:
        """The best match of each procedure that shares anything with a reading, best first."""
        best: dict[ProcedureCode, Match] = {}
        titles: dict[ProcedureCode, float] = defaultdict(float)
        for reading in readings:
            heard = self._weigh(reading)
            nearest = self._nearest(heard)
            for number in nearest:
                match = self._compare(self._entries[number], heard)
                code = match.name.procedure
                if code not in best or match.score > best[code].score:
                    best[code] = match
            for code in {self._entries[number].name.procedure for number in nearest}:
                title = self._compare(self._titles[code], heard)
                titles[code] = max(titles[code], title.score)
        return sorted(
            (
                replace(match, score=(1 - _TITLE) * match.score + _TITLE * titles[code])
                for code, match in best.items()
            ),
            key=lambda match: -match.score,
        )

    def _knows_pair(self, first: int, second: int) -> bool:
        return self._pair(first, second) in self._worth

    def _weigh(self, reading: Reading) -> _Weighed:
        """The reading as numbers: what each word is worth, and each pair it ends."""
        numbers = self.vocabulary.recognise(reading, self._knows_pair)
        singles, pairs, losses = [], [], [0.0]
        for place, number in enumerate(numbers):
            weight = reading[place].weight
            singles.append(weight * self._worth.get(number, self._unknown))
            loss = singles[-1] * (_MISSED if number in self._telling else _JUNK)
            ended = []
            for other in range(max(place - 2, 0), place):
                feature = self._pair(numbers[other], number)
                if number and numbers[other] and feature in self._worth:
                    worth = self._worth[feature] * min(weight, reading[other].weight)
                    ended.append((other, feature, worth))
                    loss += self._lost(feature, worth) if other == place - 1 else 0.0
            pairs.append(ended[::-1])
            losses.append(losses[-1] + loss)
        return _Weighed(reading, numbers, singles, pairs, losses)

    def _lost(self, pair: int, worth: float) -> float:
        return worth * _STRESS if pair in self._telling else worth

    def _nearest(self, heard: _Weighed) -> list[int]:
        """The names worth comparing word by word."""
        told: dict[int, float] = {}
        for number, worth, ended in zip(heard.numbers, heard.singles, heard.pairs, strict=True):
            told[number] = max(told.get(number, 0.0), worth)
            for _, feature, pair_worth in ended:
                told[feature] = max(told.get(feature, 0.0), pair_worth)
        common = np.zeros(len(self._entries), np.float32)
        for feature, worth in told.items():
            if feature in self._postings:
                common[self._postings[feature]] += worth
        rank = common * np.sqrt(common / self._whole)
        count = min(_LOOKED_AT, len(rank))
        if not count:
            return []
        nearest = np.argpartition(-rank, count - 1)[:count].tolist()
        return [number for number in nearest if rank[number] > 0]

    def _compare(self, entry: _Entry, heard: _Weighed) -> Match:
        """Compares the name with the part of the message that fits it best."""
        reading, losses = heard.reading, heard.losses
        fits: dict[int, float] = {}
        best = part = (0.0, 0.0, 0.0, 0.0, 0, -1)
        kept = known = 0.0
        counted: set[int] = set()
        met: set[int] = set()
        for place, number in enumerate(heard.numbers):
            if number not in entry.exact:
                continue
            value, gained, lost, evidence, start, end = part
            between = losses[place] - losses[end + 1]
            value -= _BREAK * between
            if value <= 0:
                value = gained = lost = evidence = between = 0.0
                start = place
                met |= counted
                counted.clear()
            fits[place] = fit = _fit(entry.exact[number], reading[place])
            gain = fit * heard.singles[place]
            known += gain
            loss = losses[place + 1] - losses[place]
            loss -= gain * (_MISSED if number in self._telling else _JUNK)
            if number in counted:
                gain = 0.0
            counted.add(number)
            for other, feature, worth in heard.pairs[place]:
                if feature in entry.pairs and other in fits:
                    gain += worth * min(fit, fits[other]) if feature not in counted else 0.0
                    counted.add(feature)
                    loss -= self._lost(feature, worth) if other == place - 1 else 0.0
                    break
            kept += losses[place + 1] - losses[place] - loss
            part = (
                value + gain - _BREAK * loss,
                gained + gain,
                lost + between + loss,
                evidence + gain * reading[place].share,
                start,
                place,
            )
            best = max(best, part)
        _, gained, lost, evidence, start, end = best
        gained, evidence = min(gained, entry.worth), min(evidence, entry.worth)
        untold = sum(self._worth[told] for told in entry.telling - counted - met)
        unsaid = entry.name.unsaid * (entry.worth - gained) + _UNTOLD * untold
        beside = losses[-1] - kept - lost
        strange = lost + beside + (1 - _JUNK) * (sum(heard.singles) - known)
        alike = gained / (gained + unsaid + _UNEXPLAINED * lost + 0.01)
        whole = gained / (gained + unsaid + _UNEXPLAINED * strange + 0.01)
        believed = evidence / (evidence + _LITTLE + _BESIDE * beside)
        matched = ((reading[i].start, reading[i].end) for i in fits if start <= i <= end)
        return Match(
            entry.name,
            entry.name.factor * (alike + whole) / 2 * believed,
            gained / entry.worth,
            evidence,
            _joined(matched),
        )


@dataclass(frozen=True)
class _Weighed:
    """A reading in numbers."""

    reading: Reading
    numbers: list[int]
    singles: list[float]
    """What each word is worth."""
    pairs: list[list[tuple[int, int, float]]]
    """For each word the pairs it ends: where the other word stands, the pair, its worth."""
    losses: list[float]
    """What is lost, up to each place, if nothing before it belongs to a name."""


def _fit(known: frozenset[str] | None, heard: Heard) -> float:
    """How well the word fits a name that has it with the diacritics `known`."""
    if known is None:
        return 0.0
    is_other = heard.spelling.is_marked and heard.spelling.exact not in known
    return _OTHER_MARKS if is_other else 1.0


def _exact(said: Sequence[Word], ids: dict[str, int]) -> dict[int, frozenset[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    for word in said:
        found[ids[word.spelling.plain]].add(word.spelling.exact)
    return {number: frozenset(spelt) for number, spelt in found.items()}


def _joined(spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """The spans in order, those that touch or are one character apart made one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)
