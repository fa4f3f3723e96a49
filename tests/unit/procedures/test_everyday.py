"""Words meet however they are spelt, and everyday names stand for official ones."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from bot.basics.errors import Misconfigured
from bot.procedures.everyday import Everyday, Phrases
from bot.procedures.find.readings import readings, write_out
from bot.procedures.words import spell, spellings, words
from tests.unit.procedures.build import CATALOGUE, EVERYDAY

PLAIN = (CATALOGUE / "everyday.yml").read_text(encoding="utf-8")


def read_as(text: str) -> list[str]:
    said = write_out(list(words(text)), EVERYDAY)
    return [" ".join(one.spelling.plain for one in reading) for reading in readings(said, EVERYDAY)]


@pytest.mark.parametrize(
    ("one", "other"),
    [("hòa", "hoà"), ("ký", "kí"), ("quý", "quí"), ("02", "2"), ("XOÁ", "xóa"), ("Lý", "lí")],
)
def test_two_spellings_of_one_word_are_the_same(one: str, other: str) -> None:
    assert spell(one) == spell(other)


@pytest.mark.parametrize(("one", "other"), [("mã", "má"), ("đại", "dài"), ("tay", "tai")])
def test_different_words_are_not(one: str, other: str) -> None:
    assert spell(one) != spell(other)


def test_words_without_diacritics_may_be_any() -> None:
    assert spell("ho").may_be(spell("hộ"))
    assert not spell("họ").may_be(spell("hộ"))


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_words_stand_where_they_stand(form: str) -> None:
    text = unicodedata.normalize(form, "Dạ, tách khẩu_ạ!")
    found = [unicodedata.normalize("NFC", text[word.start : word.end]) for word in words(text)]
    assert found == ["Dạ", "tách", "khẩu", "ạ"]


def test_the_longest_phrase_is_found() -> None:
    phrases = Phrases({spellings("cắt khẩu"): ["a"], spellings("cắt khẩu cho con"): ["b"]})  # type: ignore[list-item]
    assert phrases.at(spellings("cắt khẩu cho con gái"), 0) == (4, ["b"])
    assert phrases.at(spellings("cắt khẩu cho tôi"), 0) == (2, ["a"])
    assert phrases.at(spellings("khẩu cho con"), 0)[0] == 0


def test_words_of_talking_may_stand_inside_a_phrase() -> None:
    phrases = Phrases({spellings("mất sổ đỏ"): ["x"]}, frozenset({"cai", "cua"}))  # type: ignore[list-item]
    assert phrases.at(spellings("mất cái sổ đỏ"), 0)[0] == 4
    assert phrases.at(spellings("mất con sổ đỏ"), 0)[0] == 0
    assert phrases.at(spellings("mất cái của cái sổ đỏ"), 0)[0] == 0


def test_short_forms_are_written_out_and_everyday_names_become_official() -> None:
    assert read_as("xin gks")[0] == "xin giai khai sinh".replace("giai", "giay")
    assert "xoa dang ki thuong tru" in read_as("cắt khẩu")
    assert read_as("cap lai bhyt")[0] == "cap lai bao hiem i te"


def test_somebody_from_another_country_is_a_foreign_element() -> None:
    assert any("co yeu to nuoc ngoai" in one for one in read_as("kết hôn với người Brazil"))
    assert not any("nuoc ngoai" in one for one in read_as("kết hôn với người Việt Nam"))


def test_the_same_reading_is_not_read_twice() -> None:
    assert len(read_as("đăng ký kết hôn")) == len(set(read_as("đăng ký kết hôn")))
    assert read_as("") == [""]


@pytest.mark.parametrize(
    ("wrong", "right", "told"),
    [
        ("\nsilent:", "\nsilentt:", "silent: Field required"),
        (
            "  bhxh: bảo hiểm xã hội",
            "  bhxh: [bảo hiểm]",
            "short.bhxh: Input should be a valid string",
        ),
        ("  bhxh: bảo hiểm xã hội", '  "?!": bảo hiểm', "has no words"),
    ],
)
def test_a_mistake_in_the_file_is_told_by_line(
    tmp_path: Path, wrong: str, right: str, told: str
) -> None:
    path = tmp_path / "everyday.yml"
    path.write_text(PLAIN.replace(wrong, right, 1), encoding="utf-8")
    with pytest.raises(Misconfigured, match=r"everyday\.yml:") as error:
        Everyday.read(path)
    assert any(told in problem for problem in error.value.problems)


def test_no_everyday_words_are_no_mistake(tmp_path: Path) -> None:
    assert Everyday.read(tmp_path / "everyday.yml").quiet == frozenset()
