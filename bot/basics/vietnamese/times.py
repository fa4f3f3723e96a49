"""Times of day, as people say them: `7h`, `7g30`, `19 giờ 05 phút`, `7h tối`, `8 giờ kém 10`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, time

from bot.basics.vietnamese import numbers
from bot.basics.vietnamese.letters import agrees, flat

PERIODS = {
    **{"sang": "sáng", "trua": "trưa", "chieu": "chiều", "toi": "tối", "dem": "đêm"},
    "khuya": "khuya",
}
"""The parts of a day, by their name without marks."""

_IN_24_HOURS: Mapping[str, Callable[[int], int | None]] = {
    "sang": lambda hour: hour if hour < 12 else None,
    "trua": lambda hour: {1: 13, 2: 14}.get(hour, hour if 10 <= hour < 15 else None),
    "chieu": lambda hour: hour + 12 if 0 < hour < 8 else (hour if 12 <= hour < 20 else None),
    "toi": lambda hour: {12: 0}.get(hour, hour + 12 if 4 < hour < 12 else hour),
    "dem": lambda hour: {12: 0}.get(hour, hour + 12 if 5 < hour < 12 else hour),
    "khuya": lambda hour: {12: 0}.get(hour, hour + 12 if 8 < hour < 12 else hour),
    "am": lambda hour: hour % 12 if hour <= 12 else None,
    "pm": lambda hour: hour % 12 + 12 if hour <= 12 else hour,
}
_PERIOD = rf"(?P<period>{'|'.join(_IN_24_HOURS)})(?![a-z])"
_HOUR_SIGN = r" ?(?:gio|h|g)(?![a-z])"
_MINUTE_SIGN = r"(?: ?(?:(?:phut|ph|p)(?![a-z])|'))"
_FOUND = re.compile(
    rf"(?<![0-9/.:,-])(?P<hours>[0-9]{{1,2}})(?:{_HOUR_SIGN}|:(?=[0-9]{{2}})|(?= ?[ap]m(?![a-z])))"
    rf"(?: ?(?P<minutes>[0-9]{{1,2}})(?![0-9/.-]|{_HOUR_SIGN})(?::[0-9]{{2}})?{_MINUTE_SIGN}?"
    rf"| ?(?P<half>ruoi)| ?kem (?P<less>[0-9]{{1,2}}|muoi lam|{numbers.WORD}){_MINUTE_SIGN}?)?"
    rf"(?: ?(?:buoi )?{_PERIOD})?"
)
_POINTED = re.compile(rf"(?P<hours>[0-9]{{1,2}})[.](?P<minutes>[0-9]{{2}})(?: {_PERIOD})?")
_RUN_TOGETHER = re.compile(r"(?P<hours>[0-2][0-9])(?P<minutes>[0-5][0-9])")
_HOURS_IN_WORDS = re.compile(rf"(?<![a-z])(?:(?:{numbers.WORD}) )+(?=gio(?![a-z]))")
_PERIOD_BEFORE = re.compile(
    rf"(?<![a-z]){_PERIOD}(?= #| *$| (?:nay|qua|mai|kia|hom|luc|vao|ngay)(?![a-z]))"
)
_LONGEST = 200


def read(text: str) -> time | None:
    """The one time that a short answer gives; None if there is none, several, or no such hour."""
    if len(text) > _LONGEST:
        return None
    said = _said(text)
    if whole := _POINTED.fullmatch(said) or _RUN_TOGETHER.fullmatch(said):
        return _time(whole, "")
    found = said_in(text)
    return found[0] if len(found) == 1 and not re.search("[0-9]", _FOUND.sub("", said)) else None


def said_in(text: str) -> list[time | None]:
    """Every time said in an answer that may hold a date too; None for an impossible hour."""
    if len(text) > _LONGEST:
        return []
    said = _said(text)
    before = _PERIOD_BEFORE.search(_FOUND.sub("#", said))
    return [_time(match, before["period"] if before else "") for match in _FOUND.finditer(said)]


def _said(text: str) -> str:
    return _HOURS_IN_WORDS.sub(_in_digits, _heard(text)).strip(" .!")


def find(text: str, today: date) -> list[tuple[int, int, time]]:
    """Start, end and value of every time of day in `text`. `today` plays no part."""
    found = []
    for match in _FOUND.finditer(_heard(text)):
        value = _time(match, "")
        if value is not None:
            found.append((match.start(), match.end(), value))
    return found


def _heard(text: str) -> str:
    """`text` flat, letter for letter, with every `tôi` (I) hidden that is not `tối` (evening)."""
    words = re.split(r"([^\W\d_]+)", text)
    return "".join(
        "-" * len(word) if not agrees(word, PERIODS.get(flat(word), word)) else flat(word)
        for word in words
    )


def _in_digits(match: re.Match[str]) -> str:
    value = numbers.read(match[0])
    return match[0] if value is None else f"{value} "


def _time(match: re.Match[str], period_before: str) -> time | None:
    said = {"half": None, "less": None, "period": None, **match.groupdict()}
    period = said["period"] or period_before
    hour: int | None = int(match["hours"])
    if period:
        hour = _IN_24_HOURS[period](int(match["hours"]))
    minute = 30 if said["half"] else int(said["minutes"] or 0)
    if hour is None or hour > 23 or minute > 59:
        return None
    if said["less"] is None:
        return time(hour, minute)
    less = numbers.read(said["less"])
    if less is None or not 0 < less < 60:
        return None
    return time((hour - 1) % 24, 60 - int(less))
