"""The door to the Bot Platform: what is heard there, said there, and who gets in."""

from __future__ import annotations

import asyncio
import json
import random
from typing import Any

import httpx
import pytest

from bot.basics.errors import Misconfigured, TryLater, Uncertain, Undeliverable
from bot.basics.ids import ConversationId, FileId
from bot.basics.messages import Inbound, Kind, Outgoing, ShownButton
from bot.channels.secret_webhook import receive
from bot.channels.zalo_bot import ZaloBotApi, ZaloBotDoor, read
from bot.channels.zalo_bot_webhook import ZaloBotWebhook
from bot.channels.zalo_media import Media
from tests.channels.test_zalo_webhook import mutated
from tests.channels.zalo_build import BOT_SECRET, NOW, needs_recordings, raw, recorded, shape
from tests.channels.zalo_parts import WORDS
from tests.fake_clock import FakeClock

pytestmark = needs_recordings
TOKEN = "123:VERY-SECRET"
AN = "zalo_bot:a1b2c3d4e5f60718293a"
SAYS = {
    "text_flat": (Kind.TEXT, "Xin chào"),
    "text_wrapped": (Kind.TEXT, "Xin chào"),
    "image_docs": (Kind.FILE, "CCCD"),
    "image_real": (Kind.FILE, "CCCD"),
    "sticker": (Kind.UNSUPPORTED, "sticker"),
    "voice": (Kind.UNSUPPORTED, "voice"),
    "unsupported": (Kind.UNSUPPORTED, "?"),
    "unknown_event": (Kind.UNSUPPORTED, "?"),
    "bad_secret": (Kind.TEXT, "giả mạo"),  # its shape is right; the webhook drops it
    "text_group": None,
    "unsupported_no_message": None,
    "probe_empty": None,
}


class Platform:
    """Answers what was prepared for a method, in order, the last for ever; else as recorded."""

    def __init__(self, **answers: list[Any]) -> None:
        self.answers, self.asked = answers, []
        self.heard: list[Inbound] = []
        client = httpx.AsyncClient(transport=httpx.MockTransport(self._handle))
        self.api = ZaloBotApi(client, TOKEN, "https://bot.test/")
        self.door = ZaloBotDoor(
            self.api, Media(client), WORDS, FakeClock(NOW), self._hear, lambda _seconds: _pause()
        )

    def _hear(self, inbound: Inbound) -> bool:
        self.heard.append(inbound)
        return True

    def _handle(self, request: httpx.Request) -> httpx.Response:
        assert request.url.path.startswith(f"/bot{TOKEN}/")
        method = request.url.path.rpartition("/")[2]
        self.asked.append((method, json.loads(request.content)))
        prepared = self.answers.get(method) or [shape(f"bot_api_{method}")]
        answer = prepared.pop(0) if len(prepared) > 1 else prepared[0]
        if isinstance(answer, Exception):
            raise answer
        return httpx.Response(answer["status"], json=answer["body"])

    async def says(self, text: str, *titles: str, **more: Any) -> str:
        buttons = tuple(ShownButton(title, "token") for title in titles)
        return await self.door.send(Outgoing(1, ConversationId(AN), text, buttons, **more))


async def _pause() -> None:
    await asyncio.sleep(0.001)


def test_every_recorded_update_is_read_as_what_it_is():
    shapes = recorded("zalo_bot_", "webhook")
    assert {name.removeprefix("zalo_bot_") for name in shapes} == set(SAYS)
    for name, expected in SAYS.items():
        found = read(shapes[f"zalo_bot_{name}"].get("body"), NOW)
        assert (found and (found.kind, found.text)) == expected, name
        assert found is None or found.conversation == AN, name


def test_a_photo_comes_with_its_address_whatever_it_is_called():
    for name in ("image_docs", "image_real"):
        (file,) = read(shape(f"bot_{name}")["body"], NOW).files
        assert file.ref == "https://photo-stal-1.zdn.vn/x.jpg"


def test_an_update_heard_both_ways_is_the_same():
    flat, wrapped = (read(shape(f"bot_text_{n}")["body"], NOW) for n in ("flat", "wrapped"))
    assert flat == wrapped


@pytest.mark.parametrize("update", [None, [], "x", {}, {"result": []}, {"message": {"chat": 1}}])
def test_what_is_no_update_is_ignored(update):
    assert read(update, NOW) is None


