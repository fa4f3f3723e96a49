"""Answers as people on a bad day give them: around the matter, pointing at another one, in two messages."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from bot.declarations.model import Draft, Outcome, Then
from tests.walking import Citizen, filed_here, typing

BIRTH, DEATH, MARRIAGE, LODGING = "1.001193", "1.000656", "1.000894", "1.004194"


@cache
def stands(code: str, field: str) -> tuple[Citizen, Draft]:
    """Everything before the field is answered as in the form's example."""
    citizen = Citizen(next(procedure for procedure in filed_here() if procedure.code == code))
    while citizen.draft.asking != field:
        typing(citizen)
    return citizen, citizen.draft


def says(code: str, field: str, *texts: str) -> Outcome:
    """What comes of the last of these messages, typed one after another at the field."""
    citizen, citizen.draft = stands(code, field)
    for text in texts:
        outcome = citizen.say(text)
    return outcome


def answered(code: str, field: str, *texts: str) -> Any:
    """What the field holds afterwards."""
    return says(code, field, *texts).draft.answers.get(field)  # type: ignore[call-overload]


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("tre.ho_ten", "dạ thưa cô tên bé là Trần Gia Bảo", "Trần Gia Bảo"),
        ("tre.ho_ten", "Dạ Trần Gia Bảo ạ", "Trần Gia Bảo"),
        ("nyc.ho_ten", "Lê Dạ Thảo", "Lê Dạ Thảo"),
        ("nyc.ho_ten", "Dạ Thảo", None),
        ("nyc.ngay_sinh", "ờ thì sinh năm 1960 á", "1960"),
        ("nyc.ngay_sinh", "à nhầm, 1961", "1961"),
        ("nyc.ngay_sinh", "12/3/1960 nhé em", "1960-03-12"),
        ("tre.gioi_tinh", "dạ con trai cô ơi", "nam"),
    ],
)
def test_the_little_words_around_an_answer_are_no_part_of_it(
    field: str, text: str, value: str | None
) -> None:
    said = answered(BIRTH, field, text)
    assert said == value or (value is None and said in (None, text))


def test_an_address_begins_where_the_address_begins() -> None:
    said = answered(BIRTH, "nyc.dia_chi", "dạ nhà em ở số 5 tổ 3 phường Ba Đình Hà Nội ạ")
    assert said["detail"] == "số 5 tổ 3"


@pytest.mark.parametrize(
    "text",
    [
        *("Nguyễn Văn An, sinh 2/3/1990, cccd 001090012345, ở 12 Hàng Bài phường Cửa Nam Hà Nội",),
        *("Nguyễn Văn An 2/3/1990 001090012345", "Nguyễn Văn An, 2/3/1990, 001090012345"),
        *("dạ em tên Nguyễn Văn An sinh 2/3/1990 số căn cước 001090012345",),
    ],
)
def test_an_answer_that_holds_the_next_ones_fills_them_after_a_read_back(text: str) -> None:
    proposal = says(BIRTH, "nyc.ho_ten", text).draft.proposal
    assert proposal is not None
    taken = says(BIRTH, "nyc.ho_ten", text, "đúng").draft.answers
    assert taken["nyc.ho_ten"] == "Nguyễn Văn An"  # type: ignore[index]
    assert taken["nyc.ngay_sinh"] == "1990-03-02"  # type: ignore[index]
    assert taken["nyc.so_dinh_danh"] == "001090012345"  # type: ignore[index]


@pytest.mark.parametrize("text", ["Trần Thị Bảy", "bà Trần Thị Bảy"])
def test_who_is_asked_about_may_be_given_a_title(text: str) -> None:
    taken = says(LODGING, "chu_ho", f"{text}, cccd 001160012345", "đúng").draft.answers
    assert taken["chu_ho"] == "Trần Thị Bảy"  # type: ignore[index]
    assert taken["cccd_chu_ho"] == "001160012345"  # type: ignore[index]


def test_what_is_said_of_whom_no_question_asks_spoils_no_name() -> None:
    text = "Phạm Thu Hà, sinh 1990"
    assert answered(LODGING, "chu_ho", text) == "Phạm Thu Hà"


@pytest.mark.parametrize(
    ("code", "field", "other", "text"),
    [
        (BIRTH, "cha.dia_chi", "nyc.dia_chi", "cùng chỗ với mẹ nó"),
        (BIRTH, "cha.dia_chi", "nyc.dia_chi", "như mẹ"),
        (BIRTH, "cha.dia_chi", "nyc.dia_chi", "giong me be"),
        (BIRTH, "cha.dia_chi", "nyc.dia_chi", "dạ cùng địa chỉ với em ạ"),
        (BIRTH, "cha.dan_toc", "me.dan_toc", "giống mẹ nó"),
        (DEATH, "nct.noi_cu_tru_cuoi", "nyc.dia_chi", "giống địa chỉ trên"),
        (DEATH, "nct.noi_cu_tru_cuoi", "nyc.dia_chi", "cùng nhà với tôi"),
        (MARRIAGE, "nam.dia_chi", "nu.dia_chi", "cung dia chi voi ben nu"),
    ],
)
def test_an_answer_may_point_at_another(code: str, field: str, other: str, text: str) -> None:
    draft = says(code, field, text).draft
    values = stands(code, field)[0].loop.asker.path(draft).values
    assert values[field] == values[other]  # type: ignore[index]


