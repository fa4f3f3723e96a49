"""Times of day, and days with an hour that may be unknown."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.basics.vietnamese import show, times
from bot.declarations.kinds.dates import read_date
from bot.declarations.kinds.model import Choice, Ok, Question, Reading, Unsure, Value, Wrong
from bot.declarations.kinds.typed import Typed, plain_line
from bot.procedures.model import Field


def read_time(text: str, question: Question) -> Reading:
    """`07:30`. An hour without a word beside it may be of the morning or the evening."""
    value = times.read(text)
    if value is not None:
        return Ok(value.strftime("%H:%M"))
    if not re.fullmatch("[0-9]{1,2}", text) or int(text) > 23:
        return Wrong("kinds.time.expected")
    hour = int(text)
    if hour == 0 or hour > 12:
        return Ok(f"{hour:02}:00")
    both = (f"{hour:02}:00", f"{(hour + 12) % 24:02}:00")
    return Unsure("kinds.time.which_half", tuple(Choice(value, value) for value in both))


def read_moment(text: str, question: Question) -> Reading:
    """`2026-11-02T14:30`, or `2026-11-02` when no hour is said."""
    said = times.said_in(text)
    if len(said) > 1 or None in said:
        return Wrong("kinds.datetime.which_hour")
    day = read_date(text, question)
    if isinstance(day, Wrong) and day.key == "kinds.date.expected":
        return Wrong("kinds.datetime.no_day" if said else "kinds.datetime.expected")
    if not isinstance(day, Ok | Unsure) or not said or said[0] is None:
        return day
    hour = said[0].strftime("T%H:%M")
    if isinstance(day, Ok):
        return replace(day, value=day.value + hour)
    return replace(day, choices=tuple(_with_hour(choice, hour) for choice in day.choices))


def _with_hour(choice: Choice, hour: str) -> Choice:
    value = choice.value + hour
    return Choice(show.moment(value), value)


def show_moment(value: Value, field: Field) -> str:
    """`14:30 ngày 02/11/2026`."""
    return show.moment(value)


TIME = Typed(read_time, tidy=plain_line)
MOMENT = Typed(read_moment, shower=show_moment, tidy=plain_line)
