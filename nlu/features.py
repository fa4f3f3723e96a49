"""What a classifier looks at in a message: words and letters, with and without marks, and shapes.

A procedure's name is replaced by one word, so that what it says (`lệ phí` in a fund's name) cannot
bend the intent; numbers and codes are replaced by their shape.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import scipy.sparse as sparse
import yaml

from bot.basics.vietnamese.normalise import normalise
from bot.basics.vietnamese.text import fold, has_marks
from nlu.grams import LetterGrams, WordGrams

SUBJECT = "thutucnay"
"""Stands in for a procedure's name; no word of the language."""

_CONCEPTS = Path(__file__).parent / "words" / "concepts.yml"
_SHAPES = (
    (
        re.compile(
            r"(?i)(?<!\w)(?:[gh]\d{2}|000)(?:\.\d+)*[ ]?[-–— ][ ]?\d{6}[ ]?[-–— ][ ]?\d{3,7}(?!\w)"
        ),
        "mahoso",
    ),
    (re.compile(r"(?<!\w)\d\.\d{6}(?!\w)"), SUBJECT),
    (re.compile(r"(?<!\w)0\d{11}(?!\w)"), "socccd"),
    (re.compile(r"(?<!\w)0\d{2,3}[ .]?\d{3}[ .]?\d{3,4}(?!\w)"), "sodt"),
    (re.compile(r"(?<!\w)\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}(?!\w)"), "ngaythang"),
    (re.compile(r"(?<!\w)\d{1,2}[/-]\d{1,4}(?!\w)"), "phanso"),
    (re.compile(r"\d{9,}"), "000000000"),
    (re.compile(r"(?<!\d)\d{6,8}(?!\d)"), "000000"),
    (re.compile(r"(?<!\d)\d{4,5}(?!\d)"), "0000"),
    (re.compile(r"(?<!\d)\d{2,3}(?!\d)"), "00"),
)
_WORD = re.compile(r"\w+|[?!]")
_PROPER_NAME = re.compile(r"(?<![\w.])[^\W\d_a-zà-ỹ][a-zà-ỹ]*(?: [^\W\d_a-zà-ỹ][a-zà-ỹ]*)+")
_NAMED = "tenrieng"
_LONGEST_NAME = 14


class Subjects:
    """Known names, hidden where they stand in a text."""

    def __init__(self, names: Iterable[str]) -> None:
        keys = {tuple(fold(normalise(name).text).split()) for name in names}
        self._names = frozenset(key for key in keys if 2 <= len(key) <= _LONGEST_NAME)
        self._starts = frozenset(key[0] for key in self._names)
        self._longest = max(map(len, self._names), default=0)
        self._more: frozenset[tuple[str, ...]] = frozenset()

    def and_more(self, names: Iterable[str]) -> Subjects:
        """These names and some more, which one message says; of one word, too."""
        more = copy(self)
        more._more = frozenset(tuple(fold(name).split()) for name in names) - {()}
        more._longest = max([self._longest, *map(len, more._more)])
        return more

    def spans(self, words: Sequence[str]) -> list[tuple[int, int]]:
        """Where known names stand among folded words; the longest at each place."""
        found = []
        at = 0
        while at < len(words):
            end = self._end(words, at)
            if end:
                found.append((at, end))
            at = end or at + 1
        return found

    def _end(self, words: Sequence[str], at: int) -> int:
        if words[at] in self._starts or any(words[at] == name[0] for name in self._more):
            for end in range(min(len(words), at + self._longest), at, -1):
                name = tuple(words[at:end])
                if name in self._names or name in self._more:
                    return end
        return 0

    def hidden(self, text: str) -> str:
        """`text` with each known name replaced by `SUBJECT`."""
        words = text.split()
        folded = [fold(word) for word in words]
        for start, end in reversed(self.spans(folded)):
            words[start:end] = [SUBJECT]
        return " ".join(words)

    def replaced(self, text: str, by: str) -> str | None:
        """`text` with the first known name replaced; None where there is none."""
        words = text.split()
        spans = self.spans([fold(word) for word in words])
        if not spans:
            return None
        start, end = spans[0]
        return " ".join((*words[:start], by, *words[end:]))


def shaped(text: str) -> str:
    """`text` in lower case, signs apart, numbers by their shape, and whether it holds a proper name."""
    text = f"{text} {_NAMED}".lower() if _PROPER_NAME.search(text) else text.lower()
    for pattern, shape in _SHAPES:
        text = pattern.sub(f" {shape} ", text)
    return " ".join(_WORD.findall(text))


