"""The lunar calendar of Việt Nam: which day a lunar one is, and numbers for the words people use for it.

Reckoned as Hồ Ngọc Đức describes it (2004): a month begins on the day of the new moon in Hà Nội (UTC+7), the
month that holds the winter solstice is the eleventh, and a month without a major term is a leap month. The
positions of moon and sun follow Jean Meeus, *Astronomical Algorithms* (1998).
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from math import floor, pi, radians, sin

from bot.basics.vietnamese import numbers

_ZONE = 7 / 24
"""Days by which Hà Nội is ahead of UTC. Calendars printed before 1968 may be a day off."""
_MONTH = 29.530588853
_EPOCH = 2415021.076998695
"""The new moon of 1 January 1900, as a Julian day."""
_ORDINAL = 1721425
"""Julian day minus `date.toordinal()`."""
_STEMS = "giap at binh dinh mau ky canh tan nham quy".split()
_BRANCHES = "ty suu dan mao thin ty ngo mui than dau tuat hoi".split()
_STEM_AND_BRANCH = re.compile(
    rf"(?:nam )?(?<![a-z])(?P<stem>{'|'.join(_STEMS)}) (?P<branch>{'|'.join({*_BRANCHES, 'meo'})})(?![a-z])"
)
_SPELT_DAY = re.compile(
    rf"(?<=mung |mong )(?P<day>(?:{numbers.WORD})(?: (?:{numbers.WORD}))?)(?= (?:thang|tet|gieng|chap))"
)
_WORDS = (
    (re.compile(r"(?<![a-z])(?:am lich|am|al|lich ta)(?![a-z])"), " "),
    (re.compile(r"(?<![a-z])(?:ngay )?ram(?![a-z])"), "15"),
    (re.compile(r"(?<![a-z])(?:thang )?(?:gieng|tet)(?![a-z])"), "thang 1"),
    (re.compile(r"(?<![a-z])(?:thang )?chap(?![a-z])"), "thang 12"),
    (re.compile(r"(?<![a-z])nhuan(?![a-z])"), " "),
)


def in_numbers(said: str, today: date) -> str:
    """`15 thang 8` for the folded `ram thang 8`, `nam 2024` for `giap thin`: the latest such year."""
    said = _STEM_AND_BRANCH.sub(lambda match: f"nam {_year(match, today)}", said)
    said = _SPELT_DAY.sub(lambda match: str(numbers.read(match["day"])), said)
    for pattern, number in _WORDS:
        said = pattern.sub(number, said)
    return " ".join(said.split())


def is_leap(said: str) -> bool:
    """Whether the folded words speak of a leap month."""
    return re.search(r"(?<![a-z])nhuan(?![a-z])", said) is not None


def solar(year: int, month: int, day: int, *, leap: bool = False) -> date | None:
    """The day that a lunar one is; None if there is no such day."""
    if not (1 <= month <= 12 and 1 <= day <= 30):
        return None
    year_of_the_eleventh = year if month >= 11 else year - 1
    first, last = _eleventh(year_of_the_eleventh), _eleventh(year_of_the_eleventh + 1)
    months = (month - 11) % 12
    leap_at = _leap_month(first) if last - first > timedelta(days=365) else None
    if leap and (leap_at is None or (leap_at - 1) != months):
        return None
    if leap_at is not None and (leap or months >= leap_at):
        months += 1
    number = floor((first.toordinal() + _ORDINAL - _EPOCH) / _MONTH + 0.5) + months
    begins, ends = _new_moon(number), _new_moon(number + 1)
    found = begins + timedelta(days=day - 1)
    return found if found < ends else None


def _year(match: re.Match[str], today: date) -> int:
    branch = match["branch"].replace("meo", "mao")
    years = range(today.year, today.year - 120, -1)
    fitting = (
        year
        for year in years
        if _STEMS[(year - 4) % 10] == match["stem"] and _BRANCHES[(year - 4) % 12] == branch
    )
    return next(fitting, 0)


def _eleventh(year: int) -> date:
    """The first day of the eleventh month, which holds the winter solstice."""
    end = date(year, 12, 31).toordinal() + _ORDINAL
    number = int((end - 2415021) / _MONTH)
    begins = _new_moon(number)
    return _new_moon(number - 1) if _term(begins) >= 9 else begins


def _leap_month(eleventh: date) -> int:
    """How many months after the eleventh the one without a major term comes."""
    first = floor((eleventh.toordinal() + _ORDINAL - _EPOCH) / _MONTH + 0.5)
    terms = [_term(_new_moon(first + months)) for months in range(1, 15)]
    return next(n for n in range(1, 14) if terms[n - 1] == terms[n])


def _new_moon(number: int) -> date:
    """The day in Hà Nội of the new moon of this number, counted from 1900."""
    t = number / 1236.85
    sun = radians(359.2242 + 29.10535608 * number - 0.0000333 * t**2 - 0.00000347 * t**3)
    moon = radians(306.0253 + 385.81691806 * number + 0.0107306 * t**2 + 0.00001236 * t**3)
    node = radians(21.2964 + 390.67050646 * number - 0.0016528 * t**2 - 0.00000239 * t**3)
    mean = 2415020.75933 + 29.53058868 * number + 0.0001178 * t**2 - 0.000000155 * t**3
    mean += 0.00033 * sin(radians(166.56 + 132.87 * t - 0.009173 * t**2))
    true = (
        (0.1734 - 0.000393 * t) * sin(sun)
        + 0.0021 * sin(2 * sun)
        - 0.4068 * sin(moon)
        + 0.0161 * sin(2 * moon)
        - 0.0004 * sin(3 * moon)
        + 0.0104 * sin(2 * node)
        - 0.0051 * sin(sun + moon)
        - 0.0074 * sin(sun - moon)
        + 0.0004 * sin(2 * node + sun)
        - 0.0004 * sin(2 * node - sun)
        - 0.0006 * sin(2 * node + moon)
        + 0.0010 * sin(2 * node - moon)
        + 0.0005 * sin(2 * moon + sun)
    )
    earth = -0.000278 + 0.000265 * t + 0.000262 * t**2
    return date.fromordinal(floor(mean + true - earth + 0.5 + _ZONE) - _ORDINAL)


def _term(day: date) -> int:
    """In which twelfth of its way the sun is as the day begins in Hà Nội: 9 from the winter solstice on."""
    t = (day.toordinal() + _ORDINAL - 0.5 - _ZONE - 2451545.0) / 36525
    anomaly = radians(357.52910 + 35999.05030 * t - 0.0001559 * t**2 - 0.00000048 * t**3)
    longitude = 280.46645 + 36000.76983 * t + 0.0003032 * t**2
    longitude += (1.914600 - 0.004817 * t - 0.000014 * t**2) * sin(anomaly)
    longitude += (0.019993 - 0.000101 * t) * sin(2 * anomaly) + 0.000290 * sin(3 * anomaly)
    return int(radians(longitude) % (2 * pi) / pi * 6)
