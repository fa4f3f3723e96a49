"""The program while it runs: a thread that takes turns, and a loop that fetches files and sends."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from typing import Any

import structlog

from bot.basics.ids import ConversationId
from bot.basics.messages import Inbound
from bot.conversation.turns import TurnWorker
from bot.counter.receive import receive
from bot.jobs.deliver import Deliverer
from bot.jobs.fetch import Fetch, Fetcher
from bot.notifications.ports import Sender
from bot.wiring import Parts, make_engine

log = structlog.get_logger()


class Assistant:
    """Everything between the doors: what they hear goes in, and the answers go out through them."""

    def __init__(
        self, parts: Parts, senders: Mapping[str, Sender], fetches: Mapping[str, Fetch]
    ) -> None:
        self._parts = parts
        self.deliverer = Deliverer(parts.queue, senders, parts.clock)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._broken: asyncio.Future[None] | None = None
        self._worker = TurnWorker(
            parts.storage, lambda: make_engine(parts), parts.desk, self._answered, self._broke
        )
        self._fetchers = [
            Fetcher(parts.storage, channel, fetch, parts.settings.max_file_mb, self._worker.wake)
            for channel, fetch in fetches.items()
        ]

    def hear(self, inbound: Inbound) -> bool:
        """Keeps a message for its turn. False if it was already received. Call from any thread."""
        with self._parts.storage.work() as work:
            number = receive(work, work.queue, inbound, self._parts.clock.now())
        self._worker.wake()
        return number is not None

    def reachable(self, conversation: ConversationId, is_reachable: bool) -> None:
        """Remembers whether a chat account can be written to."""
        with self._parts.storage.work() as work:
            work.conversations.mark(conversation, is_reachable)

    async def run(self, *doors: Coroutine[Any, Any, Any]) -> None:
        """Runs until one of the doors closes, or one breaks; then ends everything in order."""
        self._loop = asyncio.get_running_loop()
        self._broken = self._loop.create_future()
        self._worker.start()
        background = [
            asyncio.create_task(job)
            for job in (self.deliverer.run(), *(fetcher.run() for fetcher in self._fetchers))
        ]
        open_doors = [asyncio.create_task(door) for door in doors]
        everything = (*open_doors, *background, self._broken)
        try:
            await asyncio.wait(everything, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for part in everything:
                part.cancel()
            ended = await asyncio.gather(*everything, return_exceptions=True)
            await asyncio.to_thread(self._worker.stop)
        for outcome in ended:
            if isinstance(outcome, Exception):
                raise outcome

    def _answered(self) -> None:
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self.deliverer.wake)


    def _broke(self, error: Exception) -> None:
        assert self._loop is not None
        self._loop.call_soon_threadsafe(self._end_with, error)

    def _end_with(self, error: Exception) -> None:
        if self._broken is not None and not self._broken.done():
            self._broken.set_exception(error)


Heard = Callable[[Inbound], bool]
"""What a door does with what it hears."""
