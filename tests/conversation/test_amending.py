"""Changing a dossier after it was filed, and beginning another one after its pattern."""

from __future__ import annotations

import pytest

from bot.counter import decide
from bot.dossiers.model import Missing, State
from tests.build import a_form
from tests.conversation.at_a_step import stands_before_filing
from tests.conversation.test_filing import BIRTH, RESIDENCE
from tests.conversation.world import Citizen, World, fills

PAUSE_OF_A_BUSINESS = "1.001570"


def files(citizen: Citizen, code: str = RESIDENCE) -> None:
    """Files the example of a procedure."""
    stands_before_filing(citizen, code)
    citizen.says("nộp")
    citizen.hears("submit.done", "memory.ask")


@pytest.mark.parametrize(
    "words", ["sửa hồ sơ", "em muốn sửa hồ sơ vừa nộp", "sua lai ho so da nop", "", "code"]
)
def test_a_filed_dossier_is_changed_before_anybody_took_it_in(
    citizen: Citizen, world: World, words: str
) -> None:
    files(citizen)
    code = citizen.code
    if words:
        citizen.says(f"sửa hồ sơ {code}" if words == "code" else words)
    else:
        citizen.presses("Sửa hồ sơ")
    citizen.hears("amend.opened", "declaration.review")
    citizen.says("sửa số điện thoại thành 0987654321")
    citizen.says("nộp")
    citizen.hears("amend.sent")
    assert "0912 345 678 → 0987 654 321" in citizen.last().text
    [dossier] = citizen.dossiers
    assert dossier.code == code
    assert dossier.state is State.SUBMITTED
    assert dossier.answers["dien_thoai"] == "0987654321"
    assert len(dossier.history) == 2
    assert "5. Số điện thoại liên hệ: 0912 345 678 → 0987 654 321" in dossier.last.note
    with world.officer() as officer:
        assert decide.accept(officer, code, seen=dossier.version).state is State.ACCEPTED


def test_the_correction_itself_opens_the_filed_dossier(citizen: Citizen) -> None:
    files(citizen)
    citizen.says("sửa giúp em số điện thoại thành 0987654321")
    citizen.hears("declaration.review")
    citizen.says("nộp")
    citizen.hears("amend.sent")
    assert citizen.dossiers[0].answers["dien_thoai"] == "0987654321"


def test_what_was_filed_stays_until_the_changes_are_sent(citizen: Citizen) -> None:
    files(citizen)
    citizen.says("sửa hồ sơ")
    citizen.says("sửa số điện thoại thành 0987654321")
    citizen.says("để sau")
    assert citizen.dossiers[0].answers["dien_thoai"] == "0912345678"
    citizen.says("làm tiếp")
    citizen.says("nộp")
    assert citizen.dossiers[0].answers["dien_thoai"] == "0987654321"


def test_nothing_changed_is_nothing_sent(citizen: Citizen) -> None:
    files(citizen)
    citizen.says("sửa hồ sơ")
    citizen.says("nộp")
    citizen.hears("amend.unchanged")
    assert citizen.dossiers[0].version == 1


def test_a_dossier_taken_in_is_changed_only_through_the_officer(
    citizen: Citizen, world: World
) -> None:
    files(citizen)
    with world.officer() as officer:
        decide.accept(officer, citizen.code)
    citizen.says("sửa hồ sơ vừa nộp")
    assert citizen.got[-1].key == "amend.too_late"
    assert "đã tiếp nhận" in citizen.last().text
    assert [b.title for b in citizen.last().buttons] == ["Rút hồ sơ", "Gặp cán bộ"]


def test_a_citizen_still_editing_is_told_that_the_dossier_was_taken_in(
    citizen: Citizen, world: World
) -> None:
    files(citizen)
    citizen.says("sửa hồ sơ")
    citizen.says("sửa số điện thoại thành 0987654321")
    with world.officer() as officer:
        decide.accept(officer, citizen.code)
    citizen.says("nộp")
    assert citizen.got[-1].key == "amend.too_late"
    assert "Trong lúc anh/chị đang sửa" in citizen.last().text
    assert citizen.dossiers[0].answers["dien_thoai"] == "0912345678"
    citizen.says("làm tiếp")
    assert citizen.last().key == "filing.nothing_begun"


