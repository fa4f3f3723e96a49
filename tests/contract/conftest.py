"""One installation for all conversations: each has a citizen of its own."""

from __future__ import annotations

import pytest

from bot.conversation.engine import Engine
from bot.counter.ports import Desk
from tests.channels.zalo_build import FIXTURES
from tests.contract.door import Door
from tests.contract.doors import DOORS, name_of
from tests.conversation.world import World, storage_in
from tests.fake_clock import MONDAY, FakeClock


@pytest.fixture(scope="session")
def house(
    engine: Engine, desk: Desk, clock: FakeClock, tmp_path_factory: pytest.TempPathFactory
) -> World:
    """The installation."""
    return World(engine, storage_in(tmp_path_factory.mktemp("house"), clock), desk, clock)


@pytest.fixture(params=DOORS, ids=name_of)
def door(request: pytest.FixtureRequest, house: World, clock: FakeClock) -> Door:
    """Somebody's screen, on a Monday morning."""
    if request.param.__module__.endswith("zalo_doors") and not FIXTURES.is_dir():
        pytest.skip(f"NOT RUN: the recorded Zalo shapes are not beside the project ({FIXTURES})")
    clock.set(MONDAY)
    found: Door = request.param(house)
    return found
