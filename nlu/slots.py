"""Slots: which words of a sentence are what.

A linear-chain CRF finds values and their kind (a city, a time), `nlu.roles` says which slot of that kind
each fills (left from, flown to), since that is told by words far off. Knows nothing of this counter; it
learns whatever entities its training sentences have.
"""

from __future__ import annotations

import random
import re
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import pycrfsuite

from bot.basics.vietnamese.letters import flat
from bot.basics.vietnamese.syllables import is_syllable
from nlu.exchange import Exchange
from nlu.lexicon import OUTSIDE, Lexicon, Tagged, spans
from nlu.roles import Roles

_PASSES = 10
_WAYS = ("ap", "pa", "ap")
_RARE_WORD = 2
Features = list[str]


def shape(word: str) -> str:
    """`Xxdd` for `Ab12`: upper, lower, digit, sign."""
    kinds = "".join(
        "d" if c.isdigit() else "X" if c.isupper() else "x" if c.isalpha() else c for c in word
    )
    return re.sub(r"(.)\1{2,}", r"\1\1", kinds)


def sort(word: str) -> str:
    """`d` for digits, `v` for what Vietnamese could spell, `f` for the rest: foreign names, codes."""
    return "d" if word.isdigit() else "v" if is_syllable(word) else "f"


class SlotModel:
    """Learns tagged sentences; tags new ones."""

    def __init__(self) -> None:
        self.lexicon = Lexicon()
        self._finders: list[bytes] = []
        self._roles: Roles | None = None
        self._taggers: list[_Tagger] | None = None

    def fit(self, sentences: Sequence[Tagged], *, seed: int = 1) -> SlotModel:
        """Learns where values of which kind stand, then which slots they fill."""
        chance = random.Random(seed)
        self.lexicon = Lexicon.of(sentences)
        exchange = Exchange(sentences, self.lexicon, chance)
        self._finders = []
        for how in _WAYS:
            shown = [*sentences, *exchange.some()]
            chance.shuffle(shown)
            self._finders.append(self._trained(shown, how))
        self._roles = Roles(self.lexicon).fit(shown)
        return self

    def tags(self, words: Sequence[str]) -> list[str]:
        """The tag of each word."""
        tags = [OUTSIDE] * len(words)
        if not words or self._roles is None:
            return tags
        found = spans(_agreed(self._loaded(), self._features(words, None)))
        for span, slot in zip(found, self._roles.slots(words, found), strict=True):
            tags[span.start : span.end] = [
                f"B-{slot}",
                *[f"I-{slot}"] * (span.end - span.start - 1),
            ]
        return tags

    def _features(self, words: Sequence[str], without: Tagged | None) -> list[Features]:
        folded = [flat(word) for word in words]
        known = self.lexicon.known(folded, without)
        sorts = ["<s>", *map(sort, words), "</s>"]
        return [
            [*self._of_word(words, folded, known, at), *self._sorts(sorts, at + 1)]
            for at in range(len(words))
        ]

    def _of_word(
        self,
        words: Sequence[str],
        folded: Sequence[str],
        known: Sequence[set[str]],
        at: int,
    ) -> Features:
        low = words[at].lower()
        bare = folded[at]
        found = ["bias", f"w={low}", f"f={bare}", f"shape={shape(words[at])}"]
        found += [f"p{n}={bare[:n]}" for n in (1, 2, 3)] + [f"s{n}={bare[-n:]}" for n in (1, 2, 3)]
        if self.lexicon.words[bare] <= _RARE_WORD:
            found.append("rare")
        if bare.isdigit():
            found.append(f"digits={len(bare)}")
        inside = self.lexicon.inside.get(bare)
        if inside and without_self(inside):
            found += [f"in={name}" for name, n in inside.items() if n > 1]
        found += [f"k={mark}" for mark in sorted(known[at])]
        found += self._around(folded, known, at)
        found += self._far(folded, at)
        return found

    @staticmethod
    def _sorts(sorts: Sequence[str], at: int) -> Features:
        here = sorts[at]
        return [f"sort={here}", f"sort-={sorts[at - 1]}|{here}", f"sort+={here}|{sorts[at + 1]}"]

    @staticmethod
    def _around(folded: Sequence[str], known: Sequence[set[str]], at: int) -> Features:
        def word(step: int) -> str:
            place = at + step
            if place < 0:
                return "<s>"
            return folded[place] if place < len(folded) else "</s>"

        found = [f"f[{step}]={word(step)}" for step in (-4, -3, -2, -1, 1, 2, 3)]
        found += [
            f"f[-1,0]={word(-1)}|{word(0)}",
            f"f[0,1]={word(0)}|{word(1)}",
            f"f[-2,-1]={word(-2)}|{word(-1)}",
            f"f[1,2]={word(1)}|{word(2)}",
            f"f[-1,1]={word(-1)}|{word(1)}",
            f"f[-3,-2,-1]={word(-3)}|{word(-2)}|{word(-1)}",
            f"f[-2,-1,0]={word(-2)}|{word(-1)}|{word(0)}",
            f"f[-1,0,1]={word(-1)}|{word(0)}|{word(1)}",
            f"f[0,1,2]={word(0)}|{word(1)}|{word(2)}",
        ]
        for step in (-2, -1, 1, 2):
            if 0 <= at + step < len(folded):
                found += [f"k[{step}]={mark}" for mark in sorted(known[at + step])]
        return found

    def _far(self, folded: Sequence[str], at: int) -> Features:
        """The nearest cues on both sides, however far, and the two before."""
        before = [word for word in folded[:at] if word in self.lexicon.cues][-3:]
        after = next((word for word in folded[at + 1 :] if word in self.lexicon.cues), "-")
        last = before[-1] if before else "-"
        found = [f"cue-={last}", f"cue+={after}", f"cue={last}|{after}"]
        if len(before) > 1:
            found.append(f"cue--={before[-2]}|{last}")
        if len(before) > 2:
            found.append(f"cue---={before[-3]}|{before[-2]}|{last}")
        return found

    def _trained(self, sentences: Sequence[Tagged], how: str) -> bytes:
        """A CRF learned by averaged perceptron (`ap`) or passive-aggressive steps (`pa`)."""
        trainer = pycrfsuite.Trainer(algorithm=how, verbose=False)
        trainer.set_params({"max_iterations": _PASSES})
        for sentence in sentences:  # one by one: their features take much memory
            seen = self._features(sentence.words, sentence)
            trainer.append(seen, self.lexicon.by_kind(sentence.tags))
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "slots.crf"
            trainer.train(str(path))
            return path.read_bytes()

    def _loaded(self) -> list[_Tagger]:
        if self._taggers is None:
            self._taggers = list(map(_Tagger, self._finders))
        return self._taggers

    def __getstate__(self) -> Mapping[str, object]:
        return {**self.__dict__, "_taggers": None}


def without_self(inside: Counter[str]) -> bool:
    """Whether a word was met inside slots more than once."""
    return sum(inside.values()) > 1


def _agreed(taggers: Sequence[_Tagger], features: Sequence[Features]) -> list[str]:
    """The tags most taggers give; what the first one gives where these cannot follow one another."""
    given = [tagger.tag(features) for tagger in taggers]
    most = [Counter(tags).most_common(1)[0][0] for tags in zip(*given, strict=True)]
    return most if _is_valid(most) else given[0]


def _is_valid(tags: Sequence[str]) -> bool:
    """Whether every `I-` continues a value of its kind."""
    before = OUTSIDE
    for tag in tags:
        if tag.startswith("I-") and before[2:] != tag[2:]:
            return False
        before = tag
    return True


class _Tagger:
    """A learned CRF, ready to tag."""

    def __init__(self, model: bytes) -> None:
        self._model = model  # crfsuite reads from these bytes without holding on to them
        self._tagger = pycrfsuite.Tagger()
        self._tagger.open_inmemory(model)

    def tag(self, features: Sequence[Features]) -> list[str]:
        """The tag of each word."""
        return list(self._tagger.tag(features))
