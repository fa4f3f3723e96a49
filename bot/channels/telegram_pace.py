"""Keeps to Telegram's pace: one message a second in a chat, thirty a second in all (Bot FAQ)."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

from bot.basics.errors import TryLater

_IN_A_CHAT = 1.0
_OVERALL = 1 / 30
_PATIENCE = 3.0
_MANY_CHATS = 10_000


class Pace:
    """Says when a chat may be written to. A chat that waits does not hold up another."""

    def __init__(
        self,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._now, self._sleep = now, sleep
        self._free: dict[str, float] = {}
        self._next = 0.0

    async def turn(self, chat: str) -> None:
        """Waits until it is this chat's turn. Raises `TryLater` if that would be long."""
        now = self._now()
        at = max(now, self._free.get(chat, now))
        if (wait := max(at, self._next) - now) > _PATIENCE:
            raise TryLater("delivery.busy", after=wait)
        self._forget_idle(now)
        self._free[chat] = at + _IN_A_CHAT
        await self._until(at)
        at = max(self._now(), self._next)
        self._next = at + _OVERALL
        await self._until(at)

    def hold(self, chat: str, seconds: float) -> None:
        """Telegram asked for a pause in this chat."""
        self._free[chat] = self._now() + seconds

    async def _until(self, moment: float) -> None:
        if (wait := moment - self._now()) > 0:
            await self._sleep(wait)

    def _forget_idle(self, now: float) -> None:
        if len(self._free) > _MANY_CHATS:
            self._free = {chat: free for chat, free in self._free.items() if free > now}
