"""Whole conversations of people on a bad day, where more than one form's loop has a part."""

from __future__ import annotations

import pytest

from bot.dossiers.model import State
from tests.conversation.at_a_step import stands_before_filing
from tests.conversation.world import Citizen

PASSPORT, CARD = "1.001456", "1.014063"
CHILD = {
    "noi_dung": "lần đầu",
    "nyc.ho_ten": "Trần Gia Hân",
    "nyc.ngay_sinh": "5/6/2021",
    "nyc.so_dinh_danh": "001321012345",
    "dai_dien.quan_he": "cha",
    "dai_dien.ho_ten": "Trần Văn Long",
    "dai_dien.ngay_sinh": "20/4/1988",
    "dai_dien.so_dinh_danh": "001088012345",
}


def test_a_childs_passport_is_asked_for_by_the_parent(citizen: Citizen) -> None:
    stands_before_filing(citizen, PASSPORT, CHILD)
    citizen.says("nộp")
    assert citizen.got[0].key == "submit.done"
    assert citizen.dossiers[0].applicant == "TRẦN VĂN LONG"
    assert citizen.dossiers[0].subject == "TRẦN GIA HÂN"


def test_ones_own_passport_is_asked_for_by_oneself(citizen: Citizen) -> None:
    stands_before_filing(citizen, PASSPORT)
    citizen.says("nộp")
    assert citizen.dossiers[0].applicant == citizen.dossiers[0].subject == "NGUYỄN VĂN AN"


def test_what_was_said_before_the_button_was_pressed_is_not_asked(citizen: Citizen) -> None:
    citizen.says("bằng lái xe máy bị mất làm lại sao")
    citizen.presses("Nộp hồ sơ ở đây")
    assert citizen.draft.answers["ly_do"] == "mat"
    assert citizen.draft.asking == "hang"
    assert "✓ Lý do: Mất" in citizen.last().text


@pytest.mark.parametrize(
    ("reply", "state"), [("đúng", State.WITHDRAWN), ("không", State.SUBMITTED)]
)
def test_whether_one_is_sure_to_withdraw_may_be_typed(
    citizen: Citizen, reply: str, state: State
) -> None:
    stands_before_filing(citizen, PASSPORT)
    citizen.says("nộp")
    citizen.presses("Không cần nhớ")
    citizen.says(f"rút hồ sơ {citizen.code}")
    citizen.hears("withdraw.sure")
    citizen.says(reply)
    assert citizen.dossiers[0].state is state
