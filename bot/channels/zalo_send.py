"""Sends messages through a Zalo Official Account."""

from __future__ import annotations

import asyncio
import hashlib
import random
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog

from bot.basics.clock import Clock
from bot.basics.errors import Outside, TryLater, Uncertain, Undeliverable
from bot.basics.ids import ConversationId, FileId
from bot.basics.messages import FilledTemplate, Outgoing
from bot.basics.wording import Wording
from bot.channels.zalo_api import ZaloApi
from bot.channels.zalo_errors import NOBODY_CAN_BE_WRITTEN_TO, Means, Refusal, outcome
from bot.channels.zalo_read import CHANNEL
from bot.channels.zalo_show import (
    Card,
    Part,
    card_message,
    file_message,
    parts,
    text_message,
    upload_kind,
)
from bot.channels.zalo_template import TemplateSender
from bot.notifications.grants import Grants
from bot.notifications.ports import FileToSend, OutgoingFiles
from bot.notifications.uploads import Uploads

log = structlog.get_logger()
PaperLink = Callable[[ConversationId, FileId], str]
"""Gives the address at which one citizen may read one paper, for a short time."""
LastHeard = Callable[[ConversationId], datetime | None]
"""When a citizen last did something that Zalo counts; None if nobody knows."""

ENDPOINTS = {"v3": "/v3.0/oa/message/cs", "v2": "/v2.0/oa/message"}
"""Accounts of state bodies were seen to be refused by the first and served by the second (-235)."""
_USUAL = "v3"
_UPLOAD_LIVES = timedelta(days=6)
_MOST_REMEMBERED = 2000


@dataclass(frozen=True)
class Office:
    """How the office writes to its citizens on Zalo."""

    account: str
    words: Wording
    window: timedelta = timedelta(days=7)
    """How long after a citizen's last word we may write. After 48 hours it costs (CHANNELS §A.6)."""
    card: Card | None = None
    """Shown where a phone number is wanted; without it citizens type their number."""


