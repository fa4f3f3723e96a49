"""The imported procedures, in one file: names are held in memory, the rest is read when asked for.

`imported/procedures.jsonl` has one JSON object a line; it is replaced as a whole, so that whoever
has it open goes on reading the old one.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from bot.basics.errors import Misconfigured
from bot.basics.ids import ProcedureCode
from bot.procedures.model import Procedure, Result, Tier
from bot.procedures.summary import Summary

FOLDER, FILE = "imported", "procedures.jsonl"
_KEPT = 256
"""Procedures kept in memory once they were asked for."""
_SCHEMA: TypeAdapter[Procedure] = TypeAdapter(Procedure)


class Imported(Mapping[ProcedureCode, Procedure]):
    """The procedures in one file, by code."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("rb") if path.exists() else None
        self._places: dict[ProcedureCode, tuple[int, int]] = {}
        self.summaries: dict[ProcedureCode, Summary] = {}
        self.sectors: dict[str, str] = {}
        """Sector id → the portal's name of it."""
        self._cached = lru_cache(maxsize=_KEPT)(self._read)
        start = 0
        for number, line in enumerate(self._file or (), start=1):
            try:
                self._take(json.loads(line), start, len(line))
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise Misconfigured(
                    [f"{path}:{number}: not as it was written ({error!r}) — import it again"]
                ) from error
            start += len(line)

    def _take(self, entry: dict[str, Any], start: int, length: int) -> None:
        known = entry["procedure"]
        code = ProcedureCode(known["code"])
        self._places[code] = start, length
        self.sectors.setdefault(known["sector"], entry["sector"] or known["sector"])
        self.summaries[code] = Summary(
            code=code,
            name=known["name"],
            official_name=known["official_name"],
            sector=known["sector"],
            tiers=tuple(map(Tier, known["tiers"])),
            decides=known.get("authority", {}).get("decides", ""),
            results=tuple(Result(result["name"]) for result in known.get("results", ())),
        )

    def _read(self, code: ProcedureCode) -> Procedure:
        start, length = self._places[code]
        assert self._file is not None
        line = os.pread(self._file.fileno(), length, start)
        try:
            return _SCHEMA.validate_python(json.loads(line)["procedure"])
        except (ValueError, ValidationError) as error:
            raise Misconfigured([f"{FILE}: {code} is damaged — import it again"]) from error

    def __getitem__(self, code: ProcedureCode) -> Procedure:
        return self._cached(code)

    def __contains__(self, code: object) -> bool:
        return code in self._places

    def __iter__(self) -> Iterator[ProcedureCode]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


def as_line(procedure: Procedure, sector: str) -> str:
    """The line of the file for a procedure, and the portal's name of its sector."""
    tree = _SCHEMA.dump_python(procedure, mode="json", exclude_defaults=True)
    return json.dumps({"procedure": tree, "sector": sector}, ensure_ascii=False)


def write(path: Path, lines: Mapping[ProcedureCode, str]) -> int:
    """Puts `lines` in the file, in place of those for the same procedures and beside the others.

    Returns how many procedures were there before, and different. Raises `Misconfigured` if the file
    cannot be written; the old one stays then.
    """
    before = _lines_of(path)
    changed = sum(before.get(code, new) != new for code, new in lines.items())
    try:
        _replace(path, [one for _, one in sorted({**before, **lines}.items())])
    except OSError as error:
        raise Misconfigured([f"{path}: {error} — nothing was changed"]) from error
    return changed


def _replace(path: Path, lines: Iterable[str]) -> None:
    """Writes the file anew beside itself, then puts it in its own place."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    try:
        with part.open("w", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in lines)
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)


def _lines_of(path: Path) -> dict[ProcedureCode, str]:
    """Code → line, of a file written before; a damaged line is dropped."""
    found: dict[ProcedureCode, str] = {}
    if not path.exists():
        return found
    for line in path.read_text(encoding="utf-8").split("\n"):
        try:
            found[ProcedureCode(json.loads(line)["procedure"]["code"])] = line
        except (ValueError, KeyError, TypeError):
            continue
    return found
