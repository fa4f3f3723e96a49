"""How a message is cut and which keys it gets."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.basics.errors import Undeliverable
from bot.basics.messages import ShownButton
from bot.channels.telegram_show import keyboard, marked, parts, pieces, short, units
from bot.notifications.ports import FileToSend

PDF = FileToSend("giay-tiep-nhan.pdf", "application/pdf", b"%PDF-")


def rows(*titles: str) -> list[list[str]]:
    shown = keyboard([ShownButton(title, f"t{n}") for n, title in enumerate(titles)])
    assert shown is not None
    return [[key.text for key in row] for row in shown.inline_keyboard]


def test_a_text_that_fits_is_one_piece():
    assert list(pieces("a" * 4096)) == ["a" * 4096]
    assert [len(piece) for piece in pieces("a" * 4097)] == [4096, 1]


def test_an_emoji_counts_twice_as_telegram_counts_it():
    assert units("a😀") == 3
    assert [units(piece) for piece in pieces("😀" * 3000)] == [4096, 1904]


def test_a_text_is_cut_between_paragraphs_before_lines_before_sentences_before_words():
    assert list(pieces("một hai. ba\nbốn\n\nnăm sáu", 20)) == ["một hai. ba\nbốn", "năm sáu"]
    assert list(pieces("một hai ba.\nbốn năm sáu bảy", 20)) == ["một hai ba.", "bốn năm sáu bảy"]
    assert list(pieces("một hai ba bốn. năm sáu bảy", 20)) == ["một hai ba bốn.", "năm sáu bảy"]
    assert list(pieces("một hai ba bốn năm sáu", 20)) == ["một hai ba bốn năm", "sáu"]


def test_a_tone_mark_stays_on_its_letter_and_a_family_in_one_piece():
    spelt_apart = "e\u0302\u0301" * 30
    assert all(piece[0] == "e" for piece in pieces(spelt_apart, 20))
    family = "👨\u200d👩\u200d👧"
    assert all(piece.startswith("👨") for piece in pieces(family * 9, 20))


def test_cutting_loses_nothing_but_white_space():
    seed = random.randrange(10**6)
    chance = random.Random(seed)
    words = ["giấy", "chứng\u0303", "sinh.", "😀", "\n", "\n\n", "  ", "Ô!", "x" * 50]
    for _ in range(200):
        text = " ".join(chance.choices(words, k=chance.randrange(1, 400)))
        cut = list(pieces(text, 200))
        assert "".join("".join(cut).split()) == "".join(text.split()), seed
        assert all(1 <= units(piece) <= 200 for piece in cut), seed


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from("a \n.😀\u0301\u200d"), max_size=200), st.integers(4, 40))
def test_pieces_always_fit_and_always_end(text, most):
    assert all(0 < units(piece) <= most for piece in pieces(text, most))


def test_short_titles_stand_two_in_a_row_and_long_ones_alone():
    assert rows("Nam", "Nữ") == [["Nam", "Nữ"]]
    assert rows("Nộp hồ sơ", "Sửa", "Để sau") == [["Nộp hồ sơ", "Sửa"], ["Để sau"]]
    long = "Trung tâm Phục vụ hành chính công"
    assert rows("Nam", long, "Nữ") == [["Nam"], [long], ["Nữ"]]


def test_a_title_that_is_too_long_ends_at_a_word():
    title = short("Đăng ký khai sinh kết hợp đăng ký nhận cha, mẹ, con tại Ủy ban nhân dân cấp xã")
    assert title == "Đăng ký khai sinh kết hợp đăng ký nhận cha, mẹ, con tại Ủy…"
    assert len(short("x" * 200)) == 60
    assert short(" \n ") == "…"


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
