"""Sends messages to Telegram."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import structlog
from telegram import Bot, LinkPreviewOptions, Message, ReplyKeyboardRemove
from telegram.error import RetryAfter, TelegramError

from bot.basics.errors import Outside, Uncertain, Undeliverable
from bot.basics.ids import ConversationId, FileId
from bot.basics.messages import Outgoing
from bot.basics.wording import Wording
from bot.channels.telegram_errors import MISCONFIGURED, outcome, pause
from bot.channels.telegram_pace import Pace
from bot.channels.telegram_read import CHANNEL
from bot.channels.telegram_show import Part, Under, keyboard, parts, share_keyboard
from bot.notifications.ports import FileToSend, OutgoingFiles

log = structlog.get_logger()
PaperLink = Callable[[ConversationId, FileId], str]
"""Gives the address at which one citizen may read one paper, for a short time."""

_PHOTOS = ("image/jpeg", "image/png")
_LARGEST_PHOTO = 10 * 1024 * 1024
_LARGEST_FILE = 50 * 1024 * 1024
# A preview would have Telegram's servers open the link, and a link of ours may work only once.
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


class TelegramSender:
    """The way out to Telegram.

    With `link`, papers stay on our own server and only their address is sent (LEGAL §10: Telegram's
    servers are abroad); without it they are sent as documents and photos.
    """

    channel = CHANNEL

    def __init__(
        self,
        bot: Bot,
        files: OutgoingFiles,
        words: Wording,
        link: PaperLink | None = None,
        pace: Pace | None = None,
    ) -> None:
        self._bot, self._files, self._words, self._link = bot, files, words, link
        self._pace = pace or Pace()
        self._sent: dict[int, int] = {}
        self._share_keys: set[str] = set()

    async def send(self, message: Outgoing) -> str:
        """Sends the message; returns the number of its last part.

        Raises `TryLater`, `Undeliverable` or `Uncertain`. When only the first parts of a message
        went out, sending it again goes on after them.
        """
        planned = await asyncio.to_thread(self._plan, message)
        number = ""
        try:
            for count, part in enumerate(planned):
                if count >= self._sent.get(message.id, 0):
                    number = await self._send_part(message, part)
                    self._sent[message.id] = count + 1
        except (Undeliverable, Uncertain):
            self._sent.pop(message.id, None)
            raise
        self._sent.pop(message.id, None)
        self._remember_share_key(message)
        return number

    def _plan(self, message: Outgoing) -> tuple[Part, ...]:
        files = [self._files.fetch(file) for file in message.files]
        text, under = message.text, self._under(message)
        if self._link and files:
            pairs = zip(message.files, files, strict=True)
            papers = [(f.name, self._link(message.conversation, file)) for file, f in pairs]
            text, files = f"{text}\n\n{self._words.render('papers', {'papers': papers})}", []
        planned = parts(text, files, under)
        if message.phone_button and message.buttons:
            # A message has room for one keyboard, and only a reply keyboard can ask for a number.
            hint = self._words.render("share_phone")
            return (*planned, Part(hint, under=share_keyboard(message.phone_button)))
        return planned

    def _under(self, message: Outgoing) -> Under | None:
        if message.buttons:
            return keyboard(message.buttons)
        if message.phone_button:
            return share_keyboard(message.phone_button)
        if message.place_button:
            return share_keyboard(message.place_button, place=True)
        return ReplyKeyboardRemove() if message.address in self._share_keys else None

    def _remember_share_key(self, message: Outgoing) -> None:
        if message.phone_button or message.place_button:
            self._share_keys.add(message.address)
        elif not message.buttons:
            self._share_keys.discard(message.address)

    async def _send_part(self, message: Outgoing, part: Part) -> str:
        await self._pace.turn(message.address)
        try:
            sent = await self._call(int(message.address), part)
        except TelegramError as error:
            raise self._failed(message, error) from error
        return str(sent.message_id)

    async def _call(self, chat: int, part: Part) -> Message:
        if part.file is None:
            return await self._bot.send_message(
                chat, part.text, reply_markup=part.under, link_preview_options=_NO_PREVIEW
            )
        content, name, caption = part.file.content, part.file.name, part.text or None
        if _is_photo(part.file):
            return await self._bot.send_photo(
                chat, content, filename=name, caption=caption, reply_markup=part.under
            )
        return await self._bot.send_document(
            chat, content, filename=name, caption=caption, reply_markup=part.under
        )

    def _failed(self, message: Outgoing, error: TelegramError) -> Outside:
        if isinstance(error, RetryAfter):
            self._pace.hold(message.address, pause(error))
        if isinstance(error, MISCONFIGURED):
            log.error("telegram.token_refused", error=type(error).__name__)
        return outcome(error)


def _is_photo(file: FileToSend) -> bool:
    """Whether it is sent as a photo. Raises `Undeliverable` for what Telegram would not take."""
    if len(file.content) > _LARGEST_FILE:
        raise Undeliverable("file.too_large")
    return file.mime in _PHOTOS and len(file.content) <= _LARGEST_PHOTO
