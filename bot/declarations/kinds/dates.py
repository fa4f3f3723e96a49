"""Dates: which century and year are meant, and whether the day fits what it is for (FORMATS §4).

Roles: `child_birth`, `adult_birth`, `birth`, `past_event`, `until` (when something ended, or that it
goes on), `issue_date` (of a paper, after its owner's birth), `appointment`; none or `any` for a date
that may lie anywhere.
"""

from __future__ import annotations

import re
from calendar import isleap, monthrange
from dataclasses import replace
from datetime import date, timedelta

from bot.basics.vietnamese import dates, days, lunar, show, spans
from bot.basics.vietnamese.dates import Written
from bot.declarations.kinds.model import Choice, Doubt, Ok, Question, Reading, Unsure, Value, Wrong
from bot.declarations.kinds.typed import Typed, plain_line, sibling
from bot.procedures.model import Field

_BIRTHS = ("child_birth", "adult_birth", "birth")
_PAST = ("child_birth", "past_event", "until", "issue_date")
_HEDGE = re.compile(
    r"^(?:(?:không|ko|k|hông|chẳng|khong) (?:nhớ|nho|biết|biet)(?: (?:rõ|ro|chắc|chac|lắm|lam|kỹ|ky))*[ ,.]+)"
    r"(?=.*[0-9]{4})",
    re.IGNORECASE,
)
"""`không nhớ rõ, hình như 1972`."""
_YEARS = range(1800, 2200)
_OLDEST = 120
_LIKELY_AGES = {"child_birth": 60, "past_event": 70, "until": 70, "issue_date": 50}
"""Years back up to which a two-digit year is believed without asking; 100 for other roles."""
_YOUNGEST_ADULT = 14
"""From 14 a person has a card of their own and may file for themselves (Luật Căn cước 2023)."""


def read_date(text: str, question: Question) -> Reading:
    """A day, as ISO text."""
    if question.field.role == "until" and days.is_now(text):
        return Ok(question.today.isoformat())
    if coming := _coming(text, question):
        return _with_doubt(
            judge(coming, question), Doubt("kinds.date.assumed", {"day": _iso(coming)})
        )
    written = dates.read(text, question.today)
    if written is None:
        return Wrong("kinds.date.expected")
    if written.has_only_year:
        return Wrong("kinds.date.only_year", {"year": written.year})
    if written.day is None and written.month is not None:
        return Wrong("kinds.date.no_day", {"month": written.month, "year": written.year})
    return settle(written, question)


def _coming(text: str, question: Question) -> date | None:
    """`đầu tháng sau`, or `3 tháng` counted from the day on which it begins; nothing that is past."""
    if question.field.role not in ("appointment", "any", ""):
        return None
    begins = sibling(question, "tu_ngay")
    is_end = begins is not None and not question.field.id.endswith("tu_ngay")
    lasts = spans.end(text, date.fromisoformat(str(begins))) if is_end else None
    return lasts or spans.edge(text, question.today)


def read_date_or_year(text: str, question: Question) -> Reading:
    """A day, or a year alone where papers of old people show no more."""
    if question.field.role == "until" and days.is_now(text):
        return Ok(question.today.isoformat())
    text = _HEDGE.sub("", text)
    is_year = len(text) == 2 and text.isdecimal() and text.isascii()
    written = dates.read(f"nam {text}" if is_year else text, question.today)
    if written is None:
        return Wrong("kinds.date.expected_or_year")
    if written.day is None and written.month is not None:
        choice = Choice(str(written.year), str(written.year))
        return Unsure("kinds.date.keep_year", (choice,), {"year": written.year})
    return settle(written, question)


def settle(written: Written, question: Question) -> Reading:
    """The date meant by what is `written`, for the role of the question's field."""
    if written.is_lunar:
        return _lunar(written, question)
    if written.weekday is not None:
        day = _nearest_weekday(written.weekday, question)
        return _with_doubt(judge(day, question), Doubt("kinds.date.assumed", {"day": _iso(day)}))
    problem = _calendar_problem(written, question)
    if problem:
        return problem
    reading = _complete(written, question)
    if written.is_spelt:
        return _with_doubt(reading, Doubt("kinds.date.spelt"))
    if written.may_be_lunar:
        return _with_doubt(reading, Doubt("kinds.date.maybe_lunar"))
    return reading


def _lunar(written: Written, question: Question) -> Reading:
    """The day by the calendar of the form, to be confirmed; a year that was left out is the nearest."""
    this, role = question.today.year, question.field.role
    is_near = written.year is not None or role in (*_PAST, "appointment")
    years = (this - 1, this, this + 1) if written.year is None else (written.year,)
    days = [_solar(written, year) for year in years if year in _YEARS and is_near]
    known = [day for day in days if day is not None]
    fitting = [day for day in known if _is_possible(day, question)] or known
    if not fitting:
        return Unsure("kinds.date.lunar")
    day = min(fitting) if role == "appointment" else max(fitting)
    return _with_doubt(judge(day, question), Doubt("kinds.date.from_lunar", {"day": _iso(day)}))


def _solar(written: Written, year: int) -> date | None:
    if written.month is None or written.day is None:
        return None
    return lunar.solar(year, written.month, written.day, leap=written.is_leap_month)


def _complete(written: Written, question: Question) -> Reading:
    if written.year is None:
        return _year_left_out(written, question)
    if written.is_short:
        return _century_left_out(written, question)
    assert written.year is not None
    return judge(_day(written, written.year), question, written.has_only_year)


