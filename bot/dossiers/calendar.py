"""Working days and office hours in Việt Nam (LEGAL §8)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path

from bot.basics import yaml12

_SATURDAY = 5


@dataclass(frozen=True)
class OfficeHours:
    """When the office works, on every working day."""

    opens: time = time(7, 30)
    lunch: time = time(11, 30)
    resumes: time = time(13, 0)
    closes: time = time(17, 0)
    same_day_until: time = time(15, 0)
    """A same-day dossier accepted later is due on the next working day (LEGAL §8.2)."""

    @classmethod
    def of(cls, written: Mapping[str, str]) -> OfficeHours:
        """The hours as an office's file writes them: `opens: "07:30"`."""
        return cls(**{name: time.fromisoformat(text) for name, text in written.items()})


class WorkingCalendar:
    """Tells working days from days off: weekends, public holidays, and the swaps of each year."""

    def __init__(self, days_off: Iterable[date] = (), make_up_days: Iterable[date] = ()) -> None:
        self._off = frozenset(days_off)
        self._make_up = frozenset(make_up_days)

    @classmethod
    def read(cls, folder: Path) -> WorkingCalendar:
        """The calendar in `days.yml`: `off` and `working` dates that officials announced."""
        days = yaml12.read(folder / "days.yml")
        return cls(
            (date.fromisoformat(str(day)) for day in days["off"]),
            (date.fromisoformat(str(day)) for day in days["working"]),
        )

    def is_working(self, day: date) -> bool:
        """Whether offices work on `day`."""
        if day in self._make_up:
            return True
        return day.weekday() < _SATURDAY and day not in self._off and day not in _holidays(day.year)

    def next_working(self, day: date) -> date:
        """`day` itself if offices work on it, else the first day after it when they do."""
        while not self.is_working(day):
            day += timedelta(days=1)
        return day

    def days_off(self, after: date, within: int) -> tuple[date, ...]:
        """The days off that are no weekend, of the `within` days after `after`."""
        days = (after + timedelta(days=number) for number in range(1, within + 1))
        return tuple(d for d in days if d.weekday() < _SATURDAY and not self.is_working(d))

    def add(self, day: date, working_days: int) -> date:
        """The last of `working_days` working days that begin after `day`; `day` is not counted."""
        for _ in range(working_days):
            day = self.next_working(day + timedelta(days=1))
        return day

    def between(self, start: date, end: date) -> int:
        """How many working days lie after `start`, up to and with `end`."""
        days = range(1, (end - start).days + 1)
        return sum(self.is_working(start + timedelta(days=number)) for number in days)

    def counts_from(self, moment: datetime, hours: OfficeHours) -> date:
        """The day on which something received at `moment` counts as received (LEGAL §8.3)."""
        day = moment.date()
        if self.is_working(day) and moment.time() <= hours.closes:
            return day
        return self.next_working(day + timedelta(days=1))


@lru_cache(maxsize=64)
def _holidays(year: int) -> frozenset[date]:
    import holidays  # slow to import, and wanted only when a due date is computed

    return frozenset(holidays.country_holidays("VN", years=year, observed=True))
