"""Learns what words mean from the names of the procedures and from what people say for them.

A softmax over all procedures and "none of them", with mini-batches and Adam (Kingma & Ba 2015,
arXiv 1412.6980). Parts of each text are left out at random, diacritics of some of them too. Seeded:
the same texts give the same vectors.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, diags, hstack, vstack
from scipy.sparse.linalg import svds

from bot.procedures.find.meaning import MARKED, PAIR, Floats, Meaning, features, others
from bot.procedures.words import Spelling

SIZE, BATCH, STEP, SEED = 96, 256, 0.005, 2026
ROUNDS, FEWEST = 4, 200
"""How often all texts are gone through; where they are few, how many batches at least."""
SOON, TINY = np.float32(0.01), np.float32(1e-7)
"""How soon steep slopes are forgotten, and what keeps the flattest from counting endlessly."""
LEFT_OUT, BARE = 0.3, 0.3
"""Shares of the features that are left out, and of the texts read without diacritics."""
WORD, WRITTEN, BESIDE = 1.0, 0.6, 0.6
"""What a word says, what its diacritics add, and what a pair of words says."""
KIN = 0.3
"""What a sector or a level says for a procedure, where all words of its title together say 1."""
FAR, OWN = 1.5, 3.0
"""How long the vectors of words and of procedures are at first."""


@dataclass(frozen=True)
class Lesson:
    """A text and the number of the procedure that it is about."""

    procedure: int
    said: Sequence[Spelling]
    is_title: bool = False
    kin: Sequence[str] = ()
    """What the procedure has in common with others beside words: learned with its title."""
    is_said: bool = False
    """Whether it is what people say, and not the name of something."""


def learn(lessons: Sequence[Lesson], procedures: int) -> Meaning:
    """The meaning of the words in `lessons`; the number `procedures` stands for "none of them"."""
    if not lessons:
        none = np.zeros(0, np.float32), np.zeros((0, 1), np.float32)
        own = np.zeros((procedures + 1, 1), np.float32), np.zeros(procedures, np.float32)
        return Meaning({}, *none, *own)
    having: dict[str, set[int]] = defaultdict(set)
    for lesson in lessons:
        for feature in features(lesson.said):
            having[feature].add(lesson.procedure)
    kept = [feature for feature, found in having.items() if len(found) > 1 or PAIR not in feature]
    numbers = {feature: row for row, feature in enumerate(kept)}
    rarity = np.log(1 + procedures / (np.array([len(having[one]) for one in kept]) + 0.5))
    weights = (np.array([_worth(one) for one in kept]) * rarity).astype(np.float32)
    texts = _texts(lessons, numbers, weights)
    vectors, found = _Learning(lessons, texts, kept, procedures + 1).run()
    heard = np.zeros(procedures + 1, np.float32)
    heard[[lesson.procedure for lesson in lessons if lesson.is_said]] = 1.0
    return Meaning(numbers, weights, vectors, found, heard[:-1])


def _worth(feature: str) -> float:
    if PAIR in feature:
        return BESIDE
    return WRITTEN if feature.startswith(MARKED) else WORD


def _texts(lessons: Sequence[Lesson], numbers: dict[str, int], weights: Floats) -> csr_matrix:
    """Each text as a row of length 1."""
    rows, columns = [], []
    for row, lesson in enumerate(lessons):
        found = {numbers[one] for one in features(lesson.said) if one in numbers}
        rows += [row] * len(found)
        columns += sorted(found)
    shape = len(lessons), len(weights)
    return _scaled(csr_matrix((weights[columns], (rows, columns)), shape, dtype=np.float32))


def _scaled(rows: csr_matrix) -> csr_matrix:
    lengths = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel()) + 1e-6
    return (diags((1 / lengths).astype(np.float32)) @ rows).tocsr()


def _directions(said: csr_matrix, chance: np.random.Generator) -> tuple[Floats, Floats]:
    """Where words and procedures stand at first: those that go together near one another.

    Where there are fewer procedures than dimensions, words stand anywhere in the others.
    """
    count = min(SIZE, min(said.shape) - 1)
    procedures = np.zeros((said.shape[0], SIZE), np.float32)
    words = chance.standard_normal((said.shape[1], SIZE)).astype(np.float32) / np.float32(SIZE)
    if count > 0:
        left, scale, right = svds(said, count, rng=chance)
        words[:, :count] = FAR * right.T
        procedures[:, :count] = OWN * left * scale
    return words, procedures


def _kinship(lessons: Sequence[Lesson], classes: int) -> csr_matrix:
    """What each procedure has in common with others beside words."""
    numbers: dict[str, int] = {}
    found = {
        (lesson.procedure, numbers.setdefault(kin, len(numbers)))
        for lesson in lessons
        for kin in lesson.kin
    }
    rows, columns = np.array(sorted(found), np.int64).reshape(-1, 2).T
    ones = np.full(len(found), KIN, np.float32)
    return csr_matrix((ones, (rows, columns)), (classes, len(numbers)))


class _Learning:
    """The vectors while they are being learned."""

    def __init__(
        self, lessons: Sequence[Lesson], texts: csr_matrix, kept: Sequence[str], classes: int
    ) -> None:
        self._chance = np.random.default_rng(SEED)
        self._right = np.array([lesson.procedure for lesson in lessons], np.int64)
        bare = texts.copy()
        bare.data[np.array([one.startswith(MARKED) for one in kept], bool)[bare.indices]] = 0
        self._texts = vstack([texts, _scaled(bare)]).tocsr()
        titles = self._joined(texts, [lesson.is_title for lesson in lessons], classes)
        titles = titles[:, np.unique(titles.indices)]
        self._titles = hstack([titles, _kinship(lessons, classes)]).tocsr()
        said = self._joined(texts, [True] * len(lessons), classes)
        words, procedures = _directions(said, self._chance)
        self._words, self._own = _Moving(words), _Moving(procedures)
        nothing = np.zeros((self._titles.shape[1], words.shape[1]), np.float32)
        self._title_words = _Moving(nothing)

    def _joined(self, texts: csr_matrix, taken: Sequence[bool], classes: int) -> csr_matrix:
        """The texts of each procedure that are `taken` as one row."""
        rows = np.flatnonzero(taken)
        places = (self._right[rows], rows)
        who = csr_matrix((np.ones(len(rows), np.float32), places), (classes, len(self._right)))
        return _scaled(who @ texts)

    def run(self) -> tuple[Floats, Floats]:
        """The vectors of the features and of the procedures."""
        batches = list(self._batches())
        for done, chosen in enumerate(batches, 1):
            self._take(chosen, STEP * min(1.0, 1.3 - done / len(batches)))
        return self._words.now, self._procedures()

    def _batches(self) -> Iterator[npt.NDArray[np.int64]]:
        a_round = -(-len(self._right) // BATCH)
        for _ in range(max(ROUNDS, FEWEST // a_round)):
            order = self._chance.permutation(len(self._right))
            for start in range(0, len(order), BATCH):
                yield order[start : start + BATCH]

    def _procedures(self) -> Floats:
        found: Floats = self._own.now + self._titles @ self._title_words.now
        return found

    def _take(self, chosen: npt.NDArray[np.int64], step: float) -> None:
        bare = self._chance.random(len(chosen)) < BARE
        texts = self._texts[chosen + len(self._right) * bare]
        kept = (self._chance.random(len(texts.data)) > LEFT_OUT) / np.float32(1 - LEFT_OUT)
        rows, columns = np.unique(texts.indices, return_inverse=True)
        shape = len(chosen), len(rows)
        texts = csr_matrix((texts.data * kept, columns, texts.indptr), shape)
        said, procedures = texts @ self._words.now[rows], self._procedures()
        off = said @ procedures.T
        most = np.maximum(off.max(axis=1, keepdims=True), 0)
        off -= most
        np.exp(off, out=off)
        off /= off.sum(axis=1, keepdims=True) + others(off.shape[1]) * np.exp(-most)
        off[np.arange(len(chosen)), self._right[chosen]] -= 1
        off /= len(chosen)
        own = off.T @ said
        self._words.move(texts.T @ (off @ procedures), step, rows)
        self._own.move(own, step)
        self._title_words.move(self._titles.T @ own, step)


class _Moving:
    """Vectors that move against their slope, each number at its own pace (RMSProp)."""

    def __init__(self, now: Floats) -> None:
        self.now = now
        self._square = np.zeros_like(now)

    def move(self, slope: Floats, step: float, rows: Any = slice(None)) -> None:
        """One step of those in `rows`."""
        square = self._square[rows]
        square += SOON * (slope * slope - square)
        self._square[rows] = square
        self.now[rows] -= np.float32(step) * slope / (np.sqrt(square) + TINY)
