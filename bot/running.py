"""The program while it runs: a thread that takes turns, and a loop that fetches files and sends."""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Callable, Coroutine, Iterator, Mapping
from typing import Any

import structlog

from bot.basics.ids import ConversationId
from bot.basics.messages import Inbound
from bot.conversation import lean  # noqa: F401  before everything that imports Rasa
from bot.conversation.turns import TurnWorker
from bot.counter.receive import receive
from bot.jobs.deliver import Deliverer
from bot.jobs.fetch import Fetch, Fetcher
from bot.jobs.notify import Notifier
from bot.jobs.tidy import Tidier
from bot.jobs.watch import watch
from bot.notifications.ports import Sender
from bot.wiring import Parts, make_engine, make_finder_ready

log = structlog.get_logger()
_PAUSE = 5.0
"""Seconds before background work that broke begins anew."""
_PATIENCE = 8.0
"""Seconds that doors have to close in order, before they are closed."""


class Assistant:
    """Everything between the doors: what they hear goes in, and the answers go out through them."""

    def __init__(
        self, parts: Parts, senders: Mapping[str, Sender], fetches: Mapping[str, Fetch]
    ) -> None:
        self._parts = parts
        self._deliverer: Deliverer | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._broken: asyncio.Future[None] | None = None
        self._worker = TurnWorker(
            parts.storage, lambda: make_engine(parts), parts.desk, self._answered, self._broke
        )
        self._senders = dict(senders)
        self._fetches = dict(fetches)

    def open(self, channel: str, sender: Sender, fetch: Fetch) -> None:
        """Opens one more door, which had to know this assistant first; before `run`."""
        self._senders[channel], self._fetches[channel] = sender, fetch

    def hear(self, inbound: Inbound) -> bool:
        """Keeps a message for its turn. False if it was already received. Call from any thread."""
        with self._parts.storage.work() as work:
            number = receive(work, work.inbox, inbound, self._parts.clock.now())
        self._worker.wake()
        return number is not None

    def reachable(self, conversation: ConversationId, is_reachable: bool) -> None:
        """Remembers whether a chat account can be written to."""
        with self._parts.storage.work() as work:
            work.conversations.mark(conversation, is_reachable)

    async def run(self, stop: asyncio.Event, *doors: Coroutine[Any, Any, Any]) -> None:
        """Runs until one of the doors closes or breaks; then sets `stop`, at which all have to end."""
        self._loop = asyncio.get_running_loop()
        self._broken = self._loop.create_future()
        self._worker.start()
        background = [asyncio.create_task(job) for job in self._background()]
        open_doors = [asyncio.create_task(door) for door in doors]
        everything = (*open_doors, *background, self._broken)
        try:
            await asyncio.wait(everything, return_when=asyncio.FIRST_COMPLETED)
            stop.set()
            await asyncio.wait(open_doors, timeout=_PATIENCE)
        finally:
            for part in everything:
                part.cancel()
            ended = await asyncio.gather(*everything, return_exceptions=True)
            await asyncio.to_thread(self._worker.stop)
        for outcome in ended:
            if isinstance(outcome, Exception):
                raise outcome

    def _background(self) -> Iterator[Coroutine[Any, Any, None]]:
        parts = self._parts
        self._deliverer = Deliverer(parts.sending, self._senders, parts.clock)
        yield lasting(self._deliverer.run)
        yield lasting(Tidier(parts.storage, parts.desk).run)
        yield lasting(Notifier(parts.storage, parts.desk).run)
        yield lasting(functools.partial(watch, functools.partial(make_finder_ready, parts)))
        for channel, fetch in self._fetches.items():
            wake, most = self._worker.wake, parts.settings.max_file_mb
            yield lasting(Fetcher(parts.storage, channel, fetch, most, wake).run)

    def _answered(self) -> None:
        if self._loop and self._deliverer and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._deliverer.wake)

    def _broke(self, error: Exception) -> None:
        assert self._loop is not None
        self._loop.call_soon_threadsafe(self._end_with, error)

    def _end_with(self, error: Exception) -> None:
        if self._broken is not None and not self._broken.done():
            self._broken.set_exception(error)


async def lasting(job: Callable[[], Coroutine[Any, Any, None]], pause: float = _PAUSE) -> None:
    """Runs background work until cancelled: a full disk or a locked database ends no program.

    A job that begins anew first picks up what it left half done.
    """
    while True:
        try:
            await job()
        except Exception as error:
            log.error("background.broke", exc_info=error)
        await asyncio.sleep(pause)


Heard = Callable[[Inbound], bool]
"""What a door does with what it hears."""
