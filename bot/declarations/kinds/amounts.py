"""Counts, measures and amounts of money.

A field's `minimum` and `maximum` are limits of the value.
"""

from __future__ import annotations

import math
import re
from decimal import Decimal

from bot.basics.vietnamese import money, numbers, show
from bot.basics.vietnamese.answers import without_politeness
from bot.basics.vietnamese.letters import flat
from bot.declarations.kinds import matching
from bot.declarations.kinds.model import Doubt, Ok, Question, Reading, Value, Wrong
from bot.declarations.kinds.typed import Typed, plain_line
from bot.procedures.model import Field

_ABOUT = re.compile(
    r"(?:(?:dai|rong|cao|sau|dien tich|tong|khoang|tam|chung|gan|la|co|em|toi|minh)[ :]+)+"
)
_METRES = re.compile(r"(?:m|met|thuoc)?(?: ?(?:2|3|²|³|\^2|\^3|vuong|khoi))?[ .!]*")
_YEARS = re.compile(
    r"(?:khoang |tam |co |la )*(?P<years>.+?) nam"
    r"(?: (?:(?P<half>ruoi)|(?:va )?(?P<months>.+?) thang))?"
)
_COMMA_IN_WORDS = re.compile(r"(?<=[0-9]) (?:phay|cham) (?=[0-9])")
_SIDES = re.compile(r"(?:[a-z]+ )?([0-9][0-9.,]*) ?m? ?[x*×] ?([0-9][0-9.,]*) ?m?")
_AND_A_HALF = re.compile(r"(.+) ?(?:m|met|thuoc) ruoi")
_AND_TENTHS = re.compile(r"([0-9]+) ?(?:m|met|thuoc) ?([14-9])")
"""`11m2` may as well be square metres."""
_SMALLEST_NOTE = 1000
"""Đồng. Somebody who types less has probably left the thousands out."""


def read_integer(text: str, question: Question) -> Reading:
    """A whole number: `2`, `hai bản ạ`. Years are turned into months where months are asked."""
    asked = map(flat, matching.asked(question.field))
    months = _years_in_months(text) if "thang" in asked else None
    value = numbers.whole(text) if months is None else months
    if value is None and "tang" in map(flat, matching.asked(question.field)):
        return _storeys(text, question)
    if value is None:
        return Wrong("kinds.integer.expected")
    reading = _within(value, question)
    if isinstance(reading, Ok) and months is not None:
        return Ok(months, (Doubt("kinds.integer.months", {"said": text, "months": months}),))
    return reading


def _storeys(text: str, question: Question) -> Reading:
    """`1 trệt 2 lầu`: the ground floor and the floors above it."""
    count = numbers.storeys(text)
    if count is None:
        return Wrong("kinds.integer.expected")
    reading = _within(count, question)
    doubt = Doubt("kinds.integer.storeys", {"said": text, "count": count})
    return Ok(count, (doubt,)) if isinstance(reading, Ok) else reading


def _years_in_months(text: str) -> int | None:
    """`2 năm`, `1 năm rưỡi`, `một năm 6 tháng` in months; None where no years are said."""
    match = _YEARS.fullmatch(flat(without_politeness(text)))
    years = numbers.read(match["years"]) if match else None
    if match is None or years is None:
        return None
    months = numbers.read(match["months"]) if match["months"] else (6 if match["half"] else 0)
    total = None if months is None else 12 * years + months
    return int(total) if total is not None and total == int(total) else None


def read_decimal(text: str, question: Question) -> Reading:
    """A number that may have decimals: `65,5 m2`. A unit nobody asked for is never converted."""
    asked = {flat(word) for word in matching.asked(question.field)}
    bare = _measured(without_politeness(text), is_area="vuong" in asked)
    written = _COMMA_IN_WORDS.sub(",", flat(bare))
    if about := _ABOUT.match(written):
        written = written[about.end() :]
    number = re.match(r"[0-9][0-9.,]*", written)
    value = numbers.decimal(number[0]) if number else numbers.read(bare)
    if value is None:
        return Wrong("kinds.decimal.expected")
    unit = written[number.end() :].strip(" .!") if number else ""
    if not _METRES.fullmatch(unit) and not asked.issuperset(unit.split()):
        return Wrong("kinds.decimal.unit" if unit.isalpha() else "kinds.decimal.expected")
    return _within(int(value) if value == int(value) else float(value), question)


def _measured(text: str, *, is_area: bool) -> str:
    """`11m5` and `11 mét rưỡi` as `11,5`; where square metres are asked for, `5m x 12m` as `60`."""
    said = flat(text).strip(" .!")
    if is_area and (sides := _SIDES.fullmatch(said)):
        found = [numbers.decimal(side) for side in sides.groups()]
        return str(math.prod(side or 0 for side in found)).replace(".", ",")
    if half := _AND_A_HALF.fullmatch(said):
        whole = numbers.read(half[1])
        return text if whole is None else f"{int(whole)},5"
    tenths = None if is_area else _AND_TENTHS.fullmatch(said)
    return f"{tenths[1]},{tenths[2]}" if tenths else text


def read_money(text: str, question: Question) -> Reading:
    """Whole đồng: `200k`, `1tr2`, `50 triệu đồng`."""
    value = money.read(text)
    if value is None:
        return Wrong("kinds.money.expected")
    reading = _within(value, question, "money")
    if isinstance(reading, Ok) and 0 < value < _SMALLEST_NOTE:
        return Ok(value, (Doubt("kinds.money.small", {"amount": value}),))
    return reading


def _within(value: float, question: Question, kind: str = "number") -> Reading:
    """The value, if it keeps within the limits of the field."""
    least, most = question.field.minimum, question.field.maximum
    if least is not None and value < least:
        return Wrong(f"kinds.{kind}.too_small", {"minimum": least})
    if most is not None and value > most:
        return Wrong(f"kinds.{kind}.too_large", {"maximum": most})
    return Ok(value)


def show_decimal(value: Value, field: Field) -> str:
    """`1.234,5`."""
    return show.number(Decimal(str(value)))


def show_money(value: Value, field: Field) -> str:
    """`200.000 đ`."""
    return show.money(value)


INTEGER = Typed(read_integer, tidy=plain_line)
DECIMAL = Typed(read_decimal, shower=show_decimal, tidy=plain_line)
MONEY = Typed(read_money, shower=show_money, tidy=plain_line)
