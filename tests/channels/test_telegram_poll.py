"""Asking for updates, and what the door does with each."""

from __future__ import annotations

import asyncio
from datetime import datetime

import pytest
from telegram.error import NetworkError

from bot.basics.clock import VIETNAM
from bot.basics.errors import Misconfigured, TryLater, Undeliverable
from bot.basics.messages import Inbound, Kind, RemoteFile
from bot.channels.telegram import TelegramDoor
from bot.channels.telegram_poll import poll
from tests.build import an_office
from tests.channels.telegram_build import (
    CHAT,
    FakeTelegram,
    Time,
    a_block,
    a_click,
    a_message,
    ok,
    refused,
    titles,
)
from tests.channels.test_telegram_send import MENU, Files


class Enough(BaseException):
    """Ends polling, which has no end."""


class Fixed:
    """A clock that stands still."""

    def now(self) -> datetime:
        return datetime(2026, 11, 20, 9, 0, tzinfo=VIETNAM)

    def today(self):
        return self.now().date()


async def polled(telegram: FakeTelegram, on_update) -> Time:
    """Polls until `Enough`; returns the time that passed."""
    time = Time()
    with pytest.raises(Enough):
        await poll(telegram.bot(), on_update, sleep=time.sleep)
    return time


def offsets(telegram: FakeTelegram) -> list[int | None]:
    return [call.asked.get("offset") for call in telegram.asked("getUpdates")]


async def test_an_update_counts_as_received_only_after_it_was_kept():
    telegram, kept, tries = FakeTelegram(), [], []
    batch = ok([a_message(update_id=1), a_message(update_id=2)])
    telegram.prepare("getUpdates", batch, batch, ok([a_message(update_id=3)]), Enough())

    async def keep(update) -> None:
        tries.append(update["update_id"])
        if tries == [1, 2]:
            raise OSError("the disk is full")
        kept.append(update["update_id"])

    time = await polled(telegram, keep)
    assert kept == [1, 1, 2, 3]  # 1 comes twice: its unique key makes it one
    assert offsets(telegram) == [None, 2, 3, 4]
    assert time.slept == [1.0]


async def test_an_update_nobody_can_read_does_not_block_those_behind_it():
    telegram, seen = FakeTelegram(), []
    odd = {"update_id": 5, "message": {"date": "yesterday", "chat": 7}}
    telegram.prepare("getUpdates", ok([odd, "?", a_message(update_id=6)]), Enough())

    async def keep(update) -> None:
        seen.append(update)

    await polled(telegram, keep)
    assert len(seen) == 3
    assert offsets(telegram) == [None, 7]


async def test_trouble_on_the_way_is_waited_out_longer_and_longer():
    telegram = FakeTelegram()
    down = NetworkError("down")
    telegram.prepare("getUpdates", down, refused(502, "Bad Gateway"), down, ok([]), down, Enough())
    time = await polled(telegram, None)
    assert time.slept == [1.0, 2.0, 4.0, 0.2, 1.0]


async def test_a_pause_telegram_asks_for_is_kept():
    telegram = FakeTelegram()
    telegram.prepare("getUpdates", refused(429, "…", retry_after=17), Enough())
    assert (await polled(telegram, None)).slept == [17]


async def test_a_refused_token_ends_it_with_the_name_of_the_setting():
    telegram = FakeTelegram()
    telegram.prepare("getUpdates", refused(401, "Unauthorized"))
    with pytest.raises(Misconfigured, match="MOTCUA_TELEGRAM_TOKEN"):
        await poll(telegram.bot(), None)


async def test_one_conflict_is_a_process_going_down_three_are_a_second_one():
    telegram = FakeTelegram()
    conflict = refused(409, "Conflict: terminated by other getUpdates request")
    telegram.prepare("getUpdates", conflict, ok([]), conflict, conflict, conflict)
    time = Time()
    with pytest.raises(Misconfigured, match="another process"):
        await poll(telegram.bot(), None, sleep=time.sleep)
    assert time.slept == [1.0, 0.2, 1.0, 2.0]


async def test_only_what_is_heard_is_asked_for():
    telegram = FakeTelegram()
    telegram.prepare("getUpdates", ok([]), Enough())
    await polled(telegram, None)
    asked = telegram.asked("getUpdates")[0].asked
    assert asked["allowed_updates"] == ["message", "callback_query", "my_chat_member"]


class Hall:
    """A door with its Telegram; keeps what it hears."""

    def __init__(self) -> None:
        self.telegram = FakeTelegram()
        self.heard: list[Inbound] = []
        self.marks: list[tuple[str, bool]] = []
        self.fault: Exception | None = None
        self.door = TelegramDoor(
            self.telegram.bot(), MENU, an_office(), Files(), Fixed(), self.hear, self.mark
        )

    def hear(self, inbound: Inbound) -> bool:
        if self.fault:
            raise self.fault
        is_new = inbound.key not in [known.key for known in self.heard]
        self.heard += [inbound] * is_new
        return is_new

    def mark(self, conversation, is_reachable) -> None:
        self.marks.append((conversation, is_reachable))

    async def takes(self, update: object) -> list[str]:
        """Takes one update; the methods that were then called."""
        before = len(self.telegram.calls)
        await self.door.take(update)
        while self.door._courtesies:
            await asyncio.gather(*self.door._courtesies)
        return [call.method for call in self.telegram.calls[before:]]


async def test_a_message_is_kept_and_then_shown_to_be_heard():
    hall = Hall()
    assert await hall.takes(a_message(text="alo")) == ["sendChatAction"]
    assert hall.telegram.calls[-1].asked == {"chat_id": CHAT, "action": "typing"}
    assert [inbound.text for inbound in hall.heard] == ["alo"]
    assert await hall.takes(a_message(text="alo")) == []  # delivered twice


