"""What every test shares: logs as in production, so that nothing a citizen wrote is printed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.basics import logs
from bot.basics.settings import Settings
from bot.counter.ports import Desk
from tests.fake_clock import FakeClock

if TYPE_CHECKING:  # Rasa takes seconds to import; tests that need no engine should not wait
    from bot.conversation.engine import Engine

logs.configure("error")


@pytest.fixture(scope="session")
def clock() -> FakeClock:
    """The clock that `desk` goes by."""
    return FakeClock()


@pytest.fixture(scope="session")
def desk(clock: FakeClock) -> Desk:
    """What the counter works with, as it is delivered."""
    from bot import wiring

    return wiring.make_desk(Settings(_env_file=None), clock)  # type: ignore[call-arg]


@pytest.fixture(scope="session")
def engine(desk: Desk) -> Engine:
    """One model and one engine for all conversations."""
    from bot.conversation import training
    from bot.conversation.engine import Engine
    from nlu.components import procedures

    procedures.use(desk.live)
    return Engine(training.trained_model(Path("models")), desk)
