"""Finding the nearest office."""

from __future__ import annotations

import pytest

from bot.basics.messages import Kind
from tests.conversation.test_filing import reaches
from tests.conversation.world import Citizen

BA_DINH, SAIGON, AT_SEA = (21.0345, 105.8150), (10.7769, 106.7009), (0.0, 0.0)


def shares(citizen: Citizen, place: tuple[float, float]) -> str:
    citizen.gives(Kind.LOCATION, latitude=place[0], longitude=place[1])
    return citizen.last().text


@pytest.mark.parametrize(
    "words",
    [
        "văn phòng gần đây nhất",
        "van phong gan nhat o dau",
        "trung tâm hành chính công nào gần tôi nhất",
        "cho em hỏi nộp hồ sơ ở đâu gần nhà",
        "điểm tiếp nhận gần nhất",
        "UBND gần đây",
    ],
)
def test_who_asks_for_the_nearest_office_is_asked_where_they_are(
    citizen: Citizen, words: str
) -> None:
    citizen.says(words)
    assert citizen.last().key == "near.ask"


@pytest.mark.parametrize(
    "words", ["quán ăn gần đây", "khai sinh nộp ở đâu", "nhà tôi gần chợ", "một cửa là gì"]
)
def test_who_asks_something_else_is_not(citizen: Citizen, words: str) -> None:
    citizen.says(words)
    assert citizen.last().key != "near.ask"


def test_a_place_gives_name_address_hours_distance_and_what_is_taken_in(citizen: Citizen) -> None:
    text = shares(citizen, BA_DINH)
    assert citizen.last().key == "near.found"
    for piece in ("phường Ba Đình", "Số 1 phố Thử Nghiệm", "07:30–11:30", " m tính", "hộ tịch"):
        assert piece in text
    assert "không có thật" in text


@pytest.mark.parametrize("place", [SAIGON, AT_SEA])
def test_too_far_is_said_and_the_ward_is_asked_for(
    citizen: Citizen, place: tuple[float, float]
) -> None:
    assert "xa quá 50 km" in shares(citizen, place)
    citizen.says("phường Bến Thành, TP.HCM")
    citizen.hears("near.of_ward")
    assert "phường Bến Thành" in citizen.last().text


def test_a_ward_with_an_office_in_the_catalogue_gets_its_address(citizen: Citizen) -> None:
    citizen.says("văn phòng gần đây nhất")
    citizen.says("phuong cau giay ha noi")
    citizen.hears("near.found")
    assert "Số 2 phố Thử Nghiệm" in citizen.last().text
    assert "cách khoảng" not in citizen.last().text


def test_a_name_of_many_wards_is_asked_about_again(citizen: Citizen) -> None:
    citizen.says("văn phòng gần đây nhất")
    citizen.says("xã Tân Lập")
    citizen.hears("near.which_ward")
    citizen.says("Hà Nội")
    assert citizen.last().key in ("near.which_ward", "near.of_ward")


def test_who_goes_on_to_something_else_is_not_held_to_the_question(citizen: Citizen) -> None:
    citizen.says("văn phòng gần đây nhất")
    citizen.says("thủ tục 1.001193 lệ phí bao nhiêu")
    assert citizen.last().key == "answer.fee"
    citizen.says("phường Láng, Hà Nội")
    assert not citizen.last().key.startswith("near.")


def test_inside_a_form_a_place_is_answered_and_the_question_comes_again(citizen: Citizen) -> None:
    reaches(citizen, "nyc.ngay_sinh")
    shares(citizen, SAIGON)
    citizen.hears("near.too_far", "declaration.ask")
    citizen.says("12/03/1995")
    assert citizen.draft.answers["nyc.ngay_sinh"] == "1995-03-12"
