"""Reads an address from right to left: province, former district, commune. It never guesses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from bot.procedures.places.matching import (
    Match,
    find_commune,
    find_district,
    find_former,
    find_province,
)
from bot.procedures.places.model import Era
from bot.procedures.places.tables import Commune, District, Former, Province, Tables
from bot.procedures.places.words import Words

_COUNTRY = ("vietnam", "vn")
_POSTAL_CODE = (5, 6)
"""Digits."""
Run = tuple[int, int]
"""Words from the first to before the second."""


@dataclass(frozen=True)
class Found:
    """Communes of today that the words may mean."""

    olds: dict[str, str]
    """Code of a commune → the former units that were named for it, if any."""

    runs: tuple[Run, ...]
    """The words that named units."""

    era: Era | None
    is_sure: bool = True
    names_commune: bool = True
    """Not so if only a former district was named, and these are its communes."""

    def __or__(self, other: Found) -> Found:
        olds = _collect((*self.olds.items(), *other.olds.items()))
        era = self.era if self.era == other.era else None
        return Found(olds, self.runs + other.runs, era, self.is_sure and other.is_sure)


@dataclass(frozen=True)
class Reading:
    """What was recognised in the words of an address."""

    province: Province | None
    found: Found | None
    runs: tuple[Run, ...]


@dataclass(frozen=True)
class Area:
    """Where communes are looked for: in a province, or in all if none was named."""

    tables: Tables
    province: Province | None
    prefers_former: bool

    def has_commune(self, unit: Commune) -> bool:
        """Whether a commune of today lies here."""
        if self.province is None:
            return True
        if self.province.is_current:
            return unit.province == self.province.code
        return unit.code in self.tables.reached_from[self.province.former]

    def has_former(self, unit: Former | District) -> bool:
        """Whether a unit of before lies here."""
        if self.province is None or self.province.is_current:
            code = self.tables.former_provinces[unit.province].code
            return self.province is None or code == self.province.code
        return unit.province == self.province.former

    def is_home_of(self, unit: District) -> bool:
        """Whether a district lay in the former province of the very name that was typed."""
        return self.province is None or unit.province == self.province.former


def read(words: Words, tables: Tables, *, past: bool) -> Reading:
    """What `words` name. `past` says that units of before the merger are meant."""
    stop = without_country(words)
    match = find_province(words, stop, tables)
    if match is None:
        found = _read_area(Area(tables, None, past), words, stop)
        return Reading(None, found, found.runs if found else ())
    province = match.units[0]
    area = Area(tables, province, past or not province.is_current)
    found = _read_area(area, words, match.end if province.is_town else match.start)
    if found is None and match.end < stop:
        found = _read_area(area, words, stop)
    run = (match.start, len(words) if match.end == stop else match.end)
    return Reading(province, found, (run, *(found.runs if found else ())))


def without_country(words: Words) -> int:
    """How many words there are before the country and a postal code, in either order."""
    stop = len(words)
    while stop > 1:
        last, pair = words[stop - 1].key, words[stop - 2].key + words[stop - 1].key
        if last in _COUNTRY or (last.isdigit() and len(last) in _POSTAL_CODE):
            stop -= 1
        elif stop > 2 and pair in _COUNTRY:
            stop -= 2
        else:
            break
    return stop


def _read_area(area: Area, words: Words, stop: int) -> Found | None:
    district = find_district(words, stop, area.tables, area.is_home_of)
    district = district or find_district(words, stop, area.tables, area.has_former)
    current = find_commune(words, stop, area.tables, area.has_commune)
    former = find_former(words, stop, area.tables, area.has_former)
    if district is None or _contains(current, district) or _contains(former, district):
        return _choose(area, current, former)
    return _in_district(area, words, stop, district) or _whole(area, words, current, district)


def _choose(
    area: Area, current: Match[Commune] | None, former: Match[Former] | None
) -> Found | None:
    """Today's commune before the former one of its name, unless the words say otherwise."""
    if current is None or (former and _reaches_further(former, current)):
        return _former(area, former) if former else None
    if former is None or _reaches_further(current, former):
        return _current(area, current)
    now, before = _current(area, current), _former(area, former)
    if area.province is not None:
        pairs = [(current.is_plain, now), (former.is_plain, before)]
        for is_plain, found in reversed(pairs) if area.prefers_former else pairs:
            if is_plain:
                return found
    return now | before


