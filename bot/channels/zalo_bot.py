"""The door to Zalo's Bot Platform: text and photos only, for trials (CHANNELS §B)."""

from __future__ import annotations

import asyncio
import hashlib
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime

import httpx
import structlog

from bot.basics.clock import Clock
from bot.basics.errors import Misconfigured, Outside, TryLater, Uncertain, Undeliverable
from bot.basics.ids import ConversationId
from bot.basics.messages import Inbound, Kind, Outgoing, RemoteFile
from bot.basics.wording import Wording
from bot.channels.raw_json import at, moment, parsed, text, whole
from bot.channels.zalo_answers import failed
from bot.channels.zalo_errors import A_MINUTE, AFTER_A_PERSON
from bot.channels.zalo_media import Media
from bot.channels.zalo_show import numbered, plain

log = structlog.get_logger()
Heard = Callable[[Inbound], bool]
"""Keeps a message; False if it was kept before."""

CHANNEL = "zalo_bot"
UNKNOWN_TOKEN = "MOTCUA_ZALO_BOT_TOKEN: Zalo's Bot Platform does not know this token"
_WAIT = 30
_IDLE = 408
_AFTER_FAILURE = 5.0
_BREATH = 0.2
_UNSUPPORTED = {"message.voice.received": "voice", "message.sticker.received": "sticker"}


def read(update: object, now: datetime) -> Inbound | None:
    """What a citizen says in a private chat; None for everything that is ignored.

    Updates come bare or in an envelope: the documents and the wire differ.
    """
    event = at(update, "result") or update
    message = at(event, "message")
    chat, name = text(message, "chat", "id"), text(event, "event_name")
    is_private = text(message, "chat", "chat_type") == "PRIVATE"
    if not is_private or not re.fullmatch(r"[A-Za-z0-9_-]{1,60}", chat):
        return None
    if at(message, "from", "is_bot") is True or not name.startswith("message."):
        return None
    heard = Inbound(
        ConversationId(f"{CHANNEL}:{chat}"),
        hashlib.sha256(
            f"{chat} {text(message, 'message_id') or repr(message)}".encode()
        ).hexdigest(),
        Kind.UNSUPPORTED,
        moment(message, "date", now),
        text=_UNSUPPORTED.get(name, "?"),
    )
    if name == "message.text.received":
        return replace(heard, kind=Kind.TEXT, text=text(message, "text"))
    photo = text(message, "photo_url") or text(message, "photo")
    if name == "message.image.received" and photo:
        files = (RemoteFile(photo, mime="image/jpeg"),)
        return replace(heard, kind=Kind.FILE, text=text(message, "caption"), files=files)
    return heard


class ZaloBotApi:
    """Calls one bot. Its token is part of every address, so no address is ever logged."""

    def __init__(self, client: httpx.AsyncClient, token: str, server: str) -> None:
        self._client, self._base = client, f"{server.rstrip('/')}/bot{token}"

    async def call(self, method: str, wait: float = 20.0, **asked: str) -> Mapping[str, object]:
        """The result. Raises `TryLater`, `Undeliverable`, `Uncertain` or `Misconfigured`."""
        try:
            response = await self._client.post(
                f"{self._base}/{method}", json=asked, timeout=wait, follow_redirects=False
            )
        except httpx.HTTPError as error:
            raise failed(error) from None  # its message quotes the address
        body = parsed(response.content) or {}
        if body.get("ok") is True:
            result = body.get("result")
            return result if isinstance(result, Mapping) else {}
        raise _outcome(whole(body, "error_code") or response.status_code)

    async def close(self) -> None:
        """Ends the connections."""
        await self._client.aclose()

    async def update(self) -> Mapping[str, object] | None:
        """The next thing a citizen said; None if nobody said anything for a while."""
        try:
            return await self.call("getUpdates", wait=_WAIT + 10, timeout=str(_WAIT)) or None
        except Uncertain as error:
            if error.facts.get("code") == _IDLE:
                return None
            raise TryLater("delivery.unreachable") from error


class ZaloBotDoor:
    """Everything between one bot and us. It is its own way out."""

    channel = CHANNEL

    def __init__(
        self,
        api: ZaloBotApi,
        media: Media,
        words: Wording,
        clock: Clock,
        heard: Heard,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._api, self._words, self._clock, self._heard = api, words, clock, heard
        self.fetch, self._sleep = media.fetch, sleep
        self._sent: dict[int, int] = {}

    async def take(self, update: object) -> None:
        """Keeps what an update says. Raises what keeping it raises."""
        inbound = read(update, self._clock.now())
        if inbound is not None:
            await asyncio.to_thread(self._heard, inbound)

    async def send(self, message: Outgoing) -> str:
        """Sends the message as text; buttons become numbers, files stay at the office."""
        said = message.text
        if message.files:
            said = f"{said}\n\n{self._words.render('papers_stay')}"
        if message.buttons:
            said = numbered(said, message.buttons, self._words)
        pieces = tuple(plain(said))
        if not pieces:
            raise Undeliverable("delivery.empty")
        given: Mapping[str, object] = {}
        sent = self._sent.pop(message.id, 0)
        for count, piece in enumerate(pieces[sent:], start=sent):
            try:
                given = await self._api.call("sendMessage", chat_id=message.address, text=piece)
            except TryLater:
                self._sent[message.id] = count
                raise
        return text(given, "message_id")

    async def run(self, stop: asyncio.Event, polls: bool = True) -> None:
        """Hears updates, if it `polls`, until `stop` is set.

        Raises `Misconfigured` if the platform does not know the token.
        """
        tasks = [asyncio.create_task(stop.wait()), asyncio.create_task(self._listen(polls))]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            if tasks[1].done():
                tasks[1].result()
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await self._api.close()

    async def _listen(self, polls: bool) -> None:
        try:
            await self._api.call("getMe")
        except Outside as error:
            if error.key == "delivery.misconfigured":
                raise Misconfigured([UNKNOWN_TOKEN]) from None
            log.warning("zalo_bot.was_not_seen", reason=error.key)
        while polls:
            try:
                update = await self._api.update()
            except Outside as error:
                log.warning("zalo_bot.updates_did_not_come", reason=error.key)
                await self._sleep(_AFTER_FAILURE)
            else:
                await (self._sleep(_BREATH) if update is None else self._insist(update))
        await asyncio.Event().wait()

    async def _insist(self, update: object) -> None:
        """Keeps an update, however often that fails: Zalo gives each only once."""
        while True:
            try:
                return await self.take(update)
            except Exception as error:
                log.error("zalo_bot.update_was_not_kept", exc_info=error)
                await self._sleep(_AFTER_FAILURE)


def _outcome(code: int) -> Outside:
    """What an error means; the platform tells no more than such a number."""
    match code:
        case 400:
            return Undeliverable("delivery.refused")
        case 403:
            return Undeliverable("delivery.blocked")
        case 429:
            return TryLater("delivery.busy", after=A_MINUTE)
        case 401 | 404 | 426:
            log.error("zalo_bot.token_refused", code=code)
            return TryLater("delivery.misconfigured", after=AFTER_A_PERSON)
    return Uncertain("delivery.uncertain", code=code)
