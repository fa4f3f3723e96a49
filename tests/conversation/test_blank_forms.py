"""Forms to print and fill in by hand, asked for in the chat."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conversation.world import Citizen, World

BIRTH = "to-khai-dang-ky-khai-sinh.pdf"


@pytest.mark.parametrize(
    "words",
    [
        "cho tôi xin mẫu tờ khai khai sinh",
        "xin mau to khai khai sinh",
        "tải tờ khai đăng ký khai sinh ở đâu",
    ],
)
def test_a_citizen_can_have_a_form_to_fill_in_by_hand(citizen: Citizen, words: str) -> None:
    citizen.says(words)
    assert citizen.last().key == "answer.form"
    assert citizen.last().files == (BIRTH,)
    assert "điền tay" in citizen.last().text
    citizen.presses("Nộp hồ sơ ở đây")
    assert citizen.last().key == "declaration.ask"


def test_a_button_under_the_papers_brings_the_form(citizen: Citizen) -> None:
    citizen.says("làm khai sinh cần giấy tờ gì")
    citizen.presses("Xin mẫu để in")
    assert citizen.last().key == "answer.form"
    assert citizen.last().files == (BIRTH,)


@pytest.mark.parametrize("words", ["Mẫu CT01 tải ở chỗ nào?", "xin mau ct 01", "cho xin mẫu ct1"])
def test_a_form_can_be_asked_for_by_its_number(citizen: Citizen, words: str) -> None:
    citizen.says("lệ phí đăng ký kết hôn")
    citizen.says(words)
    citizen.hears("answer.form_number")
    assert citizen.last().files == ("to-khai-thay-doi-thong-tin-cu-tru.pdf",)
    citizen.presses("Đăng ký tạm trú")
    assert citizen.last().key == "answer.overview"


def test_a_number_beside_the_name_of_a_procedure_changes_nothing(citizen: Citizen) -> None:
    citizen.says("xin mẫu ct01 đăng ký tạm trú")
    assert citizen.last().key == "answer.form"


def test_the_button_stands_only_where_there_is_a_form(citizen: Citizen) -> None:
    citizen.says("thủ tục 2.000815 cần giấy tờ gì")
    assert citizen.last().key == "answer.documents"
    assert "Xin mẫu để in" not in [button.title for button in citizen.last().buttons]


def test_a_form_asked_for_by_many_is_kept_once(world: World, tmp_path: Path) -> None:
    for name in ("an", "binh"):
        world.citizen(name).says("xin mẫu tờ khai khai sinh")
    assert len([file for file in (tmp_path / "files").rglob("*") if file.is_file()]) == 1


def test_a_form_can_be_had_while_filling_it_in_here(citizen: Citizen) -> None:
    citizen.says("thủ tục 1.001193")
    citizen.presses("Nộp hồ sơ ở đây")
    citizen.says("cho em xin mẫu tờ khai để in ra được không?")
    assert [heard.key for heard in citizen.got] == ["answer.form", "declaration.ask"]
    assert citizen.got[0].files == (BIRTH,)


def test_a_procedure_without_a_form_of_ours_promises_none(citizen: Citizen) -> None:
    citizen.says("thủ tục 2.000815 dùng mẫu tờ khai nào")
    assert citizen.last().key == "answer.form"
    assert citizen.last().files == ()
    assert "điền tay" not in citizen.last().text
