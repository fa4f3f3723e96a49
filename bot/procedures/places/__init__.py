"""Addresses in words → communes of today: 34 provinces and 3,321 communes since 01/07/2025.

Offline. Old three-level addresses are mapped to the new units; where an old commune was split, or
the words may mean several, the candidates are returned and none is chosen. Legal source:
resolution 202/2025/QH15 and the 2025 resolutions of the Standing Committee on communes; where the
tables come from is told in `bot/catalogue/units/README.md`.
"""

from __future__ import annotations

import functools
from pathlib import Path

from bot.basics.vietnamese.text import clean, fold
from bot.procedures.places.matching import find_province
from bot.procedures.places.model import NOT_FOUND, Era, Place, Resolution, Status
from bot.procedures.places.reading import Found, Run, read, without_country
from bot.procedures.places.tables import Commune, Province, Tables, read_tables
from bot.procedures.places.words import Words, read_words

__all__ = ["Era", "Place", "Places", "Resolution", "Status"]

LONGEST_TEXT = 500
"""Characters. No address is longer, and of a longer text nothing is read."""

Span = tuple[int, int]
"""Characters of a text from the first to before the second."""


class Places:
    """The units of the country. Nothing is read from disk before the first question."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @classmethod
    def read(cls, folder: Path) -> Places:
        """The places in `folder`, which is `bot/catalogue/units`."""
        return cls(folder)

    @functools.cached_property
    def _tables(self) -> Tables:
        return read_tables(self._folder)

    def resolve(self, text: str) -> Resolution:
        """What the address `text` names, old or new, accented or not, with or without commas."""
        text, words, past = self._read(text)
        reading = read(words, self._tables, past=bool(past))
        detail = _rest(text, [*past, *_spans(words, reading.runs)])
        province, found = reading.province, reading.found
        places = self._places(found, detail) if found else ()
        if province is None:
            era = found.era if found else None
            return Resolution("ambiguous", None, places, era, "province") if found else NOT_FOUND
        if found is None:
            place = self._province(province, detail)
            return Resolution("partial", place, (), _era(province), "commune")
        if len(places) == 1 and found.is_sure:
            return Resolution("ok", places[0], (), found.era or "new")
        if not found.names_commune:
            place = self._province(province, detail, old=_common(found))
            return Resolution("partial", place, places, found.era, "commune")
        return Resolution("ambiguous", None, places, found.era, "commune")

    def provinces(self) -> tuple[Place, ...]:
        """The 34 provinces, by code."""
        return tuple(self._province(province) for province in self._tables.provinces.values())

    def communes(self, province_code: str) -> tuple[Place, ...]:
        """The communes of one province, by name; none for an unknown code."""
        codes = [c.code for c in self._tables.communes.values() if c.province == province_code]
        return self._places(Found(dict.fromkeys(codes, ""), (), "new"), "")

    def find_province(self, text: str) -> Place | None:
        """The province that `text` names and nothing besides; today's, if it names a former one."""
        _, words, _ = self._read(text)
        stop = without_country(words)
        match = find_province(words, stop, self._tables)
        is_all = match is not None and (match.start, match.end) == (0, stop)
        return self._province(match.units[0]) if match and is_all else None

    def _read(self, text: str) -> tuple[str, Words, list[Span]]:
        """The clean text, its words, and where it says that it speaks of before the merger."""
        text = clean(text) if len(text) <= LONGEST_TEXT else ""
        words = read_words(text)
        past = [(word.start, word.end) for word in words if word.sound == self._tables.past]
        return text, Words(word for word in words if word.sound != self._tables.past), past

    def _province(self, province: Province, detail: str = "", old: str = "") -> Place:
        current = self._tables.provinces[province.code]
        old = old or ("" if province.is_current else province.label)
        return Place(current.code, current.label, detail=detail, old=old)

    def _places(self, found: Found, detail: str) -> tuple[Place, ...]:
        """The communes found, by province and name; those of today's names first."""
        tables = self._tables

        def order(unit: Commune) -> tuple[str, bool, str, str]:
            return unit.province, bool(found.olds[unit.code]), fold(unit.name), unit.code

        return tuple(
            Place(
                unit.province,
                tables.provinces[unit.province].label,
                unit.code,
                unit.label,
                detail,
                found.olds[unit.code],
            )
            for unit in sorted((tables.communes[code] for code in found.olds), key=order)
        )


def _era(province: Province) -> Era:
    return "new" if province.is_current else "old"


def _common(found: Found) -> str:
    """The former district, if it was one and the same for all."""
    olds = set(found.olds.values()) - {""}
    return olds.pop() if len(olds) == 1 else ""


def _spans(words: Words, runs: tuple[Run, ...]) -> list[Span]:
    return [(words[start].start, words[end - 1].end) for start, end in runs]


def _rest(text: str, spans: list[Span]) -> str:
    """What of `text` is left without `spans`, as it was typed."""
    pieces = []
    end = 0
    for start, stop in [*sorted(spans), (len(text), len(text))]:
        piece = " ".join(text[end : max(start, end)].split()).strip(" ,;:|-\u2013\u2014")
        pieces.append(piece.rstrip(".(").lstrip(".)").strip(" ,;"))
        end = max(end, stop)
    return ", ".join(piece for piece in pieces if piece)
