"""A clock that stands still until a test moves it."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from bot.basics.clock import VIETNAM

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=VIETNAM)


class FakeClock:
    """See `bot.basics.clock.Clock`."""

    def __init__(self, now: datetime = MONDAY) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now

    def today(self) -> date:
        return self._now.date()

    def set(self, now: datetime) -> None:
        """It is `now`; without a zone, Vietnamese time."""
        self._now = now if now.tzinfo else now.replace(tzinfo=VIETNAM)

    def passes(self, **span: float) -> None:
        """Time passes: `hours=2`."""
        self._now += timedelta(**span)