class ZaloSender:
    """The way out to Zalo. `link` gives an address for papers that Zalo would not take."""

    channel = CHANNEL

    def __init__(
        self,
        api: ZaloApi,
        office: Office,
        grants: Grants,
        uploads: Uploads,
        files: OutgoingFiles,
        last_heard: LastHeard,
        clock: Clock,
        templates: TemplateSender,
        link: PaperLink | None = None,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._api, self._office, self._grants, self._files = api, office, grants, files
        self._uploads = uploads
        self._last_heard, self._clock, self._link, self._chance = last_heard, clock, link, chance
        self._templates = templates
        self._endpoint = ""
        self._closed_until: datetime | None = None
        self._sent: dict[int, int] = {}
        self._own: OrderedDict[str, None] = OrderedDict()

    async def send(self, message: Outgoing) -> str:
        """Sends the message; returns Zalo's id of its last part.

        Raises `TryLater`, `Undeliverable` or `Uncertain`. When only the first parts of a message
        went out, sending it again goes on after them.
        """
        if message.template:
            return await self._send_template(message, message.template)
        citizen = self._citizen(message)
        planned = await asyncio.to_thread(self._plan, message)
        number = ""
        try:
            for count, part in enumerate(planned):
                if count >= self._sent.get(message.id, 0):
                    self._see_that_it_is_open()
                    number = await self._send_part(citizen, part)
                    self._sent[message.id] = count + 1
        except Refusal as refusal:
            raise self._failed(message, refusal) from refusal
        except (Undeliverable, Uncertain):
            self._sent.pop(message.id, None)
            raise
        self._sent.pop(message.id, None)
        return number

    async def _send_template(self, message: Outgoing, template: FilledTemplate) -> str:
        account = "" if template.phone else self._citizen(message)
        return await self._templates.send(message.id, account, template)

    def is_own(self, message_id: str) -> bool:
        """Whether Zalo gave this id to something we sent lately."""
        return message_id in self._own

    def _citizen(self, message: Outgoing) -> str:
        account, _, citizen = message.address.partition(":")
        if account != self._office.account:
            raise Undeliverable("delivery.other_account")
        return citizen

    def _plan(self, message: Outgoing) -> tuple[Part, ...]:
        """What is to be sent. Raises `Undeliverable` where Zalo would not let us."""
        heard = self._last_heard(message.conversation)
        if heard is not None and self._clock.now() - heard > self._office.window:
            raise Undeliverable("delivery.window_closed")
        words, text, files, links = self._office.words, message.text, [], []
        for file in message.files:
            found = self._files.fetch(file)
            if upload_kind(found):
                files.append(found)
            elif self._link:
                links.append((found.name, self._link(message.conversation, file)))
        if links:
            text = f"{text}\n\n{words.render('papers', {'papers': links})}"
        if len(files) + len(links) < len(message.files):
            text = f"{text}\n\n{words.render('papers_stay')}"
        if message.place_button:
            text = f"{text}\n\n{words.render('share_place')}"
        planned = parts(text, message.buttons, files, words)
        if message.phone_button and self._office.card:
            return (*planned, Part(card=self._office.card))
        return planned

    async def _send_part(self, citizen: str, part: Part) -> str:
        if part.card:
            return await self._post(citizen, card_message(part.card))
        if part.file is None:
            return await self._post(citizen, text_message(part))
        try:
            return await self._send_file(citizen, part.file)
        except Refusal as refusal:
            if refusal.means is not Means.ASSET:
                raise
        await self._forget(_digest(part.file))  # Zalo forgot it early
        return await self._send_file(citizen, part.file)

    async def _send_file(self, citizen: str, file: FileToSend) -> str:
        kind = upload_kind(file)
        assert kind is not None
        return await self._post(citizen, file_message(kind, await self._uploaded(kind, file)))

    async def _uploaded(self, kind: str, file: FileToSend) -> str:
        """The id of the file at Zalo; the same content is uploaded once in six days."""
        digest, now = _digest(file), self._clock.now()
        account, oldest = self._office.account, now - _UPLOAD_LIVES
        if known := await asyncio.to_thread(self._uploads.find, account, digest, oldest):
            return known
        uploaded = await self._api.upload(kind, file)
        await asyncio.to_thread(self._uploads.keep, account, digest, uploaded, now)
        await self._forget()
        return uploaded

    async def _forget(self, digest: str = "") -> None:
        oldest = self._clock.now() - _UPLOAD_LIVES
        await asyncio.to_thread(self._uploads.forget, self._office.account, oldest, digest)

    async def _post(self, citizen: str, message: Mapping[str, Any]) -> str:
        """Sends through the endpoint that serves this account; which one, Zalo tells by refusing."""
        endpoint = await self._pinned()
        body = {"recipient": {"user_id": citizen}, "message": message}
        try:
            number = await self._api.send(ENDPOINTS[endpoint], body)
        except Refusal as refusal:
            other = {(_USUAL, -235): "v2", ("v2", -240): _USUAL}.get((endpoint, refusal.code))
            if other is None:
                raise
            number = await self._api.send(ENDPOINTS[other], body)
            await self._pin(other)
        if number:
            self._own[number] = None
            _forget_oldest(self._own)
        return number

    async def _pinned(self) -> str:
        if not self._endpoint:
            known = await asyncio.to_thread(self._grants.endpoint, self._office.account)
            self._endpoint = known if known in ENDPOINTS else _USUAL
        return self._endpoint

    async def _pin(self, endpoint: str) -> None:
        self._endpoint = endpoint
        log.warning("zalo.endpoint_was_switched", to=endpoint)
        await asyncio.to_thread(self._grants.pin, self._office.account, endpoint)

    def _see_that_it_is_open(self) -> None:
        """Raises `TryLater` while Zalo takes nothing from us, whoever it is for."""
        if self._closed_until is None:
            return
        left = (self._closed_until - self._clock.now()).total_seconds()
        if left > 0:
            raise TryLater("delivery.busy", after=left)
        self._closed_until = None

    def _failed(self, message: Outgoing, refusal: Refusal) -> Outside:
        now = self._clock.now()
        error = outcome(refusal, now)
        if not isinstance(error, TryLater):
            self._sent.pop(message.id, None)
        elif refusal.means in NOBODY_CAN_BE_WRITTEN_TO:
            error.after += 10 * self._chance()  # so that not all come back at the same moment
            self._closed_until = now + timedelta(seconds=error.after)
        return error


def _digest(file: FileToSend) -> str:
    return hashlib.sha256(file.content).hexdigest()


def _forget_oldest(remembered: OrderedDict[str, Any]) -> None:
    while len(remembered) > _MOST_REMEMBERED:
        remembered.popitem(last=False)
