"""How well messages are understood: ours, and Rasa's own pipeline on the same data in the same run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from importlib import metadata
from pathlib import Path
from typing import Any

from bot.basics import logs
from bot.bench import foreign
from bot.bench.cases import PROJECT, Case, foreign_cases, own_cases
from bot.bench.figures import foreign_figures, own_figures
from bot.bench.measuring import Job, measured, tell

OWN_TRAINING = PROJECT / "nlu" / "data"
OURS: tuple[Mapping[str, Any], ...] = (
    {"name": "nlu.components.tokenizer.VietnameseTokenizer"},
    {"name": "nlu.components.slots.SlotFiller"},
    {"name": "nlu.components.procedures.ProcedureFinder"},
    {"name": "nlu.components.intents.IntentClassifier"},
)
STOCK: tuple[Mapping[str, Any], ...] = (
    {"name": "WhitespaceTokenizer"},
    {"name": "CountVectorsFeaturizer"},
    {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
    {"name": "LogisticRegressionClassifier"},
    {"name": "CRFEntityExtractor"},
)
"""Rasa's recommended pipeline as far as it runs without TensorFlow."""

DIET: tuple[Mapping[str, Any], ...] = (*STOCK[:3], {"name": "DIETClassifier", "epochs": 100})
"""Rasa's default; measured only where TensorFlow is installed."""


def run(
    train: Path | None = None, test: Path | None = None, *, stock: bool = True
) -> dict[str, Any]:
    """The figures; with `train` and `test`, for what `foreign.sentences` reads there."""
    logs.configure("error")
    others = train is not None and test is not None
    training = train if train and others else OWN_TRAINING
    cases = foreign_cases(test) if test and others else own_cases()
    about: dict[str, Any] = {"sentences": len(cases)}
    if train and others:
        about |= _about(foreign.sentences(train), cases)
    pipelines: dict[str, Sequence[Mapping[str, Any]]] = {"ours": OURS}
    if stock:
        pipelines["rasa_without_tensorflow"] = STOCK
        if _has_tensorflow():
            pipelines["rasa_diet"] = DIET
    figures = foreign_figures if others else own_figures
    for name, pipeline in pipelines.items():
        tell(f"{name}: learning from {training}")
        about[name] = measured(Job(pipeline, training, cases), figures)
    return about


def _about(trained: Sequence[foreign.Sentence], cases: Sequence[Case]) -> dict[str, Any]:
    """How much there is to learn from, and what of the test it cannot have shown."""
    intents = {sentence.intent for sentence in trained}
    slots = {name for sentence in trained for name, _, _ in sentence.slots}
    return {
        "trained_on": len(trained),
        "intents": len(intents),
        "slots": len(slots),
        "sentences_with_an_intent_or_a_slot_never_trained": sum(
            case.intents[0] not in intents or bool({name for name, _, _ in case.slots} - slots)
            for case in cases
        ),
    }


def cross_validate(folder: Path, folds: int = 3) -> dict[str, Any]:
    """`rasa test nlu --cross-validation` on our training data; its report and plots stay in `folder`."""
    command = [str(Path(sys.executable).with_name("rasa")), "test", "nlu", "--cross-validation"]
    options = {
        "--nlu": OWN_TRAINING,
        "--config": PROJECT / "config.yml",
        "--folds": folds,
        "--out": folder,
    }
    subprocess.run(
        [*command, *(str(part) for option in options.items() for part in option)],
        cwd=PROJECT,
        env={**os.environ, "RASA_TELEMETRY_ENABLED": "false", "LOG_LEVEL": "ERROR"},
        stdout=sys.stderr,
        check=True,
    )
    report = json.loads((folder / "intent_report.json").read_text(encoding="utf-8"))
    return {
        "folds": folds,
        "intent_accuracy": round(100 * report["accuracy"], 2),
        "weighted_f1": round(100 * report["weighted avg"]["f1-score"], 2),
        "report": str(folder / "intent_report.json"),
    }


def _has_tensorflow() -> bool:
    """Whether TensorFlow is installed; `rasa-slim` puts an empty module of that name in its place."""
    try:
        metadata.version("tensorflow")
    except metadata.PackageNotFoundError:
        return False
    return True
