"""All procedures at once, and how the running program notices that a file changed."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from threading import Lock

import structlog

from bot.basics.errors import Misconfigured, UnknownProcedure
from bot.basics.ids import ProcedureCode
from bot.procedures.model import Procedure
from bot.procedures.read import Shelf, read_procedure

log = structlog.get_logger()
_LOOK_EVERY = 1.0
"""Seconds between looks at the folder: a new file is in use about this long after it was saved."""


class Catalogue:
    """The procedures, by code."""

    def __init__(
        self,
        procedures: Mapping[ProcedureCode, Procedure],
        sectors: Mapping[str, str],
        sources: Mapping[str, Mapping[str, str]],
    ) -> None:
        self._procedures = procedures
        self.sectors = sectors
        """Sector id → display name."""
        self.sources = sources
        """Source code → its `name` for citizens and what it is `about`."""

    def __iter__(self) -> Iterator[Procedure]:
        return iter(self._procedures.values())

    def __len__(self) -> int:
        return len(self._procedures)

    def __contains__(self, code: object) -> bool:
        return code in self._procedures

    def get(self, code: ProcedureCode) -> Procedure:
        """The procedure. Raises `UnknownProcedure`."""
        try:
            return self._procedures[code]
        except KeyError:
            raise UnknownProcedure("procedure.unknown", code=code) from None


def read(folder: Path) -> Catalogue:
    """The catalogue in `folder`. Raises `Misconfigured` with the problems of all files."""
    procedures: dict[ProcedureCode, Procedure] = {}
    problems: list[str] = []
    shelf = Shelf(folder)
    for path in shelf.procedure_files():
        try:
            procedure = read_procedure(path, shelf)
        except Misconfigured as error:
            problems += error.problems
            continue
        if procedure.code in procedures:
            problems.append(f"{path}:1: code {procedure.code} is used by another file")
        procedures[procedure.code] = procedure
    if problems:
        raise Misconfigured(problems)
    return Catalogue(procedures, shelf.sectors, shelf.sources)


class LiveCatalogue:
    """The catalogue as its files are now: a file added or changed is picked up without a restart."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = Lock()
        self._seen = _fingerprint(folder)
        self._looked_at = time.monotonic()
        self._catalogue = read(folder)

    def current(self) -> Catalogue:
        """The newest catalogue that could be read; a broken change is logged and left out."""
        with self._lock:
            if time.monotonic() - self._looked_at >= _LOOK_EVERY:
                self._looked_at = time.monotonic()
                self._look_again()
            return self._catalogue

    def _look_again(self) -> None:
        now = _fingerprint(self._folder)
        if now == self._seen:
            return
        self._seen = now
        try:
            self._catalogue = read(self._folder)
            log.info("catalogue.reloaded", procedures=len(self._catalogue))
        except Misconfigured as error:
            log.error("catalogue.change_refused", problems=error.problems)


def _fingerprint(folder: Path) -> frozenset[tuple[str, int, int]]:
    paths = folder.glob("**/*.yml")
    return frozenset((str(path), (s := path.stat()).st_mtime_ns, s.st_size) for path in paths)
