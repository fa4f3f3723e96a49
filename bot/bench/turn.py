"""What one turn costs, early and late in a conversation: ours, and stock Rasa's on the same model.

Stock Rasa is `rasa run` with `rasa run actions` beside it, spoken to over its REST channel. CPU
seconds are those of the processes that do the work, all threads included.
"""

from __future__ import annotations

import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot import wiring
from bot.basics import logs, settings
from bot.basics.ids import ConversationId
from bot.basics.messages import Inbound, Kind
from bot.conversation import training
from bot.conversation.turns import take_turn
from bot.counter.receive import receive

QUESTION = "lệ phí thủ tục 1.001193 bao nhiêu"
EARLY, LATE = 10, 1000
"""Events in the conversation at which the cost is taken."""
_SAMPLES = 15
_TICKS = os.sysconf("SC_CLK_TCK")
_PATIENCE = 120.0


@dataclass(frozen=True)
class Subject:
    """What is measured."""

    turn: Callable[[], object]
    """Takes one turn."""
    events: Callable[[], int]
    """How many events the conversation has; asked between turns, at nobody's cost."""
    cpu: Callable[[], float]
    """Seconds of CPU used so far."""


def run(stock: bool = True) -> dict[str, Any]:
    """Milliseconds of CPU a turn at both ages of a conversation, and their ratio."""
    logs.configure("error")
    with tempfile.TemporaryDirectory() as folder:
        chosen = settings.read(data_dir=Path(folder))
        model = training.trained_model(chosen.models_dir)
        ours = _measure(_ours(chosen))
        result: dict[str, Any] = {"question_code": "1.001193", **ours}
        if stock:
            result["stock_rasa"] = _stock(Path(folder), model)
    return result


def _measure(subject: Subject) -> dict[str, Any]:
    """The median cost of the turns around both ages; the first turns of a process are not counted."""
    costs: dict[int, list[float]] = {EARLY: [], LATE: []}
    subject.turn()
    for age in (EARLY, LATE):
        while subject.events() < age:
            subject.turn()
        for _ in range(_SAMPLES):
            before = subject.cpu()
            subject.turn()
            costs[age].append((subject.cpu() - before) * 1000)
    early, late = (statistics.median(costs[age]) for age in (EARLY, LATE))
    return {
        "ms_at_10": round(early, 2),
        "ms_at_1000": round(late, 2),
        "ratio_1000_to_10": round(late / early, 3),
        "events_at_the_end": subject.events(),
    }


def _ours(chosen: settings.Settings) -> Subject:
    """A turn through the inbox, the engine, the database and the outbox, all in this process."""
    parts = wiring.assemble(chosen)
    engine = wiring.make_engine(parts)
    conversation = ConversationId("terminal:bench")
    turns = 0

    def turn() -> None:
        nonlocal turns
        turns += 1
        now = parts.clock.now()
        with parts.storage.work() as work:
            inbound = Inbound(conversation, f"k{turns}", Kind.TEXT, now, QUESTION)
            receive(work, work.inbox, inbound, now)
        take_turn(parts.storage, engine, parts.desk)

    def events() -> int:
        with parts.storage.look() as work:
            return len(work.tracker.read(conversation))

    return Subject(turn, events, time.process_time)


def _stock(folder: Path, model: Path) -> dict[str, Any]:
    ports = (_free_port(), _free_port())
    endpoints = folder / "endpoints.yml"
    endpoints.write_text(f'action_endpoint: {{url: "http://localhost:{ports[1]}/webhook"}}\n')
    rasa = (sys.executable, "-m", "rasa", "run")
    server = (*rasa, "--model", str(model), "--endpoints", str(endpoints), "--enable-api")
    with (
        _process(folder, *rasa, "actions", "--port", str(ports[1])) as actions,
        _process(folder, *server, "--port", str(ports[0])) as core,
    ):
        base = f"http://localhost:{ports[0]}"
        _until_ready(base, f"http://localhost:{ports[1]}/health", core, actions)

        said = {"sender": "bench", "message": QUESTION}
        subject = Subject(
            turn=lambda: _post(f"{base}/webhooks/rest/webhook", said),
            events=lambda: len(_get(f"{base}/conversations/bench/tracker")["events"]),
            cpu=lambda: _cpu(core.pid) + _cpu(actions.pid),
        )
        return _measure(subject)


@contextmanager
def _process(folder: Path, *command: str) -> Iterator[subprocess.Popen[bytes]]:
    environment = {
        **os.environ,
        "MOTCUA_DATA_DIR": str(folder / "stock"),
        "RASA_TELEMETRY_ENABLED": "false",
        "PYTHONWARNINGS": "ignore",
    }
    with subprocess.Popen(
        command,
        cwd=training.PROJECT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            yield process
        finally:
            process.terminate()
            process.wait(20)


def _until_ready(base: str, health: str, *processes: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _PATIENCE
    for url in (f"{base}/status", health):
        while True:
            try:
                _get(url)
                break
            except OSError as error:
                if time.monotonic() > deadline or any(p.poll() is not None for p in processes):
                    raise RuntimeError("stock Rasa did not start") from error
                time.sleep(0.5)


def _get(url: str) -> Any:
    with urllib.request.urlopen(url, timeout=30) as answer:
        return json.load(answer)


def _post(url: str, body: dict[str, str]) -> Any:
    data, kind = json.dumps(body).encode(), {"Content-Type": "application/json"}
    request = urllib.request.Request(url, data, kind)
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.load(answer)


def _cpu(pid: int) -> float:
    """Seconds of CPU that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
