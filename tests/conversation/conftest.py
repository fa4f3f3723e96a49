"""One model and one engine for all conversations; a database of its own for each."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import wiring
from bot.basics.settings import Settings
from bot.conversation import training
from bot.conversation.engine import Engine
from bot.counter.ports import Desk
from nlu.components import procedures
from tests.conversation.world import Citizen, World, storage_in
from tests.fake_clock import MONDAY, FakeClock


@pytest.fixture(scope="session")
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture(scope="session")
def desk(clock: FakeClock) -> Desk:
    return wiring.make_desk(Settings(_env_file=None), clock)  # type: ignore[call-arg]


@pytest.fixture(scope="session")
def engine(desk: Desk) -> Engine:
    procedures.use(desk.live)
    return Engine(training.trained_model(Path("models")), desk)


@pytest.fixture
def world(engine: Engine, desk: Desk, clock: FakeClock, tmp_path: Path) -> World:
    clock.set(MONDAY)
    return World(engine, storage_in(tmp_path, clock), desk, clock)


@pytest.fixture
def citizen(world: World) -> Citizen:
    return world.citizen()
