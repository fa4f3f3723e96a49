"""Marks what runs the whole program."""

from __future__ import annotations

import pytest


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "end_to_end: runs the whole program, servers and all")
