"""SIGKILL at random moments: no message is lost, one dossier is filed, each thing is told once or twice."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).parents[2]
PATIENCE = 600


def test_fifty_kills_lose_no_message_and_file_one_dossier(tmp_path: Path) -> None:
    command = (sys.executable, "-W", "ignore", "-m", "tests.faults.killing", str(tmp_path))
    ran = subprocess.run(
        command, cwd=PROJECT, capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    print(ran.stdout)
    assert ran.returncode == 0, ran.stderr[-2000:]
