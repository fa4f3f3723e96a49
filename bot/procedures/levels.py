"""How much can be done online: the level of a procedure, and counts by sector, agency and tier."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.basics import yaml12
from bot.basics.vietnamese.text import fold
from bot.procedures.model import Confidence, Level, Source, Tier
from bot.procedures.summary import Summary


@dataclass(frozen=True)
class SectorCount:
    """How many procedures of a sector there are, at each level; None: nobody has published it."""

    sector: str
    total: int
    at: Mapping[Level | None, int]

    @property
    def online(self) -> int:
        """Those that can be begun online at least."""
        return self.at.get(Level.FULL, 0) + self.at.get(Level.PARTIAL, 0)


def choose(
    procedures: Iterable[Summary],
    *,
    sector: str = "",
    tier: Tier | None = None,
    agency: str = "",
    level: Level | None = None,
) -> tuple[Summary, ...]:
    """The procedures of that sector, tier, deciding agency (part of its name) and level."""
    wanted = fold(agency)
    return tuple(
        one
        for one in procedures
        if (not sector or one.sector == sector)
        and (tier is None or tier in one.tiers)
        and (not wanted or f" {wanted} " in f" {fold(one.decides)} ")
        and (level is None or level_of(one) is level)
    )


def level_of(procedure: Summary) -> Level | None:
    """The level of the procedure; None if nobody has published it."""
    return procedure.online_level.now if procedure.online_level else None


def is_sure(procedure: Summary) -> bool:
    """Whether its level is certain: provinces differ, so few are."""
    known = procedure.online_level
    return known is not None and known.source.confidence is Confidence.HIGH


def by_sector(procedures: Iterable[Summary]) -> tuple[SectorCount, ...]:
    """Counts of the procedures, sector by sector, the largest first."""
    levels: dict[str, Counter[Level | None]] = {}
    for one in procedures:
        levels.setdefault(one.sector, Counter())[level_of(one)] += 1
    counts = (SectorCount(sector, found.total(), found) for sector, found in levels.items())
    return tuple(sorted(counts, key=lambda count: (-count.total, count.sector)))


@dataclass(frozen=True)
class FieldFigures:
    """What an agency published about one of its fields, in the old levels."""

    name: str
    total: int
    at_level_4: int
    at_level_3: int


@dataclass(frozen=True)
class Figures:
    """What an agency published about itself at some time: `online` of its `total` procedures."""

    id: str
    name: str
    also: tuple[str, ...]
    total: int
    online: int
    fields: tuple[FieldFigures, ...]
    source: Source

    @property
    def at_level_4(self) -> int:
        """Procedures that were at the old level 4."""
        return sum(field.at_level_4 for field in self.fields)

    @property
    def at_level_3(self) -> int:
        """Procedures that were at the old level 3."""
        return sum(field.at_level_3 for field in self.fields)

    @property
    def below(self) -> int:
        """Of those online, the ones at neither: the published figures leave them open."""
        return self.online - self.at_level_4 - self.at_level_3


def read_figures(path: Path) -> tuple[Figures, ...]:
    """The published figures in `catalogue/level_counts.yml`. Raises `Misconfigured`."""
    return tuple(_figures(name, entry) for name, entry in yaml12.read(path).items())


def figures_of(published: Iterable[Figures], text: str) -> Figures | None:
    """The figures of the agency that `text` names."""
    said = f" {fold(text)} "
    for figures in published:
        if any(f" {fold(name)} " in said for name in (figures.name, *figures.also)):
            return figures
    return None


def _figures(name: str, entry: Mapping[str, object]) -> Figures:
    ref, as_of, confidence, *note = str(entry["source"]).split(maxsplit=3)
    fields = entry["fields"]
    also = entry["also"]
    assert isinstance(fields, list)
    assert isinstance(also, list)
    return Figures(
        id=name,
        name=str(entry["name"]),
        also=tuple(map(str, also)),
        total=int(str(entry["total"])),
        online=int(str(entry["online"])),
        fields=tuple(
            FieldFigures(field["name"], field["total"], field["muc_4"], field["muc_3"])
            for field in fields
        ),
        source=Source(ref, as_of, Confidence(confidence), "".join(note).strip("—- ")),
    )
