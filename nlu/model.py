"""Intents as probabilities: a linear machine and a softmax regression over the same features, averaged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import scipy.sparse as sparse

from nlu.features import Features

Numbers = npt.NDArray[np.float32]
_EPOCHS, _STEP, _BATCH = 4, 0.3, 256


@dataclass
class Linear:
    """Scores = features · weights + bias."""

    weights: Numbers
    bias: Numbers

    def __reduce__(self) -> tuple[Any, ...]:
        """Kept with half the digits, which changes no answer and halves what a start has to unpack."""
        return _linear, (self.weights.astype(np.float16), self.bias)

    def scores(self, columns: npt.NDArray[np.intp], numbers: Numbers) -> Numbers:
        """One score for each class."""
        scores: Numbers = numbers @ self.weights[columns] + self.bias
        return scores


def _linear(weights: npt.NDArray[np.float16], bias: Numbers) -> Linear:
    return Linear(weights.astype(np.float32), bias)


class Model:
    """Learns texts with their intents; tells the chance of each intent."""

    def __init__(self, common: frozenset[str] = frozenset(), rarest: int = 2) -> None:
        self.classes: list[str] = []
        self.common = common
        """Words that several training sentences use."""
        self._features = Features(common, rarest)
        self._machine: Linear | None = None
        self._regression: Linear | None = None
        self.sharpness = 5.0
        """How steeply the machine's scores become chances."""

    def fit(self, texts: Sequence[str], intents: Sequence[str]) -> Model:
        """Learns from shaped texts."""
        features = self._features.fit(texts)
        self.classes = sorted(set(intents))
        wanted = np.searchsorted(np.array(self.classes), np.array(intents))
        self._machine = _machine(features, wanted, len(self.classes))
        self._regression = _regression(features, wanted, len(self.classes))
        return self

    def chances(self, texts: Sequence[str]) -> Numbers:
        """For each shaped text the chance of each of `classes`."""
        assert self._machine is not None
        assert self._regression is not None
        machine, regression = [], []
        for text in texts:
            columns, numbers = self._features.of(text)
            machine.append(self._machine.scores(columns, numbers))
            regression.append(self._regression.scores(columns, numbers))
        steep = softmax(self.sharpness * np.array(machine))
        both: Numbers = (steep + softmax(np.array(regression))) / 2
        return both


def softmax(scores: Numbers) -> Numbers:
    """Scores as chances that sum to one."""
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    chances: Numbers = raised / raised.sum(axis=1, keepdims=True)
    return chances


def _machine(features: sparse.csr_matrix, wanted: npt.NDArray[np.int64], classes: int) -> Linear:
    # Only learning needs it, and importing it takes a second.
    from sklearn.svm import LinearSVC

    if classes == 1:  # nothing to choose between
        weights = np.zeros((features.shape[1], 1), np.float32)
        return Linear(weights, np.zeros(1, np.float32))
    machine = LinearSVC(C=0.25, class_weight="balanced", random_state=1).fit(features, wanted)
    if classes == 2:  # liblinear keeps one row for two classes
        weights = np.vstack([-machine.coef_, machine.coef_])
        bias = np.concatenate([-machine.intercept_, machine.intercept_])
    else:
        weights, bias = machine.coef_, machine.intercept_
    return Linear(np.ascontiguousarray(weights.T, np.float32), bias.astype(np.float32))


def _regression(features: sparse.csr_matrix, wanted: npt.NDArray[np.int64], classes: int) -> Linear:
    """Softmax regression by stochastic descent with a step of its own for each feature (Adagrad)."""
    rows, columns = features.shape
    counts = np.bincount(wanted, minlength=classes)
    worth = np.sqrt(counts.mean() / counts)[wanted].astype(np.float32)
    weights = np.zeros((columns, classes), np.float32)
    bias = np.zeros(classes, np.float32)
    seen = np.full((columns, 1), 1e-8, np.float32)
    chance = np.random.default_rng(1)
    for _ in range(_EPOCHS):
        order = chance.permutation(rows)
        for start in range(0, rows, _BATCH):
            picked = order[start : start + _BATCH]
            batch = features[picked]
            errors = softmax(batch @ weights + bias)
            errors[np.arange(len(picked)), wanted[picked]] -= 1
            errors *= worth[picked][:, None] / len(picked)
            used = np.unique(batch.indices)
            gradient = batch[:, used].T @ errors
            seen[used] += (gradient**2).sum(axis=1, keepdims=True)
            weights[used] -= _STEP * gradient / np.sqrt(seen[used])
            bias -= 0.1 * _STEP * errors.sum(axis=0)
    return Linear(weights, bias)