async def test_a_click_is_answered_and_its_button_ticked():
    hall = Hall()
    rows = [[{"text": "Nam", "callback_data": "a"}, {"text": "Nữ", "callback_data": "b"}]]
    called = await hall.takes(a_click("b", rows=rows))
    assert sorted(called) == ["answerCallbackQuery", "editMessageReplyMarkup", "sendChatAction"]
    (edit,) = hall.telegram.asked("editMessageReplyMarkup")
    assert (edit.asked["chat_id"], edit.asked["message_id"]) == (CHAT, 44)
    assert titles(edit) == [["Nam", "✓ Nữ"]]
    assert hall.heard[0].kind is Kind.CLICK


async def test_a_click_too_old_to_answer_still_counts():
    hall = Hall()
    hall.telegram.prepare("answerCallbackQuery", refused(400, "Bad Request: query is too old"))
    assert "editMessageReplyMarkup" in await hall.takes(a_click())
    assert len(hall.heard) == 1


async def test_courtesies_that_fail_are_nobodys_trouble():
    hall = Hall()
    hall.telegram.prepare("sendChatAction", NetworkError("down"))
    await hall.takes(a_message(text="alo"))
    assert len(hall.heard) == 1


async def test_what_was_not_kept_is_not_shown_as_heard():
    hall = Hall()
    hall.fault = OSError("the disk is full")
    with pytest.raises(OSError, match="full"):
        await hall.takes(a_click())
    assert hall.telegram.calls == []


async def test_blocking_is_noted():
    hall = Hall()
    assert await hall.takes(a_block()) == []
    assert hall.marks == [(f"telegram:{CHAT}", False)]


async def test_an_edited_message_is_passed_over_in_silence():
    hall = Hall()
    edited = {"update_id": 1, "edited_message": a_message(text="a")["message"]}
    assert await hall.takes(edited) == []
    assert hall.heard == []


async def test_an_open_door_shows_its_menu_and_listens_until_it_is_stopped():
    hall, stop = Hall(), asyncio.Event()
    hall.telegram.prepare("getUpdates", ok([a_message(text="alo")]), ok([]))
    running = asyncio.create_task(hall.door.run(stop))
    while not hall.heard:
        await asyncio.sleep(0)
    stop.set()
    await running
    (menu,) = hall.telegram.asked("setMyCommands")
    assert menu.asked["commands"][0] == {
        "command": "nophoso",
        "description": "Nộp hồ sơ ngay tại đây",
    }
    (about,) = hall.telegram.asked("setMyDescription")
    assert an_office().name in about.asked["description"]


async def test_a_menu_that_is_shown_already_is_not_set_again():
    hall = Hall()
    commands = [{"command": e.command, "description": e.shows} for e in MENU.entries]
    about = MENU.words.render("about", {"office": an_office()})
    line = MENU.words.render("line")
    hall.telegram.prepare("getMyCommands", ok(commands))
    hall.telegram.prepare("getMyDescription", ok({"description": about}))
    hall.telegram.prepare("getMyShortDescription", ok({"short_description": line}))
    stop = asyncio.Event()
    running = asyncio.create_task(hall.door.run(stop, polls=False))
    while len(hall.telegram.calls) < 4:
        await asyncio.sleep(0)
    stop.set()
    await running
    assert not hall.telegram.asked("setMyCommands", "setMyDescription", "setMyShortDescription")


async def test_a_door_opens_even_where_the_menu_cannot_be_shown():
    hall, stop = Hall(), asyncio.Event()
    hall.telegram.prepare("setMyCommands", refused(429, "…", retry_after=100))
    hall.telegram.prepare("getUpdates", ok([a_message(text="alo")]), ok([]))
    running = asyncio.create_task(hall.door.run(stop))
    while not hall.heard:
        await asyncio.sleep(0)
    stop.set()
    await running


async def test_a_door_with_a_wrong_token_says_so():
    hall = Hall()
    hall.telegram.prepare("getMe", refused(401, "Unauthorized"))
    with pytest.raises(Misconfigured, match="MOTCUA_TELEGRAM_TOKEN"):
        await hall.door.run(asyncio.Event())


async def test_a_file_is_fetched():
    hall = Hall()
    found = {"file_id": "x", "file_unique_id": "u", "file_path": "photos/1.jpg"}
    hall.telegram.prepare("getFile", ok(found))
    hall.telegram.downloads["1.jpg"] = b"\xff\xd8"
    assert await hall.door.fetch(RemoteFile("x")) == b"\xff\xd8"


@pytest.mark.parametrize(
    ("answer", "end", "key"),
    [
        (refused(400, "Bad Request: file is too big"), Undeliverable, "file.too_large"),
        (refused(400, "Bad Request: invalid file_id"), Undeliverable, "file.not_fetched"),
        (refused(502, "Bad Gateway"), TryLater, "file.not_fetched"),
        (NetworkError("cut"), TryLater, "file.not_fetched"),
    ],
)
async def test_why_a_file_cannot_be_fetched(answer, end, key):
    hall = Hall()
    hall.telegram.prepare("getFile", answer)
    with pytest.raises(end) as caught:
        await hall.door.fetch(RemoteFile("x"))
    assert caught.value.key == key


async def test_a_file_larger_than_telegram_gives_is_not_even_asked_for():
    hall = Hall()
    with pytest.raises(Undeliverable) as caught:
        await hall.door.fetch(RemoteFile("x", size=20 * 1024 * 1024 + 1))
    assert caught.value.key == "file.too_large"
    assert hall.telegram.calls == []
