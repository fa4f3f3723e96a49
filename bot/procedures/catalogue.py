"""All procedures at once, and how the running program notices that a file changed."""

from __future__ import annotations

import time
from collections import ChainMap
from collections.abc import Iterator, Mapping
from copy import copy
from pathlib import Path
from threading import Lock

import structlog

from bot.basics.errors import Misconfigured, UnknownProcedure
from bot.basics.ids import ProcedureCode
from bot.procedures import imported
from bot.procedures.everyday import Everyday
from bot.procedures.imported import Imported
from bot.procedures.model import Procedure
from bot.procedures.read import read_procedure
from bot.procedures.sayings import Sayings
from bot.procedures.shelf import Shelf
from bot.procedures.summary import Summary, summary

log = structlog.get_logger()
_LOOK_EVERY = 1.0
"""Seconds between looks at the folder: a new file is in use about this long after it was saved."""


class Catalogue:
    """The procedures by code: those written by hand, then those imported that have no file here.

    Going through it reads every imported procedure; `summaries` has what lists need of them.
    """

    def __init__(
        self,
        procedures: Mapping[ProcedureCode, Procedure],
        sectors: Mapping[str, str],
        sources: Mapping[str, Mapping[str, str]],
        everyday: Everyday | None = None,
        imports: Imported | None = None,
        sayings: Sayings | None = None,
    ) -> None:
        self.written = tuple(procedures.values())
        """The procedures with a file of their own: the only ones that can be filed here."""
        self._written = procedures
        self._imports: Mapping[ProcedureCode, Procedure] = {} if imports is None else imports
        self.sectors: Mapping[str, str] = ChainMap(
            dict(sectors), {} if imports is None else imports.sectors
        )
        """Sector id → display name."""
        self.sources = sources
        """Source code → its `name` for citizens and what it is `about`."""
        self.everyday = everyday or Everyday()
        """How people say what the names say otherwise."""
        self.sayings = sayings or Sayings()
        """What citizens say for each procedure, of all the country's."""
        known = {} if imports is None else imports.summaries
        self.summaries: Mapping[ProcedureCode, Summary] = {
            **{procedure.code: summary(procedure) for procedure in self.written},
            **{code: one for code, one in known.items() if code not in procedures},
        }
        """Names, place and level of every procedure, in the order of the catalogue."""

    def __iter__(self) -> Iterator[Procedure]:
        return map(self.get, self.summaries)

    def __len__(self) -> int:
        return len(self.summaries)

    def __contains__(self, code: object) -> bool:
        return code in self.summaries

    def saying(self, sayings: Sayings) -> Catalogue:
        """The same procedures with other sayings."""
        other = copy(self)
        other.sayings = sayings
        return other

    def followers(self, code: ProcedureCode) -> tuple[ProcedureCode, ...]:
        """The procedures of this catalogue that stand for a code: those that followed it, or itself."""
        after = tuple(c for c in self.everyday.successors.get(code, ()) if c in self)
        return after or ((code,) if code in self else ())

    def get(self, code: ProcedureCode) -> Procedure:
        """The procedure. Raises `UnknownProcedure`."""
        try:
            return self._written[code] if code in self._written else self._imports[code]
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
    everyday = Everyday.read(folder / "everyday.yml")
    imports = Imported(folder / imported.FOLDER / imported.FILE)
    return Catalogue(procedures, shelf.sectors, shelf.sources, everyday, imports, Sayings(folder))


class LiveCatalogue:
    """The catalogue as its files are now: what is added or changed needs no restart."""

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
    paths = [*folder.glob("**/*.yml"), *folder.glob(f"{imported.FOLDER}/*.jsonl")]
    return frozenset((str(path), (s := path.stat()).st_mtime_ns, s.st_size) for path in paths)
