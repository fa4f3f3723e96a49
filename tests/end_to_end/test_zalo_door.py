"""The door to Zalo, against a Zalo that is another program."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner, Result
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.basics.clock import SystemClock
from bot.basics.errors import Misconfigured, Uncertain
from bot.basics.ids import ConversationId, FileId
from bot.basics.messages import Inbound, Kind, Outgoing, ShownButton
from bot.channels.zalo import ZaloDoor
from bot.channels.zalo_api import ZaloApi
from bot.channels.zalo_media import Media
from bot.channels.zalo_oauth import OAuth
from bot.channels.zalo_send import Office, ZaloSender
from bot.channels.zalo_template import TemplateSender
from bot.channels.zalo_tokens import Tokens
from bot.channels.zalo_webhook import PATH, ZaloWebhook
from bot.commands.zalo import zalo as commands
from tests.channels.test_zalo_tokens import stored
from tests.channels.zalo_build import (
    AN,
    APP,
    APP_SECRET,
    OA,
    SIGNING,
    a_text,
    needs_recordings,
    raw,
)
from tests.channels.zalo_parts import PDF, PHOTO, WORDS, MemoryUploads, Papers, a_grant
from tests.channels.zalo_process import zalo_on_this_machine
from tests.end_to_end.telegram_emulator import served
from tests.end_to_end.zalo_phone import Phone

pytestmark = [pytest.mark.end_to_end, needs_recordings]


@pytest.fixture
def zalo() -> Iterator[str]:
    with zalo_on_this_machine() as address:
        yield address


class Parrot:
    """An assistant that says what it heard."""

    def __init__(self, zalo: str, folder: Path, timeout: float = 10.0) -> None:
        clock, grants = SystemClock(), stored(folder)
        grants.put(OA, a_grant(clock.now()))
        client = httpx.AsyncClient(timeout=timeout)
        tokens = Tokens(OA, grants, OAuth(client, APP, APP_SECRET, zalo), clock)
        api = ZaloApi(client, tokens, zalo)
        self.sender = ZaloSender(
            api,
            Office(OA, WORDS),
            grants,
            MemoryUploads(),
            Papers(PDF, PHOTO),
            lambda _who: None,
            clock,
            TemplateSender(api, api, clock),
        )
        self.heard: asyncio.Queue[Inbound] = asyncio.Queue()
        self.seen: set[str] = set()
        self._loop = asyncio.get_running_loop()
        self.door = ZaloDoor(
            OA,
            api,
            self.sender,
            Media(client, zalo),
            clock,
            heard=self.hear,
            reachable=lambda *_: None,
            last_heard=lambda _who: None,
            withdrawn=lambda _event: None,
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
            await self.sender.send(await self._reply(number, inbound))

    async def _reply(self, number: int, inbound: Inbound) -> Outgoing:
        to: tuple[int, ConversationId] = (number, inbound.conversation)
        match inbound.kind:
            case Kind.START:
                choices = (ShownButton("Nam", "token-a"), ShownButton("Nữ", "token-b"))
                return Outgoing(*to, "Chào", choices)
            case Kind.TEXT if inbound.text == "giấy đâu":
                return Outgoing(*to, "Đây ạ", files=(FileId("0"), FileId("1")))
            case Kind.TEXT if inbound.text == "dài":
                return Outgoing(*to, "một câu dài. " * 400)
            case Kind.TEXT if inbound.text == "nhiều":
                return Outgoing(*to, "Chọn", tuple(ShownButton(c, f"t{c}") for c in "abcdefg"))
            case Kind.CLICK:
                return Outgoing(*to, f"Nút {inbound.token}")
            case Kind.CONTACT:
                return Outgoing(*to, f"Số {inbound.phone} {inbound.own_phone}")
            case Kind.LOCATION:
                return Outgoing(*to, f"Nơi {inbound.latitude} {inbound.longitude}")
            case Kind.FILE:
                content = await self.door.fetch(inbound.files[0])
                return Outgoing(*to, f"Tệp {inbound.files[0].name} {len(content)} byte")
        return Outgoing(*to, f"Dạ <{inbound.text}> & hết")


@contextlib.asynccontextmanager
async def listening(parrot: Parrot, phone: Phone) -> AsyncIterator[str]:
    """The parrot at its open door; gives the door's address."""
    hook, stop = ZaloWebhook(parrot.door.take, SIGNING), asyncio.Event()

    async def receive(request: Request) -> Response:
        return Response(status_code=await hook(await request.body(), request.headers))

    web = Starlette(routes=[Route(PATH, receive, methods=["POST"])])
    tasks = [asyncio.create_task(parrot.answer()), asyncio.create_task(parrot.door.run(stop))]
    async with served(web) as url:
        await phone.sets(hook=url + PATH)
        yield url + PATH
        stop.set()
        tasks[0].cancel()
        await tasks[1]
    await phone.close()


