"""Fits the weights of `bot/procedures/find/ranking.py`, and shows how they do on cases left out.

`python -m tests.bench.ranking` prints them; what they are fitted to are the paraphrases that may be
learned from, never the blind ones.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from bot.procedures.catalogue import Catalogue
from bot.procedures.find import Finder
from bot.procedures.find.ranking import WEIGHTS, facts
from tests.bench import finder as bench

_FOLDS, _SEED, _TITLES = 4, 7, 700
_STRICTNESS = 3e-4
"""How much large weights cost."""
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Lesson:
    """The facts of each candidate of a message, which of them are right, how much it counts."""

    facts: Floats
    right: npt.NDArray[np.bool_]
    """Starts with whether none is right."""
    counts: float


def fit(lessons: Sequence[Lesson]) -> Floats:
    """The weights, in the order of `WEIGHTS`, and that of "none" behind them."""

    def loss(weights: Floats) -> tuple[float, Floats]:
        total, slope = 0.0, np.zeros_like(weights)
        for lesson in lessons:
            likely = _likely(weights, lesson)
            right = likely[lesson.right].sum() + 1e-9
            total -= lesson.counts * np.log(right)
            off = lesson.counts * (likely - np.where(lesson.right, likely / right, 0.0))
            slope[:-1] += lesson.facts.T @ off[1:]
            slope[-1] += off[0]
        count = sum(lesson.counts for lesson in lessons)
        return (
            total / count + _STRICTNESS * float(weights @ weights),
            slope / count + 2 * _STRICTNESS * weights,
        )

    start = np.zeros(len(WEIGHTS) + 1)
    found: Floats = minimize(loss, start, jac=True, method="L-BFGS-B").x
    return found


def _likely(weights: Floats, lesson: Lesson) -> Floats:
    logits = np.concatenate([[weights[-1]], lesson.facts @ weights[:-1]])
    raised = np.exp(logits - logits.max())
    likely: Floats = raised / raised.sum()
    return likely


def lessons(finder: Finder, cases: Sequence[bench.Case], counts: float) -> Iterator[Lesson]:
    """The cases for which a right procedure was looked at, or none is right."""
    for case in cases:
        matches = [match for _, match in finder.rank(bench.as_read(case.text))]
        rows = [list(facts(match).values()) for match in matches]
        right = [not case.right, *(match.name.procedure in case.right for match in matches)]
        if any(right):
            shape = (len(rows), len(WEIGHTS))
            yield Lesson(np.array(rows, float).reshape(shape), np.array(right), counts)


def _cases(known: Catalogue) -> Iterator[tuple[Sequence[bench.Case], float]]:
    typed = bench.decidable(list(bench.titles(known, random.Random(_SEED))), known)
    yield random.Random(_SEED).sample(typed, min(_TITLES, len(typed))), 1.0
    yield list(bench.paraphrases(bench.PARAPHRASES)), 1.0
    yield list(bench.paraphrases(bench.COUNTER)), 1.0
    yield list(bench.asked(known)), 0.5
    yield list(bench.paraphrases(bench.NOTHING)), 2.0


def main() -> None:
    """Prints the weights, and how often the first and the first four are right on cases left out."""
    with tempfile.TemporaryDirectory() as folder:
        known, _ = bench.imported_catalogue(bench.EXPORT, Path(folder))
        finder = Finder(known)
        usual = [one for cases, counts in _cases(known) for one in lessons(finder, cases, counts)]
        seen = list(lessons(finder, list(bench.paraphrases(bench.SEEN)), 3.0))
    weights = fit([*usual, *seen])
    for name, weight in zip([*WEIGHTS, "none"], weights, strict=True):
        print(f'        "{name}": {weight:.2f},')
    random.Random(_SEED).shuffle(seen)
    first = offered = 0
    for fold in range(_FOLDS):
        learned = [one for place, one in enumerate(seen) if place % _FOLDS != fold]
        weights = fit([*usual, *learned])
        for lesson in seen[fold::_FOLDS]:
            best = np.argsort(-_likely(weights, lesson)[1:])
            first += bool(lesson.right[1:][best[0]])
            offered += bool(lesson.right[1:][best[:4]].any())
    print(f"left out: first {first / len(seen):.3f}, among four {offered / len(seen):.3f}")


if __name__ == "__main__":
    main()
