"""Takes the portal's run-together tables apart: ways of handing in, results, steps …"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from bot.procedures.importing.portal import Portal, shorten, tidy
from bot.procedures.model import (
    Channel,
    Confidence,
    Fee,
    Result,
    Steps,
    TimeLimit,
    TimeUnit,
    Way,
)

Note = Callable[[str], None]
"""Takes what could not be read, and what was done about it."""

_MOST = {"results": 12, "basis": 25, "steps": 25}
_LONGEST = {"result": 300, "basis": 300, "step": 1800, "text": 350}
_LEAST_AMOUNT = 1000
"""đồng; less is a mark in the table, not a price."""
_RESULT_CODE = r"[A-Z]{2}[.-][A-Z]\d{2}[.-]\d{6}|\d[\d.]*[A-Z]\d+-KQ\d+|[^\sA-ZĐ]*"
_RULE = re.compile(
    r"\d+(?:/\d{4})?/(?:(?:UBTV)?QH\d+|[A-ZĐƯ]+(?:-[A-ZĐƯ]+)*)(?=[^\w-]|\d|[A-ZĐƯ][a-zà-ỹđ]|$)"
)


def ways(cell: str, portal: Portal, note: Note) -> tuple[Way, ...]:
    """The ways of handing in, each once, with time limit and fee."""
    words = portal["ways"]
    body = cell.removeprefix(words["head"])
    starts = list(_row(portal).finditer(body))
    if body and not starts:
        note("the table of ways is in no known form — left out")
    found: dict[Channel, Way] = {}
    for place, start in enumerate(starts):
        end = starts[place + 1].start() if place + 1 < len(starts) else len(body)
        channel = Channel(words["channels"][start["channel"]])
        text, fee_note = _beside(body[start.end() : end])
        way = Way(
            channel,
            portal.source(Confidence.HIGH),
            _time(start, text, portal, note),
            _fee(start, fee_note, portal),
        )
        found.setdefault(channel, way)
    return _without_placeholders(tuple(found.values()), portal)


def _without_placeholders(found: tuple[Way, ...], portal: Portal) -> tuple[Way, ...]:
    """The ways; where one costs something, the portal's "free" beside another says nothing."""
    unknown = Fee(None, portal.source(Confidence.MED), text=portal["says"]["fee_unknown"])
    if not any(way.fee and way.fee != unknown and way.fee.amount != 0 for way in found):
        return found
    return tuple(
        replace(way, fee=unknown) if way.fee and way.fee.amount == 0 else way for way in found
    )


def _row(portal: Portal) -> re.Pattern[str]:
    words = portal["ways"]
    channels, units = "|".join(words["channels"]), "|".join(words["units"])
    nothing, free = words["unknown"], words["free"]
    money = "|".join(words["money"] + words["foreign"])
    return re.compile(
        rf"(?P<channel>{channels})"
        rf"(?:(?P<number>\d+(?:[.,]\d+)?)(?: ?(?P<unit>{units}))?(?:{nothing})?|{nothing})"
        rf"(?P<fee>{free}|{nothing}|[\d.,]+ ?(?:{money}))"
    )


def _beside(rest: str) -> tuple[str, str]:
    """What is written beside a row, and the note on its fee, which stands first and in brackets."""
    if not rest.startswith("("):
        return tidy(rest, _LONGEST["text"]), ""
    depth = 0
    for place, letter in enumerate(rest):
        depth += (letter == "(") - (letter == ")")
        if depth == 0:
            return tidy(rest[place + 1 :], _LONGEST["text"]), tidy(rest[1:place], _LONGEST["text"])
    return "", tidy(rest[1:], _LONGEST["text"])


def _time(row: re.Match[str], text: str, portal: Portal, note: Note) -> TimeLimit:
    number, unit = row["number"], row["unit"]
    says = portal["says"]
    if not number or not unit or not number.isdigit() or number == "0" or portal.is_open(text):
        unknown = text or says["time_unknown"]
        if number and not unit:
            note(f"time limit {number} has no unit — given as text only")
            unknown = _sentences(says["time_without_unit"].format(number=number), text)
        elif number and not portal.is_open(text):
            note(f"time limit {number} {unit} is not whole — given as text only")
            unknown = _sentences(f"{number} {unit.lower()}", text)
        return TimeLimit(None, TimeUnit.WORKING_DAY, portal.source(Confidence.MED), unknown)
    kind = TimeUnit(portal["ways"]["units"][unit])
    said = rf"\b0?{int(number)}(?: \([^)]*\))? {portal['ways']['working_days']}"
    if kind is TimeUnit.DAY and re.search(said, text):
        kind = TimeUnit.WORKING_DAY
    return TimeLimit(int(number), kind, portal.source(Confidence.HIGH), text)


