"""It stays an ordinary Rasa project: validate, shell with a separate action server, test."""

from __future__ import annotations

import json
import os
import pty
import select
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.conversation import training

pytestmark = pytest.mark.end_to_end
PROJECT = training.PROJECT
PATIENCE = 120


@pytest.fixture(scope="module")
def model() -> Path:
    return training.trained_model(PROJECT / "models")


@pytest.fixture
def surroundings(tmp_path: Path) -> dict[str, str]:
    quiet = {"RASA_TELEMETRY_ENABLED": "false", "PYTHONWARNINGS": "ignore"}
    return os.environ | quiet | {"MOTCUA_DATA_DIR": str(tmp_path / "data")}


@pytest.fixture
def actions(surroundings: dict[str, str]) -> Iterator[int]:
    """`rasa run actions`, on a free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    command = (sys.executable, "-m", "rasa", "run", "actions", "--port", str(port))
    with subprocess.Popen(command, cwd=PROJECT, env=surroundings, stderr=subprocess.PIPE) as server:
        until_healthy(port, server)
        yield port
        server.terminate()


def until_healthy(port: int, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(f"http://localhost:{port}/health", timeout=5) as answer:
                json.load(answer)
                return
        except OSError:
            time.sleep(0.3)
    raise AssertionError("the action server did not start")


def rasa(
    surroundings: dict[str, str], *words: str, said: str = ""
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        (sys.executable, "-m", "rasa", *words),
        cwd=PROJECT,
        env=surroundings,
        input=said,
        capture_output=True,
        text=True,
        timeout=PATIENCE * 3,
        check=False,
    )


def test_rasa_finds_the_project_consistent(surroundings: dict[str, str]) -> None:
    done = rasa(
        surroundings,
        *("data", "validate", "stories", "--data", "nlu/data", "stories", "--fail-on-warnings"),
    )
    assert done.returncode == 0, done.stderr[-2000:]


def test_rasa_shell_talks_with_a_separate_action_server(
    surroundings: dict[str, str], actions: int, model: Path, tmp_path: Path
) -> None:
    endpoints = tmp_path / "endpoints.yml"
    endpoints.write_text(f'action_endpoint: {{url: "http://localhost:{actions}/webhook"}}\n')
    command = ("shell", "--model", str(model), "--endpoints", str(endpoints))
    screen, keyboard = pty.openpty()  # it asks like a person's terminal
    with subprocess.Popen(
        (sys.executable, "-m", "rasa", *command),
        cwd=PROJECT,
        env=surroundings | {"TERM": "dumb"},
        stdin=keyboard,
        stdout=keyboard,
        stderr=keyboard,
        start_new_session=True,
    ) as shell:
        try:
            assert appears(screen, "Your input")
            time.sleep(1)  # the prompt is drawn before it listens
            os.write(screen, "thủ tục 1.001193 lệ phí bao nhiêu\r".encode())
            assert appears(screen, "miễn phí")
        finally:
            shell.kill()


def appears(screen: int, words: str) -> bool:
    """Whether the words come up on the screen in time."""
    seen, deadline = b"", time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if select.select([screen], [], [], 1)[0]:
            seen += os.read(screen, 1 << 16)
        if words.encode() in seen:
            return True
    return False


def test_rasa_test_measures_understanding(
    surroundings: dict[str, str], model: Path, tmp_path: Path
) -> None:
    few = tmp_path / "few.yml"
    few.write_text(
        'version: "3.1"\nnlu:\n- intent: ask_fee\n  examples: |\n    - lệ phí khai sinh bao nhiêu\n'
        "- intent: greet\n  examples: |\n    - xin chào\n"
    )
    out = tmp_path / "results"
    test = ("test", "nlu", "--nlu", str(few), "--model", str(model), "--out", str(out))
    done = rasa(surroundings, *test)
    assert done.returncode == 0, done.stderr[-2000:]
    assert (out / "intent_report.json").exists()
