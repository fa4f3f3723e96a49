"""How well messages are understood: ours, and Rasa's own pipeline on the same data in the same run.

Each pipeline is trained and measured in a process of its own, so that time and memory are its own.
"""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path
from typing import Any

import yaml

from bot.basics import logs
from bot.bench import foreign

PROJECT = Path(__file__).parents[2]
OWN_TRAINING = PROJECT / "nlu" / "data"
OWN_TESTS = {
    "development": ("understanding.yml", "understanding_second.yml"),
    "seen": ("understanding_fresh_seen.yml",),
    "blind": ("understanding_fresh_blind.yml",),
    "last": ("understanding_last.yml",),
    "stories": ("stories_seen.yml",),
    "stories, blind": ("stories_blind.yml",),
}
"""The test sets: whose mistakes were looked at from the start, later, and never; `last` was measured once.

What becomes of the stories in the end is measured by `python -m tests.bench.stories`.
"""
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

_ANY_PROCEDURE = "?"


@dataclass(frozen=True)
class Case:
    """A sentence and what is right for it.

    Of `intents` all are asked, the first being the main one; any of `either` is right, and any of
    the codes in `procedure` (`a / b`).
    """

    group: str
    tag: str
    text: str
    intents: tuple[str, ...]
    procedure: str | None = None
    talked_about: str | None = None
    slots: frozenset[foreign.Slot] = frozenset()
    either: frozenset[str] = frozenset()

    def is_right(self, intent: str) -> bool:
        """Whether `intent` may be heard first."""
        return intent in (self.either or self.intents[:1])

    def is_about(self, procedure: str | None) -> bool:
        """Whether `procedure` may be the one that is meant."""
        return procedure is not None and procedure in (self.procedure or "").split(" / ")


@dataclass
class Heard:
    """What a pipeline made of a sentence."""

    intent: str
    also: tuple[str, ...]
    procedure: str | None
    candidates: tuple[str, ...]
    """What is offered, and what is named with its code because it is not in the catalogue."""
    slots: frozenset[foreign.Slot]
    cpu: float
    confidence: float = 0.0


@dataclass
class Job:
    """One pipeline to train and measure."""

    pipeline: Sequence[Mapping[str, Any]]
    training: Path
    cases: Sequence[Case] = field(default_factory=tuple)


def run(
    train: Path | None = None, test: Path | None = None, *, stock: bool = True
) -> dict[str, Any]:
    """The figures; with `train` and `test`, for what `foreign.sentences` reads there."""
    logs.configure("error")
    others = train is not None and test is not None
    training = train if train and others else OWN_TRAINING
    cases = _foreign_cases(test) if test and others else own_cases()
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
        _say(f"{name}: learning from {training}")
        about[name] = _apart(Job(pipeline, training, cases), figures)
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


def _say(progress: str) -> None:
    """Tells whoever waits how far it is; standard output is for the figures alone."""
    sys.stderr.write(f"{progress}\n")
    sys.stderr.flush()


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


