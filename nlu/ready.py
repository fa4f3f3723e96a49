"""The finder for the newest catalogue, built once for all who need it."""

from __future__ import annotations

from threading import Lock

from bot.basics import settings
from bot.procedures.catalogue import Catalogue
from bot.procedures.find import Finder
from nlu.naming import Names

Tools = tuple[Finder, Names]


class Ready:
    """Keeps one finder for all who look for procedures in this process."""

    def __init__(self) -> None:
        self._building = Lock()
        self._now: Tools | None = None

    def of(self, catalogue: Catalogue) -> Tools:
        """The finder for `catalogue`; waits for who is building it already."""
        with self._building:
            if self._now is None or self._now[0].catalogue is not catalogue:
                finder = Finder(catalogue, settings.read().models_dir)
                self._now = finder, Names.of(catalogue.summaries.values())
            return self._now
