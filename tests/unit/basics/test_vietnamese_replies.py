"""Short replies, the little words around answers, letters from keyboards, and names."""

from __future__ import annotations

import pytest

from bot.basics.vietnamese import answers, letters, names
from bot.basics.vietnamese.answers import Reply


@pytest.mark.parametrize(
    ("text", "reply"),
    [
        ("dạ đúng rồi ạ", Reply.YES),
        ("rồi", Reply.YES),
        ("👍", Reply.YES),
        ("không phải đâu", Reply.NO),
        ("sai rồi", Reply.NO),
        ("thôi không", Reply.NO),
        ("không sai", Reply.UNCLEAR),
        ("vâng không", Reply.UNCLEAR),
        ("để xem đã", Reply.UNCLEAR),
        ("không biết", Reply.UNCLEAR),
        ("không có tiền", None),
        ("cha", None),
        ("ạ", None),
        ("", None),
        ("đúng " * 40, None),
    ],
)
def test_a_reply_is_yes_no_or_neither(text: str, reply: Reply | None) -> None:
    assert answers.yes_or_no(text) is reply


@pytest.mark.parametrize("text", ["không biết ạ", "em quên mất rồi", "ko nhớ rõ nữa", "chịu"])
def test_not_knowing_is_heard(text: str) -> None:
    assert answers.says_not_known(text)


@pytest.mark.parametrize("text", ["không", "biết rồi", "em biết chắc", "không chịu", "1990"])
def test_an_answer_is_not_taken_for_not_knowing(text: str) -> None:
    assert not answers.says_not_known(text)


@pytest.mark.parametrize(
    ("text", "is_skip"), [("bỏ qua ạ", True), ("để trống", True), ("skip", True), ("bỏ", False)]
)
def test_leaving_a_question_out_is_heard(text: str, is_skip: bool) -> None:
    assert answers.says_skip(text) is is_skip


def test_politeness_is_taken_off_but_never_everything() -> None:
    assert answers.without_politeness("dạ, Hà Nội ạ.") == "Hà Nội"
    assert answers.without_politeness("ạ") == "ạ"


def test_one_word_may_bear_on_yes_or_no() -> None:
    words = ["dạ", "em", "không", "chịu", "sao", "ạ"]
    assert [word for word in words if answers.decides(word)] == ["dạ", "không", "chịu"]


def test_marks_agree_where_typed_and_are_not_missed_where_not() -> None:
    assert letters.agrees("hoà", "hòa")
    assert letters.agrees("hoa", "hòa")
    assert not letters.agrees("hoa", "hoa hồng")
    assert not letters.agrees("họa", "hòa")


def test_letters_stay_where_they_were() -> None:
    text = "Số ２ – “Đường” ǆ"
    assert len(letters.flat(text)) == len(text)


@pytest.mark.parametrize(
    ("typed", "meant"), [("nawm", "nam"), ("gia61y", "giay"), ("dduwowcj", "duoc"), ("Hà", "ha")]
)
def test_a_keyboard_left_off_is_seen_through(typed: str, meant: str) -> None:
    assert letters.untyped(typed) == meant


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("con tên là Lê Bảo Ngọc ạ", "Lê Bảo Ngọc"),
        ("Tên của bé là: Trần Minh Khôi nhé", "Trần Minh Khôi"),
        ("Họ và tên: Phạm Thu Hà.", "Phạm Thu Hà"),
        ("Nguyễn Văn B.", "Nguyễn Văn B."),
        ("Bé Na", "Bé Na"),
        ("lê nhã", "lê nhã"),
    ],
)
def test_a_name_is_taken_out_of_the_words_around_it(text: str, name: str) -> None:
    assert names.read(text).text == name


def test_what_stood_in_brackets_is_kept_aside() -> None:
    found = names.read("Trần Minh Quân (con trai)")
    assert (found.text, found.dropped) == ("Trần Minh Quân", "con trai")


@pytest.mark.parametrize(
    "text", ["chưa đặt tên", "bé chưa có tên ạ", "vợ chồng em chưa nghĩ ra tên"]
)
def test_having_no_name_yet_is_heard(text: str) -> None:
    assert names.says_unnamed(text)


@pytest.mark.parametrize("name", ["Ksor Y", "Y Wăn Niê", "H'Hen Niê", "Rơ Châm H'Lan"])
def test_names_of_other_peoples_of_the_country_are_at_home(name: str) -> None:
    assert not names.looks_foreign(name)
    assert not names.lacks_marks(name)


@pytest.mark.parametrize("name", ["John Smith", "Jürgen Müller", "王伟", "Anna-Maria"])
def test_foreign_names_are_told_apart(name: str) -> None:
    assert names.looks_foreign(name)


def test_a_vietnamese_name_without_marks_is_noticed() -> None:
    assert names.lacks_marks("Nguyen Van A")
    assert not names.lacks_marks("Nguyễn Văn A")
    assert not names.lacks_marks("Lan")
