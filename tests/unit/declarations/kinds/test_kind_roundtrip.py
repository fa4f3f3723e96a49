"""Values written in every usual way are read as what was meant."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest

from bot.basics.vietnamese import numbers
from bot.basics.vietnamese.text import strip_marks
from bot.declarations.kinds import KINDS, lists
from bot.declarations.kinds.model import Ok
from tests.unit.declarations.kinds.kind_questions import TODAY, ask

ROUNDS = 40
DIGITS = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]
DAYS: tuple[Callable[[date], str], ...] = (
    lambda day: f"{day:%d/%m/%Y}",
    lambda day: f"{day.day}/{day.month}/{day.year}",
    lambda day: f"{day.day}-{day.month}-{day.year}",
    lambda day: f"{day:%d.%m.%Y}",
    lambda day: f"{day.day} {day.month} {day.year}",
    lambda day: f"{day:%d%m%Y}",
    lambda day: f"ngày {day.day} tháng {day.month} năm {day.year}",
    lambda day: f"ngay {day.day} thang {day.month} nam {day.year} a",
    lambda day: f"{day.day} thg {day.month}, {day.year}",
    lambda day: f"{day.day}/{day.month} năm {day.year}",
    lambda day: day.isoformat(),
    lambda day: f"dạ sinh ngày {day.day}/{day.month}/{day.year} ạ",
)


@pytest.fixture
def chance() -> random.Random:
    seed = random.randrange(10**6)
    sys.stdout.write(f"seed {seed}\n")
    return random.Random(seed)


def test_a_day_is_read_however_it_is_written(chance: random.Random) -> None:
    for _ in range(ROUNDS):
        day = TODAY - timedelta(days=chance.randrange(36500))
        for write in DAYS:
            reading = KINDS["date"].read(write(day), ask("date", role="birth"))
            assert reading == Ok(day.isoformat()), write(day)


def test_a_phone_number_is_read_however_it_is_grouped(chance: random.Random) -> None:
    for _ in range(ROUNDS):
        number = f"09{chance.choice('0123467')}{chance.randrange(10**7):07}"
        for sign in ("", " ", ".", "-"):
            groups = chance.choice(((4, 3, 3), (3, 3, 4), (3, 4, 3), (4, 2, 2, 2)))
            written = sign.join(_grouped(number, groups))
            for text in (written, f"số em {written} ạ", f"+84{sign}{written[1:]}"):
                assert KINDS["phone"].read(text, ask("phone")) == Ok(number), text


def test_a_citizen_id_is_read_however_it_is_grouped(chance: random.Random) -> None:
    for _ in range(ROUNDS):
        number = f"001{chance.choice('01')}{chance.randrange(10, 99)}{chance.randrange(10**6):06}"
        for sign in ("", " ", ".", "-"):
            written = sign.join(_grouped(number, (3, 3, 3, 3)))
            assert KINDS["citizen_id"].read(f"cccd {written}", ask("citizen_id")) == Ok(number)


def _grouped(number: str, sizes: tuple[int, ...]) -> Iterator[str]:
    start = 0
    for size in sizes:
        yield number[start : start + size]
        start += size


def spelt(number: int) -> str:
    """`number` in words, as schools teach it."""
    if number >= 1000:
        head, tail = divmod(number, 1000)
        rest = f" {_below_thousand(tail, has_head=True)}" if tail else ""
        return f"{spelt(head)} nghìn{rest}"
    return _below_thousand(number)


def _below_thousand(number: int, has_head: bool = False) -> str:
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    words = [f"{DIGITS[hundreds]} trăm"] if hundreds or has_head else []
    if tens == 0 and ones:
        words.append(f"linh {DIGITS[ones]}" if words else DIGITS[ones])
    if tens:
        words.append("mười" if tens == 1 else f"{DIGITS[tens]} mươi")
        special = {5: "lăm", 1: "mốt" if tens > 1 else "một", 4: "tư" if tens > 1 else "bốn"}
        words += [special.get(ones, DIGITS[ones])] if ones else []
    return " ".join(words) or "không"


def test_numbers_in_words_are_read_with_marks_and_without() -> None:
    for number in (*range(1000), *range(1000, 10**6, 7919)):
        words = spelt(number)
        assert numbers.read(words) == number, words
        assert numbers.read(strip_marks(words)) == number, words


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("ethnic_group", "ethnic_groups"),
        ("religion", "religions"),
        ("country", "countries"),
        ("relation", "relations"),
    ],
)
def test_everything_on_a_list_is_read_or_offered_by_all_its_names(kind: str, name: str) -> None:
    for entry in lists.listing(name).entries:
        for way in entry.ways:
            for text in (way, way.lower(), f"dạ {way} ạ", f"dạ {way.lower()} ạ"):
                reading = KINDS[kind].read(text, ask(kind))
                offered = [choice.value for choice in getattr(reading, "choices", ())]
                assert entry.value in (getattr(reading, "value", None), *offered), (text, reading)


@pytest.mark.parametrize(
    ("kind", "name"),
    [("religion", "religions"), ("country", "countries"), ("relation", "relations")],
)
def test_the_own_name_of_everything_on_a_list_is_never_doubted(kind: str, name: str) -> None:
    for entry in lists.listing(name).entries:
        assert KINDS[kind].read(entry.label, ask(kind)) == Ok(entry.value)
