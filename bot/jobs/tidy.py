"""Tidies up, once an hour: drafts that expire, buttons that no longer work, files nobody kept."""

from __future__ import annotations

import asyncio

import structlog

from bot.counter.expire import expire
from bot.counter.ports import Desk
from bot.counter.remember import forget_unused
from bot.storage.storage import Storage

log = structlog.get_logger()
_EVERY = 3600.0


class Tidier:
    """Tidies one installation; several processes may, it changes nothing twice."""

    def __init__(self, storage: Storage, desk: Desk) -> None:
        self._storage, self._desk = storage, desk

    async def run(self, every: float = _EVERY) -> None:
        """Tidies until cancelled."""
        while True:
            await asyncio.to_thread(self.tidy)
            await asyncio.sleep(every)

    def tidy(self) -> None:
        """One round."""
        with self._storage.work() as work:
            erased, reminded = expire(work, self._desk)
            forgotten = forget_unused(work, self._desk.clock.now())
            work.buttons.forget_old()
            work.links.forget_old(self._desk.clock.now())
            lost = work.files.sweep()
        log.info(
            "tidy.done",
            drafts_erased=erased,
            drafts_due=reminded,
            files_swept=lost,
            profiles_forgotten=forgotten,
        )
