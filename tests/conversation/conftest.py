"""A database of its own for each conversation."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.conversation.engine import Engine
from bot.counter.ports import Desk
from tests.conversation.world import Citizen, World, storage_in
from tests.fake_clock import MONDAY, FakeClock


@pytest.fixture
def world(engine: Engine, desk: Desk, clock: FakeClock, tmp_path: Path) -> World:
    clock.set(MONDAY)
    return World(engine, storage_in(tmp_path, clock), desk, clock, tmp_path / "files")


@pytest.fixture
def citizen(world: World) -> Citizen:
    return world.citizen()