def _contains(one: Match[Any] | None, other: Match[Any]) -> bool:
    """Whether one name ends in the other: `Phường Lâm Viên - Đà Lạt`."""
    return one is not None and one.end == other.end and one.start < other.start


def _reaches_further(one: Match[Any], other: Match[Any]) -> bool:
    """Whether one name stands right of the other, or contains it: `Hiệp Bình Chánh`, not `Bình`."""
    return (one.end, -one.start) > (other.end, -other.start)


def _in_district(area: Area, words: Words, stop: int, match: Match[District]) -> Found | None:
    """The commune named left of its former district, or right of it if that came first."""
    homes = _homes(match)
    codes = {code for home in homes for unit in area.tables.by_district[home] for code in unit.now}

    def was_here(unit: Former) -> bool:
        return (unit.province, unit.district) in homes

    def is_here(unit: Commune) -> bool:
        return unit.code in codes

    for end in (match.start, stop) if match.end < stop else (match.start,):
        former = find_former(words, end, area.tables, was_here)
        current = find_commune(words, end, area.tables, is_here)
        if former and (former.is_exact or not (current and current.is_exact)):
            found = _former(area, former)
        elif current:
            old = _label(area, *next(iter(homes.items()))) if len(homes) == 1 else ""
            found = replace(_current(area, current), era="new")
            found = replace(found, olds=dict.fromkeys(found.olds, old))
        else:
            continue
        return replace(found, runs=(*found.runs, (match.start, match.end)))
    return None


def _whole(
    area: Area, words: Words, current: Match[Commune] | None, match: Match[District]
) -> Found:
    """All of a district in which no commune was named, and what else the words may mean.

    "Cầu Giấy" was a district and is a commune of today. A commune may have moved from one
    district to another before 2025, and old papers name the first.
    """
    homes = _homes(match)
    olds = _collect(
        (code, _label(area, home, name))
        for home, name in homes.items()
        for unit in area.tables.by_district[home]
        for code in unit.now
    )
    whole = Found(olds, ((match.start, match.end),), "old", names_commune=False)
    provinces = {province for province, _ in homes}

    def was_near(unit: Former) -> bool:
        return unit.province in provinces and not unit.name.isdigit()

    moved = find_former(words, match.start, area.tables, was_near)
    if current:
        whole |= _current(area, current)
    if moved:
        whole |= replace(_former(area, moved), is_sure=False)
    return whole


def _homes(match: Match[District]) -> dict[tuple[str, str], str]:
    """Former province and district → the district as it was named."""
    return {
        (unit.province, district): unit.label if unit.kind else district
        for unit in match.units
        for district in sorted(unit.stands_for)
    }


def _current(area: Area, match: Match[Commune]) -> Found:
    province = area.province
    is_old = province is not None and not province.is_current
    old = province.label if province and is_old else ""
    olds = {unit.code: old for unit in match.units}
    return Found(olds, ((match.start, match.end),), "old" if is_old else "new", match.is_sure)


def _former(area: Area, match: Match[Former]) -> Found:
    olds = _collect(
        (code, f"{unit.label}, {_label(area, (unit.province, unit.district), unit.district)}")
        for unit in match.units
        for code in unit.now
    )
    return Found(olds, ((match.start, match.end),), "old", match.is_sure)


def _label(area: Area, home: tuple[str, str], district: str) -> str:
    return f"{district}, {area.tables.former_provinces[home[0]].label}"


def _collect(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The pairs as a mapping; a commune reached from different former units gets none."""
    olds: dict[str, str] = {}
    for code, old in pairs:
        olds[code] = old if olds.get(code, old) == old else ""
    return olds
