"""What a start costs: from nothing to the first answer, each time in a process of its own."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bot.basics import logs, settings
from bot.conversation import training

_PROGRAM = (sys.executable, "-c", "from bot.cli import main; main()")
_MESSAGE = b'{"from": "an", "text": "l\xe1\xbb\x87 ph\xc3\xad khai sinh"}\n'


@dataclass(frozen=True)
class Cost:
    """Of one process: seconds by the clock, seconds of CPU, megabytes resident at most."""

    seconds: float
    cpu_seconds: float
    memory_mb: float


def run(export: Path | None = None, times: int = 5) -> dict[str, Any]:
    """The median costs of a first answer with the hand-written procedures, and with `export` imported too.

    What is compiled, trained and learned once is there before. Raises `RuntimeError` if no answer comes.
    """
    logs.configure("error")
    chosen = settings.read()
    training.trained_model(chosen.models_dir)
    result = {"hand_written": _medians(chosen.catalogue_dir, times)}
    if export:
        with tempfile.TemporaryDirectory() as folder:
            catalogue = Path(folder) / "catalogue"
            shutil.copytree(chosen.catalogue_dir, catalogue)
            _motcua(catalogue, Path(folder), "catalogue", "import", str(export))
            result["imported"] = _medians(catalogue, times)
    return {"times": times, **result}


def _medians(catalogue: Path, times: int) -> dict[str, float]:
    _first_answer(catalogue)  # not counted: compiles and learns
    costs = [asdict(_first_answer(catalogue)) for _ in range(times)]
    return {name: round(statistics.median(cost[name] for cost in costs), 2) for name in costs[0]}


def _first_answer(catalogue: Path) -> Cost:
    with tempfile.TemporaryDirectory() as data:
        began = time.monotonic()
        used = _motcua(catalogue, Path(data), "talk", "--json")
        return Cost(time.monotonic() - began, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def _motcua(catalogue: Path, data: Path, *words: str) -> Any:
    """Runs one command on one message; what the process used. Raises `RuntimeError` if it fails."""
    paths = {"MOTCUA_CATALOGUE_DIR": str(catalogue), "MOTCUA_DATA_DIR": str(data)}
    with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as heard:
        said.write(_MESSAGE)
        said.seek(0)
        process = subprocess.Popen(
            (*_PROGRAM, *words),
            cwd=training.PROJECT,
            env={**os.environ, **paths},
            stdin=said,
            stdout=heard,
            stderr=subprocess.DEVNULL,
        )
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode or not heard.tell():
            raise RuntimeError(f"motcua {words[0]} said nothing")
        return used
