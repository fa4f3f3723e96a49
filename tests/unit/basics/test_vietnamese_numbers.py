"""Numbers and amounts of money, in digits, in words and mixed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from bot.basics.vietnamese import money, numbers, show


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.000", 1000),
        ("1 000 000", 1000000),
        ("hai mươi lăm", 25),
        ("hai lăm", 25),
        ("một trăm linh năm", 105),
        ("mười lăm", 15),
        ("hai nghìn không trăm mười", 2010),
        ("1 triệu 2", 1200000),
        ("2 tỷ rưỡi", 2500000000),
        ("12 nghìn tỷ", 12 * 10**12),
        ("nửa", Decimal("0.5")),
        ("1,5", Decimal("1.5")),
        ("hai trăm hai", None),
        ("mười năm", None),
        ("1,500 triệu", None),
        ("bà", None),
        ("nghìn", None),
        ("", None),
    ],
)
def test_a_number_is_read_only_when_it_can_mean_one_thing(text: str, value: object) -> None:
    assert numbers.read(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2 bản ạ", 2),
        ("cho em ba bản", 3),
        ("lần thứ nhất", 1),
        ("5 năm", 5),
        ("khoảng 1.000 người", 1000),
        ("2 hoặc 3", None),
        ("2,5 tháng", None),
        ("em chưa biết", None),
    ],
)
def test_a_count_is_found_beside_what_is_counted(text: str, value: int | None) -> None:
    assert numbers.whole(text) == value


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("56,7", "56.7"),
        ("56.7", "56.7"),
        ("1.234", "1234"),
        ("1.234,5", "1234.5"),
        ("1,2,3", None),
        ("", None),
    ],
)
def test_decimals_follow_a_comma(written: str, value: str | None) -> None:
    assert numbers.decimal(written) == (value and Decimal(value))


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("200k", 200000),
        ("1tr2", 1200000),
        ("50 ngàn đồng", 50000),
        ("năm mươi triệu", 50000000),
        ("khoảng 2 triệu thôi ạ", 2000000),
        ("200,000đ", 200000),
        ("0,5 đồng", None),
        ("ko có tiền", None),
        ("9" * 30, None),
    ],
)
def test_an_amount_is_in_whole_dong(text: str, amount: int | None) -> None:
    assert money.read(text) == amount


def test_amounts_are_found_only_with_their_unit() -> None:
    text = "mua 2 bản, trả 16 nghìn, còn nợ 1tr2 và 500đ của năm 2025"
    found = [(text[a:b].strip(), value) for a, b, value in money.find(text, date(2026, 11, 21))]
    assert found == [("16 nghìn", 16000), ("1tr2", 1200000), ("500đ", 500)]


@pytest.mark.parametrize("value", [0, 1, 999, 1000, 1234567, 10**12])
def test_an_amount_that_is_shown_reads_back_as_itself(value: int) -> None:
    assert money.read(show.money(value)) == value