def _fee(row: re.Match[str], remark: str, portal: Portal) -> Fee:
    says, source = portal["says"], portal.source(Confidence.MED)
    remark = "" if portal.is_nothing(remark) else remark
    if row["fee"].endswith(tuple(portal["ways"]["foreign"])):
        return Fee(None, source, text=_sentences(row["fee"], remark))
    digits = re.sub(r"\D", "", row["fee"])
    if digits and int(digits) >= _LEAST_AMOUNT:
        return Fee(int(digits), source, text=_sentences(remark, says["fee_shown"]))
    if row["fee"] == portal["ways"]["free"] and not remark:
        return Fee(0, source, text=says["fee_free"])
    return Fee(None, source, text=_sentences(remark, says["fee_unknown"]))


def _sentences(*parts: str) -> str:
    return " ".join(part if part.endswith((".", "…")) else f"{part}." for part in parts if part)


def differing(way: Way, time: TimeLimit, fee: Fee) -> Way:
    """The way without what the procedure says already."""
    return replace(
        way,
        time=None if way.time == time else way.time,
        fee=None if way.fee == fee else way.fee,
    )


def whole_time(found: tuple[Way, ...], portal: Portal) -> TimeLimit:
    """The time limit of the procedure: that of its ways, of different ones the longest."""
    limits = [way.time for way in found if way.time and way.time.value is not None]
    if not limits:
        text = portal["says"]["time_unknown"]
        return TimeLimit(None, TimeUnit.WORKING_DAY, portal.source(Confidence.MED), text)
    longest = max(limits, key=lambda limit: _HOURS[limit.unit] * (limit.value or 0))
    if len({(limit.value, limit.unit) for limit in limits}) == 1:
        return longest
    return replace(
        longest, source=portal.source(Confidence.MED), text=portal["says"]["time_differs"]
    )


_HOURS = {
    TimeUnit.SAME_DAY: 8.0,
    TimeUnit.WORKING_HOUR: 1.0,
    TimeUnit.WORKING_DAY: 8.0,
    TimeUnit.DAY: 5.7,
    TimeUnit.MONTH: 171.0,
}
"""About how many working hours a unit is, to tell the longest limit."""


def whole_fee(found: tuple[Way, ...], portal: Portal) -> Fee:
    """The fee of the procedure, if its ways agree on one."""
    fees = [way.fee for way in found if way.fee]
    source, says = portal.source(Confidence.MED), portal["says"]
    if not fees:
        return Fee(None, source, text=says["fee_unknown"])
    if len({fee.amount for fee in fees}) == 1:
        return max(fees, key=lambda fee: len(fee.text))
    return Fee(None, source, text=says["fee_differs"])


def results(cell: str, portal: Portal) -> tuple[Result, ...]:
    """What the citizen gets."""
    pieces = re.split(rf"{portal['results']['code']} ?({_RESULT_CODE})", cell)
    found: dict[str, Result] = {}
    for name, code in zip(pieces[::2], [*pieces[1::2], ""], strict=False):
        if (name := tidy(name, _LONGEST["result"])) and not portal.is_nothing(name):
            found.setdefault(name, Result(name, code))
    return tuple(found.values())[: _MOST["results"]]


def basis(cell: str, portal: Portal) -> tuple[str, ...]:
    """The legal instruments, each name with its number once."""
    body = cell.removeprefix(portal["basis"]["head"])
    found: list[str] = []
    place = 0
    for match in _RULE.finditer(body):
        name = tidy(body[place : match.start()], _LONGEST["basis"])
        number = match[0]
        place = match.end()
        if not name and found and number in found[-1]:
            continue  # the number once more, in the table's second column
        found.append(f"{name} {number}".strip())
    if not found and body and not portal.is_nothing(body):
        found.append(tidy(body, _LONGEST["basis"]))
    return tuple(dict.fromkeys(found))[: _MOST["basis"]]


def steps(cell: str, portal: Portal, note: Note) -> Steps | None:
    """The course of the procedure: its numbered steps, else its paragraphs."""
    pieces = list(_numbered(cell, portal["step"])) or re.split(r"\n\s*\n|\n(?=[-–*])", cell)
    told = [piece for piece in (tidy(piece, _LONGEST["step"]) for piece in pieces) if piece]
    if not told:
        return None
    if len(told) > _MOST["steps"]:
        note(f"{len(told)} steps — the first {_MOST['steps']} are kept")
    return Steps(tuple(told[: _MOST["steps"]]), portal.source(Confidence.HIGH))


def _numbered(cell: str, word: str) -> Iterator[str]:
    starts = list(re.finditer(rf"(?m)^\W*{word}\s+\d+\W*", cell))
    for place, start in enumerate(starts):
        end = starts[place + 1].start() if place + 1 < len(starts) else len(cell)
        yield cell[start.end() : end]


def statement(cell: str) -> str:
    """A longer text, lines kept, bounded."""
    return shorten("\n".join(line for line in cell.split("\n") if line), 2500)
