"""Where a text is cut that is too long."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.cut import pieces, short, units

LONGEST_TEXT = 4096


def test_a_text_that_fits_is_one_piece():
    assert list(pieces("a" * 4096, LONGEST_TEXT)) == ["a" * 4096]
    assert [len(piece) for piece in pieces("a" * 4097, LONGEST_TEXT)] == [4096, 1]


def test_an_emoji_counts_twice_as_telegram_counts_it():
    assert units("a😀") == 3
    assert [units(piece) for piece in pieces("😀" * 3000, LONGEST_TEXT)] == [4096, 1904]


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


def test_a_title_that_is_too_long_ends_at_a_word():
    title = short(
        "Đăng ký khai sinh kết hợp đăng ký nhận cha, mẹ, con tại Ủy ban nhân dân cấp xã", 60
    )
    assert title == "Đăng ký khai sinh kết hợp đăng ký nhận cha, mẹ, con tại Ủy…"
    assert len(short("x" * 200, 60)) == 60
    assert short(" \n ", 60) == "…"
