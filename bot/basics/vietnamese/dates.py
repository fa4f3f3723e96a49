"""Dates as people write them, day before month: `1/2/90`, `ngày 1 tháng 2`, `sinh năm 1990`.

What is written is reported as it stands. Which century or year is meant when it is left out depends
on what the date is for, and is not decided here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from bot.basics.vietnamese import days, lunar, numbers, times
from bot.basics.vietnamese.letters import flat


@dataclass(frozen=True)
class Written:
    """A date as written; what was left out is None. Day and month may be impossible: 31/4, 2/13."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    """0 for Monday, when nothing but the weekday was said."""
    is_short: bool = False
    """The year has two digits: the century was left out."""
    is_lunar: bool = False
    """Surely by the lunar calendar: so are day, month and year, as far as they were said."""
    is_leap_month: bool = False
    """Of two lunar months of this number, the second."""
    may_be_lunar: bool = False
    """`mùng` is said of lunar days, and of others too."""
    is_spelt: bool = False
    """In words where digits were expected."""

    @property
    def has_only_year(self) -> bool:
        """Whether the year is all there is."""
        return self.year is not None and self.month is None


_DAY, _MONTH = r"(?P<day>[0-9]{1,2})", r"(?P<month>[0-9]{1,2})"
_YEAR = r"'?(?P<year>[0-9]{4}|[0-9]{2})(?![0-9])"
_FULL_YEAR = r"(?P<year>[0-9]{4})(?![0-9])"
_BEFORE = r"(?<![0-9/.-])(?:(?P<mung>mung|mong) )?"
_SLASH = r"(?: ?[/.\\-] ?)"
_MONTH_WORD = r"(?: ?(?:thang|thg|th)[ .]*)"
_COMPLETE = (
    re.compile(rf"(?<![0-9]){_FULL_YEAR}{_SLASH}{_MONTH}{_SLASH}{_DAY}(?![0-9])"),
    re.compile(
        rf"{_BEFORE}{_DAY}(?:{_SLASH}| |{_MONTH_WORD}){_MONTH}"
        rf"(?:(?:{_SLASH}|[, ]+)(?:(?:nam|n)[ .]*)?|(?:nam|n) ?){_YEAR}(?![/.-][0-9])"
    ),
)
_NO_DAY = re.compile(
    rf"{_MONTH_WORD}?(?<![0-9/.-]){_MONTH}(?:{_SLASH}|[, ]+|[, ]*nam ){_FULL_YEAR}"
)
_NO_YEAR = re.compile(
    rf"{_BEFORE}{_DAY}(?:{_SLASH}|{_MONTH_WORD}){_MONTH}(?![0-9/.-][0-9])(?![0-9])"
)
_RUN_TOGETHER = re.compile(r"(?<![0-9])(?:[0-9]{8}|[0-9]{6})(?![0-9])")
_ONLY_YEAR = re.compile(
    rf"(?<![a-z])(?:sinh nam|nam sinh|sinh|sn|ns|nam)[ :]*{_YEAR}"
    r"|(?<![0-9])(?P<bare>(?:1[89]|2[01])[0-9]{2})(?![0-9])"
)
_WORDS = rf"(?:{numbers.WORD})(?: (?:{numbers.WORD})){{0,7}}"
_MONTHS = "muoi hai|muoi mot|muoi|mot|hai|ba|tu|bon|nam|sau|bay|tam|chin|[0-9]{1,2}"
_SPELT = re.compile(
    rf"(?<![a-z0-9])(?P<day>{_WORDS}|[0-9]{{1,2}}) thang (?P<month>{_MONTHS})(?![a-z0-9])"
    rf"(?: nam (?P<year>{_WORDS})| (?:nam )?(?P<digits>[0-9]{{4}}))?(?![a-z0-9])"
)
_STEMS = "giap|at|binh|dinh|mau|ky|canh|tan|nham|quy"
_BRANCHES = "ty|suu|dan|mao|meo|thin|ngo|mui|than|dau|tuat|hoi"
_LUNAR = re.compile(
    r"(?<![a-z])(?:am lich|am|al|ram|(?:mung|mong) [a-z0-9]+ tet|nhuan|thang chap|gieng|"
    rf"(?:{_STEMS}) (?:{_BRANCHES})|tuoi (?:{_BRANCHES}))(?![a-z])"
)
_SOLAR = re.compile(r"\(?(?<![a-z])(?:duong lich|duong|dl|lich duong|tay lich)(?![a-z])\)?")
_YEARS = {"nay": 0, "ngoai": -1, "truoc": -1, "kia": -2, "sau": 1, "toi": 1}
_NAMED_YEAR = re.compile(rf"(?<![a-z])nam (?P<which>{'|'.join(_YEARS)})(?![a-z])")
_NAMED_MONTH = re.compile(r"(?<![a-z])thang (?P<which>nay|truoc|sau|toi)(?![a-z])")
_WEEKDAY = re.compile(r"(?<![a-z])(?:thu |t)[2-7](?![0-9])")
_LONGEST = 300
_MOST_WORDS = 12


def read(text: str, today: date) -> Written | None:
    """The one date that an answer gives; None if there is none, several, or much else besides."""
    if len(text) > _LONGEST:
        return None
    said = _with_named_years(flat(text), today)
    is_solar = _SOLAR.search(said) is not None
    said = _SOLAR.sub(" ", said)
    if _LUNAR.search(said) and not is_solar and len(said.split()) <= _MOST_WORDS:
        return _lunar(said, today)  # before times are taken out: `tháng 2 âm` is no 2 a.m.
    said = _without_times(said, today)
    for pattern in (*_COMPLETE, _NO_DAY):
        if match := _only(pattern, said, words_around=9):
            written = _written(match)
            return replace(written, may_be_lunar=written.may_be_lunar and not is_solar)
    return _other(text, said, today)


def _lunar(said: str, today: date) -> Written:
    found = read(lunar.in_numbers(said, today), today) or Written()
    is_whole = found.day is not None and not found.is_short
    known = found if is_whole else Written()
    return replace(
        known,
        is_lunar=True,
        is_leap_month=lunar.is_leap(said),
        may_be_lunar=False,
        is_spelt=False,
    )


def find(text: str, today: date) -> list[tuple[int, int, date]]:
    """Start, end and value of every complete date in `text`, relative ones too; no short years."""
    said, found = flat(text), days.find(text, today)
    for pattern in _COMPLETE:
        for match in pattern.finditer(said):
            day = _full_date(_written(match))
            if day and not any(
                start < match.end() and match.start() < end for start, end, _ in found
            ):
                found.append((match.start(), match.end(), day))
    return sorted(found)


def _full_date(written: Written) -> date | None:
    if written.is_short or not (written.year and written.month and written.day):
        return None
    try:
        return date(written.year, written.month, written.day)
    except ValueError:
        return None


def _with_named_years(said: str, today: date) -> str:
    """`5 tháng trước`, `3/10 năm ngoái` with their numbers."""

    def month(match: re.Match[str]) -> str:
        months = today.year * 12 + today.month - 1 + _YEARS[match["which"]]
        return f"thang {months % 12 + 1} nam {months // 12}"

    said = _NAMED_YEAR.sub(lambda match: f"nam {today.year + _YEARS[match['which']]}", said)
    return re.sub(rf"(?<=[0-9] ){_NAMED_MONTH.pattern}", month, said)


def _without_times(said: str, today: date) -> str:
    for start, end, _ in times.find(said, today):
        said = said[:start] + " " * (end - start) + said[end:]
    return said


def _only(pattern: re.Pattern[str], said: str, words_around: int) -> re.Match[str] | None:
    """The match, if there is one and nothing but a few words, or its weekday, stands around it."""
    matches = list(pattern.finditer(said))
    if len(matches) != 1:
        return None
    around = _WEEKDAY.sub("", said[: matches[0].start()] + " " + said[matches[0].end() :])
    is_answer = len(around.split()) <= words_around and not re.search("[0-9]", around)
    return matches[0] if is_answer else None


def _written(match: re.Match[str]) -> Written:
    parts = match.groupdict()
    year, day = parts.get("year"), parts.get("day")
    return Written(
        year=int(year) if year else None,
        month=int(match["month"]),
        day=int(day) if day else None,
        is_short=year is not None and len(year) == 2,
        may_be_lunar=bool(parts.get("mung")),
    )


def _other(text: str, said: str, today: date) -> Written | None:
    """The rarer ways: in words, without a year, run together, relative, a weekday, a year alone."""
    if (match := _only(_SPELT, said, words_around=9)) and (spelt := _spelt(match)):
        return spelt
    if match := _only(_NO_YEAR, said, words_around=5):
        return _written(match)
    if match := _only(_RUN_TOGETHER, said, words_around=5):
        return _run_together(match[0])
    relative = days.find(text, today)
    if day := relative[0][2] if len(relative) == 1 else days.read_alone(text, today):
        return Written(day.year, day.month, day.day)
    if (weekday := days.weekday(text)) is not None:
        return Written(weekday=weekday)
    if match := _only(_ONLY_YEAR, said, words_around=4):
        year = match["year"] or match["bare"]
        return Written(int(year), is_short=len(year) == 2)
    return None


def _run_together(digits: str) -> Written | None:
    """ddmmyyyy or ddmmyy; yyyymmdd and mmyyyy only where the first cannot be."""
    first, second, rest = int(digits[:2]), int(digits[2:4]), digits[4:]
    is_year_first = not 1 <= second <= 12 and 18 <= first <= 21
    if len(digits) == 8:
        if is_year_first or not 1800 <= int(rest) < 2200:
            return Written(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
        return Written(int(rest), second, first)
    if not 1 <= second <= 12 and 18 <= second <= 21 and 1 <= first <= 12:
        return Written(int(digits[2:]), first)
    return Written(int(rest), second, first, is_short=True)


def _spelt(match: re.Match[str]) -> Written | None:
    day, month = numbers.read(match["day"]), numbers.read(match["month"])
    words = match["year"] or match["digits"]
    year = _spelt_year(words) if words else None
    is_in_digits = not re.search("[a-z]", match["day"] + match["month"] + (words or ""))
    if day is None or month is None or (words and year is None) or is_in_digits:
        return None
    is_short = year is not None and year < 100
    return Written(year, int(month), int(day), is_short=is_short, is_spelt=True)


def _spelt_year(words: str) -> int | None:
    """`hai nghìn không trăm mười`, or digit by digit: `một chín tám lăm`."""
    value = numbers.read(words)
    digits = "".join(str(numbers.UNITS.get(word, "?")) for word in words.split())
    if value is None and re.fullmatch("[0-9]{4}", digits):
        return int(digits)
    return None if value is None else int(value)
