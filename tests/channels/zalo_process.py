"""The Zalo of these tests as a program of its own."""

from __future__ import annotations

import contextlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]


@contextlib.contextmanager
def zalo_on_this_machine() -> Iterator[str]:
    """Its address; it ends with the block."""
    command = [sys.executable, "-m", "tests.channels.fake_zalo", "0"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.kill()
