"""Moves notices along: what was refused goes on by the next way, what was held goes out in the morning."""

from __future__ import annotations

import asyncio

import structlog

from bot.counter.notices import advance
from bot.counter.ports import Desk
from bot.storage.storage import Storage

log = structlog.get_logger()
_EVERY = 5.0
"""Seconds: a notice that was refused for good is on its next way within a minute."""


class Notifier:
    """Looks after the notices of one installation. Several processes may: a step is taken once."""

    def __init__(self, storage: Storage, desk: Desk) -> None:
        self._storage, self._desk = storage, desk

    async def run(self, every: float = _EVERY) -> None:
        """Moves notices along until cancelled."""
        while True:
            await asyncio.to_thread(self.advance_due)
            await asyncio.sleep(every)

    def advance_due(self) -> None:
        """One round. Each notice is a transaction of its own: one that breaks holds up no other."""
        with self._storage.look() as look:
            due = look.notices.due()
        for notice in due:
            try:
                with self._storage.work() as work:
                    now = work.notices.get(notice.id)
                    if now and now.closed is None:
                        advance(work, self._desk, now)
            except Exception as error:
                log.error("notices.broke", notice=notice.id, exc_info=error)
