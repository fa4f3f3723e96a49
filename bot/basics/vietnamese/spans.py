"""Days said by where they stand in a month or year, and how long it lasts: `đầu tháng sau`, `3 tháng`."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from bot.basics.vietnamese import numbers
from bot.basics.vietnamese.letters import flat

_AROUND = r"(?:tu|den|toi|khoang|tam|chac|cho den|cho toi)"
_EDGE = re.compile(
    rf"(?:{_AROUND} )*(?:ngay )?(?P<edge>dau|giua|cuoi|het)(?: cua)? (?P<unit>thang|nam)"
    r"(?: (?P<which>nay|sau|toi|[0-9]{1,2}))?(?: (?:nay|a|nha|nhe|luon))*"
)
_LENGTH = re.compile(
    rf"(?:(?:{_AROUND}|nghi|trong) )*(?P<count>[0-9]{{1,3}}|(?:{numbers.WORD})(?: (?:{numbers.WORD})){{0,2}})"
    r" (?P<unit>ngay|tuan|thang|nam)(?: (?:thoi|a|nha|nhe|luon))*"
)
_DAYS = {"ngay": 1, "tuan": 7}
_MONTHS = {"thang": 1, "nam": 12}


def edge(text: str, today: date) -> date | None:
    """The coming day that the whole of `text` means: the first, the 15th or the last of a month or year."""
    match = _EDGE.fullmatch(flat(text).strip(" .!,"))
    if match is None or (match["unit"] == "nam" and (match["which"] or "").isdigit()):
        return None
    is_last = match["edge"] in ("cuoi", "het")
    if match["unit"] == "nam":
        year = today.year + (match["which"] in ("sau", "toi"))
        return None if match["edge"] == "giua" else date(year, *((12, 31) if is_last else (1, 1)))
    first = _first_of(match["which"] or "nay", today)
    if first is None or match["edge"] == "dau":
        return first
    return first.replace(day=_last(first) if is_last else 15)


def end(text: str, start: date) -> date | None:
    """The last day of what begins on `start` and lasts as long as the whole of `text` says."""
    match = _LENGTH.fullmatch(flat(text).strip(" .!,"))
    count = numbers.read(match["count"]) if match else None
    if match is None or not count or count > 999:
        return None
    if match["unit"] in _DAYS:
        return start + timedelta(days=int(count) * _DAYS[match["unit"]] - 1)
    month = start.month - 1 + int(count) * _MONTHS[match["unit"]]
    first = date(start.year + month // 12, month % 12 + 1, 1)
    return first.replace(day=min(start.day, _last(first))) - timedelta(days=1)


def _first_of(which: str, today: date) -> date | None:
    """The first day of this month, the next, or the nearest of that number that has not ended."""
    if which.isdigit():
        month = int(which)
        year = today.year + (month < today.month)
        return date(year, month, 1) if 1 <= month <= 12 else None
    ahead = today.month if which in ("sau", "toi") else today.month - 1
    return date(today.year + ahead // 12, ahead % 12 + 1, 1)


def _last(day: date) -> int:
    return monthrange(day.year, day.month)[1]
