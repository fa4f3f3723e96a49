"""When the office works and where it is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest

from bot.basics.clock import VIETNAM
from tests.conversation.world import Citizen, World

HOURS = "Giờ làm việc thứ Hai đến thứ Sáu: 07:30–11:30 và 13:00–17:00"


@pytest.fixture
def later(world: World) -> Iterator[World]:
    now = world.clock.now()
    yield world
    world.clock.set(now)


@pytest.mark.parametrize(
    "words",
    [
        "mấy giờ phường làm việc",
        "trua co lam khong",
        "t7 cn có nhận hồ sơ ko",
        "chiều nay mấy giờ nghỉ",
        "có làm được ngày thứ 7 không",
        "tết dương lịch có làm việc không",
        "đến trễ 5 giờ còn kịp không",
        "địa chỉ phường ở đâu",
        "cho hỏi ủy ban nằm ở chỗ nào vậy",
    ],
)
def test_hours_and_address_are_told_whatever_was_talked_of(citizen: Citizen, words: str) -> None:
    citizen.says(words)
    assert HOURS in citizen.last().text
    citizen.says("làm khai sinh cần giấy gì")
    citizen.says(words)
    assert HOURS in citizen.last().text


@pytest.mark.parametrize(
    "words", ["khai sinh nộp ở đâu", "hộ chiếu mấy ngày có", "lệ phí làm khai sinh nộp được ở đâu"]
)
def test_a_question_about_a_procedure_is_none_about_hours(citizen: Citizen, words: str) -> None:
    citizen.says(words)
    assert citizen.last().key.startswith("answer.")


def test_on_a_day_off_the_next_working_day_is_told(later: World) -> None:
    later.clock.set(datetime(2026, 11, 28, 9, tzinfo=VIETNAM))
    citizen = later.citizen("bình")
    citizen.says("hôm nay có làm việc không")
    assert "ngày làm việc tới là thứ hai, 30/11/2026" in citizen.last().text


def test_holidays_to_come_are_told(later: World) -> None:
    later.clock.set(datetime(2026, 12, 15, 9, tzinfo=VIETNAM))
    citizen = later.citizen("bình")
    citizen.says("tết tây có nghỉ làm không")
    assert "Sắp tới nghỉ thêm: thứ sáu, 01/01/2027" in citizen.last().text


def test_in_a_declaration_the_hours_are_told_and_the_question_put_again(citizen: Citizen) -> None:
    citizen.says("tôi muốn nộp hồ sơ khai sinh")
    asked = citizen.last().text
    citizen.says("phường làm việc tới mấy giờ vậy")
    assert any(HOURS in heard.text for heard in citizen.got)
    assert citizen.last().text.splitlines()[-1] == asked.splitlines()[-1]
