"""Sentences as they might have been: values exchanged for others of their kind, heard before or not."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence

from nlu.lexicon import Lexicon, Tagged, spans

_SHARE = 0.5
_OPEN = 20
"""Values of a kind from which on there will be more that training has not shown."""
_UNHEARD = 0.4


class Exchange:
    """Exchanges values among tagged sentences; other ones each time, by `chance`."""

    def __init__(
        self, sentences: Sequence[Tagged], lexicon: Lexicon, chance: random.Random
    ) -> None:
        self._lexicon, self._chance = lexicon, chance
        self._sentences = [sentence for sentence in sentences if spans(sentence.tags)]
        self._values: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        for sentence in self._sentences:
            for span in spans(sentence.tags):
                value = sentence.words[span.start : span.end]
                self._values[lexicon.kind(span.slot)].append(value)
        self._open = {k for k, values in self._values.items() if len(set(values)) >= _OPEN}

    def some(self) -> list[Tagged]:
        """Half of the sentences that have slots, with other values in them."""
        return [
            self._exchanged(sentence)
            for sentence in self._sentences
            if self._chance.random() < _SHARE
        ]

    def _exchanged(self, sentence: Tagged) -> Tagged:
        words: list[str] = []
        tags: list[str] = []
        at = 0
        for span in spans(sentence.tags):
            words += sentence.words[at : span.start]
            tags += sentence.tags[at : span.start]
            value = self._value(self._lexicon.kind(span.slot))
            words += value
            tags += [f"B-{span.slot}", *[f"I-{span.slot}"] * (len(value) - 1)]
            at = span.end
        return Tagged((*words, *sentence.words[at:]), (*tags, *sentence.tags[at:]))

    def _value(self, kind: str) -> tuple[str, ...]:
        value = self._chance.choice(self._values[kind])
        if kind in self._open and self._chance.random() < _UNHEARD:
            return tuple(word[::-1] for word in value)  # a name nobody has heard yet
        return value
