"""Fits the weights of `bot/procedures/find/ranking.py`, and shows how they do on cases left out.

`python -m tests.bench.ranking` prints them. They are fitted to sayings the finder did not learn from
(in five folds), to paraphrases that may be learned from, to titles and to what means nothing; never
to the blind paraphrases nor to the bench's own sentences that mean nothing.
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

from bot.basics.ids import ProcedureCode
from bot.procedures.catalogue import Catalogue
from bot.procedures.find import Finder
from bot.procedures.find.finder import SURE
from bot.procedures.find.ranking import NONE, WEIGHTS, facts
from bot.procedures.sayings import Sayings
from tests.bench import finder as bench

_FOLDS, _SEED, _TITLES, _HELD_OUT = 5, 7, 700, 300
_UNHEARD = 0.15
"""Share of the procedures that lose all their sayings in a fold: so it is with new ones."""
_STRICTNESS = 3e-4
"""How much large weights cost."""
_COUNTS = {"held out": 1.0, "seen": 2.0, "paraphrases": 1.0, "titles": 0.7, "nothing": 3.0}
"""How much one case of each kind counts."""
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Lesson:
    """What is known of "none" and of each candidate, which of them are right, how much it counts."""

    facts: Floats
    right: npt.NDArray[np.bool_]
    counts: float


def fit(lessons: Sequence[Lesson]) -> Floats:
    """The weights, in the order of `WEIGHTS`, and those of `NONE` behind them."""

    def loss(weights: Floats) -> tuple[float, Floats]:
        total, slope = 0.0, np.zeros_like(weights)
        for lesson in lessons:
            likely = _likely(weights, lesson)
            right = likely[lesson.right].sum() + 1e-9
            total -= lesson.counts * np.log(right)
            off = likely - np.where(lesson.right, likely / right, 0.0)
            slope += lesson.counts * (lesson.facts.T @ off)
        count = sum(lesson.counts for lesson in lessons)
        return (
            total / count + _STRICTNESS * float(weights @ weights),
            slope / count + 2 * _STRICTNESS * weights,
        )

    start = np.zeros(len(WEIGHTS) + len(NONE))
    found: Floats = minimize(loss, start, jac=True, method="L-BFGS-B").x
    return found


def _likely(weights: Floats, lesson: Lesson) -> Floats:
    logits = lesson.facts @ weights
    raised = np.exp(logits - logits.max())
    likely: Floats = raised / raised.sum()
    return likely


def lessons(finder: Finder, cases: Sequence[bench.Case], counts: float) -> Iterator[Lesson]:
    """The cases for which a right procedure was looked at, or none is right."""
    for case in cases:
        candidates, nothing = finder.look_up(bench.as_read(case.text))
        rows = np.zeros((len(candidates) + 1, len(WEIGHTS) + len(NONE)))
        rows[0, len(WEIGHTS) :] = 1.0, nothing
        for row, one in enumerate(candidates, 1):
            rows[row, : len(WEIGHTS)] = list(facts(one).values())
        codes = [one.match.name.procedure for one in candidates]
        right = [not case.right, *(code in case.right for code in codes)]
        if any(right):
            yield Lesson(rows, np.array(right), counts)


def held_out(known: Catalogue) -> Iterator[list[Lesson]]:
    """For each fold the lessons of a finder that did not learn a fifth of the sayings."""
    chance, twins = random.Random(_SEED), _twins(known)
    told = [(text, code) for code, texts in known.sayings.of.items() for text in texts]
    owners: dict[str, set[ProcedureCode]] = {}
    for text, code in told:
        owners.setdefault(text, set()).update(*(twins[owner] for owner in known.followers(code)))
    order = {text: chance.randrange(_FOLDS) for text in (*owners, *known.sayings.nothing)}
    for fold in range(_FOLDS):
        unheard = {code for code in known.sayings.of if chance.random() < _UNHEARD}
        kept: dict[ProcedureCode, list[str]] = {}
        for text, code in told:
            if order[text] != fold and code not in unheard:
                kept.setdefault(code, []).append(text)
        silent = [text for text in known.sayings.nothing if order[text] == fold]
        others = [text for text in known.sayings.nothing if order[text] != fold]
        finder = Finder(known.saying(Sayings.given(kept, others)))
        cases = [bench.Case(t, frozenset(o)) for t, o in owners.items() if o and order[t] == fold]
        cases = chance.sample(cases, min(_HELD_OUT, len(cases)))
        nothing = [bench.Case(text, frozenset()) for text in silent]
        yield [
            *lessons(finder, cases, _COUNTS["held out"]),
            *lessons(finder, nothing, _COUNTS["nothing"]),
        ]


def _twins(known: Catalogue) -> dict[ProcedureCode, set[ProcedureCode]]:
    """The procedures that are the same but for the level, by each of them: words seldom tell them apart."""
    same: dict[str, set[ProcedureCode]] = {}
    for one in known.summaries.values():
        title = one.official_name.lower().removeprefix("thủ tục ").partition("(")[0]
        same.setdefault(bench.plain(title), set()).add(one.code)
    return {code: codes for codes in same.values() for code in codes}


def others(known: Catalogue, finder: Finder) -> Iterator[Lesson]:
    """The lessons of titles, of paraphrases the words were tuned on, and of everyday names."""
    typed = bench.decidable(list(bench.titles(known, random.Random(_SEED))), known)
    typed = random.Random(_SEED).sample(typed, min(_TITLES, len(typed)))
    yield from lessons(finder, typed, _COUNTS["titles"])
    for path in (bench.PARAPHRASES, bench.COUNTER):
        yield from lessons(finder, list(bench.paraphrases(path)), _COUNTS["paraphrases"])
    yield from lessons(finder, list(bench.asked(known)), _COUNTS["paraphrases"] / 2)


def report(weights: Floats, left_out: Sequence[Lesson]) -> str:
    """How often the first, one of five, and an answer without a question are right."""
    first = offered = unasked = right = 0
    for lesson in left_out:
        likely = _likely(weights, lesson)
        best = np.argsort(-likely[1:])
        first += bool(lesson.right[1:][best[0]])
        offered += bool(lesson.right[1:][best[:5]].any())
        if likely[1:][best[0]] >= SURE:
            unasked += 1
            right += bool(lesson.right[1:][best[0]])
    count = len(left_out)
    return (
        f"{count} left out: first {first / count:.3f}, among five {offered / count:.3f},"
        f" unasked {unasked / count:.3f}, of these right {right / max(unasked, 1):.3f}"
    )


def main() -> None:
    """Prints the weights, and how they do on held out sayings and on paraphrases left out."""
    with tempfile.TemporaryDirectory() as folder:
        known, _ = bench.imported_catalogue(bench.EXPORT, Path(folder))
        folds = list(held_out(known))
        finder = Finder(known)
        usual = list(others(known, finder))
        seen = list(lessons(finder, list(bench.paraphrases(bench.SEEN)), _COUNTS["seen"]))
    weights = fit([*usual, *seen, *(one for fold in folds for one in fold)])
    for name, weight in zip([*WEIGHTS, *NONE], weights, strict=True):
        print(f'        "{name}": {weight:.2f},')
    random.Random(_SEED).shuffle(seen)
    for place in range(_FOLDS):
        rest = [one for fold in folds[:place] + folds[place + 1 :] for one in fold]
        learned = [one for number, one in enumerate(seen) if number % _FOLDS != place]
        weights = fit([*usual, *learned, *rest])
        print("sayings:", report(weights, [one for one in folds[place] if not one.right[0]]))
        print("paraphrases:", report(weights, seen[place::_FOLDS]))


if __name__ == "__main__":
    main()