async def test_everything_a_citizen_can_send_is_heard_and_answered(zalo, tmp_path):
    phone = Phone(zalo)
    async with listening(Parrot(zalo, tmp_path), phone):
        await phone.does("follow")
        await phone.hears("Chào")
        await phone.presses("Nữ")
        await phone.hears("Nút token-b")
        await phone.shares_number("+84912345678")
        assert await phone.hears("Số") == "Số 0912345678 False"
        await phone.does("user_submit_info")
        assert await phone.hears("Số") == "Số 0900000002 False"
        await phone.does("user_send_location")
        assert await phone.hears("Nơi") == "Nơi 21.0285117 105.8541819"
        await phone.sends_photo(b"\xff\xd8" * 500)
        assert await phone.hears("Tệp") == "Tệp  1000 byte"
        await phone.sends_file("don.pdf", b"%PDF-1.7")
        assert await phone.hears("Tệp") == "Tệp don.pdf 8 byte"
        await phone.does("user_send_sticker")
        await phone.hears("sticker")
        await phone.says("giấy đâu")
        await phone.hears("Đây ạ")
        await phone.says("nhiều")
        await phone.hears("7. g")
        await phone.says("dài")
        await phone.hears("một câu dài")
        assert (await phone.state())["refused"] == []


async def test_what_is_brought_twice_or_in_another_order_is_answered_once_each(zalo, tmp_path):
    phone = Phone(zalo)
    async with listening(Parrot(zalo, tmp_path), phone):
        await phone.sets(doubles=True, reverses=True)
        for word in ("một", "hai", "ba"):
            await phone.says(word)
        await httpx.AsyncClient(base_url=zalo).post("/_fake/deliver")
        while len(phone.read) < 3:
            await phone.hears("hết")
        await asyncio.sleep(0.2)
        await phone.looks()
        assert phone.texts == [f"Dạ <{word}> & hết" for word in ("ba", "hai", "một")]
        assert (await phone.state())["statuses"] == [200] * 6


async def test_a_key_that_dies_in_the_middle_and_an_old_endpoint_cost_no_message(zalo, tmp_path):
    phone = Phone(zalo)
    async with listening(Parrot(zalo, tmp_path), phone):
        await phone.sets(faults=["expire"], is_government=True)
        await phone.says("một")
        await phone.hears("một")
        await phone.says("hai")
        await phone.hears("hai")
        assert len(phone.read) == 2
        assert (await phone.state())["spent"] == ["REFRESH-1"]


async def test_silence_after_sending_is_not_followed_by_a_second_sending(zalo, tmp_path):
    phone, parrot = Phone(zalo), Parrot(zalo, tmp_path, timeout=0.5)
    await phone.sets(faults=["timeout"])
    with pytest.raises(Uncertain):
        await parrot.sender.send(Outgoing(1, ConversationId(AN), "Chào"))
    await phone.looks()
    assert phone.texts == ["Chào"]
    await phone.close()


async def test_strangers_are_answered_politely_and_not_heard(zalo, tmp_path):
    phone, parrot = Phone(zalo), Parrot(zalo, tmp_path)
    async with listening(parrot, phone) as door, httpx.AsyncClient() as stranger:
        assert (await stranger.post(door, content=b"{}")).status_code == 200
        forged = {"X-ZEvent-Signature": "mac=" + "0" * 64}
        assert (await stranger.post(door, content=raw(a_text()), headers=forged)).status_code == 200
        assert parrot.seen == set()


async def run(zalo: str, folder: Path, *words: str, typed: str = "", **more: str) -> Result:
    """Runs `motcua zalo …` against this Zalo."""
    env = {
        "MOTCUA_DATA_DIR": str(folder),
        "MOTCUA_ZALO_OA_ID": OA,
        "MOTCUA_ZALO_APP_ID": APP,
        "MOTCUA_ZALO_APP_SECRET": APP_SECRET,
        "MOTCUA_ZALO_API": zalo,
        "MOTCUA_ZALO_OAUTH": zalo,
        **more,
    }
    return await asyncio.to_thread(CliRunner().invoke, commands, words, input=typed, env=env)


async def test_an_administrator_logs_in_and_sees_how_the_account_is(zalo, tmp_path):
    before = await run(zalo, tmp_path, "status")
    assert "motcua zalo login" in str(before.exception)
    wrong = await run(zalo, tmp_path, "login", typed="CODE-2\n")
    assert isinstance(wrong.exception, Misconfigured)
    done = await run(zalo, tmp_path, "login", typed="CODE-1\n")
    assert f"{zalo}/v4/oa/permission?app_id={APP}" in done.output
    assert f"Logged in to {OA}" in done.output
    about = (await run(zalo, tmp_path, "check")).output
    assert OA in about
    assert "state body" in about
    told = (await run(zalo, tmp_path, "status")).output
    assert "0 days ago" in told
    for output in (done.output, about, told):
        assert "ACCESS" not in output
        assert "REFRESH" not in output


async def test_a_pair_from_the_console_is_exchanged_at_once(zalo, tmp_path):
    done = await run(zalo, tmp_path, "login", "--pair", typed="ACCESS-1\nREFRESH-1\n")
    assert "with a fresh pair of tokens" in done.output
    again = await run(zalo, tmp_path, "login", "--pair", typed="ACCESS-1\nREFRESH-1\n")
    assert isinstance(again.exception, Misconfigured)
