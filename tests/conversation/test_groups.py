"""What a form asks several times, changed by talking: children, members, co-owners, places of living."""

from __future__ import annotations

import pytest

from tests.conversation.at_a_step import stands_at, stands_before_filing
from tests.conversation.test_filing import RESIDENCE
from tests.conversation.world import Citizen, fills

POOR_HOUSEHOLD, LAND, RECORD = "1.011607", "1.012783", "3.000333"
BAO = {
    "ho_ten": "Nguyễn Gia Bảo",
    "ngay_sinh": "3/4/2018",
    "so_dinh_danh": "001218012345",
    "quan_he": "con trai",
}


def with_bao(citizen: Citizen, code: str) -> None:
    """In review, with Mai and Bảo."""
    bao = {f"thanh_vien[2].{key}": value for key, value in BAO.items()}
    more = {"thanh_vien[2]": "có", "thanh_vien[3]": "không"}
    stands_before_filing(citizen, code, {**bao, **more})


def names(citizen: Citizen, section: str = "thanh_vien") -> list[str]:
    """The names in the draft, in order."""
    answers = citizen.draft.answers
    return [str(v) for k, v in answers.items() if k.startswith(section) and k.endswith(".ho_ten")]


@pytest.mark.parametrize(
    "words",
    ["thêm một người nữa", "them 1 nguoi nua a", "dạ cho em thêm cháu nữa", "thêm thành viên"],
)
@pytest.mark.parametrize("code", [RESIDENCE, POOR_HOUSEHOLD])
def test_one_more_is_added_in_the_review(citizen: Citizen, code: str, words: str) -> None:
    stands_before_filing(citizen, code)
    citizen.says(words)
    assert citizen.draft.asking == "thanh_vien[2].ho_ten"
    assert "2" in citizen.last().text
    fills(citizen, {f"thanh_vien[2].{k}": v for k, v in BAO.items()} | {"thanh_vien[3]": "hết rồi"})
    assert citizen.last().key == "declaration.review"
    assert "NGUYỄN GIA BẢO" in citizen.last().text


@pytest.mark.parametrize(
    "words",
    [
        *("bỏ cháu Bảo ra", "bo chau bao ra", "xóa người thứ hai", "xóa Nguyễn Gia Bảo đi"),
        *("bỏ người cuối cùng giúp em", "gạch tên Bảo", "loại thành viên số 2"),
    ],
)
@pytest.mark.parametrize("code", [RESIDENCE, POOR_HOUSEHOLD])
def test_one_is_taken_out_by_name_or_by_place(citizen: Citizen, code: str, words: str) -> None:
    with_bao(citizen, code)
    citizen.says(words)
    citizen.hears("declaration.removed", "declaration.review")
    assert "NGUYỄN GIA BẢO" in citizen.got[0].text
    assert names(citizen) == ["Nguyễn Thị Mai"]
    citizen.says("nộp")
    citizen.hears("submit.done", "memory.ask")


def test_those_behind_the_one_taken_out_move_up(citizen: Citizen) -> None:
    with_bao(citizen, RESIDENCE)
    citizen.says("bỏ Mai ra")
    assert names(citizen) == ["Nguyễn Gia Bảo"]
    assert citizen.draft.answers["thanh_vien[1].ngay_sinh"] == "2018-04-03"
    citizen.hears("declaration.removed", "declaration.review")


@pytest.mark.parametrize(
    "words",
    ["sửa ngày sinh người thứ hai", "sua ngay sinh cua chau bao", "đổi ngày sinh của Bảo"],
)
def test_a_field_of_one_is_corrected(citizen: Citizen, words: str) -> None:
    with_bao(citizen, RESIDENCE)
    citizen.says(words)
    assert citizen.draft.asking == "thanh_vien[2].ngay_sinh"
    citizen.says("5/4/2018")
    assert citizen.draft.answers["thanh_vien[2].ngay_sinh"] == "2018-04-05"
    assert citizen.last().key == "declaration.review"


def test_a_field_of_one_is_corrected_in_one_message(citizen: Citizen) -> None:
    with_bao(citizen, RESIDENCE)
    citizen.says("sửa ngày sinh của cháu Mai thành 3/9/2015")
    assert citizen.draft.answers["thanh_vien[1].ngay_sinh"] == "2015-09-03"


@pytest.mark.parametrize("words", ["sửa người thứ hai", "sửa cháu Bảo", "sua nguoi cuoi"])
def test_correcting_one_offers_everything_said_of_them(citizen: Citizen, words: str) -> None:
    with_bao(citizen, RESIDENCE)
    citizen.says(words)
    citizen.hears("declaration.edit_which")
    titles = [button.title for button in citizen.last().buttons]
    assert "Họ và tên (2)" in titles
    assert not [title for title in titles if title.endswith("(1)")]
    citizen.presses("Ngày sinh (2)")
    assert citizen.draft.asking == "thanh_vien[2].ngay_sinh"


def test_co_owners_and_places_of_living_are_changed_the_same_way(citizen: Citizen) -> None:
    stands_before_filing(citizen, LAND)
    citizen.says("thêm một người nữa")
    assert citizen.draft.asking.startswith("dong_so_huu[")
    citizen.says("để sau")
    stands_before_filing(citizen, RECORD)
    citizen.says("thêm một giai đoạn nữa")
    assert citizen.draft.asking == "qua_trinh[3].tu" or citizen.draft.asking.startswith(
        "qua_trinh["
    )
    citizen.says("bỏ giai đoạn cuối")
    assert citizen.got[0].key == "declaration.removed"


def test_the_least_that_a_form_needs_cannot_be_taken_out(citizen: Citizen) -> None:
    stands_before_filing(citizen, RECORD, {"qua_trinh[2]": "không"})
    citizen.says("bỏ giai đoạn thứ nhất")
    assert citizen.got[0].key == "declaration.group_least"


@pytest.mark.parametrize("words", ["hết rồi", "không", "chỉ vậy thôi", "không còn ai", "đủ rồi ạ"])
def test_there_is_nobody_else(citizen: Citizen, words: str) -> None:
    stands_at(citizen, RESIDENCE, "thanh_vien[2]")
    citizen.says(words)
    assert citizen.draft.answers["thanh_vien[2]"] is False, citizen.got


@pytest.mark.parametrize(
    "words",
    ["có", "còn", "thêm một người nữa", "còn một cháu nữa", "có thêm 1 người nữa", "dạ còn ạ"],
)
def test_there_is_somebody_else(citizen: Citizen, words: str) -> None:
    stands_at(citizen, RESIDENCE, "thanh_vien[2]")
    citizen.says(words)
    assert citizen.draft.asking == "thanh_vien[2].ho_ten", citizen.got


@pytest.mark.parametrize("words", ["Thêm Một Nữa", "Bỏ Ra", "xóa sổ", "bỏ trống", "thêm đường"])
def test_words_that_name_nobody_are_no_order(citizen: Citizen, words: str) -> None:
    with_bao(citizen, RESIDENCE)
    citizen.says(words)
    assert len(names(citizen)) == 2


@pytest.mark.parametrize(
    "words", ["là sao ạ?", "gồm những ai vậy em", "tinh nhung ai a", "không hiểu"]
)
def test_whoever_does_not_know_who_counts_is_told(citizen: Citizen, words: str) -> None:
    stands_at(citizen, POOR_HOUSEHOLD, "thanh_vien[1]")
    citizen.says(words)
    assert "cùng ăn, ở trong nhà" in " ".join(heard.text for heard in citizen.got)
    assert citizen.draft.asking == "thanh_vien[1]"
