"""Keeps the tokens to a Zalo account fresh. The refresh token works once, and many want to use it."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import structlog

from bot.basics.clock import Clock
from bot.basics.errors import TryLater
from bot.channels.zalo_errors import AFTER_A_PERSON
from bot.channels.zalo_oauth import TIMEOUT, GrantRefused, OAuth
from bot.notifications.grants import Grant, Grants

log = structlog.get_logger()
LOCKED_FOR = 6 * TIMEOUT
"""Seconds; longer than any exchange can take, or two processes would spend the same token."""
_PATIENCE = 10.0
_LOOK_AGAIN = 0.2
_AFTER_REFUSAL = timedelta(minutes=10)


class Tokens:
    """Access tokens for one account, in any number of tasks and processes."""

    def __init__(
        self,
        account: str,
        grants: Grants,
        oauth: OAuth,
        clock: Clock,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._account, self._grants, self._oauth, self._clock = account, grants, oauth, clock
        self._sleep = sleep
        self._owner = secrets.token_hex(8)
        self._one_at_a_time = asyncio.Lock()
        self._renewing: set[asyncio.Task[Grant | None]] = set()

    async def access(self) -> str:
        """An access token that works now, as far as we know. Raises `TryLater`."""
        grant, now = await self._grant(), self._clock.now()
        if not grant.is_due(now):
            return grant.access
        try:
            return (await self._next(grant.access)).access
        except TryLater:
            if grant.has_expired(self._clock.now()):
                raise
            return grant.access

    async def renewed(self, rejected: str) -> str:
        """Another access token than the one Zalo just rejected. Raises `TryLater`."""
        return (await self._next(rejected)).access

    async def keep(self) -> None:
        """Renews what is due, and raises the alarm before the grant dies of not being used."""
        try:
            await self.access()
            grant = await self._grant()
        except TryLater as error:
            log.error("zalo.has_no_key", reason=error.key)
            return
        if grant.idles_out(self._clock.now()):
            log.error("zalo.grant_idles_out", renewed=grant.renewed_at.isoformat())

    async def settled(self) -> None:
        """Waits until no token is being fetched: a program that ends must not lose the new one."""
        await asyncio.gather(*self._renewing, return_exceptions=True)

    async def _next(self, stale: str) -> Grant:
        """The grant once its access token is another than `stale`, renewed by us or by another."""
        async with self._one_at_a_time:
            for _ in range(int(_PATIENCE / _LOOK_AGAIN)):
                grant = await self._grant()
                if grant.access != stale:
                    return grant
                if renewed := await self._renewed_to_the_end(stale):
                    return renewed
                await self._sleep(_LOOK_AGAIN)
        raise TryLater("delivery.busy", after=_PATIENCE)

    async def _renewed_to_the_end(self, stale: str) -> Grant | None:
        """The next grant, fetched even if whoever waits for it gives up meanwhile."""
        task = asyncio.create_task(self._renew(stale))
        self._renewing.add(task)
        task.add_done_callback(self._renewing.discard)
        return await asyncio.shield(task)

    async def _renew(self, stale: str) -> Grant | None:
        """Spends the refresh token under the lock, and stores the new pair before anybody uses it.

        None if somebody else holds the lock.
        """
        if not await self._lock():
            return None
        try:
            grant, now = await self._grant(), self._clock.now()
            if grant.access != stale:
                return grant
            if grant.refused_at and now - grant.refused_at < _AFTER_REFUSAL:
                raise TryLater("delivery.misconfigured", after=AFTER_A_PERSON)
            new = await self._exchanged(grant, now)
            kept = await asyncio.to_thread(self._grants.replace, self._account, grant.refresh, new)
            log.info("zalo.grant_was_renewed", kept=kept)
            return await self._grant()
        finally:
            await asyncio.to_thread(self._grants.unlock, self._account, self._owner)

    async def _exchanged(self, grant: Grant, now: datetime) -> Grant:
        try:
            async with asyncio.timeout(2 * TIMEOUT):
                return await self._oauth.refresh(grant, now)
        except TimeoutError as error:
            raise TryLater("delivery.unreachable", after=TIMEOUT) from error
        except GrantRefused as error:
            # The old pair stays: its access token may live on for hours.
            log.error("zalo.grant_was_refused", why=str(error))
            await asyncio.to_thread(self._grants.refuse, self._account, grant.refresh, now)
            raise TryLater("delivery.misconfigured", after=AFTER_A_PERSON) from error

    async def _lock(self) -> bool:
        now = self._clock.now()
        until = now + timedelta(seconds=LOCKED_FOR)
        return await asyncio.to_thread(self._grants.lock, self._account, self._owner, now, until)

    async def _grant(self) -> Grant:
        grant = await asyncio.to_thread(self._grants.read, self._account)
        if grant is None:
            log.error("zalo.is_not_logged_in", account=self._account)
            raise TryLater("delivery.misconfigured", after=AFTER_A_PERSON)
        return grant