class Concepts:
    """Sees a shaped text as the concepts its words belong to, in their order.

    Words with marks are compared with their marks: a *bạn* (friend) sells nothing (*bán*).
    """

    def __init__(self, phrases: Mapping[str, Iterable[str]]) -> None:
        said = [(concept, words.lower()) for concept, all_ in phrases.items() for words in all_]
        self._marked = _by_words((concept, words) for concept, words in said)
        self._bare = _by_words((concept, fold(words)) for concept, words in said)
        self._longest = max(map(len, self._bare), default=0)
        self.common: frozenset[str] = frozenset()
        """Words the counter hears often; others are strange here, and strangeness is a concept too."""

    @classmethod
    def read(cls, path: Path = _CONCEPTS) -> Concepts:
        """The concepts in `path`."""
        return cls(yaml.safe_load(path.read_text(encoding="utf-8")))

    def __call__(self, text: str) -> str:
        words = (text if has_marks(text) else fold(text)).split()
        known, more = (self._marked, self._bare) if has_marks(text) else (self._bare, {})
        found: list[str] = []
        at = 0
        while at < len(words):
            meanings, step = self._at(words, at, known, more)
            found += meanings
            at += step
        strange = sum(word.isalpha() and word not in self.common for word in fold(text).split())
        found += [f"strange{n}" for n in range(1, min(strange, 3) + 1)] or ["familiar"]
        return " ".join(found)

    def _at(
        self, words: Sequence[str], at: int, known: _Meanings, more: _Meanings
    ) -> tuple[Sequence[str], int]:
        """What the longest phrase at a place means, and its length; `more`, if it is of several words."""
        if words[at] == SUBJECT:
            return [SUBJECT], 1
        starts = known.get(words[at], {})
        others = more.get(words[at], {})
        if starts or others:
            for size in range(min(len(words) - at, self._longest), 0, -1):
                phrase = tuple(words[at : at + size])
                if meanings := starts.get(phrase) or (others.get(phrase) if size > 1 else None):
                    return meanings, size
        return [], 1


_Meanings = Mapping[str, Mapping[tuple[str, ...], Sequence[str]]]
"""First word → phrase → the concepts it belongs to."""


def _by_words(said: Iterable[tuple[str, str]]) -> _Meanings:
    found: dict[str, dict[tuple[str, ...], list[str]]] = defaultdict(lambda: defaultdict(list))
    for concept, words in dict.fromkeys(said):
        phrase = tuple(words.split())
        found[phrase[0]][phrase].append(concept)
    return {first: dict(phrases) for first, phrases in found.items()}


@dataclass(frozen=True)
class _Reader:
    """One kind of features of a text."""

    view: Callable[[str], str]
    grams: Callable[[str], Sequence[str]]
    vocabulary: Mapping[str, int]
    worth: npt.NDArray[np.float64]
    first: int
    """The column of the first feature of this kind."""

    def read(self, text: str) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.float32]] | None:
        """Columns and numbers; None if nothing in the text is known."""
        counts: dict[int, int] = {}
        known = self.vocabulary
        for gram in self.grams(self.view(text)):
            if (column := known.get(gram)) is not None:
                counts[column] = counts.get(column, 0) + 1
        if not counts:
            return None
        columns = np.fromiter(counts, np.intp, len(counts))
        often = np.fromiter(counts.values(), np.float64, len(counts))
        numbers = (1 + np.log(often)) * self.worth[columns]
        numbers /= np.sqrt(numbers @ numbers)
        return columns + self.first, numbers.astype(np.float32)

    def __reduce__(self) -> tuple[Any, ...]:
        """Kept with its words as one text: joblib takes a second to read them one by one."""
        words = "\n".join(sorted(self.vocabulary, key=self.vocabulary.__getitem__))
        return _reader, (self.view, self.grams, words, self.worth, self.first)


def _reader(
    view: Callable[[str], str],
    grams: Callable[[str], Sequence[str]],
    words: str,
    worth: npt.NDArray[np.float64],
    first: int,
) -> _Reader:
    vocabulary = {word: column for column, word in enumerate(words.split("\n"))}
    return _Reader(view, grams, vocabulary, worth, first)


class Features:
    """Turns shaped texts into numbers."""

    def __init__(self, common: frozenset[str] = frozenset(), rarest: int = 2) -> None:
        concepts = Concepts.read()
        concepts.common = common | {SUBJECT}
        self._rarest = rarest
        self._views: tuple[tuple[Callable[[str], str], Callable[[str], Sequence[str]]], ...] = (
            (str, WordGrams(1, 2)),
            (fold, WordGrams(1, 3)),
            (fold, LetterGrams(2, 5)),
            (concepts, WordGrams(1, 2)),
        )
        self._readers: list[_Reader] = []

    def fit(self, texts: Sequence[str]) -> sparse.csr_matrix:
        """Learns which features there are; the numbers of the texts."""
        # Only learning needs it, and importing it takes a second.
        from sklearn.feature_extraction.text import TfidfVectorizer

        self._readers, parts, first = [], [], 0
        for view, grams in self._views:
            counter = TfidfVectorizer(
                analyzer=grams, sublinear_tf=True, dtype=np.float32, min_df=self._rarest
            )
            parts.append(counter.fit_transform(map(view, texts)))
            words, worth = dict(counter.vocabulary_), counter.idf_
            self._readers.append(_Reader(view, grams, words, worth, first))
            first += len(words)
        return sparse.hstack(parts, format="csr")

    def of(self, text: str) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.float32]]:
        """The features of a new text: their columns and their numbers.

        The same numbers as learning gave it, without what a matrix costs for a single text.
        """
        columns: list[npt.NDArray[np.intp]] = []
        numbers: list[npt.NDArray[np.float32]] = []
        for reader in self._readers:
            found = reader.read(text)
            if found is not None:
                columns.append(found[0])
                numbers.append(found[1])
        if not columns:
            return np.zeros(0, np.intp), np.zeros(0, np.float32)
        return np.concatenate(columns), np.concatenate(numbers)
