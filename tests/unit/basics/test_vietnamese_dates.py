"""Days and times of day as people write them."""

from __future__ import annotations

from datetime import date, time

import pytest

from bot.basics.vietnamese import dates, days, times
from bot.basics.vietnamese.dates import Written

SATURDAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("1/2/1990", Written(1990, 2, 1)),
        ("1.2.90", Written(90, 2, 1, is_short=True)),
        ("ngày 1 tháng 2 năm 1990", Written(1990, 2, 1)),
        ("1990-02-01", Written(1990, 2, 1)),
        ("010290", Written(90, 2, 1, is_short=True)),
        ("19900201", Written(1990, 2, 1)),
        ("031990", Written(1990, 3)),
        ("31/4/2020", Written(2020, 4, 31)),
        ("mùng 5 tháng 9 2026", Written(2026, 9, 5, may_be_lunar=True)),
        ("mùng 5 tháng 9 (dương lịch) 2026", Written(2026, 9, 5)),
        ("rằm tháng 7", Written(None, 7, 15, is_lunar=True)),
        ("năm Giáp Thìn", Written(is_lunar=True)),
        ("tháng 5/1962", Written(1962, 5)),
        ("20/11", Written(None, 11, 20)),
        ("sinh năm 62", Written(62, is_short=True)),
        ("thứ sáu", Written(weekday=4)),
        ("3/10 năm ngoái", Written(2025, 10, 3)),
        ("mười hai tháng năm năm 2010", Written(2010, 5, 12, is_spelt=True)),
        ("hôm qua", Written(2026, 11, 20)),
        ("mai", Written(2026, 11, 22)),
        ("14:30 ngày 2/11/2026", Written(2026, 11, 2)),
        ("1/2/1990 và 3/4/1991", None),
        ("0912345678", None),
        ("bà Năm nói hôm nào cũng được", None),
    ],
)
def test_a_date_is_reported_as_it_is_written(text: str, written: Written | None) -> None:
    assert dates.read(text, SATURDAY) == written


def test_complete_dates_are_found_where_they_stand() -> None:
    text = "sinh 1/2/1990, đăng ký hôm qua, hẹn 29/2/2027"
    found = [(text[start:end], day) for start, end, day in dates.find(text, SATURDAY)]
    assert found == [("1/2/1990", date(1990, 2, 1)), ("hôm qua", date(2026, 11, 20))]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("hôm nay", SATURDAY),
        ("sáng nay", SATURDAY),
        ("hôm kia", date(2026, 11, 19)),
        ("hôm kìa", date(2026, 11, 18)),
        ("cách đây 3 ngày", date(2026, 11, 18)),
        ("hai tuần trước", date(2026, 11, 7)),
        ("5 ngày nữa", date(2026, 11, 26)),
        ("thứ 2 tuần sau", date(2026, 11, 23)),
        ("thứ hai tuần trước", date(2026, 11, 9)),
        ("chủ nhật vừa rồi", date(2026, 11, 15)),
        ("thứ bảy này", SATURDAY),
    ],
)
def test_days_are_counted_from_today(text: str, day: date) -> None:
    assert [value for _, _, value in days.find(text, SATURDAY)] == [day]


@pytest.mark.parametrize("text", ["chị Mai", "ngày một tháng 5", "tôi nay đã già", "thứ hai"])
def test_words_that_only_look_like_days_are_left_alone(text: str) -> None:
    assert days.find(text, SATURDAY) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("7h", time(7)),
        ("7g30", time(7, 30)),
        ("19 giờ 05 phút", time(19, 5)),
        ("7h tối", time(19)),
        ("12h đêm", time(0)),
        ("12h trưa", time(12)),
        ("tám giờ rưỡi sáng", time(8, 30)),
        ("8 giờ kém 10", time(7, 50)),
        ("13:45:10", time(13, 45)),
        ("7.30", time(7, 30)),
        ("1pm", time(13)),
        ("chiều nay 3h", time(15)),
        ("25h", None),
        ("8h sáng hoặc 9h sáng", None),
        ("3 nhà", None),
    ],
)
def test_a_time_of_day_is_read(text: str, value: time | None) -> None:
    assert times.read(text) == value


def test_i_is_not_the_evening() -> None:
    assert times.read("7h tôi đến") == time(7)
    assert times.read("7h tối đến") == time(19)
