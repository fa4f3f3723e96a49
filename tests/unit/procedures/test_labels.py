"""Long official names become buttons that can still be told apart."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from bot.procedures.labels import LONGEST, labels

BROKER = "Cấp lại chứng chỉ hành nghề môi giới bất động sản (trong trường hợp chứng chỉ"


def test_short_names_stay_as_they_are() -> None:
    assert labels(["Đăng ký khai sinh", "Đăng ký khai tử"]) == (
        "Đăng ký khai sinh",
        "Đăng ký khai tử",
    )


def test_a_long_name_alone_is_cut_at_a_word() -> None:
    (label,) = labels([f"{BROKER} bị cháy)"])
    assert label == "Cấp lại chứng chỉ hành nghề môi giới bất động sản (trong…"


def test_names_that_begin_alike_show_where_they_part() -> None:
    burnt, expired = labels([f"{BROKER} bị cháy, bị mất)", f"{BROKER} cũ đã hết hạn)"])
    assert burnt == "Cấp lại chứng chỉ… bị cháy, bị mất)"
    assert expired == "Cấp lại chứng chỉ… cũ đã hết hạn)"


def test_a_long_name_beside_short_ones_keeps_its_beginning() -> None:
    long, short = labels([f"{BROKER} bị cháy)", "Cấp mới chứng chỉ"])
    assert long.startswith("Cấp lại chứng chỉ hành nghề")
    assert short == "Cấp mới chứng chỉ"


@given(st.lists(st.text(alphabet="ab đ,(", max_size=400), max_size=5), st.integers(30, 100))
def test_no_label_is_longer_than_a_button(names: list[str], most: int) -> None:
    assert all(len(label) <= most for label in labels(names, most))


def test_names_that_differ_have_different_labels_as_a_rule() -> None:
    seed = random.randrange(10**6)
    chance = random.Random(seed)
    for _ in range(50):
        stem = [chance.choice("cấp giấy phép đối với cơ sở".split()) for _ in range(25)]
        names = [" ".join([*stem, tail, *stem]) for tail in ("mới", "cũ", "lại")]
        assert len(set(labels(names))) == len(names), seed
        assert all(len(label) <= LONGEST for label in labels(names))
