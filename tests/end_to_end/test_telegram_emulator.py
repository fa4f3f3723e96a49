"""The door to Telegram, against a Telegram that others wrote."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

import bot
from bot.basics.clock import SystemClock
from bot.basics.errors import Misconfigured
from bot.basics.ids import ConversationId, FileId
from bot.basics.messages import Inbound, Kind, Outgoing, ShownButton
from bot.channels.telegram import TelegramDoor, connect
from bot.channels.telegram_menu import Menu
from bot.channels.telegram_pace import Pace
from bot.channels.telegram_poll import WANTED
from bot.channels.telegram_webhook import PATH, TelegramWebhook
from bot.commands.telegram import telegram as commands
from bot.notifications.ports import FileToSend
from tests.build import an_office
from tests.channels.telegram_build import Time
from tests.end_to_end.telegram_emulator import (
    TOKEN,
    Phone,
    Telegram,
    served,
    telegram_on_this_machine,
)

pytestmark = pytest.mark.end_to_end
SECRET = "s3cret-Token_1"
MENU = Menu.read(Path(bot.__file__).parent / "catalogue" / "telegram.yml")
PAPER = FileToSend("giay-tiep-nhan.pdf", "application/pdf", b"%PDF-1.7 thu")


class Papers:
    """Has one paper."""

    def fetch(self, file: FileId) -> FileToSend:
        return PAPER


class Parrot:
    """An assistant that says what it heard."""

    def __init__(self, telegram: Telegram) -> None:
        self.bot = connect(TOKEN, telegram.url)
        self.heard: asyncio.Queue[Inbound] = asyncio.Queue()
        self.seen: set[str] = set()
        self._loop = asyncio.get_running_loop()
        self.door = TelegramDoor(
            self.bot,
            MENU,
            an_office(),
            Papers(),
            SystemClock(),
            heard=self.hear,
            membership=lambda *_: None,
            pace=hurried(),
        )

    def hear(self, inbound: Inbound) -> bool:
        is_new = inbound.key not in self.seen
        self.seen.add(inbound.key)
        if is_new:
            self._loop.call_soon_threadsafe(self.heard.put_nowait, inbound)
        return is_new

    async def answer(self) -> None:
        """Answers until cancelled."""
        number = 0
        while True:
            number += 1
            inbound = await self.heard.get()
            await self.door.sender.send(await self._reply(number, inbound))

    async def _reply(self, number: int, inbound: Inbound) -> Outgoing:
        to: tuple[int, ConversationId] = (number, inbound.conversation)
        match inbound.kind:
            case Kind.START:
                choices = (ShownButton("Nam", "token-a"), ShownButton("Nữ", "token-b"))
                return Outgoing(*to, f"Chào {inbound.text}", choices)
            case Kind.TEXT if inbound.text == "giấy đâu":
                return Outgoing(*to, "Đây ạ", files=(FileId("1"),))
            case Kind.TEXT if inbound.text == "dài":
                return Outgoing(*to, "một câu dài. " * 700)
            case Kind.CLICK:
                return Outgoing(*to, f"Nút {inbound.token}", phone_button="Gửi số của tôi")
            case Kind.CONTACT:
                return Outgoing(*to, f"Số {inbound.phone} {inbound.own_phone}")
            case Kind.LOCATION:
                return Outgoing(*to, f"Nơi {inbound.latitude} {inbound.longitude}")
            case Kind.FILE:
                content = await self.door.fetch(inbound.files[0])
                return Outgoing(*to, f"Tệp {inbound.files[0].name} {len(content)} byte")
        return Outgoing(*to, f"Dạ <{inbound.text}> & hết")


def hurried() -> Pace:
    """Nobody has to wait for a Telegram that counts nothing: time passes only while waiting."""
    time = Time()
    return Pace(time, time.sleep)


def endpoint(webhook: TelegramWebhook) -> Starlette:
    """A web server that has only the webhook."""

    async def receive(request: Request) -> Response:
        shown = request.headers.get("x-telegram-bot-api-secret-token")
        return Response(status_code=await webhook(await request.body(), shown))

    return Starlette(routes=[Route(PATH, receive, methods=["POST"])])


@contextlib.asynccontextmanager
async def listening(parrot: Parrot, mode: str) -> AsyncIterator[None]:
    """The parrot at its open door."""
    stop = asyncio.Event()
    tasks = [
        asyncio.create_task(parrot.answer()),
        asyncio.create_task(parrot.door.run(stop, polls=mode == "polling")),
    ]
    async with contextlib.AsyncExitStack() as stack:
        if mode == "webhook":
            hook = TelegramWebhook(parrot.door.take, SECRET)
            url = await stack.enter_async_context(served(endpoint(hook)))
            await parrot.bot.set_webhook(url + PATH, secret_token=SECRET, allowed_updates=WANTED)
        yield
        stop.set()
        await tasks[1]
        tasks[0].cancel()


async def run(telegram: Telegram, *words: str, **more: str) -> Result:
    """Runs `motcua telegram …` against this Telegram."""
    env = {"MOTCUA_TELEGRAM_TOKEN": TOKEN, "MOTCUA_TELEGRAM_API": telegram.url} | more
    return await asyncio.to_thread(CliRunner().invoke, commands, words, env=env)


async def test_the_command_line_registers_the_webhook_and_tells_how_it_is():
    async with telegram_on_this_machine() as telegram:
        reachable = {
            "MOTCUA_PUBLIC_URL": "https://dvc.example/",
            "MOTCUA_TELEGRAM_SECRET": SECRET,
        }
        done = await run(telegram, "set-webhook", **reachable)
        assert done.output == "Telegram brings updates to https://dvc.example/webhooks/telegram\n"
        assert telegram.hook["secret_token"] == SECRET
        assert telegram.hook["allowed_updates"] == list(WANTED)
        assert "https://dvc.example/webhooks/telegram" in (await run(telegram, "info")).output
        await run(telegram, "delete-webhook")
        assert "polling" in (await run(telegram, "info")).output
        assert "/tracuu" in (await run(telegram, "commands")).output
        assert "setMyCommands" in [method for method, _asked in telegram.calls]


async def test_the_command_line_says_which_setting_is_wrong():
    async with telegram_on_this_machine() as telegram:
        wrong = await run(telegram, "set-webhook", MOTCUA_TELEGRAM_SECRET="có dấu")
        assert isinstance(wrong.exception, Misconfigured)
        assert len(wrong.exception.problems) == 2
        absent = await run(telegram, "info", MOTCUA_TELEGRAM_TOKEN="")
        assert "MOTCUA_TELEGRAM_TOKEN" in str(absent.exception)
        nowhere = await run(telegram, "info", MOTCUA_TELEGRAM_API="http://127.0.0.1:9")
        assert isinstance(nowhere.exception, Misconfigured)
        assert TOKEN not in str(nowhere.exception)


@pytest.mark.parametrize("mode", ["polling", "webhook"])
async def test_everything_a_citizen_can_send_is_heard_and_answered(mode):
    async with telegram_on_this_machine() as telegram:
        phone, parrot = Phone(telegram), Parrot(telegram)
        async with listening(parrot, mode):
            await phone.says("/start hs_k7Qm2xA9")
            assert await phone.hears("Chào") == "Chào hs_k7Qm2xA9"
            greeting = phone.read[-1]["messageId"]
            await phone.presses("Nữ")
            await phone.hears("Nút token-b")
            under = phone.read[-1]["message"]["reply_markup"]
            assert under["keyboard"][0][0] == {"text": "Gửi số của tôi", "request_contact": True}
            await phone.sees_keys(greeting, "Nam", "✓ Nữ")
            await phone.shares_number("+84912345678")
            assert await phone.hears("Số") == "Số 0912345678 True"
            assert phone.read[-1]["message"]["reply_markup"] == {"remove_keyboard": True}
            await phone.shares_number("+84912345678", owner=7)
            assert await phone.hears("Số") == "Số 0912345678 False"
            await phone.sends_place(21.0285, 105.8542)
            assert await phone.hears("Nơi") == "Nơi 21.0285 105.8542"
            await phone.sends_photo(b"\xff\xd8" * 500)
            assert await phone.hears("Tệp") == "Tệp  1000 byte"
            await phone.sends_file("don.pdf", b"%PDF-1.7", "application/pdf")
            assert await phone.hears("Tệp") == "Tệp don.pdf 8 byte"
            await phone.says("/tracuu")
            assert await phone.hears("Dạ") == "Dạ <xem tình trạng hồ sơ> & hết"
            await phone.says("giấy đâu")
            await phone.hears("Đây ạ")
            assert telegram.papers == [(PAPER.name, PAPER.content)]
            await phone.says("dài")
            await phone.hears("một câu dài.")
        await phone.close()
        methods = [method for method, _asked in telegram.calls]
        assert methods.count("answerCallbackQuery") == 1
        assert methods.count("setMyCommands") == 1
        assert methods.count("sendChatAction") == len(parrot.seen)