def judge(day: date, question: Question, is_year: bool = False) -> Reading:
    """Whether `day`, or only its year, fits the role of the question's field."""
    today, role = question.today, question.field.role
    value = str(day.year) if is_year else day.isoformat()
    if role in _BIRTHS and day > today:
        return Wrong("kinds.date.birth_in_future", {"day": value})
    if role in _PAST and day > today:
        return Wrong("kinds.date.in_future", {"day": value})
    if role == "appointment" and day < today:
        return Wrong("kinds.date.in_past", {"day": value})
    birth = sibling(question, "ngay_sinh") if role == "issue_date" else None
    if birth and value[: len(str(birth))] < str(birth)[: len(value)]:
        return Wrong("kinds.date.before_birth", {"day": value, "birth": birth})
    age = _age(day, today)
    if role in _BIRTHS and age > _OLDEST:
        return Ok(value, (Doubt("kinds.date.very_old", {"day": value, "age": age}),))
    if role == "adult_birth" and age < _YOUNGEST_ADULT:
        return Ok(value, (Doubt("kinds.date.very_young", {"day": value, "age": age}),))
    return Ok(value)


def _calendar_problem(written: Written, question: Question) -> Reading | None:
    """Why there is no such day. Month before day is offered the other way round, never swapped."""
    year, month, day = written.year, written.month, written.day
    if year is not None and not written.is_short and year not in _YEARS:
        return Wrong("kinds.date.no_such_year", {"year": year})
    if month is None or day is None:
        return None
    if month > 12 and 1 <= day <= 12:
        turned = settle(replace(written, month=day, day=month), question)
        options = (_choice(turned.value),) if isinstance(turned, Ok) else ()
        return Unsure("kinds.date.month_first", options, {"month": month})
    if not 1 <= month <= 12:
        return Wrong("kinds.date.no_such_month", {"month": month})
    if not 1 <= day <= 31:
        return Wrong("kinds.date.no_such_day", {"day": day})
    if any(day <= monthrange(candidate, month)[1] for candidate in _years_meant(written)):
        return None
    last = monthrange(_years_meant(written)[0], month)[1]
    if (month, day) == (2, 29):
        return Wrong("kinds.date.not_leap", {"year": _years_meant(written)[0]})
    return Wrong("kinds.date.short_month", {"day": day, "month": month, "last": last})


def _years_meant(written: Written) -> list[int]:
    if written.year is None:
        return [2000]
    return [1900 + written.year, 2000 + written.year] if written.is_short else [written.year]


def _day(written: Written, year: int) -> date:
    return date(year, written.month or 1, written.day or 1)


def _century_left_out(written: Written, question: Question) -> Reading:
    """19yy or 20yy: what the role makes impossible is dropped; if both remain, the citizen says."""
    is_year = written.has_only_year
    days = [_day(written, year) for year in _years_meant(written) if _exists(written, year)]
    possible = [day for day in days if _is_possible(day, question)]
    likely = [day for day in possible if _is_likely(day, question)]
    if len(likely) == 1 and (len(possible) == 1 or question.field.role in _PAST):
        return judge(likely[0], question, is_year)
    if not possible:
        return judge(days[-1], question, is_year)
    offered = possible if question.field.role != "adult_birth" else _past(days, question.today)
    ranked = sorted(offered, key=lambda day: (day not in likely, -day.year))
    values = [str(day.year) if is_year else day.isoformat() for day in ranked]
    return Unsure("kinds.date.which_century", tuple(map(_choice, values)), {"year": written.year})


def _past(days: list[date], today: date) -> list[date]:
    return [day for day in days if day <= today]


def _exists(written: Written, year: int) -> bool:
    return written.day is None or (written.month, written.day) != (2, 29) or isleap(year)


def _is_possible(day: date, question: Question) -> bool:
    match question.field.role:
        case "adult_birth":
            return _age(day, question.today) >= _YOUNGEST_ADULT
        case "child_birth" | "birth" | "past_event" | "until" | "issue_date":
            return day <= question.today
        case "appointment":
            return day >= question.today
        case _:
            return day.year - question.today.year <= 30


def _is_likely(day: date, question: Question) -> bool:
    return _age(day, question.today) <= _LIKELY_AGES.get(question.field.role, 100)


def _year_left_out(written: Written, question: Question) -> Reading:
    """The nearest past for events, the nearest future for appointments, both with a doubt."""
    role = question.field.role
    if role in ("adult_birth", "birth"):
        return Wrong("kinds.date.no_year", {"day": written.day, "month": written.month})
    year = question.today.year
    days = [_day(written, y) for y in range(year - 8, year + 9) if _exists(written, y)]
    before = max(day for day in days if day <= question.today)
    after = min(day for day in days if day >= question.today)
    if role not in (*_PAST, "appointment"):
        choices = tuple(_choice(day.isoformat()) for day in dict.fromkeys((before, after)))
        return Unsure("kinds.date.which_year", choices)
    day = after if role == "appointment" else before
    return _with_doubt(judge(day, question), Doubt("kinds.date.assumed", {"day": _iso(day)}))


def _nearest_weekday(weekday: int, question: Question) -> date:
    back = (question.today.weekday() - weekday) % 7
    if question.field.role in (*_PAST, "adult_birth", "birth"):
        return question.today - timedelta(days=back)
    return question.today + timedelta(days=-back % 7)


def _with_doubt(reading: Reading, doubt: Doubt) -> Reading:
    return replace(reading, doubts=(doubt, *reading.doubts)) if isinstance(reading, Ok) else reading


def _iso(day: date) -> str:
    return day.isoformat()


def _choice(value: Value) -> Choice:
    return Choice(show.day(value), value)


def _age(birth: date, today: date) -> int:
    return today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))


def show_date(value: Value, field: Field) -> str:
    """`01/02/1990`; a year alone stays as it is."""
    return show.day(value)


DATE = Typed(read_date, shower=show_date, tidy=plain_line)
DATE_OR_YEAR = Typed(read_date_or_year, shower=show_date, tidy=plain_line)