def test_where_above_may_be_several_the_citizen_picks() -> None:
    outcome = says(BIRTH, "cha.dia_chi", "như trên")
    assert outcome.says[-1].key == "declaration.which_like"
    assert len(outcome.says[-1].buttons) > 1


@pytest.mark.parametrize("text", ["như mẹ", "theo bố", "giống bà nội"])
def test_what_nobody_said_yet_cannot_be_pointed_at(text: str) -> None:
    assert answered(BIRTH, "tre.que_quan", text) is None


def test_a_name_in_two_messages_is_one_name() -> None:
    assert answered(BIRTH, "nyc.ho_ten", "Nguyễn", "Văn An") == "Nguyễn Văn An"
    assert answered(BIRTH, "nyc.ho_ten", "Nguyễn", "Nguyễn Văn An") == "Nguyễn Văn An"
    assert answered(BIRTH, "nyc.ho_ten", "An", "Nguyễn Văn An") == "Nguyễn Văn An"


def test_a_place_in_two_messages_is_one_place_after_a_yes() -> None:
    parts = ("bệnh viện Bạch Mai", "phường Kim Liên, Hà Nội")
    assert says(BIRTH, "tre.noi_sinh", *parts).says[-1].key == "declaration.doubt"
    whole = answered(BIRTH, "tre.noi_sinh", *parts, "đúng")
    assert (whole["detail"], whole["commune"]) == ("bệnh viện Bạch Mai", "Phường Kim Liên")
    alone = answered(
        BIRTH, "tre.noi_sinh", "bệnh viện Bạch Mai", "nhà hộ sinh A, phường Láng, Hà Nội"
    )
    assert alone["detail"] == "nhà hộ sinh A"


@pytest.mark.parametrize("house", ["nhà trọ số 9 ngõ 20", "12 Hàng Bài", "nhà em ở số 5 tổ 3"])
def test_a_house_and_then_its_ward_are_one_address(house: str) -> None:
    said = answered(BIRTH, "nyc.dia_chi", house, "phường Ba Đình, Hà Nội", "đúng")
    assert said["detail"] == house.removeprefix("nhà em ở ")
    assert said["commune"] == "Phường Ba Đình"


def test_a_hospital_said_in_the_opening_waits_for_its_ward() -> None:
    citizen, citizen.draft = stands(BIRTH, "kinh_gui")
    opened = citizen.loop.open(
        citizen.draft.having(asking=None), "khai sinh cho con sinh hôm qua ở bệnh viện Bạch Mai"
    )
    assert opened.draft.halves == {"tre.noi_sinh": "bệnh viện Bạch Mai"}


@pytest.mark.parametrize("text", ["à nhầm, 1961", "nhầm rồi 1961", "em nhầm sinh năm 1961"])
def test_a_slip_is_put_right_in_the_answer_just_given(text: str) -> None:
    assert answered(BIRTH, "nyc.ngay_sinh", "1960", text) == "1961"
    draft = says(BIRTH, "nyc.ngay_sinh", "1960", text).draft
    assert draft.asking == "nyc.so_dinh_danh"
    assert draft.proposal is None


def test_a_slip_that_fits_only_the_present_question_is_its_answer() -> None:
    assert answered(BIRTH, "nyc.ngay_sinh", "à nhầm, 1961") == "1961"


def test_an_answer_that_comes_while_something_waits_for_a_yes_is_not_lost() -> None:
    texts = ("email an@example.vn", "001196023456")
    outcome = says(BIRTH, "nyc.so_dinh_danh", *texts)
    assert outcome.draft.answers["nyc.so_dinh_danh"] == "001196023456"  # type: ignore[index]
    assert [said.key for said in outcome.says] == ["declaration.noted", "proposal.message"]
    taken = says(BIRTH, "nyc.so_dinh_danh", *texts, "đúng").draft
    assert taken.answers["lien_he.email"] == "an@example.vn"  # type: ignore[index]
    assert taken.asking == "nyc.loai_giay_to"


def test_a_relation_and_a_name_in_one_sentence_are_kept_apart() -> None:
    taken = says(DEATH, "nyc.ho_ten", "tôi là con gái Nguyễn Thị An sinh 1980", "đúng").draft
    assert taken.answers["nyc.ho_ten"] == "Nguyễn Thị An"  # type: ignore[index]


def test_right_with_its_marks_is_never_an_order_to_stop() -> None:
    assert says(BIRTH, "nyc.loai_giay_to", "đúng").then is Then.STAY
    assert says(BIRTH, "nyc.loai_giay_to", "dừng").then is Then.PAUSE
