"""What people's words may stand for: every meaning, wherever it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.basics.errors import Misconfigured
from bot.basics.ids import ProcedureCode
from bot.procedures import lay
from bot.procedures.everyday import Everyday
from bot.procedures.find import Finder
from bot.procedures.lay import Lay
from bot.procedures.sayings import Sayings
from bot.procedures.words import spellings
from tests.unit.procedures.build import CATALOGUE, EVERYDAY, a_catalogue, a_procedure


def said(sayings: Lay, text: str) -> list[tuple[int, int, str]]:
    return [
        (start, length, " ".join(word.exact for word in meaning))
        for start, length, meanings in sayings.standing(spellings(text))
        for meaning in meanings
    ]


def sayings(**meanings: str) -> Lay:
    pairs = (
        (spellings(text.replace("_", " ")), [spellings(one) for one in official.split("; ")])
        for text, official in meanings.items()
    )
    return Lay(pairs, frozenset({"cai", "cua"}))


def test_a_saying_inside_a_longer_one_is_found_too() -> None:
    known = sayings(mất_sổ_đỏ="cấp lại", sổ_đỏ="giấy chứng nhận")
    assert {meaning for *_, meaning in said(known, "em bị mất sổ đỏ")} == {
        *(word for *_, word in said(known, "mất sổ đỏ")),
    }
    assert len(said(known, "em bị mất sổ đỏ")) == 2


def test_all_meanings_of_a_saying_are_found() -> None:
    assert len(said(sayings(hết_hạn="gia hạn; cấp đổi"), "thẻ hết hạn rồi")) == 2


def test_words_of_talking_may_stand_inside_a_saying() -> None:
    known = sayings(mất_sổ_đỏ="x")
    assert said(known, "mất cái sổ đỏ")
    assert not said(known, "mất con sổ đỏ")
    assert not said(known, "mất cái của cái sổ đỏ")


def test_a_saying_typed_without_diacritics_is_found_and_with_others_is_not() -> None:
    known = sayings(bỏ_nghề="chấm dứt")
    assert said(known, "bo nghe")
    assert not said(known, "bố nghe")


def test_a_file_with_an_empty_saying_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "lay.yml"
    path.write_text("acts:\n  cấp lại: ['?']\n", encoding="utf-8")
    with pytest.raises(Misconfigured, match="cấp lại"):
        lay.read(path)


def test_a_file_of_another_shape_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "lay.yml"
    path.write_text("acts:\n  cấp lại: làm lại\n", encoding="utf-8")
    with pytest.raises(Misconfigured, match=r"lay\.yml"):
        lay.read(path)


def test_there_need_be_no_such_file(tmp_path: Path) -> None:
    assert lay.read(tmp_path / "lay.yml") == {}


def test_the_files_short_forms_are_written_out() -> None:
    assert said(EVERYDAY.lay, "bao hiem y te ho gia dinh")


def test_two_sayings_together_tell_a_procedure_that_neither_tells() -> None:
    told = {
        "9.000001": ["mất tờ cho phép cầm roi điện"],
        "9.000002": ["xin cho bảo vệ cầm roi điện"],
        "9.000003": ["làm rơi giấy lưu hành xe"],
    }
    finder = Finder(
        a_catalogue(
            a_procedure("9.000001", "Cấp lại Giấy phép sử dụng công cụ hỗ trợ"),
            a_procedure("9.000002", "Cấp Giấy phép sử dụng công cụ hỗ trợ"),
            a_procedure("9.000003", "Cấp lại Giấy phép lưu hành xe"),
            everyday=Everyday.read(CATALOGUE / "everyday.yml"),
            sayings=Sayings.given({ProcedureCode(code): said for code, said in told.items()}),
        )
    )
    assert finder.find("rớt mất giấy phép dùng dùi cui điện").candidates[0] == "9.000001"
