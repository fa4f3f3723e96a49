"""Slots: which words of a sentence are what, by a linear-chain CRF in two passes.

The second pass sees what the first one made of the sentence, so that far words count too: which slots
stand before and after, and whether one was filled already. Knows nothing of this counter; it learns
whatever entities its training sentences have.
"""

from __future__ import annotations

import random
import re
import tempfile
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

import pycrfsuite

from bot.basics.vietnamese.letters import flat
from nlu.lexicon import OUTSIDE, Lexicon, Tagged, kind, spans

_FOLDS = 3
_PASSES, _FIRST_GUESSES = 12, 6
_RARE_WORD = 2
Features = list[str]


def shape(word: str) -> str:
    """`Xxdd` for `Ab12`: upper, lower, digit, sign."""
    kinds = "".join(
        "d" if c.isdigit() else "X" if c.isupper() else "x" if c.isalpha() else c for c in word
    )
    return re.sub(r"(.)\1{2,}", r"\1\1", kinds)


class SlotModel:
    """Learns tagged sentences; tags new ones."""

    def __init__(self) -> None:
        self.lexicon = Lexicon()
        self._first: list[bytes] = []
        self._second: list[bytes] = []
        self._taggers: tuple[list[_Tagger], list[_Tagger]] | None = None

    def fit(self, sentences: Sequence[Tagged], *, seed: int = 1) -> SlotModel:
        """Learns both passes. The second learns from what the first says of sentences it has not
        seen, fold by fold."""
        chance = random.Random(seed)
        self.lexicon = Lexicon.of(sentences)
        shown = [*sentences, *_exchanged(sentences, chance)]
        chance.shuffle(shown)
        first = [self._features(s.words, s) for s in shown]
        tags = [s.tags for s in shown]
        guesses = _guesses(first, tags, chance)
        second = [
            _with_guesses(first[at], shown[at].words, guesses[at]) for at in range(len(shown))
        ]
        self._first = [_trained(first, tags, "ap")]
        self._second = [_trained(second, tags, how) for how in ("ap", "pa", "ap")]
        return self

    def tags(self, words: Sequence[str]) -> list[str]:
        """The tag of each word."""
        if not words or not self._first:
            return [OUTSIDE] * len(words)
        firsts, seconds = self._loaded()
        features = self._features(words, None)
        guess = firsts[0].tag(features)
        if len(set(guess)) == 1:
            return list(guess)
        seen = _with_guesses(features, words, guess)
        return _agreed(seconds, seen)

    def _features(self, words: Sequence[str], without: Tagged | None) -> list[Features]:
        folded = [flat(word) for word in words]
        known = self.lexicon.known(folded, without)
        return [self._of_word(words, folded, known, at) for at in range(len(words))]

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
        found += [f"k={mark}" for mark in known[at]]
        found += self._around(folded, known, at)
        found += self._far(folded, at)
        return found

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
                found += [f"k[{step}]={mark}" for mark in known[at + step]]
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

    def _loaded(self) -> tuple[list[_Tagger], list[_Tagger]]:
        if self._taggers is None:
            self._taggers = (list(map(_Tagger, self._first)), list(map(_Tagger, self._second)))
        return self._taggers

    def __getstate__(self) -> Mapping[str, object]:
        return {"lexicon": self.lexicon, "_first": self._first, "_second": self._second}

    def __setstate__(self, state: Mapping[str, object]) -> None:
        self.__dict__.update(state)
        self._taggers = None


def without_self(inside: Counter[str]) -> bool:
    """Whether a word was met inside slots more than once."""
    return sum(inside.values()) > 1


