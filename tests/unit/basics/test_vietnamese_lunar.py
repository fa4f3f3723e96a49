"""Lunar days, against the New Years that another calendar knows, and against known leap months."""

from __future__ import annotations

from datetime import date

import holidays
import pytest

from bot.basics.vietnamese import lunar

SATURDAY = date(2026, 11, 21)


def test_every_new_year_of_two_generations_falls_on_its_day() -> None:
    years = range(1976, 2047)
    known = {
        day.year: day
        for day, name in holidays.country_holidays("VN", years=years, language="en_US").items()
        if name == "Lunar New Year"
    }
    assert len(known) > 60
    assert {year: lunar.solar(year, 1, 1) for year in known} == known


@pytest.mark.parametrize(
    ("year", "month", "day", "leap", "solar"),
    [
        (2025, 12, 5, False, date(2026, 1, 23)),
        (2026, 7, 15, False, date(2026, 8, 27)),
        (2025, 6, 1, True, date(2025, 7, 25)),
        (2025, 7, 1, False, date(2025, 8, 23)),
        (2023, 2, 1, True, date(2023, 3, 22)),
        (2020, 4, 1, True, date(2020, 5, 23)),
        (2024, 11, 1, False, date(2024, 12, 1)),
        (2025, 5, 1, True, None),
        (2024, 6, 1, True, None),
        (2025, 2, 30, False, None),
        (2025, 13, 1, False, None),
    ],
)
def test_a_lunar_day_is_a_day_of_the_year(
    year: int, month: int, day: int, leap: bool, solar: date | None
) -> None:
    assert lunar.solar(year, month, day, leap=leap) == solar


@pytest.mark.parametrize(
    ("said", "numbers"),
    [
        ("ram thang 7", "15 thang 7"),
        ("mung 5 thang chap nam 2025", "mung 5 thang 12 nam 2025"),
        ("mung 1 tet", "mung 1 thang 1"),
        ("5/8 am lich nam giap thin", "5/8 nam 2024"),
        ("ngay ram thang gieng quy mao", "15 thang 1 nam 2023"),
    ],
)
def test_what_people_call_lunar_days_is_said_in_numbers(said: str, numbers: str) -> None:
    assert lunar.in_numbers(said, SATURDAY) == numbers
