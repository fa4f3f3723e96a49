"""The door to Telegram: hears citizens in private chats, and answers them there."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Coroutine
from typing import Any

import structlog
from telegram import Bot
from telegram.constants import ChatAction
from telegram.error import BadRequest, InvalidToken, TelegramError
from telegram.request import HTTPXRequest

from bot.basics.clock import Clock
from bot.basics.errors import Misconfigured, TryLater, Undeliverable
from bot.basics.ids import ConversationId
from bot.basics.messages import Inbound, RemoteFile
from bot.channels.telegram_menu import Menu, introduce
from bot.channels.telegram_pace import Pace
from bot.channels.telegram_poll import UNKNOWN_TOKEN, poll
from bot.channels.telegram_read import Pressed, membership, pressed, read
from bot.channels.telegram_send import PaperLink, TelegramSender
from bot.channels.telegram_show import marked
from bot.notifications.ports import OutgoingFiles

log = structlog.get_logger()
Heard = Callable[[Inbound], bool]
"""Keeps a message; False if it was kept before. What it raises makes Telegram send it again."""
Membership = Callable[[ConversationId, bool], None]
"""Notes whether a citizen can be written to."""

_LARGEST_DOWNLOAD = 20 * 1024 * 1024
_READ_TIMEOUT = 15.0
_TRANSFER_TIMEOUT = 60.0


def connect(token: str, api: str = "https://api.telegram.org") -> Bot:
    """A client for the bot with this token, at the Bot API server `api`. Sends nothing yet."""
    return Bot(
        token,
        base_url=f"{api.rstrip('/')}/bot",
        base_file_url=f"{api.rstrip('/')}/file/bot",
        request=HTTPXRequest(
            read_timeout=_READ_TIMEOUT, media_write_timeout=_TRANSFER_TIMEOUT, pool_timeout=5.0
        ),
        get_updates_request=HTTPXRequest(connection_pool_size=1, read_timeout=_READ_TIMEOUT),
    )


class TelegramDoor:
    """Everything between one bot on Telegram and us. `sender` is the way out.

    `heard` and `membership` are called in a thread of their own and may wait for the database.
    """

    def __init__(
        self,
        bot: Bot,
        menu: Menu,
        office: object,
        files: OutgoingFiles,
        clock: Clock,
        heard: Heard,
        membership: Membership,
        link: PaperLink | None = None,
        pace: Pace | None = None,
    ) -> None:
        self._bot, self._menu, self._office, self._clock = bot, menu, office, clock
        self._heard, self._membership = heard, membership
        self.sender = TelegramSender(bot, files, menu.words, link, pace)
        self._courtesies: set[asyncio.Task[None]] = set()
        # SQLite lets waiting writers in by luck, not by turn; some would wait for seconds.
        self._one_at_a_time = asyncio.Lock()

    async def run(self, stop: asyncio.Event, polls: bool = True) -> None:
        """Shows the menu and, if it `polls`, hears updates, until `stop` is set.

        Raises `Misconfigured` when Telegram refuses the token, or somebody else hears its updates.
        """
        tasks = [asyncio.create_task(stop.wait()), asyncio.create_task(self._listen(polls))]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            if tasks[1].done():
                tasks[1].result()
        finally:
            for task in (*tasks, *self._courtesies):
                task.cancel()
            await asyncio.gather(*tasks, *self._courtesies, return_exceptions=True)
            await self._bot.shutdown()

    async def take(self, update: object) -> None:
        """Keeps what an update says, from either way of hearing, then shows that it was heard.

        Raises what keeping it raises; Telegram must then be told to send it again.
        """
        if change := membership(update):
            await asyncio.to_thread(self._membership, *change)
        inbound = read(update, self._clock.now(), self._menu.spoken)
        if inbound is not None:
            async with self._one_at_a_time:
                is_new = await asyncio.to_thread(self._heard, inbound)
            if is_new:
                self._in_passing(self._show_typing(inbound.conversation))
        if click := pressed(update):
            self._in_passing(self._acknowledge(click, is_ours=inbound is not None))

    async def fetch(self, file: RemoteFile) -> bytes:
        """The content of a file a citizen sent. Raises `TryLater` or `Undeliverable`."""
        if file.size is not None and file.size > _LARGEST_DOWNLOAD:
            raise Undeliverable("file.too_large")
        try:
            found = await self._bot.get_file(file.ref)
            content = await found.download_as_bytearray(read_timeout=_TRANSFER_TIMEOUT)
        except BadRequest as error:
            too_large = "too big" in error.message.lower()
            raise Undeliverable("file.too_large" if too_large else "file.not_fetched") from error
        except TelegramError as error:
            # Asking twice does no harm, so whatever else went wrong may be tried again.
            raise TryLater("file.not_fetched") from error
        return bytes(content)

    async def _listen(self, polls: bool) -> None:
        try:
            await self._bot.initialize()
            await introduce(self._bot, self._menu, self._office)
        except InvalidToken as error:
            raise Misconfigured([UNKNOWN_TOKEN]) from error
        except TelegramError as error:
            log.warning("telegram.menu_was_not_shown", error=type(error).__name__)
        if polls:
            await poll(self._bot, self.take)
        else:
            await asyncio.Event().wait()

    def _in_passing(self, courtesy: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(_politely(courtesy))
        self._courtesies.add(task)
        task.add_done_callback(self._courtesies.discard)

    async def _show_typing(self, conversation: ConversationId) -> None:
        chat = conversation.partition(":")[2]
        await self._bot.send_chat_action(int(chat), ChatAction.TYPING)

    async def _acknowledge(self, click: Pressed, is_ours: bool) -> None:
        """Stops the spinner on the button, and ticks it."""
        with contextlib.suppress(BadRequest):  # "query is too old"
            await self._bot.answer_callback_query(click.query)
        keyboard = marked(click.rows, click.token) if is_ours else None
        if keyboard and click.chat is not None and click.message is not None:
            await self._bot.edit_message_reply_markup(
                click.chat, click.message, reply_markup=keyboard
            )


async def _politely(courtesy: Coroutine[Any, Any, None]) -> None:
    """Does what would be nice; nobody waits for it, and it may fail."""
    try:
        await courtesy
    except TelegramError as error:
        log.info("telegram.courtesy_failed", error=type(error).__name__)
