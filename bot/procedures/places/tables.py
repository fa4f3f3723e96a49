"""The units of today and of before 01/07/2025, read from `bot/catalogue/units`, with indexes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, Protocol, TypeVar

from bot.basics import yaml12
from bot.basics.errors import Misconfigured
from bot.procedures.places.words import name_key, read_words, split_kind


class Unit(Protocol):
    """Anything with a kind and a name that people write."""

    @property
    def kind(self) -> str:
        """Folded: `phuong`, `xa`, `thi tran`, `quan` and so on; empty if the name has none."""

    @property
    def name(self) -> str:
        """Without the kind."""


class Province(NamedTuple):
    """A province of today, or the name of a former one that leads to it."""

    kind: str
    name: str
    label: str
    """Full name, as it is or was."""

    code: str
    """Today's code."""

    former: str
    """Code of the former province of this name."""

    is_current: bool
    is_town: bool = False
    """The name is that of a town as well, and may be read once more as a district."""


class Commune(NamedTuple):
    """A commune of today."""

    kind: str
    name: str
    label: str
    code: str
    province: str


class District(NamedTuple):
    """A district of before, or a name that stands for one or several of them."""

    kind: str
    name: str
    label: str
    province: str
    """Former code."""

    stands_for: frozenset[str]
    """Full names of districts, of the same province, in the list of June 2025."""


class Former(NamedTuple):
    """A commune of before. An island district that had none is a commune without a name."""

    kind: str
    name: str
    label: str
    district: str
    province: str
    """Former code."""

    now: tuple[str, ...]
    """Codes of the communes it went to."""


U = TypeVar("U", bound=Unit)
Index = Mapping[str, tuple[U, ...]]
"""Key of the name without its kind → the units of that name."""


@dataclass(frozen=True)
class Tables:
    """Everything the resolver looks up."""

    provinces: Mapping[str, Province]
    """Today's, by code."""

    communes: Mapping[str, Commune]
    """Today's, by code."""

    former_provinces: Mapping[str, Province]
    """The 63 of before, by their code."""

    by_district: Mapping[tuple[str, str], tuple[Former, ...]]
    """Former province code and full name of the district → its communes."""

    reached_from: Mapping[str, frozenset[str]]
    """Former province code → codes of the communes of today on its land."""

    province_names: Index[Province]
    commune_names: Index[Commune]
    district_names: Index[District]
    former_names: Index[Former]
    past: str
    """The word for "of before the merger", as `Word.sound`."""


def read_tables(folder: Path) -> Tables:
    """The tables in `folder`. Raises `Misconfigured`."""
    changes = yaml12.read(folder / "places_changes.yml")
    names = yaml12.read(folder / "places_names.yml")
    provinces, former_provinces = _read_provinces(folder, changes["provinces"]["names"])
    communes = _read_communes(folder, changes["communes"]["names"])
    former = list(_read_former(folder, changes["parts"]["more"]))
    by_district: dict[tuple[str, str], list[Former]] = {}
    reached: dict[str, set[str]] = {}
    for unit in former:
        by_district.setdefault((unit.province, unit.district), []).append(unit)
        reached.setdefault(unit.province, set()).update(unit.now)
    return Tables(
        provinces=provinces,
        communes=communes,
        former_provinces=former_provinces,
        by_district={place: tuple(units) for place, units in by_district.items()},
        reached_from={code: frozenset(codes) for code, codes in reached.items()},
        province_names=_index(_province_names(provinces, former_provinces, names)),
        commune_names=_index(communes.values()),
        district_names=_index(_district_names(by_district, names, folder)),
        former_names=_index(unit for unit in former if unit.name),
        past=read_words(names["past"])[0].sound,
    )


def _read_provinces(
    folder: Path, changed: Mapping[str, str]
) -> tuple[dict[str, Province], dict[str, Province]]:
    current: dict[str, Province] = {}
    former: dict[str, Province] = {}
    for former_code, former_label, code, name in _rows(folder / "places_provinces.tsv", 4):
        kind, short = split_kind(former_label)
        former[former_code] = Province(kind, short, former_label, code, former_code, False)
        label = changed.get(code, name)
        kind, new_short = split_kind(label)
        if new_short == short:
            current[code] = Province(kind, short, label, code, former_code, True)
    return dict(sorted(current.items())), former


def _read_communes(folder: Path, changed: Mapping[str, str]) -> dict[str, Commune]:
    communes = {}
    for province, code, name in _rows(folder / "places_2025.tsv", 3):
        label = changed.get(code, name)
        communes[code] = Commune(*split_kind(label), label, code, province)
    return communes


def _read_former(folder: Path, more: Mapping[str, str]) -> Iterator[Former]:
    for province, district, code, label, now in _rows(folder / "places_before_2025.tsv", 5):
        codes = tuple(now.split()) + ((more[code],) if code in more else ())
        yield Former(*split_kind(label), label, district, province, codes)


def _province_names(
    current: Mapping[str, Province], former: Mapping[str, Province], names: Any
) -> Iterator[Province]:
    """Every name of a province. Where a name is both current and former, only the current."""
    best = {**former, **{province.former: province for province in current.values()}}
    yield from best.values()
    for group in ("provinces", "towns"):
        for code, others in names[group].items():
            for other in others:
                yield best[code]._replace(name=other, is_town=group == "towns")


def _district_names(
    known: Iterable[tuple[str, str]], names: Any, folder: Path
) -> Iterator[District]:
    labels = set(known)
    for province, label in sorted(labels):
        yield District(*split_kind(label), label, province, frozenset({label}))
    for province, others in names["districts"].items():
        for label, targets in others.items():
            unknown = [target for target in targets if (province, target) not in labels]
            if unknown:
                where = f"{folder / 'places_names.yml'}:{others.lines[label]}"
                raise Misconfigured([f"{where}: there is no district {unknown[0]} in {province}"])
            yield District(*split_kind(label), label, province, frozenset(targets))


def _rows(path: Path, columns: int) -> Iterator[list[str]]:
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except OSError as error:
        raise Misconfigured([f"{path}: {error}"]) from error
    for number, line in enumerate(lines[1:], 2):
        row = line.split("\t")
        if len(row) == columns:
            yield row
        elif line:
            raise Misconfigured([f"{path}:{number}: {len(row)} columns, expected {columns}"])


def _index(units: Iterable[U]) -> Index[U]:
    found: dict[str, list[U]] = {}
    for unit in units:
        found.setdefault(name_key(unit.name), []).append(unit)
    return {key: tuple(group) for key, group in found.items()}
