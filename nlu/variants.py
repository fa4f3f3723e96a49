"""Other ways to write a training sentence: less accented, mistyped, wrapped in politeness, after a story.

Seeded, so that training gives the same model each time.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.basics.vietnamese.normalise import normalise
from bot.basics.vietnamese.text import strip_marks
from nlu.acts import ABOUT_A_PROCEDURE, ASKING, OUT_OF_SCOPE
from nlu.features import Subjects

_WORDS = Path(__file__).parent / "words"
_PER_TOPIC = 6
_MISTYPED = 0.6
_LONG = 6
"""Words, from which on a sentence has two slips."""
_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_BESIDE = {
    key: row[max(at - 1, 0) : at] + row[at + 1 : at + 2]
    for row in _KEYS
    for at, key in enumerate(row)
}
"""The keys on either side of each."""


@dataclass(frozen=True)
class Example:
    """One training sentence, normalised, and what it wants."""

    text: str
    intent: str
    source: int
    """The number of the sentence it was made from; variants of one share it."""


@dataclass(frozen=True)
class Words:
    """What variants are made with."""

    openings: Sequence[str]
    endings: Sequence[str]
    stories: Sequence[str]
    swaps: Sequence[Sequence[str]]
    ours: Sequence[str]
    elsewhere: Sequence[str]
    titles: Sequence[str]
    names: Sequence[str]

    @classmethod
    def read(cls, folder: Path = _WORDS) -> Words:
        """The words in `folder`."""
        data: dict[str, Any] = {}
        for name in ("around.yml", "names.yml", "subjects.yml", "titles.yml"):
            data |= yaml.safe_load((folder / name).read_text(encoding="utf-8"))
        return cls(**data)


@dataclass(frozen=True)
class Variants:
    """Makes variants with `words`; knows procedures by `subjects`."""

    words: Words
    subjects: Subjects
    copies: int = 3
    seed: int = 20261121

    def of(self, sentences: Sequence[tuple[str, str]]) -> list[Example]:
        """Every sentence, normalised, with its variants."""
        chance = random.Random(self.seed)
        made = [
            Example(text, intent, source)
            for source, (sentence, wanted) in enumerate(sentences)
            for text, intent in self._made_of(normalise(sentence).text, wanted, chance)
        ]
        return [*made, *self._about_everything(made, chance)]

    def _about_everything(
        self, made: Sequence[Example], chance: random.Random
    ) -> Iterator[Example]:
        """Questions about each thing that is ours, and about each that is not."""
        models = [
            example
            for example in made
            if example.intent in ABOUT_A_PROCEDURE and self.subjects.replaced(example.text, "")
        ]
        if not models:
            return
        for topics, is_ours in ((self.words.ours, True), (self.words.elsewhere, False)):
            for topic in topics:
                for example in chance.sample(models, min(_PER_TOPIC, len(models))):
                    if not is_ours and example.intent == "start_filing":
                        continue
                    text = self.subjects.replaced(example.text, topic) or topic
                    intent = example.intent if is_ours else OUT_OF_SCOPE
                    yield Example(_marked(text, chance), intent, example.source)

    def _made_of(self, text: str, intent: str, chance: random.Random) -> Iterator[tuple[str, str]]:
        yield text, intent
        if (bare := strip_marks(text)) != text:
            yield bare, intent
        for _ in range(self.copies):
            yield self._rewritten(text, intent, chance), intent
        if intent in ABOUT_A_PROCEDURE:
            other = self.subjects.replaced(text, chance.choice(self.words.ours))
            if other and chance.random() < 0.7:
                yield _marked(other, chance), intent
            titled = self.subjects.replaced(text, chance.choice(self.words.titles))
            if titled:
                yield _marked(titled, chance), intent
            elsewhere = self.subjects.replaced(text, chance.choice(self.words.elsewhere))
            if elsewhere and intent != "start_filing":
                yield _marked(elsewhere, chance), OUT_OF_SCOPE

    def _rewritten(self, text: str, intent: str, chance: random.Random) -> str:
        if chance.random() < 0.6:
            text = self._swapped(text, chance)
        if intent in ABOUT_A_PROCEDURE and chance.random() < 0.25:
            text = self.subjects.replaced(text, chance.choice(self.words.ours)) or text
        if intent in ASKING and chance.random() < 0.4:
            text = f"{chance.choice(self.words.openings)} {text}"
        if chance.random() < 0.4:
            text = f"{text} {chance.choice(self.words.endings)}"
        if intent in ASKING and chance.random() < 0.3:
            stories = chance.sample(list(self.words.stories), chance.choice((1, 1, 2)))
            text = chance.choice((". ", ", ", " ")).join((*stories, text))
        if chance.random() < _MISTYPED:
            text = normalise(mistyped(text, chance)).text
        return _marked(text, chance)

    def _swapped(self, text: str, chance: random.Random) -> str:
        for group in self.words.swaps:
            if chance.random() < 0.6:
                continue
            for word in sorted(group, key=len, reverse=True):
                match = re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text)
                if match:
                    text = text[: match.start()] + chance.choice(group) + text[match.end() :]
                    break
        return text


def _marked(text: str, chance: random.Random) -> str:
    """`text` with its marks, without them, or here and there without them."""
    lot = chance.random()
    if lot < 0.4:
        return strip_marks(text)
    if lot < 0.55:
        words = text.split(" ")
        return " ".join(strip_marks(word) if chance.random() < 0.5 else word for word in words)
    return text


def mistyped(text: str, chance: random.Random) -> str:
    """`text` with one slip, or in a long one two: a letter lost, doubled, swapped, beside the one meant."""
    words = text.split()
    longer = [at for at, word in enumerate(words) if len(word) > 2 and word.isalpha()]
    slips = 1 if len(words) < _LONG else 2
    for at in chance.sample(longer, min(slips, len(longer))):
        words[at] = _slipped(words[at], chance)
    return " ".join(words)


def _slipped(word: str, chance: random.Random) -> str:
    at = chance.randrange(len(word))
    swapped = min(at, len(word) - 2)
    beside = chance.choice(_BESIDE.get(strip_marks(word[at]).lower(), word[at]))
    ways = (
        word[:at] + word[at + 1 :],
        word[:swapped] + word[swapped + 1] + word[swapped] + word[swapped + 2 :],
        word[:at] + word[at] + word[at:],
        word[:at] + beside + word[at + 1 :],
        word[: at + 1] + beside + word[at + 1 :],
        strip_marks(word),
    )
    return chance.choice(ways)