def _with_guesses(
    features: Sequence[Features], words: Sequence[str], tags: Sequence[str]
) -> list[Features]:
    """The features of the second pass: what the first one said around each word and far from it."""
    found = spans(tags)
    seconds: list[Features] = []
    for at, own in enumerate(features):
        before = [span.slot for span in found if span.end <= at]
        after = [span.slot for span in found if span.start > at]
        here = next((span for span in found if span.start <= at < span.end), None)
        more = [f"t[{step}]={_at(tags, at + step)}" for step in (-2, -1, 0, 1, 2)]
        more.append(f"t[-1,0,1]={_at(tags, at - 1)}|{_at(tags, at)}|{_at(tags, at + 1)}")
        last = before[-1] if before else "-"
        following = after[0] if after else "-"
        more += [f"slot-={last}", f"slot+={following}", f"slot={last}|{tags[at]}|{following}"]
        more.append(f"slot--={'|'.join(before[-2:])}|{tags[at]}")
        more += [f"had={slot}|{tags[at]}" for slot in set(before)]
        more += [f"has={slot}|{tags[at]}" for slot in set(after)]
        if here is not None:
            value = " ".join(flat(word) for word in words[here.start : here.end])
            more += [f"value={value}", f"value|slot={value}|{here.slot}"]
            more.append(f"again={here.slot in before}|{here.slot in after}")
        seconds.append(own + more)
    return seconds


def _at(tags: Sequence[str], at: int) -> str:
    return tags[at] if 0 <= at < len(tags) else "-"


def _guesses(
    features: Sequence[Sequence[Features]], tags: Sequence[Sequence[str]], chance: random.Random
) -> list[list[str]]:
    """For each sentence what a first pass says that has not seen it."""
    fold = [chance.randrange(_FOLDS) for _ in tags]
    guesses: list[list[str]] = [[] for _ in tags]
    for held in range(_FOLDS):
        kept = [at for at in range(len(tags)) if fold[at] != held]
        shown, wanted = [features[at] for at in kept], [tags[at] for at in kept]
        tagger = _Tagger(_trained(shown, wanted, "ap", _FIRST_GUESSES))
        for at in range(len(tags)):
            if fold[at] == held:
                guesses[at] = tagger.tag(features[at])
    return guesses


def _exchanged(sentences: Sequence[Tagged], chance: random.Random) -> list[Tagged]:
    """Half of the sentences again, with values exchanged for others of their kind."""
    values: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for sentence in sentences:
        for span in spans(sentence.tags):
            values[kind(span.slot)].append(sentence.words[span.start : span.end])
    return [
        _exchange(sentence, values, chance)
        for sentence in sentences
        if chance.random() < 0.5 and spans(sentence.tags)
    ]


def _exchange(
    sentence: Tagged, values: Mapping[str, Sequence[tuple[str, ...]]], chance: random.Random
) -> Tagged:
    words: list[str] = []
    tags: list[str] = []
    at = 0
    for span in spans(sentence.tags):
        words += sentence.words[at : span.start]
        tags += sentence.tags[at : span.start]
        value = chance.choice(values[kind(span.slot)])
        words += value
        tags += [f"B-{span.slot}", *[f"I-{span.slot}"] * (len(value) - 1)]
        at = span.end
    return Tagged((*words, *sentence.words[at:]), (*tags, *sentence.tags[at:]))


def _agreed(taggers: Sequence[_Tagger], features: Sequence[Features]) -> list[str]:
    """The tags most taggers give; what the first one gives where these cannot follow one another."""
    given = [tagger.tag(features) for tagger in taggers]
    most = [Counter(tags).most_common(1)[0][0] for tags in zip(*given, strict=True)]
    return most if _is_valid(most) else list(given[0])


def _is_valid(tags: Sequence[str]) -> bool:
    """Whether every `I-` continues a slot of its kind."""
    return all(
        not tag.startswith("I-") or _at(tags, at - 1)[2:] == tag[2:] for at, tag in enumerate(tags)
    )


def _trained(
    features: Sequence[Sequence[Features]],
    tags: Sequence[Sequence[str]],
    how: str,
    passes: int = _PASSES,
) -> bytes:
    """A CRF learned by averaged perceptron (`ap`) or passive-aggressive steps (`pa`)."""
    trainer = pycrfsuite.Trainer(algorithm=how, verbose=False)
    trainer.set_params({"max_iterations": passes})
    for sentence, wanted in zip(features, tags, strict=True):
        trainer.append(sentence, wanted)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "slots.crf"
        trainer.train(str(path))
        return path.read_bytes()


class _Tagger:
    """A learned CRF, ready to tag."""

    def __init__(self, model: bytes) -> None:
        self._model = model  # crfsuite reads from these bytes without holding on to them
        self._tagger = pycrfsuite.Tagger()
        self._tagger.open_inmemory(model)

    def tag(self, features: Sequence[Features]) -> list[str]:
        """The tag of each word."""
        return list(self._tagger.tag(features))
