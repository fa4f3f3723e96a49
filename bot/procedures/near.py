"""The offices that take dossiers in, and which of them is nearest."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt
from pathlib import Path

from bot.basics.errors import Misconfigured
from bot.procedures.office import Office

_EARTH = 6371.0088
"""Kilometres: the mean radius (IUGG)."""


@dataclass(frozen=True)
class Near:
    """An office, and how far it is as the crow flies."""

    office: Office
    km: float


class Offices:
    """The offices of one installation: a demonstration knows only made-up ones, and no other does."""

    def __init__(self, offices: Iterable[Office]) -> None:
        self._offices = tuple(offices)

    @classmethod
    def read(cls, folder: Path, *, is_demo: bool) -> Offices:
        """The offices described in `folder`. Raises `Misconfigured` with every file that is wrong."""
        found, problems = [], []
        for path in sorted(folder.glob("*.yml")):
            try:
                found.append(Office.read(path))
            except TypeError as error:
                problems.append(f"{path}: {error}")
        if problems:
            raise Misconfigured(problems)
        return cls(office for office in found if office.is_demo == is_demo)

    def nearest(self, latitude: float, longitude: float) -> Near | None:
        """The office nearest to a place in degrees; None if nobody said where any office is."""
        known = [
            Near(office, kilometres(latitude, longitude, office.latitude, office.longitude))
            for office in self._offices
            if office.latitude is not None and office.longitude is not None
        ]
        return min(known, key=lambda near: near.km, default=None)

    def of_commune(self, code: str) -> Office | None:
        """The office that stands in this commune, if it is in the catalogue."""
        return next((office for office in self._offices if office.commune == code), None)


def kilometres(from_lat: float, from_lon: float, to_lat: float, to_lon: float) -> float:
    """The great-circle distance between two places in degrees (haversine)."""
    north, east = radians(to_lat - from_lat), radians(to_lon - from_lon)
    part = cos(radians(from_lat)) * cos(radians(to_lat)) * sin(east / 2) ** 2
    return 2 * _EARTH * asin(min(1.0, sqrt(sin(north / 2) ** 2 + part)))