def test_ten_thousand_spoilt_webhooks_neither_break_it_nor_get_in_without_the_secret():
    seed = random.randrange(10**6)
    print(f"seed {seed}")
    chance = random.Random(seed)
    bodies = [raw(s["body"]) for s in recorded("zalo_bot_", "webhook").values() if "body" in s]
    read_ones = 0
    for _ in range(10_000):
        body = mutated(chance, chance.choice(bodies))
        shown = chance.choice([None, "", "wrong", BOT_SECRET.upper(), BOT_SECRET + " "])
        assert receive(body, shown, BOT_SECRET) == (403, None), seed
        status, update = receive(body, BOT_SECRET, BOT_SECRET)
        assert status == 200, seed
        if found := read(update, NOW):
            read_ones += 1
            f"{found.text}{found.key}{found.conversation}".encode()  # can be stored
    assert read_ones > 500, seed


async def test_a_text_goes_out_as_recorded():
    platform = Platform()
    expected = shape("bot_api_sendMessage")
    number = await platform.says(expected["json"]["text"])
    assert platform.asked == [("sendMessage", expected["json"])]
    assert number == expected["body"]["result"]["message_id"]


async def test_choices_are_numbers_and_papers_stay_at_the_office():
    platform = Platform()
    await platform.says("Bé là?", "Nam", "Nữ", files=(FileId("1"),))
    ((_, asked),) = platform.asked
    assert "1. Nam\n2. Nữ" in asked["text"]
    assert "gặp cán bộ" in asked["text"]


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("400", Undeliverable),
        ("403", Undeliverable),
        ("401", TryLater),
        ("404", TryLater),
        ("429", TryLater),
    ],
)
async def test_each_error_means_what_it_should(name, error):
    with pytest.raises(error):
        await Platform(sendMessage=[shape(f"bot_api_err_{name}")]).says("Chào")


async def test_silence_after_sending_is_not_called_unsent_and_no_error_shows_the_token():
    platform = Platform(sendMessage=[httpx.ReadTimeout("https://bot.test/bot" + TOKEN)])
    with pytest.raises(Uncertain) as caught:
        await platform.says("Chào")
    assert caught.value.__cause__ is None
    assert TOKEN not in repr(caught.value)


async def test_after_a_pause_a_long_message_goes_on_where_it_stopped():
    good, busy = shape("bot_api_sendMessage"), shape("bot_api_err_429")
    platform = Platform(sendMessage=[good, busy, good])
    with pytest.raises(TryLater):
        await platform.says("một câu dài. " * 250)
    await platform.says("một câu dài. " * 250)
    texts = [asked["text"] for _, asked in platform.asked]
    assert len(texts) == 3
    assert texts[0] != texts[1] == texts[2]


async def test_updates_are_asked_for_until_told_to_stop_and_never_thrown_away():
    idle, text = shape("bot_api_getUpdates_idle"), shape("bot_api_getUpdates_text")
    platform = Platform(getUpdates=[idle, httpx.ConnectError("down"), text, idle])
    failures = iter([OSError("the disk is full")])
    keep = platform._hear

    def hear(inbound: Inbound) -> bool:
        for failure in failures:
            raise failure
        return keep(inbound)

    platform.door._heard = hear
    stop = asyncio.Event()
    running = asyncio.create_task(platform.door.run(stop))
    while not platform.heard and not running.done():
        await asyncio.sleep(0.001)
    stop.set()
    await running
    assert [inbound.text for inbound in platform.heard] == ["Xin chào"]


async def test_a_token_that_nobody_knows_ends_the_program():
    platform = Platform(getMe=[shape("bot_api_err_401")])
    with pytest.raises(Misconfigured, match="MOTCUA_ZALO_BOT_TOKEN"):
        await platform.door.run(asyncio.Event())


async def test_every_recorded_webhook_with_the_right_secret_gets_in():
    kept = []

    async def keep(update: object) -> None:
        kept.append(update)

    hook = ZaloBotWebhook(keep, BOT_SECRET)
    for name, found in recorded("zalo_bot_", "webhook").items():
        body = raw(found["body"]) if "body" in found else b""
        status = await hook(body, found["headers"].get("X-Bot-Api-Secret-Token"))
        assert status == (403 if name == "zalo_bot_bad_secret" else 200), name
    assert len(kept) == len(SAYS) - 2


@pytest.mark.parametrize("shown", [None, "", "wrong", BOT_SECRET + "x"])
async def test_without_the_secret_nobody_gets_in(shown):
    async def keep(_update: object) -> None:
        pytest.fail("got in")

    body = raw(shape("bot_text_flat")["body"])
    assert await ZaloBotWebhook(keep, BOT_SECRET)(body, shown) == 403
    with pytest.raises(Misconfigured):
        ZaloBotWebhook(keep, "short")
