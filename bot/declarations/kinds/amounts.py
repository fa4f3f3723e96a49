"""Numbers: counts, measures, amounts of money."""

from __future__ import annotations

from bot.basics.vietnamese import money, numbers, show
from bot.declarations.kinds.model import Ok, Question, Reading, Value, Wrong
from bot.declarations.kinds.typed import Typed, plain_line
from bot.procedures.model import Field


def read_integer(text: str, question: Question) -> Reading:
    """A whole number within the limits of the field."""
    value = numbers.whole(text)
    return Wrong("kinds.integer.expected") if value is None else Ok(value)


def read_money(text: str, question: Question) -> Reading:
    """Whole đồng."""
    value = money.read(text)
    return Wrong("kinds.money.expected") if value is None else Ok(value)


def show_money(value: Value, field: Field) -> str:
    """`200.000 đ`."""
    return show.money(value)


INTEGER = Typed(read_integer, tidy=plain_line)
DECIMAL = Typed(read_integer, tidy=plain_line)
MONEY = Typed(read_money, shower=show_money, tidy=plain_line)
