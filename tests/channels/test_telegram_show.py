"""How a message is cut and which keys it gets."""

from __future__ import annotations

import pytest

from bot.basics.errors import Undeliverable
from bot.basics.messages import ShownButton
from bot.channels.telegram_show import keyboard, marked, parts
from bot.notifications.ports import FileToSend

PDF = FileToSend("giay-tiep-nhan.pdf", "application/pdf", b"%PDF-")


def rows(*titles: str) -> list[list[str]]:
    shown = keyboard([ShownButton(title, f"t{n}") for n, title in enumerate(titles)])
    assert shown is not None
    return [[key.text for key in row] for row in shown.inline_keyboard]


def test_short_titles_stand_two_in_a_row_and_long_ones_alone():
    assert rows("Nam", "Nữ") == [["Nam", "Nữ"]]
    assert rows("Nộp hồ sơ", "Sửa", "Để sau") == [["Nộp hồ sơ", "Sửa"], ["Để sau"]]
    long = "Trung tâm Phục vụ hành chính công"
    assert rows("Nam", long, "Nữ") == [["Nam"], [long], ["Nữ"]]


@pytest.mark.parametrize("token", ["", "x" * 65, "ă" * 33])
def test_a_token_telegram_would_refuse_never_leaves(token):
    with pytest.raises(Undeliverable):
        keyboard([ShownButton("Nam", token)])


def test_the_longest_token_is_counted_in_bytes():
    assert keyboard([ShownButton("Nam", "ă" * 32)])


def test_one_paper_carries_a_short_text_under_it():
    (part,) = parts("Giấy tiếp nhận đây ạ.", [PDF], None)
    assert (part.text, part.file) == ("Giấy tiếp nhận đây ạ.", PDF)


def test_a_long_text_comes_after_its_papers_and_the_keys_come_last():
    under = keyboard([ShownButton("Nộp", "t")])
    first, second = parts("a" * 1025, [PDF], under)
    assert (first.file, first.text, first.under) == (PDF, "", None)
    assert (second.file, second.under) == (None, under)


def test_nothing_cannot_be_sent():
    with pytest.raises(Undeliverable):
        parts(" \n", [], None)


def test_the_pressed_key_is_ticked_and_the_others_stay():
    shown = (((("Nam"), "a"), ("✓ Nữ", "b")),)
    again = marked(shown, "a")
    assert again is not None
    assert [key.text for key in again.inline_keyboard[0]] == ["✓ Nam", "Nữ"]
    assert [key.callback_data for key in again.inline_keyboard[0]] == ["a", "b"]


def test_keys_are_left_alone_where_nothing_would_change():
    assert marked(((("✓ Nam", "a"),),), "a") is None
    assert marked((), "a") is None
    assert marked(((("Nam", "a"),),), "forged") is None
    assert marked(((("Nam", "a"), ("Trang chủ", "")),), "a") is None  # a link has no token
