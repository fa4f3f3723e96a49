"""The door to Zalo: hears citizens who write to an Official Account, and answers them there."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace

import structlog

from bot.basics.clock import Clock
from bot.basics.errors import TryLater
from bot.basics.ids import ConversationId
from bot.basics.messages import Inbound
from bot.channels.raw_json import text
from bot.channels.zalo_api import ZaloApi
from bot.channels.zalo_errors import Refusal
from bot.channels.zalo_media import Media
from bot.channels.zalo_read import Event, Membership, Receipt, Takeover, Withdrawal, read
from bot.channels.zalo_send import LastHeard, ZaloSender

log = structlog.get_logger()
Heard = Callable[[Inbound], bool]
"""Keeps a message; False if it was kept before. What it raises makes Zalo send it again."""
Reachable = Callable[[ConversationId, bool], None]
"""Notes whether a citizen can be written to."""
Withdrawn = Callable[[Withdrawal], None]
"""Sees that what may be erased is erased."""
TakenOver = Callable[[Takeover], None]
"""Learns that an officer talks to the citizen."""

Arrived = Callable[[Receipt], None]
"""Learns that messages of ours arrived."""

ABOUT = "/v2.0/oa/getoa"
_EVERY_HOUR = 3600.0


class ZaloDoor:
    """Everything between one Official Account and us. `sender` is the way out.

    The callbacks are called in a thread of their own and may wait for the database.
    """

    def __init__(
        self,
        account: str,
        api: ZaloApi,
        sender: ZaloSender,
        media: Media,
        clock: Clock,
        heard: Heard,
        reachable: Reachable,
        last_heard: LastHeard,
        withdrawn: Withdrawn,
        taken_over: TakenOver = lambda _takeover: None,
        arrived: Arrived = lambda _receipt: None,
    ) -> None:
        self._account, self._api, self._media, self._clock = account, api, media, clock
        self.sender, self.fetch = sender, media.fetch
        self._heard, self._reachable, self._last_heard = heard, reachable, last_heard
        self._withdrawn, self._taken_over, self._arrived = withdrawn, taken_over, arrived

    async def run(self, stop: asyncio.Event) -> None:
        """Keeps the tokens fresh until `stop` is set; events come through the webhook."""
        keeping = asyncio.create_task(self._keep())
        try:
            await stop.wait()
        finally:
            keeping.cancel()
            await asyncio.gather(keeping, return_exceptions=True)
            await self._api.close()

    async def take(self, event: object) -> None:
        """Keeps what an event says.

        Raises what keeping it raises; Zalo must then be told to send it again.
        """
        await asyncio.to_thread(self._keep_event, read(event, self._account, self._clock.now()))

    def _keep_event(self, event: Event) -> None:
        match event:
            case Inbound():
                self._heard(event)
            case Membership() if not self._was_heard_since(event):
                self._reachable(event.conversation, False)
            case Withdrawal():
                self._withdrawn(event)
            case Takeover() if not self.sender.is_own(event.message):
                log.info("zalo.officer_took_over")
                self._taken_over(event)
            case Receipt():
                log.info("zalo.message_arrived", seen=event.seen, messages=len(event.messages))
                # Only what is not known as ours may be what we had no answer for.
                is_ours = any(map(self.sender.is_own, event.messages))
                self._arrived(replace(event, conversation=None) if is_ours else event)
            case _:
                log.info("zalo.event_was_ignored", event_name=getattr(event, "event", ""))

    def _was_heard_since(self, event: Membership) -> bool:
        """Events come in any order: who has written since then is back."""
        heard = self._last_heard(event.conversation)
        return heard is not None and heard > event.at

    async def _keep(self) -> None:
        await self._look_at_the_account()
        while True:
            await self._api.tokens.keep()
            await asyncio.sleep(_EVERY_HOUR)

    async def _look_at_the_account(self) -> None:
        """Asks Zalo who we are, and logs what would keep messages from citizens."""
        try:
            about = await self._api.read(ABOUT)
        except Refusal as refusal:
            log.error("zalo.account_was_refused", code=refusal.code)
        except TryLater as error:
            log.warning("zalo.account_was_not_seen", reason=error.key)
        else:
            found = text(about, "oaid") or text(about, "oa_id")
            log.info("zalo.account_is_open", kind=about.get("oa_type"))
            if found and found != self._account:
                log.error("zalo.key_is_for_another_account")
