"""Sends what the outbox holds, in order within a conversation, side by side between them."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

import structlog

from bot.basics.clock import Clock
from bot.basics.errors import Outside, Uncertain
from bot.basics.ids import ConversationId
from bot.basics.messages import Outgoing
from bot.notifications.delivery import Fate, Verdict, after_failure
from bot.notifications.ports import Sender

log = structlog.get_logger()


BLOCKED = "delivery.blocked"
"""What a door calls it when this citizen cannot be written to any more."""


class ToSend(Protocol):
    """A message to send, and how often that was tried, this time included."""

    @property
    def message(self) -> Outgoing: ...
    @property
    def attempts(self) -> int: ...
    @property
    def created_at(self) -> datetime: ...


class Outbox(Protocol):
    """The outbox as the deliverer sees it."""

    def take_to_send(self, channels: Iterable[str], limit: int = 50) -> Sequence[ToSend]: ...
    def recover(self, channels: Iterable[str]) -> int: ...
    def unreachable(self, conversation: ConversationId) -> None: ...
    def settle(
        self,
        number: int,
        fate: Fate,
        provider_id: str = "",
        error: str = "",
        not_before: datetime | None = None,
    ) -> None: ...


class Open(Protocol):
    """Opens a transaction over the outbox."""

    def __call__(self) -> AbstractContextManager[Outbox]: ...


class Deliverer:
    """Sends the messages of the channels whose doors are open in this process."""

    def __init__(self, outbox: Open, senders: Mapping[str, Sender], clock: Clock) -> None:
        self._outbox, self._senders, self._clock = outbox, senders, clock
        self._wake = asyncio.Event()

    def wake(self) -> None:
        """There is something new to send; call it from the event loop's thread."""
        self._wake.set()

    async def run(self, poll_every: float = 0.5) -> None:
        """Sends until cancelled. What other processes queue is noticed by polling.

        A chat that has to wait, for its pace or for an answer, holds up no other.
        """
        await asyncio.to_thread(self._recover)
        async with asyncio.TaskGroup() as sending:
            while True:
                self._wake.clear()
                due = await asyncio.to_thread(self._take)
                for item in due:
                    task = sending.create_task(self._send(item))
                    task.add_done_callback(lambda _done: self.wake())  # the next of that chat
                if not due:
                    with contextlib.suppress(TimeoutError):
                        await asyncio.wait_for(self._wake.wait(), poll_every)

    async def send_due(self) -> bool:
        """One round: at most one message of each conversation. False when nothing was due."""
        due = await asyncio.to_thread(self._take)
        await asyncio.gather(*(self._send(item) for item in due))
        return bool(due)

    async def _send(self, item: ToSend) -> None:
        sender = self._senders[item.message.conversation.partition(":")[0]]
        try:
            provider_id = await sender.send(item.message)
        except Outside as error:
            verdict = after_failure(error, item.attempts, item.created_at, self._clock.now())
            await asyncio.to_thread(self._settle_failure, item, verdict, error)
        except Exception as error:
            # A door that breaks in a way it did not foresee may have sent: never repeat blindly.
            log.error("delivery.broke", outbox=item.message.id, exc_info=error)
            await asyncio.to_thread(
                self._settle_failure, item, Verdict(Fate.UNKNOWN), Uncertain("delivery.broke")
            )
        else:
            await asyncio.to_thread(self._settle_sent, item, provider_id)

    def _take(self) -> Sequence[ToSend]:
        with self._outbox() as outbox:
            return outbox.take_to_send(self._senders)

    def _recover(self) -> None:
        with self._outbox() as outbox:
            found = outbox.recover(self._senders)
        if found:
            log.warning("delivery.resumed_after_crash", messages=found)

    def _settle_sent(self, item: ToSend, provider_id: str) -> None:
        with self._outbox() as outbox:
            outbox.settle(item.message.id, Fate.SENT, provider_id)

    def _settle_failure(self, item: ToSend, verdict: Verdict, error: Outside) -> None:
        log.warning("delivery.failed", outbox=item.message.id, fate=verdict.fate, reason=error.key)
        with self._outbox() as outbox:
            outbox.settle(
                item.message.id, verdict.fate, error=error.key, not_before=verdict.not_before
            )
            if error.key == BLOCKED:
                outbox.unreachable(item.message.conversation)
