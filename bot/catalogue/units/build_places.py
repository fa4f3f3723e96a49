"""Builds the three `places_*.tsv` from the facts in the MIT-licensed package vietnamadminunits.

    python -m pip download --no-deps vietnamadminunits==1.0.4
    python bot/catalogue/units/build_places.py vietnamadminunits-1.0.4-py3-none-any.whl

Nothing of the package is installed or run: its tables are read out of the wheel. The same wheel
always gives the same files. What changed after the package was made stands in
`places_changes.yml`, by hand, and is applied when the tables are loaded.
"""

from __future__ import annotations

import json
import sqlite3
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import ZipFile

DATA = "vietnamadminunits/data/"
CURRENT = "SELECT provinceKey, wardKey, wardCode, ward, provinceCode, province FROM admin_units"
FORMER = """SELECT provinceKey, districtKey, ifnull(wardKey, ''), ifnull(wardCode, ''),
    ifnull(ward, ''), district, provinceCode, province FROM admin_units_legacy"""


class Current(NamedTuple):
    """A commune of today, in the package's keys and the codes of the statistics office."""

    province_key: str
    key: str
    code: str
    name: str
    province_code: str
    province: str


class Former(NamedTuple):
    """A commune of before the merger. An island district without communes has an empty code."""

    province_key: str
    district_key: str
    key: str
    code: str
    name: str
    district: str
    province_code: str
    province: str

    @property
    def path(self) -> str:
        """How the package's conversion table calls it."""
        return f"{self.province_key}_{self.district_key}_{self.key}"


Targets = dict[Former, set[str]]
"""Former commune → codes of the current communes it went to, whole or in parts."""


def main(wheel: Path, folder: Path) -> None:
    """Reads `wheel`, writes the tables into `folder` and says what it found."""
    current, former, conversion = read_wheel(wheel)
    targets = read_targets(current, former, conversion)
    mixed_up = drop_namesakes(targets, {row.code: row.province_code for row in current})
    successor = {row.code: row for row in current}
    write(
        folder / "places_provinces.tsv",
        ("former_code", "former_name", "code", "name"),
        {
            (row.province_code, row.province, new.province_code, new.province)
            for row, codes in targets.items()
            for new in [successor[min(codes)]]
        },
    )
    write(
        folder / "places_2025.tsv",
        ("province", "code", "name"),
        ((row.province_code, row.code, row.name) for row in current),
    )
    write(
        folder / "places_before_2025.tsv",
        ("province", "district", "code", "name", "now"),
        (
            (row.province_code, tidy(row), row.code, row.name, " ".join(sorted(codes)))
            for row, codes in targets.items()
        ),
    )
    report(targets, mixed_up)


def read_wheel(wheel: Path) -> tuple[list[Current], list[Former], Any]:
    """The package's communes of today and of before, and its conversion table."""
    with ZipFile(wheel) as archive:
        conversion = json.loads(archive.read(DATA + "converter_2025.json"))
        database = sqlite3.connect(":memory:")
        database.deserialize(archive.read(DATA + "dataset.db"))
    current = [Current(*row) for row in database.execute(CURRENT)]
    former = [Former(*row) for row in database.execute(FORMER)]
    return current, former, conversion


def read_targets(current: list[Current], former: list[Former], conversion: Any) -> Targets:
    """Where every former commune went. Fails if the package's tables do not fit together."""
    codes = {(row.province_key, row.key): row.code for row in current}
    rows = {row.path: row for row in former}
    targets: Targets = {row: set() for row in former}
    for province, communes in conversion["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for commune, paths in communes.items():
            for path in paths:
                targets[rows[path]].add(codes[province, commune])
    for province, divided in conversion["DICT_PROVINCE_WARD_DIVIDED"].items():
        for path, parts in divided.items():
            targets[rows[path]].update(codes[province, part["newWardKey"]] for part in parts)
    return targets


def drop_namesakes(targets: Targets, province_of: dict[str, str]) -> list[tuple[Former, set[str]]]:
    """Takes out of `targets` what the package mixed up between communes of one name; lists it.

    In a merged province two former communes may bear one name, such as Phu Huu in Chau Thanh
    (Hau Giang) and in Long Phu (Soc Trang), and the package gives each the other's successor too.
    """
    namesakes: dict[tuple[str, str], list[Former]] = defaultdict(list)
    neighbours: dict[tuple[str, str], list[Former]] = defaultdict(list)
    for row, codes in targets.items():
        namesakes[province_of[min(codes)], row.key].append(row)
        neighbours[row.province_key, row.district_key].append(row)
    mixed_up = []
    for group in namesakes.values():
        for row in group:
            others = [targets[other] for other in group if other != row]
            district = neighbours[row.province_key, row.district_key]
            near = [other for other in district if other not in group]
            foreign = foreign_to(row, targets[row] & set().union(*others), near, targets)
            if foreign:
                mixed_up.append((row, foreign))
    for row, foreign in mixed_up:
        targets[row] -= foreign
    return mixed_up


def foreign_to(row: Former, shared: set[str], near: list[Former], targets: Targets) -> set[str]:
    """Those of the `shared` successors to which nothing else of the row's own district went.

    First only communes that went there whole count as proof; if that leaves `row` nothing, any do.
    """
    whole = set().union(*(targets[other] for other in near if len(targets[other]) == 1))
    parts = set().union(*(targets[other] for other in near))
    for home in (whole, parts):
        foreign = shared - home
        if foreign != targets[row]:
            return foreign
    return set()


def tidy(row: Former) -> str:
    """The district's name; where the package capitalises both words of its kind, the second not."""
    if not row.district_key.startswith(("thanhpho", "thixa")):
        return row.district
    first, second, name = row.district.split(" ", 2)
    return f"{first} {second.lower()} {name}"


def write(path: Path, columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    """A tab-separated file, sorted, with a header."""
    lines = ["\t".join(row) for row in (columns, *sorted(rows))]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    sys.stdout.write(f"{path.name}: {len(lines) - 1} rows, {path.stat().st_size} bytes\n")


def report(targets: Targets, mixed_up: list[tuple[Former, set[str]]]) -> None:
    """Says how many former communes went where, and which mix-ups were mended."""
    sizes = Counter(len(codes) for codes in targets.values())
    whole = sizes.pop(1, 0)
    nowhere = sizes.pop(0, 0)
    sys.stdout.write(f"went to one: {whole}, to several: {sum(sizes.values())}, ")
    sys.stdout.write(f"to none: {nowhere}; namesakes told apart: {len(mixed_up)}\n")
    for row, foreign in sorted(mixed_up):
        sys.stdout.write(f"  {row.name}, {row.district}, {row.province}: not {sorted(foreign)}\n")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), Path(__file__).parent)
