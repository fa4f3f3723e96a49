"""The office that runs this installation: its name, address, hours and the codes it gives out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.basics import yaml12
from bot.basics.ids import ProcedureCode

POLICE_SECTORS = frozenset({"cu-tru", "can-cuoc", "dinh-danh-dien-tu"})
"""Sectors in which the commune's police decide."""


@dataclass(frozen=True)
class Office:
    """One counter. `agency` is its identifier under QĐ 20/2020/QĐ-TTg, e.g. H26.12."""

    name: str
    authority: str
    """The body that decides, as forms address it: UBND phường …"""
    police: str
    """The police station that decides on residence matters."""
    agency: str
    address: str
    phone: str
    hours: Mapping[str, str] = field(default_factory=dict)
    offers: tuple[ProcedureCode, ...] = ()
    """The procedures asked for most: offered under the greeting, in this order."""
    is_demo: bool = False
    latitude: float | None = None
    longitude: float | None = None
    """Where it is, in degrees (WGS 84); None: nobody is led there by a shared place."""
    commune: str = ""
    """The commune it stands in, by the code of the statistics office."""
    accepts: tuple[str, ...] = ()
    """The sectors whose dossiers it takes in; none: all that a commune decides on."""

    @classmethod
    def read(cls, path: Path) -> Office:
        """The office described in `path`."""
        return cls(**yaml12.read(path))

    def receives(self, sector: str) -> str:
        """How a form of this sector addresses the body that decides."""
        return self.police if sector in POLICE_SECTORS else self.authority
