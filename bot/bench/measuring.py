"""Trains one pipeline and has it read every sentence, in a process of its own, whose costs are all its own."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from bot.basics import logs
from bot.bench import foreign
from bot.bench.cases import Case


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
    """Seconds."""
    confidence: float = 0.0


@dataclass
class Job:
    """One pipeline to train and measure."""

    pipeline: Sequence[Mapping[str, Any]]
    training: Path
    cases: Sequence[Case] = field(default_factory=tuple)


def tell(progress: str) -> None:
    """Tells whoever waits how far it is; standard output is for the figures alone."""
    sys.stderr.write(f"{progress}\n")
    sys.stderr.flush()


def measured(job: Job, figures: Any) -> dict[str, Any]:
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

    with tempfile.TemporaryDirectory() as folder:
        began, cpu = time.perf_counter(), time.process_time()
        model = _train(job, Path(folder))
        trained, cpu_trained = time.perf_counter() - began, time.process_time() - cpu
        tell(f"learned in {trained:.0f} s; reading {len(job.cases)} sentences")
        began = time.perf_counter()
        agent = Agent.load(model)
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


def _train(job: Job, folder: Path) -> str:
    """The path of the model that the pipeline became."""
    from rasa.model_training import train_nlu

    config = folder / "config.yml"
    described = {
        "recipe": "default.v1",
        "assistant_id": "bench",
        "language": "vi",
        "pipeline": list(map(dict, job.pipeline)),
    }
    config.write_text(yaml.safe_dump(described), encoding="utf-8")
    with redirect_stdout(sys.stderr):  # Rasa says where the model is; stdout is for figures
        return str(train_nlu(str(config), str(foreign.for_rasa(job.training, folder)), str(folder)))


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
