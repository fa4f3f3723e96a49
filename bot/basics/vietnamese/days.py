"""Days said by their distance from today: `hôm qua`, `cách đây 3 ngày`, `thứ 2 tuần sau`."""

from __future__ import annotations

import re
from datetime import date, timedelta

from bot.basics.vietnamese import numbers
from bot.basics.vietnamese.letters import flat
from bot.basics.vietnamese.times import PERIODS

_PART = f"(?:{'|'.join(PERIODS)})"
_NAMED = {
    rf"hom nay|hnay|bua nay|{_PART} nay": 0,
    rf"(?:ngay )?hom qua|hqua|bua qua|{_PART} qua": -1,
    r"hom kia|bua kia": -2,
    rf"ngay mai|{_PART} mai": 1,
    r"ngay mot(?! thang)|ngay kia": 2,
}
_OTHER_WORDS = re.compile("một|tôi|này")
"""`ngày một`, `tôi nay`: the same letters with other marks mean something else."""
_NOW = re.compile(
    r"(?:(?:cho|tu do|keo dai|van) )*(?:(?:den|toi) )?(?:tan )?"
    r"(?:nay|bay gio|bi gio|gio|hien nay|hien tai|hien gio|luc nay|thoi diem nay|hien)"
    r"(?: (?:a|luon|nha|nhe|day))*|(?:hien |van )?(?:van )?(?:con|dang) o(?: do| day)?(?: a)?"
)
_ALONE = {"nay": 0, "mai": 1, "mot": 2, "kia": 2}
_COUNT = rf"(?P<count>[0-9]{{1,3}}|(?:{numbers.WORD})(?: (?:{numbers.WORD})){{0,2}})"
_UNIT = r"(?P<unit>ngay|hom|bua|tuan)"
_COUNTED = (
    (re.compile(rf"(?<![a-z0-9])cach (?:day|nay) {_COUNT} {_UNIT}(?![a-z])"), -1),
    (re.compile(rf"(?<![a-z0-9]){_COUNT} {_UNIT} truoc(?![a-z])"), -1),
    (re.compile(rf"(?<![a-z0-9]){_COUNT} {_UNIT} (?:nua|toi)(?![a-z])"), 1),
)
_WEEKDAYS = {"hai": 0, "ba": 1, "tu": 2, "nam": 3, "sau": 4, "bay": 5, "chu nhat": 6, "cn": 6}
_WEEKDAY = re.compile(
    r"(?<![a-z0-9])(?:thu (?P<word>hai|ba|tu|nam|sau|bay)|(?:thu |t)(?P<digit>[2-7])|"
    r"(?P<sunday>chu nhat|cn))(?![a-z0-9])"
    r"(?: (?:(?P<week>tuan (?:nay|sau|toi|ke tiep|ke|truoc|roi|qua|vua roi|vua qua))|"
    r"(?P<next>sap toi|toi|nay|ke tiep)|(?P<last>vua roi|vua qua|roi|truoc))(?![a-z]))?"
)
_WEEKS = {"nay": 0, "sau": 1, "toi": 1, "ke": 1, "truoc": -1, "roi": -1, "qua": -1, "vua": -1}


def find(text: str, today: date) -> list[tuple[int, int, date]]:
    """Start, end and day of everything in `text` that is a certain distance from `today`."""
    said = flat(text)
    found = []
    for match in _WEEKDAY.finditer(said):
        day = _on_weekday(match, today)
        if day is not None:
            found.append((match.start(), match.end(), day))
    # The "hai tuần trước" of "thứ hai tuần trước" is no count of weeks.
    rest = _WEEKDAY.sub(lambda match: "#" * len(match[0]), said)
    return sorted([*found, *_named(text, rest, today), *_counted(rest, today)])


def read_alone(text: str, today: date) -> date | None:
    """The day that a one-word answer means: `mai`, `nay`. Inside a sentence `Mai` is a name."""
    distance = _ALONE.get(flat(text).strip(" .!"))
    return None if distance is None else today + timedelta(days=distance)


def is_now(text: str) -> bool:
    """Whether the whole of `text` says that something goes on: `đến nay`, `hiện nay`, `bây giờ`."""
    return _NOW.fullmatch(flat(text).strip(" .!,")) is not None


def weekday(text: str) -> int | None:
    """The weekday named with no word about the week, 0 for Monday; which one, is for the caller."""
    matches = list(_WEEKDAY.finditer(flat(text)))
    if len(matches) != 1 or any(matches[0][name] for name in ("week", "next", "last")):
        return None
    return _index(matches[0])


def _named(text: str, said: str, today: date) -> list[tuple[int, int, date]]:
    found = []
    for pattern, distance in _NAMED.items():
        for match in re.finditer(rf"(?<![a-z])(?:{pattern})(?![a-z])", said):
            typed = text[match.start() : match.end()].lower()
            if _OTHER_WORDS.search(typed):
                continue
            days = distance + (1 if distance > 0 else -1) if "kìa" in typed else distance
            found.append((match.start(), match.end(), today + timedelta(days=days)))
    return found


def _counted(said: str, today: date) -> list[tuple[int, int, date]]:
    found = []
    for pattern, sign in _COUNTED:
        for match in pattern.finditer(said):
            count = numbers.read(match["count"])
            if count is not None and count < 1000:
                days = sign * int(count) * (7 if match["unit"] == "tuan" else 1)
                found.append((match.start(), match.end(), today + timedelta(days=days)))
    return found


def _index(match: re.Match[str]) -> int:
    if match["digit"]:
        return int(match["digit"]) - 2
    return _WEEKDAYS[match["word"] or match["sunday"]]


def _on_weekday(match: re.Match[str], today: date) -> date | None:
    """The day meant, when a week or a direction is said. Weeks begin on Monday."""
    index = _index(match)
    if match["week"]:
        weeks = _WEEKS[match["week"].split()[1]]
        return today + timedelta(days=index - today.weekday() + 7 * weeks)
    if match["next"]:
        ahead = (index - today.weekday()) % 7
        return today + timedelta(days=ahead or (0 if match["next"] == "nay" else 7))
    if match["last"]:
        return today - timedelta(days=(today.weekday() - index) % 7 or 7)
    return None
