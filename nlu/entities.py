"""Finds what has a form of its own: codes, numbers, dates, amounts, agencies, places.

Rules, because rules are exact; every span is exact too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from bot.basics.codes import find_dossier_code, find_procedure_code
from bot.basics.vietnamese import dates, money
from bot.basics.vietnamese.letters import flat
from bot.procedures.places import Places

LONGEST_TEXT = 2000
"""Characters; nothing is looked for beyond them."""

_DOSSIER = re.compile(
    r"(?<![\w.])(?:000[.,]\d{2}[.,]\d{2}[.,])?[ghGH][\dO]{2}[\d.,O \t–—−‐‑‒-]{6,32}\d(?!\w)"
)
_PROCEDURE = re.compile(r"(?<![\d.,/-])\d[.,]\d{6}(?:\.[\dH.]+)?(?![\d/])")
_LONG_NUMBER = re.compile(r"(?<![\w.,/-])(?:\+?84|0)(?:[\s.-]?\d){8,11}(?![\w/-]|[.,]\d)")
_NUMBER = re.compile(r"(?<![\w.,/-])\d{1,8}(?:[.,]\d+)?(?![\w/-]|[.,]\d)")
_AGENCY = re.compile(
    r"(?<!\w)(?:(?:uy ban nhan dan|ubnd|uy ban|hoi dong nhan dan|cong an)"
    r"(?: (?:xa|phuong|tinh|huyen|quan|thanh pho))?"
    r"|trung tam (?:phuc vu )?hanh chinh cong(?: (?:xa|phuong|tinh))?|bo phan mot cua"
    r"|so (?:tu phap|xay dung|tai chinh|y te|noi vu|nong nghiep|giao thong van tai|cong thuong"
    r"|ngoai vu|giao duc)"
    r"|van phong dang ky dat dai|phong (?:tu phap|cong chung|kinh te)|chi cuc thue|co quan thue"
    r"|cuc quan ly xuat nhap canh|bo (?:tu phap|cong an|tai chinh)|toa an(?: nhan dan)?)(?!\w)"
)
_KINDS = (
    r"(?:phường|xã|thị trấn|đặc khu|tỉnh|thành phố|tp\.?|quận|huyện|thị xã"
    r"|phuong|xa|tinh|thanh pho|quan|huyen)"
)
_NAMED_PLACE = re.compile(
    rf"(?<!\w)(?i:{_KINDS})\s+(?:\d{{1,2}}(?!\d)|[^\W\d_a-zà-ỹ][\w’']*(?:\s+[^\W\d_a-zà-ỹ][\w’']*){{0,3}})"
)
_CAPITALS = re.compile(r"(?<!\w)[^\W\d_a-zà-ỹ][\w’']*(?:[\s–-]+[^\W\d_a-zà-ỹ][\w’']*){0,4}")
_MOST_WORDS = 4


@dataclass(frozen=True)
class Found:
    """One entity: what it is, where it stands, and its value in normal form."""

    entity: str
    start: int
    end: int
    value: str


def find(text: str, today: date, places: Places | None = None) -> list[Found]:
    """The entities in `text`, in their order; where two overlap, the one named first here stays."""
    text = text[:LONGEST_TEXT]
    kept: list[Found] = []
    for found in _all(text, today, places):
        if not any(found.start < other.end and other.start < found.end for other in kept):
            kept.append(found)
    return sorted(kept, key=lambda found: found.start)


def _all(text: str, today: date, places: Places | None) -> Iterator[Found]:
    yield from _codes(text)
    yield from _long_numbers(text)
    for start, end, day in dates.find(text, today):
        yield Found("date", start, end, day.isoformat())
    for start, end, amount in money.find(text, today):
        yield Found("money", start, end, str(amount))
    for match in _AGENCY.finditer(flat(text)):
        yield Found("agency", match.start(), match.end(), text[match.start() : match.end()])
    yield from _places(text, places)
    for match in _NUMBER.finditer(text):
        yield Found("number", match.start(), match.end(), match[0])


def _codes(text: str) -> Iterator[Found]:
    for match in _DOSSIER.finditer(text):
        code = find_dossier_code(match[0])
        if code:
            yield Found("dossier_code", match.start(), match.end(), code)
    for match in _PROCEDURE.finditer(text):
        procedure = find_procedure_code(match[0])
        if procedure:
            yield Found("procedure", match.start(), match.end(), procedure)


def _long_numbers(text: str) -> Iterator[Found]:
    for match in _LONG_NUMBER.finditer(text):
        digits = re.sub(r"\D", "", match[0])
        if digits.startswith("84") and len(digits) == 11:
            digits = "0" + digits[2:]
        kind = {12: "citizen_id", 10: "phone"}.get(len(digits))
        if kind and digits[0] == "0":
            yield Found(kind, match.start(), match.end(), digits)


def _places(text: str, places: Places | None) -> Iterator[Found]:
    for match in _NAMED_PLACE.finditer(text):
        yield Found("place", match.start(), match.end(), match[0])
    if places is None:
        return
    for match in _CAPITALS.finditer(text):
        for start, end in _runs(match[0]):
            province = places.find_province(match[0][start:end])
            if province:
                at = match.start()
                yield Found("place", at + start, at + end, province.province)


def _runs(capitals: str) -> Iterable[tuple[int, int]]:
    """The runs of two and more words in `capitals`, longest first; of one word, only if it is all."""
    words = [(m.start(), m.end()) for m in re.finditer(r"[\w’']+", capitals)]
    if len(words) == 1:
        return [words[0]]
    return [
        (words[at][0], words[at + size - 1][1])
        for size in range(min(_MOST_WORDS, len(words)), 1, -1)
        for at in range(len(words) - size + 1)
    ]
