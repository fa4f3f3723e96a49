"""Compares one name with a message: how much of the name was said, and how much else beside it.

A message may be a story, so the part of it is taken that fits the name best; what stands in that
part and not in the name counts against it, what stands outside counts a little.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.basics.ids import ProcedureCode
from bot.procedures.find.readings import Heard
from bot.procedures.find.weights import JUNK, MISSED, Weighed, Weights
from bot.procedures.words import Word

OTHER_MARKS = 0.19
"""What is left of a word that the citizen wrote with other diacritics."""
BREAK = 0.23
"""How soon words beside the matter end the part that a name is compared with."""
UNEXPLAINED = 0.5
"""How much words within that part count against the name that does not have them."""
BESIDE = 0.35
"""How much words outside that part count against it."""
LITTLE = 2.85
"""What common words are worth when a perfect match is half believed."""
HINTED = 0.5
"""Factor below which a name only hints."""
UNTOLD = 0.2
"""How much a telling word of the name that was not said counts against it."""


NEAR, FAR, STEP = 0.98, 0.94, 0.01
"""How readily a procedure of a common sector, and of another, is believed; each tier up a step less."""


@dataclass(frozen=True)
class Usual:
    """How usual it is that a procedure is asked about."""

    is_written: bool = True
    is_common: bool = True
    """Whether its sector is one that citizens ask about most."""
    is_commune: bool = True
    is_ministry: bool = False
    """Whether only a ministry does it."""

    @property
    def prior(self) -> float:
        """How readily it is believed to be meant, where the words leave it open."""
        if self.is_written:
            return 1.0
        prior = NEAR if self.is_common else FAR
        return prior if self.is_commune else prior - STEP * (1 + self.is_ministry)


@dataclass(frozen=True)
class Name:
    """One name of a procedure; `factor` is below 1 for what only hints at it."""

    procedure: ProcedureCode
    text: str
    usual: Usual = Usual()
    factor: float = 1.0
    unsaid: float = 0.16
    """How much a part of it that was not said counts against it."""
    is_title: bool = False

    @property
    def is_hint(self) -> bool:
        """Whether it is no name, but what the procedure results in."""
        return self.factor < HINTED


@dataclass(frozen=True)
class Entry:
    """A name, taken apart."""

    name: Name
    exact: dict[int, set[str]]
    """Its words, and how they are spelt with diacritics."""
    features: frozenset[int]
    telling: frozenset[int]
    worth: float


def entry(name: Name, said: Sequence[Word], features: frozenset[int], weights: Weights) -> Entry:
    """The name, taken apart into the words `said` and its `features`."""
    exact: dict[int, set[str]] = {}
    for word in said:
        number = weights.vocabulary.ids[word.spelling.plain]
        exact.setdefault(number, set()).add(word.spelling.exact)
    worth = sum(map(weights.worth.__getitem__, features))
    return Entry(name, exact, features, features & weights.telling, worth)


@dataclass(frozen=True)
class Compared:
    """How well a name fits a message: `score` in [0, 1], and what it rests on."""

    score: float = 0.0
    said: float = 0.0
    """The share of the name that was said."""
    evidence: float = 0.0
    """What the words in common are worth, as they were said."""
    explained: float = 0.0
    """The share of the message that the name explains."""
    places: tuple[int, ...] = ()
    """Where in the message they stand."""


class Comparison:
    """A walk through a message in search of the part that fits a name best."""

    def __init__(self, entry: Entry, heard: Weighed, weights: Weights) -> None:
        self._entry, self._heard, self._weights = entry, heard, weights
        self._fits: dict[int, float] = {}
        self._counted: set[int] = set()
        self._met: set[int] = set()
        self._explained = self._known = 0.0
        self._best = self._part = (0.0, 0.0, 0.0, 0.0, 0, -1)
        """Value, gained, lost, evidence; from which word to which."""
        for place, number in enumerate(heard.numbers):
            if number in entry.exact:
                self._take(place, number)

    def _take(self, place: int, number: int) -> None:
        heard = self._heard
        value, gained, lost, evidence, start, end = self._part
        between = heard.losses[place] - heard.losses[end + 1]
        value -= BREAK * between
        if value <= 0:
            value = gained = lost = evidence = between = 0.0
            start = place
            self._met |= self._counted
            self._counted.clear()
        gain, explained = self._gain(place, number)
        loss = heard.losses[place + 1] - heard.losses[place] - explained
        self._explained += explained
        self._part = (
            value + gain - BREAK * loss,
            gained + gain,
            lost + between + loss,
            evidence + gain * heard.reading[place].share,
            start,
            place,
        )
        self._best = max(self._best, self._part)

    def _gain(self, place: int, number: int) -> tuple[float, float]:
        """What the word adds to the match, and what it therefore does not lose."""
        fit = _fit(self._entry.exact[number], self._heard.reading[place])
        self._fits[place] = fit
        single = fit * self._heard.singles[place]
        self._known += single
        explained = single * (MISSED if number in self._weights.telling else JUNK)
        gain = 0.0 if number in self._counted else single
        self._counted.add(number)
        for pair in self._heard.pairs[place]:
            if pair.feature in self._entry.features and pair.first in self._fits:
                if pair.feature not in self._counted:
                    gain += pair.worth * min(fit, self._fits[pair.first])
                    self._counted.add(pair.feature)
                return gain, explained + pair.loss
        return gain, explained

    def result(self) -> Compared:
        """How well the name fits."""
        entry, heard = self._entry, self._heard
        _, gained, lost, evidence, start, end = self._best
        gained, evidence = min(gained, entry.worth), min(evidence, entry.worth)
        silent = entry.telling - self._counted - self._met
        untold = UNTOLD * sum(self._weights.worth[feature] for feature in silent)
        against = entry.name.unsaid * (entry.worth - gained) + untold + 0.01
        beside = heard.losses[-1] - self._explained - lost
        strange = lost + beside + (1 - JUNK) * (heard.total - self._known)
        as_story = gained / (gained + against + UNEXPLAINED * lost)
        as_title = gained / (gained + against + UNEXPLAINED * strange)
        believed = evidence / (evidence + LITTLE + BESIDE * beside)
        return Compared(
            entry.name.factor * (as_story + as_title) / 2 * believed,
            gained / entry.worth,
            evidence,
            gained / (gained + strange + 0.01),
            tuple(place for place in self._fits if start <= place <= end),
        )


def _fit(known: set[str], heard: Heard) -> float:
    """How well the word fits a name that has it with the diacritics `known`."""
    is_other = heard.spelling.is_marked and heard.spelling.exact not in known
    return OTHER_MARKS if is_other else 1.0
