"""The only place that asks what time it is."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


class Clock(Protocol):
    """Tells the time in Việt Nam."""

    def now(self) -> datetime:
        """The present moment, with the Vietnamese time zone."""

    def today(self) -> date:
        """The present day in Việt Nam."""


class SystemClock:
    """The machine's clock, moved by `shift` when a demonstration or a test needs another day."""

    def __init__(self, shift: timedelta = timedelta()) -> None:
        self._shift = shift

    @classmethod
    def starting_at(cls, moment: datetime) -> SystemClock:
        """A clock that runs normally and shows `moment` now; without a zone it is Vietnamese time."""
        start = moment if moment.tzinfo else moment.replace(tzinfo=VIETNAM)
        return cls(start - datetime.now(VIETNAM))

    def now(self) -> datetime:
        return datetime.now(VIETNAM) + self._shift

    def today(self) -> date:
        return self.now().date()
