"""Imports an export file, line by line: what is readable is kept, what is not is reported."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from bot.basics.errors import Misconfigured
from bot.basics.ids import ProcedureCode
from bot.procedures import imported
from bot.procedures.importing.portal import Portal
from bot.procedures.importing.records import Unreadable, procedure

_LONGEST_LINE = 8_000_000
"""Bytes; a longer line is no record of a procedure."""
_GZIP = b"\x1f\x8b"


@dataclass
class Report:
    """What an import did."""

    read: int = 0
    """Lines."""
    kept: int = 0
    changed: int = 0
    """Procedures that were there before and are different now."""
    written_by_hand: int = 0
    """Procedures whose hand-written file stands above the imported one."""
    problems: list[str] = field(default_factory=list)
    """`file:line: what — what was done`."""


def import_export(
    export: Path,
    folder: Path,
    written: frozenset[ProcedureCode] = frozenset(),
    progress: Callable[[float], None] = lambda share: None,
) -> Report:
    """Puts the procedures of `export` (JSON lines, also gzipped) into the catalogue in `folder`.

    What was imported before stays unless the export has it too. `progress` is told the share done,
    from 0 to 1. Raises `Misconfigured` if the file cannot be read at all.
    """
    portal = Portal.read(folder / "portal.yml")
    report = Report()
    target = folder / imported.FOLDER / imported.FILE
    kept: dict[ProcedureCode, str] = {}
    for number, line in _lines(export, progress):
        report.read += 1
        at = f"{export.name}:{number}"
        notes: list[str] = []
        try:
            made, sector = procedure(_record(line), portal, notes.append)
        except Unreadable as error:
            report.problems.append(f"{at}: {error} — skipped")
            continue
        report.problems += [f"{at}: {made.code}: {note}" for note in dict.fromkeys(notes)]
        if made.code in kept:
            report.problems.append(f"{at}: {made.code} is there twice — the later one is kept")
        kept[made.code] = imported.as_line(made, sector)
    if not kept:
        raise Misconfigured([f"{export}: there is no procedure in it — nothing was changed"])
    report.kept = len(kept)
    report.written_by_hand = len(written & kept.keys())
    report.changed = imported.write(target, kept)
    return report


def _record(line: bytes | None) -> dict[str, object]:
    if line is None:
        raise Unreadable(f"longer than {_LONGEST_LINE // 1_000_000} MB")
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"no JSON ({type(error).__name__})") from error
    if not isinstance(record, dict):
        raise Unreadable("no JSON object")
    return record


def _lines(export: Path, progress: Callable[[float], None]) -> Iterator[tuple[int, bytes | None]]:
    """The numbered lines that are not empty; None for one that is too long."""
    try:
        with export.open("rb") as file:
            size = max(export.stat().st_size, 1)
            is_packed = file.read(2) == _GZIP
            file.seek(0)
            source: BinaryIO = gzip.GzipFile(fileobj=file) if is_packed else file  # type: ignore[assignment]  # reads like one
            number = 0
            while line := source.readline(_LONGEST_LINE):
                number += 1
                is_whole = line.endswith(b"\n") or len(line) < _LONGEST_LINE
                while not line.endswith(b"\n") and len(line) == _LONGEST_LINE:
                    line = source.readline(_LONGEST_LINE)
                if line.strip():
                    yield number, line if is_whole else None
                progress(min(file.tell() / size, 1.0))
    except (OSError, EOFError) as error:
        raise Misconfigured([f"{export}: {error}"]) from error
