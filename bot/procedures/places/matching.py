"""Finding the unit that a run of words names, from the right end of an address."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic

from bot.procedures.places.tables import Commune, District, Former, Index, Province, Tables, U, Unit
from bot.procedures.places.words import Words, agreement, begins_a_part, is_street, kind_before

COMMUNE_KINDS = frozenset({"phuong", "xa", "thi tran", "dac khu"})
DISTRICT_KINDS = frozenset({"quan", "huyen", "thi xa", "thanh pho"})
LONGEST_NAME = 6
"""Words in the longest name, with one to spare."""

_RANK = {"xa": 0, "thi tran": 1, "phuong": 2, "huyen": 0, "thi xa": 1, "quan": 2, "thanh pho": 2}


@dataclass(frozen=True, slots=True)
class Match(Generic[U]):
    """Units of one name, where it stands, and how far the words are to be trusted."""

    units: tuple[U, ...]
    start: int
    """First word, the kind included."""

    end: int
    """After the last word."""

    is_exact: bool = True
    """The kind typed, if any, is the units' own."""

    is_sure: bool = True
    """Neither the kind nor the diacritics speak against it."""

    @property
    def is_plain(self) -> bool:
        """Nothing at all speaks against it."""
        return self.is_exact and self.is_sure


def find_province(words: Words, stop: int, tables: Tables) -> Match[Province] | None:
    """The province just before the word `stop`, or further left where its kind is typed."""
    for end in _ends(words, stop):
        for start in _starts(words, end):
            key = words.key(start, end)
            named = tables.province_names.get(key, ())
            if not named:
                continue
            kind, begin = kind_before(words, start)
            if kind and _closes_a_name(words, start, named[0], tables):
                kind = ""
            if kind and _is_of_kind(named[0], kind):
                return Match(named, begin, end)
            if _is_taken(kind, key, tables):
                continue
            if end == stop and _stands_bare(words, (start, end), named, tables):
                return Match(named, start, end)
    return None


def _is_of_kind(province: Province, kind: str) -> bool:
    # A town often bears its province's name: "TP Thái Bình" was a district.
    is_city = province.kind == "thanh pho" or province.is_town
    return kind == "tinh" or (kind == "thanh pho" and is_city)


def _closes_a_name(words: Words, start: int, province: Province, tables: Tables) -> bool:
    """Whether the kind before `start` is but the end of a district's name: `Nho Quan Ninh Bình`."""
    for first in _starts(words, start):
        for district in tables.district_names.get(words.key(first, start), ()):
            is_here = tables.former_provinces[district.province].code == province.code
            if is_here and agreement(words, first, start, district.name):
                return True
    return False


def _is_taken(kind: str, key: str, tables: Tables) -> bool:
    """Whether the word before makes the name that of a commune or district.

    It does in `phường Bình Dương`, but not in `Đan Phượng Hà Nội`.
    """
    if kind in COMMUNE_KINDS:
        return key in tables.commune_names or key in tables.former_names
    return kind in DISTRICT_KINDS and key in tables.district_names


def _stands_bare(words: Words, at: tuple[int, int], units: Sequence[Unit], tables: Tables) -> bool:
    """Whether a name without its kind is one, and not the tail of a street or of a longer name.

    `... Quận 1 Sài Gòn` needs no comma, but `12 Nguyễn Huệ` does not lie in Huế.
    """
    start, end = at
    if words[start].opens:
        return True
    if is_street(words, start) or not any(agreement(words, *at, unit.name) for unit in units):
        return False
    longer = [words.key(first, end) for first in _starts(words, end) if first < start]
    return not any(key in tables.commune_names or key in tables.former_names for key in longer)


def find_district(
    words: Words, stop: int, tables: Tables, accept: Callable[[District], bool]
) -> Match[District] | None:
    """The former district just before the word `stop`, or further left where its kind is typed."""
    names = tables.district_names

    def may_be_bare(start: int, end: int) -> bool:
        return _stands_bare(words, (start, end), names[words.key(start, end)], tables)

    return _find(words, stop, names, DISTRICT_KINDS, accept, may_be_bare, tables)


def find_commune(
    words: Words, stop: int, tables: Tables, accept: Callable[[Commune], bool]
) -> Match[Commune] | None:
    """The commune of today just before the word `stop`, or further left where its kind is typed.

    Without a kind its name has to fill a part of the address: `12 Lý Thái Tổ` is a street.
    """
    names = tables.commune_names
    return _find(words, stop, names, COMMUNE_KINDS, accept, _fills_a_part(words), tables)


def find_former(
    words: Words, stop: int, tables: Tables, accept: Callable[[Former], bool]
) -> Match[Former] | None:
    """The same for a commune of before the merger."""
    names = tables.former_names
    return _find(words, stop, names, COMMUNE_KINDS, accept, _fills_a_part(words), tables)


def _fills_a_part(words: Words) -> Callable[[int, int], bool]:
    return lambda start, _: begins_a_part(words, start)


def _find(
    words: Words,
    stop: int,
    names: Index[U],
    kinds: frozenset[str],
    accept: Callable[[U], bool],
    may_be_bare: Callable[[int, int], bool],
    tables: Tables,
) -> Match[U] | None:
    for end in _ends(words, stop):
        doubtful: Match[U] | None = None
        for start in _starts(words, end):
            key = words.key(start, end)
            units = [unit for unit in names[key] if accept(unit)] if key in names else []
            if not units:
                continue
            kind, begin = kind_before(words, start)
            if kind not in kinds:
                # A number is a name only after its kind.
                is_bare = end == stop and not key.isdigit() and may_be_bare(start, end)
                if not is_bare or _is_taken(kind, key, tables):
                    continue
                kind, begin = "", start
            match = _judge(units, words, kind, (begin, start, end))
            if match.is_sure:
                return match
            doubtful = doubtful or match
        if doubtful:
            return doubtful
    return None


def _ends(words: Words, stop: int) -> Iterator[int]:
    """Where a name may end: before `stop`, and further left after a number or where a part ends."""
    yield stop
    for end in range(stop - 1, 0, -1):
        if words[end].opens or words[end - 1].key.isdigit():
            yield end


def _starts(words: Words, end: int) -> range:
    """Where a name that ends before the word `end` may begin, the longest first."""
    first = max(0, end - 1)
    while first > 0 and end - first < LONGEST_NAME and not words[first].follows_comma:
        first -= 1
    return range(first, end)


def _judge(units: Sequence[U], words: Words, kind: str, at: tuple[int, int, int]) -> Match[U]:
    """The units that fit best. `at`: where the kind, where the name begins, and its end."""
    begin, start, end = at
    fits = [agreement(words, start, end, unit.name) for unit in units]
    best = max(fits)
    units = [unit for unit, fit in zip(units, fits, strict=True) if fit == best]
    exact = [unit for unit in units if not kind or unit.kind == kind]
    is_sure = best > 0 and (bool(exact) or all(_was_raised(kind, unit.kind) for unit in units))
    return Match(tuple(exact or units), begin, end, bool(exact), is_sure)


def _was_raised(typed: str, kind: str) -> bool:
    """Whether units of the typed kind commonly become units of the other: xã → phường."""
    return _RANK.get(typed, 9) < _RANK.get(kind, -1)
