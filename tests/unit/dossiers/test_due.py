"""When a dossier is due: the worked examples, and what they leave open (LEGAL §8)."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

import bot
from bot.basics.clock import VIETNAM
from bot.dossiers.calendar import OfficeHours, WorkingCalendar
from bot.dossiers.due import answer_expected_by, due_after_pause, due_date
from bot.procedures.model import Confidence, Source, TimeLimit, TimeUnit

CALENDAR = WorkingCalendar.read(Path(bot.__file__).parent / "catalogue" / "calendar")
HOURS = OfficeHours()
SOURCE = Source("GK", "2026-11", Confidence.HIGH)


def limit(value: int, unit: TimeUnit = TimeUnit.WORKING_DAY) -> TimeLimit:
    return TimeLimit(value, unit, SOURCE)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


SAME_DAY = limit(0, TimeUnit.SAME_DAY)
WORKED_EXAMPLES = [
    ("2026-11-20T09:00", limit(3), "2026-11-26"),
    ("2026-11-21T19:00", limit(3), "2026-11-27"),
    ("2026-11-23T10:00", SAME_DAY, "2026-11-23"),
    ("2026-11-23T16:00", SAME_DAY, "2026-11-25"),
    ("2026-11-23T10:00", limit(1), "2026-11-25"),
    ("2026-11-19T08:00", limit(20), "2026-12-18"),
    ("2026-12-31T09:00", limit(3), "2027-01-06"),
    ("2027-01-29T09:00", limit(7), "2027-02-16"),
    ("2027-02-03T09:00", limit(5), "2027-02-17"),
    ("2026-08-20T09:00", limit(5), "2026-08-26"),
    ("2026-11-20T17:30", limit(7), "2026-12-03"),
]


@pytest.mark.parametrize(("accepted", "allowed", "due"), WORKED_EXAMPLES)
def test_a_worked_example_comes_out_as_worked(accepted: str, allowed: TimeLimit, due: str) -> None:
    assert due_date(at(accepted), allowed, CALENDAR, HOURS) == date.fromisoformat(due)


def test_there_are_eleven_worked_examples() -> None:
    assert len(WORKED_EXAMPLES) == 11


def test_without_a_limit_nothing_is_promised() -> None:
    none = TimeLimit(None, TimeUnit.WORKING_DAY, SOURCE)
    assert due_date(at("2026-11-20T09:00"), none, CALENDAR, HOURS) is None


def test_calendar_days_that_end_on_a_day_off_roll_to_the_next_working_day() -> None:
    fifteen = limit(15, TimeUnit.DAY)
    assert due_date(at("2026-11-06T09:00"), fifteen, CALENDAR, HOURS) == date(2026, 11, 23)


def test_a_month_ends_on_the_last_day_of_a_shorter_one() -> None:
    one = limit(1, TimeUnit.MONTH)
    assert due_date(at("2027-01-29T09:00"), one, CALENDAR, HOURS) == date(2027, 3, 1)


def test_eight_working_hours_are_one_working_day() -> None:
    hours = limit(8, TimeUnit.WORKING_HOUR)
    assert due_date(at("2026-11-23T10:00"), hours, CALENDAR, HOURS) == date(2026, 11, 25)


def test_a_pause_gives_its_working_days_back() -> None:
    due = due_after_pause(
        date(2026, 11, 27), at("2026-11-23T10:00"), at("2026-11-26T10:00"), CALENDAR
    )
    assert due == date(2026, 12, 1)  # the 24th was a day off: two working days were lost


def test_saturday_is_no_working_day_unless_it_makes_up_for_one() -> None:
    assert not CALENDAR.is_working(date(2026, 11, 21))
    assert CALENDAR.is_working(date(2026, 8, 22))


def test_an_answer_is_expected_within_eight_working_hours() -> None:
    assert answer_expected_by(at("2026-11-23T10:00"), CALENDAR, HOURS) == date(2026, 11, 25)
    assert answer_expected_by(at("2026-11-21T19:00"), CALENDAR, HOURS) == date(2026, 11, 23)
