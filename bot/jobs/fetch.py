"""Fetches the files that citizens sent, so that a turn finds them here."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from bot.basics.errors import Outside, TryLater
from bot.basics.messages import RemoteFile
from bot.counter.attach import keep, problem_file
from bot.documents.inspect import Inspected, inspect
from bot.storage.inbox import Unread
from bot.storage.storage import Storage

log = structlog.get_logger()
Fetch = Callable[[RemoteFile], Awaitable[bytes]]
_TRIES = 3


class Fetcher:
    """Fetches for one channel."""

    def __init__(
        self,
        storage: Storage,
        channel: str,
        fetch: Fetch,
        max_mb: int,
        on_fetched: Callable[[], None],
    ) -> None:
        self._storage, self._channel, self._fetch = storage, channel, fetch
        self._max_mb, self._on_fetched = max_mb, on_fetched
        # A large photo fills 150 MB while it is looked at.
        self._one_at_a_time = asyncio.Lock()

    async def run(self, poll_every: float = 0.5) -> None:
        """Fetches until cancelled."""
        while True:
            if not await self.fetch_due():
                await asyncio.sleep(poll_every)

    async def fetch_due(self) -> bool:
        """Fetches the files of every waiting message; False when there was none."""
        waiting = await asyncio.to_thread(self._waiting)
        await asyncio.gather(*map(self._fetch_all, waiting))
        return bool(waiting)

    async def _fetch_all(self, parts: list[Unread]) -> None:
        files = [file for part in parts for file in part.inbound.files]
        looked_at = [(file, await self._looked_at(file)) for file in files]
        await asyncio.to_thread(self._keep, parts, looked_at)
        self._on_fetched()

    async def _looked_at(self, file: RemoteFile) -> Inspected | str:
        content = await self._content(file)
        if isinstance(content, str):
            return content
        async with self._one_at_a_time:
            return await asyncio.to_thread(inspect, content, self._max_mb)

    async def _content(self, file: RemoteFile) -> bytes | str:
        """The content, or the wording key of why it did not come."""
        for attempt in range(1, _TRIES + 1):
            try:
                return await self._fetch(file)
            except TryLater as error:
                await asyncio.sleep(max(error.after, attempt))
            except Outside as error:
                return error.key
            except Exception as error:
                # A door that breaks in a way it did not foresee must not take the others with it.
                log.error("fetch.broke", channel=self._channel, exc_info=error)
                return "file.not_fetched"
        return "file.not_fetched"

    def _waiting(self) -> list[list[Unread]]:
        with self._storage.look() as work:
            return work.inbox.to_fetch(self._channel)

    def _keep(
        self, parts: list[Unread], looked_at: list[tuple[RemoteFile, Inspected | str]]
    ) -> None:
        with self._storage.work() as work:
            kept = (
                problem_file(file, seen)
                if isinstance(seen, str)
                else keep(work.files, file.name, seen)
                for file, seen in looked_at
            )
            work.inbox.fetched(parts, tuple(kept))
