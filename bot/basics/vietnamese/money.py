"""Amounts of money in đồng, as people type them: `200k`, `1tr2`, `50 ngàn đồng`, `2 tỷ rưỡi`."""

from __future__ import annotations

import re
from datetime import date

from bot.basics.vietnamese import numbers
from bot.basics.vietnamese.letters import flat

_CURRENCY = r"(?:vnd|vn dong|viet nam dong|dong|d|₫)"
_WHOLE = re.compile(
    r"(?:(?:da|vang|so tien|khoang|tam|co|la|chung|tong cong|tong|gia|von)[ :]+)*"
    rf"(?P<amount>.+?)(?: ?(?<![a-z]){_CURRENCY})?(?: (?:a|nha|nhe|chan|thoi|tien))*[ .!]*"
)
_NUMBER = r"[0-9]+(?:[.,][0-9]+)*"
_SCALE = r"(?:(?:tram )?(?:ty|ti|trieu|tr|nghin|ngan|k))"
_END = rf"(?=\s*(?:$|[,.;!?)]|{_CURRENCY}(?![a-z])))"
_FOUND = re.compile(
    rf"(?<![\w.,/-])(?:{_NUMBER} ?{_SCALE}(?![a-z])(?: ?{_NUMBER} ?{_SCALE}(?![a-z]))*"
    rf"(?:[0-9]{{1,3}}(?![0-9.,])| ruoi| [1-9] tram| [0-9]{{1,3}}{_END})?"
    rf"(?: ?{_CURRENCY}(?![a-z]))?|{_NUMBER} ?{_CURRENCY}(?![a-z]))"
)
_LONGEST = 80
_MOST = 10**15


def read(text: str) -> int | None:
    """The amount that `text` is, in đồng; None if it is none, or not a whole number of đồng."""
    if len(text) > _LONGEST:
        return None
    match = _WHOLE.fullmatch(flat(text))
    if not match:
        return None
    value = numbers.read(text[slice(*match.span("amount"))])
    if value is None or value != int(value) or value >= _MOST:
        return None
    return int(value)


def find(text: str, today: date) -> list[tuple[int, int, int]]:
    """Start, end and đồng of every amount in `text` that names its unit. `today` plays no part."""
    found = []
    for match in _FOUND.finditer(flat(text)):
        value = read(text[match.start() : match.end()])
        if value is not None:
            found.append((match.start(), match.end(), value))
    return found
