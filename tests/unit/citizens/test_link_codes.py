"""Codes that link channels: how they are made, read, and how long they are good."""

from __future__ import annotations

import itertools
import random
from datetime import timedelta

import pytest

from bot.basics.ids import ConversationId
from bot.citizens.link import LIVES, LinkCode, code_in, digest, new_code, spaced
from tests.build import at

PHONE, PAGE = ConversationId("telegram:1"), ConversationId("web:2")


def test_every_code_made_is_read_back_spaced_or_not() -> None:
    seed = 20261124
    print(f"seed {seed}")
    choose = random.Random(seed).choice
    for _ in range(500):
        code = new_code(choose)
        assert code_in(code) == code_in(spaced(code)) == code_in(f"mã {code.lower()}") == code


def test_a_code_has_digits_so_that_no_word_is_taken_for_one() -> None:
    given = itertools.chain("TRANTHAN", "2AAAAAAA", "AAA4A7AA")
    assert new_code(lambda _signs: next(given)) == "LKAAA4A7AA"


@pytest.mark.parametrize(
    "text", ["", "LK", "lk tran than", "0912345678", "LK 7KQM 3XTA nhé", "LK 7KQM", "x" * 5000]
)
def test_other_words_are_no_code(text: str) -> None:
    assert code_in(text) == ""


def test_what_is_kept_of_a_code_does_not_tell_it() -> None:
    assert digest("LK7KQM3XTA") != digest("LK7KQM3XTB")
    assert "7KQM" not in digest("LK7KQM3XTA")
    assert len(digest("LK7KQM3XTA")) == 64


@pytest.mark.parametrize(
    ("opened_by", "where", "minutes", "is_good"),
    [
        (None, PAGE, 14, True),
        (PAGE, PAGE, 14, True),
        (PHONE, PAGE, 1, False),
        (None, PAGE, 15, False),
        (PAGE, PAGE, 15, False),
    ],
)
def test_a_code_is_good_for_a_while_and_for_one(opened_by, where, minutes, is_good) -> None:
    code = LinkCode("d", ConversationId("zalo_oa:1:2"), at(20), opened_by)
    assert timedelta(minutes=15) == LIVES
    assert code.is_good_in(where, at(20) + timedelta(minutes=minutes)) is is_good