def test_an_officer_who_saw_the_dossier_before_it_was_changed_has_to_look_again(
    citizen: Citizen, world: World
) -> None:
    from bot.basics.errors import StaleView

    files(citizen)
    seen = citizen.dossiers[0].version
    citizen.says("sửa hồ sơ")
    citizen.says("sửa số điện thoại thành 0987654321")
    citizen.says("nộp")
    with pytest.raises(StaleView), world.officer() as officer:
        decide.accept(officer, citizen.code, seen=seen)


def test_changes_under_way_are_not_lost_when_an_officer_asks_for_more(
    citizen: Citizen, world: World
) -> None:
    files(citizen)
    citizen.says("sửa hồ sơ")
    citizen.says("sửa số điện thoại thành 0987654321")
    with world.officer() as officer:
        missing = [Missing("chu_ho", "Chủ hộ", "Ghi đủ họ tên.")]  # type: ignore[arg-type]
        decide.request_supplement(officer, citizen.code, "Tên chủ hộ chưa rõ.", missing)
    citizen.looks()
    assert citizen.draft.is_supplement
    citizen.says("Trần Thị Hoa Mai")
    citizen.says("nộp")
    assert citizen.dossiers[0].answers["dien_thoai"] == "0987654321"


def test_withdrawing_closes_the_changes_and_offers_to_file_anew(citizen: Citizen) -> None:
    files(citizen)
    citizen.says("sửa hồ sơ")
    citizen.says("để sau")
    citizen.says("rút hồ sơ")
    citizen.presses("Chắc chắn rút")
    citizen.hears("withdraw.done")
    citizen.presses("Dùng lại hồ sơ này")
    assert citizen.got[0].key == "reuse.opened"
    assert citizen.draft.dossier is None


def test_somebody_elses_dossier_is_neither_changed_nor_reused(world: World) -> None:
    an, binh = world.citizen("an"), world.citizen("binh")
    files(an)
    binh.says("xin chào")
    binh.says(f"sửa hồ sơ {an.code}")
    binh.hears("amend.not_yours")
    binh.says(f"dùng lại hồ sơ cũ {an.code}")
    binh.hears("reuse.not_yours")
    assert not binh.dossiers


@pytest.mark.parametrize(
    "words",
    [
        *("làm thêm một cái giống hồ sơ trước", "dùng lại hồ sơ cũ", "lam y nhu ho so lan truoc"),
        "copy hồ sơ hôm trước giúp em",
    ],
)
def test_another_one_like_the_last_asks_only_what_is_new(citizen: Citizen, words: str) -> None:
    files(citizen, BIRTH)
    citizen.says(words)
    assert citizen.got[0].key == "reuse.opened"
    draft = citizen.draft
    assert draft.dossier is None
    assert draft.answers["me.dan_toc"] == "Kinh"
    assert not [key for key in draft.answers if key.startswith("tre.")], "another child"
    assert "cam_doan" not in draft.answers
    assert "giay_chung_sinh" not in draft.answers
    assert draft.asking == "tre.ho_ten"
    again = {"tre.ho_ten": "Trần Gia Hân", "tre.gioi_tinh": "con gái"}
    fills(citizen, {**a_form("TK_KHAI_SINH").example, **again})
    citizen.says("nộp")
    assert len(citizen.dossiers) == 2
    assert citizen.dossiers[0].subject == "TRẦN GIA HÂN"


def test_a_value_that_went_stale_is_asked_again(citizen: Citizen, world: World) -> None:
    files(citizen, PAUSE_OF_A_BUSINESS)
    world.clock.passes(days=20)
    citizen.presses("Xem tình trạng")
    citizen.presses("Dùng lại hồ sơ này")
    assert citizen.draft.answers["chu_ho"] == "Nguyễn Văn An"
    assert citizen.draft.asking == "tu_ngay", "the day it begins lies in the past by now"