def _apart(job: Job, figures: Any) -> dict[str, Any]:
    """Trains and measures in a new process."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=1, mp_context=context) as pool:
        heard, costs = pool.submit(_measure, job).result()
    return {**figures(job.cases, heard), **costs}


def _measure(job: Job) -> tuple[list[Heard], dict[str, Any]]:
    import warnings

    warnings.simplefilter("ignore")
    logs.configure("error")
    # Rasa keeps what a component learned from the same data, even when the component's code changed
    os.environ["RASA_MAX_CACHE_SIZE"] = "0"
    from rasa.core.agent import Agent
    from rasa.model_training import train_nlu

    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder) / "config.yml"
        config.write_text(
            yaml.safe_dump(
                {
                    "recipe": "default.v1",
                    "assistant_id": "bench",
                    "language": "vi",
                    "pipeline": list(map(dict, job.pipeline)),
                }
            )
        )
        began, cpu = time.perf_counter(), time.process_time()
        with redirect_stdout(sys.stderr):  # Rasa says where the model is; stdout is for figures
            model = train_nlu(
                str(config), str(foreign.for_rasa(job.training, Path(folder))), folder
            )
        trained, cpu_trained = time.perf_counter() - began, time.process_time() - cpu
        _say(f"learned in {trained:.0f} s; reading {len(job.cases)} sentences")
        began = time.perf_counter()
        agent = Agent.load(str(model))
        loaded = time.perf_counter() - began
        with asyncio.Runner() as runner:
            heard = [_hear(runner, agent, case.text) for case in job.cases]
    costs = {
        "training_seconds": round(trained, 1),
        "training_cpu_seconds": round(cpu_trained, 1),
        "load_seconds": round(loaded, 2),
        "cpu_ms_a_message": round(statistics.median(h.cpu for h in heard) * 1000, 2),
        "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }
    return heard, costs


def _hear(runner: asyncio.Runner, agent: Any, text: str) -> Heard:
    began = time.process_time()
    parsed = runner.run(agent.parse_message(text))
    spent = time.process_time() - began
    return Heard(
        intent=(parsed.get("intent") or {}).get("name") or "",
        also=tuple(parsed.get("also") or ()),
        procedure=parsed.get("procedure"),
        candidates=(*(parsed.get("candidates") or ()), *(parsed.get("elsewhere") or ())),
        slots=foreign.slots(parsed.get("entities") or ()),
        cpu=spent,
        confidence=float((parsed.get("intent") or {}).get("confidence") or 0.0),
    )


def own_cases() -> list[Case]:
    """Our own test sentences."""
    folder = PROJECT / "tests" / "bench"
    return [
        _case(group, tag, row)
        for group, names in OWN_TESTS.items()
        for name in names
        for tag, rows in yaml.safe_load((folder / name).read_text(encoding="utf-8")).items()
        for row in rows
    ]


def _case(group: str, tag: str, row: Sequence[Any]) -> Case:
    text, wanted, procedure, *talked_about = row
    either = frozenset(part.strip() for part in wanted.split("/"))
    acts = tuple(part.strip() for part in wanted.split("/")[0].split("+"))
    before = talked_about[0] if talked_about else None
    return Case(
        group,
        tag,
        text,
        acts,
        procedure,
        before,
        either=frozenset(acts) if len(acts) > 1 else either,
    )


def _foreign_cases(path: Path) -> list[Case]:
    return [Case("all", "all", s.text, (s.intent,), slots=s.slots) for s in foreign.sentences(path)]


def foreign_figures(cases: Sequence[Case], heard: Sequence[Heard]) -> dict[str, Any]:
    """Intent accuracy, slot F1 as CoNLL counts it, and sentences with everything right, in percent."""
    pairs = list(zip(cases, heard, strict=True))
    right = sum(len(case.slots & h.slots) for case, h in pairs)
    found = sum(len(h.slots) for h in heard)
    wanted = sum(len(case.slots) for case in cases)
    intents = [h.intent == case.intents[0] for case, h in pairs]
    slots = [h.slots == case.slots for case, h in pairs]
    return {
        "intent_accuracy": _percent(intents),
        "slot_f1": round(200 * right / (found + wanted), 2) if found + wanted else None,
        "sentence_accuracy": _percent([a and b for a, b in zip(intents, slots, strict=True)]),
    }


def own_figures(cases: Sequence[Case], heard: Sequence[Heard]) -> dict[str, Any]:
    """Accuracy of intents and procedures by tag, what is out of scope, and how sure answers are."""
    pairs = list(zip(cases, heard, strict=True))
    return {
        group: _summary([(c, h) for c, h in pairs if c.group == group])
        for group in dict.fromkeys(case.group for case in cases)
    }


def _summary(pairs: Sequence[tuple[Case, Heard]]) -> dict[str, Any]:
    plain = [(c, h) for c, h in pairs if len(c.intents) == 1]
    several = [(c, h) for c, h in pairs if len(c.intents) > 1]
    out = [c.is_right(h.intent) for c, h in pairs if c.intents[0] == "out_of_scope"]
    alarms = [
        h.intent == "out_of_scope" and not c.is_right(h.intent)
        for c, h in pairs
        if c.intents[0] != "out_of_scope"
    ]
    named = [(c, _settled(c, h)) for c, h in pairs if c.procedure and c.procedure != _ANY_PROCEDURE]
    offered = [any(map(c.is_about, (s, *h.candidates))) for (c, s), h in _with(named, pairs)]
    by_tag: dict[str, list[bool]] = defaultdict(list)
    for c, h in pairs:
        by_tag[c.tag].append(c.is_right(h.intent))
    return {
        "sentences": len(pairs),
        "intent": _percent([c.is_right(h.intent) for c, h in plain]),
        "intent_by_tag": {tag: _percent(right) for tag, right in by_tag.items()},
        "several_acts_all_found": _percent(
            [{h.intent, *h.also} == {*c.intents} for c, h in several]
        ),
        "further_acts_heard_where_there_are_none": _percent([bool(h.also) for _, h in plain]),
        "procedure_at_once": _percent([c.is_about(s) for c, s in named]),
        "procedure_at_once_or_offered": _percent(offered),
        "right_when_not_asked_back": _percent([c.is_about(s) for c, s in named if s]),
        "out_of_scope_caught": _percent(out),
        "false_alarms": _percent(alarms),
    }


def _with(
    named: Sequence[tuple[Case, str | None]], pairs: Sequence[tuple[Case, Heard]]
) -> list[tuple[tuple[Case, str | None], Heard]]:
    heard = {id(case): h for case, h in pairs}
    return [((case, settled), heard[id(case)]) for case, settled in named]


def _settled(case: Case, heard: Heard) -> str | None:
    """The procedure an answer would be about, without asking; None if it would ask."""
    if heard.procedure or heard.candidates:
        return heard.procedure
    return case.talked_about


def _percent(right: Sequence[bool]) -> float | None:
    return round(100 * sum(right) / len(right), 2) if right else None
