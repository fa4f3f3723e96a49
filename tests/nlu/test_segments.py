"""Words and syllables, at the places they have in the text."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlu.segments import syllables, words


def shown(text: str, spans: list[tuple[int, int]]) -> list[str]:
    return [text[start:end] for start, end in spans]


def test_syllables_of_a_word_are_joined_where_they_stand() -> None:
    text = "Đăng  ký khai sinh ở phường Ba Đình, bao nhiêu tiền?"
    found = shown(text, words(text))
    assert "khai sinh" in found
    assert "Ba Đình" in found
    assert "bao nhiêu" in found
    assert found[0] == "Đăng  ký"


@pytest.mark.parametrize("code", ["H26.12-241121-0007", "1.001193", "12/03/1995", "H'Hen"])
def test_a_code_is_never_cut(code: str) -> None:
    text = f"hồ sơ {code} tới đâu rồi"
    assert any(code in piece for piece in shown(text, words(text)))
    assert code in shown(text, syllables(text))


@given(st.text(max_size=60))
@settings(derandomize=True, deadline=None, max_examples=200)
def test_whatever_the_text_words_stand_in_order_and_do_not_overlap(text: str) -> None:
    spans = words(text)
    assert all(start < end for start, end in spans)
    assert all(left[1] <= right[0] for left, right in itertools.pairwise(spans))
    inside = {at for start, end in spans for at in range(start, end)}
    assert all(start in inside for start, _ in syllables(text))
