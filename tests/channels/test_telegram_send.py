"""Sending to Telegram: exact requests, every kind of refusal, the pace."""

from __future__ import annotations

import asyncio
import datetime as dt
from pathlib import Path

import httpx
import pytest
from telegram.error import NetworkError, RetryAfter, TimedOut

import bot
from bot.basics.errors import Outside, TryLater, Uncertain, Undeliverable
from bot.basics.ids import ConversationId, FileId
from bot.basics.messages import Outgoing, ShownButton
from bot.channels.telegram_errors import outcome
from bot.channels.telegram_menu import Menu
from bot.channels.telegram_pace import Pace
from bot.channels.telegram_send import TelegramSender
from bot.notifications.ports import FileToSend
from tests.channels.telegram_build import (
    CHAT,
    FakeTelegram,
    Time,
    keys,
    needs_recordings,
    ok,
    recorded,
    refused,
    sent_message,
    titles,
)

MENU = Menu.read(Path(bot.__file__).parent / "catalogue" / "telegram.yml")
PHOTO = FileToSend("ma-qr.png", "image/png", b"\x89PNG")


class Files:
    """Papers and photos by id."""

    known = {  # noqa: RUF012
        "pdf": FileToSend("giay-tiep-nhan.pdf", "application/pdf", b"%PDF-1.7"),
        "png": PHOTO,
        "huge": FileToSend("to.pdf", "application/pdf", b"x" * (50 * 1024 * 1024 + 1)),
    }

    def fetch(self, file: FileId) -> FileToSend:
        if file not in self.known:
            raise Undeliverable("file.gone")
        return self.known[file]


class Counter:
    """One sender, the Telegram it writes to, and the time between them."""

    def __init__(self, link=None) -> None:
        self.telegram, self.time = FakeTelegram(), Time()
        self.pace = Pace(self.time, self.time.sleep)
        self.sender = TelegramSender(self.telegram.bot(), Files(), MENU.words, link, self.pace)
        self.number = 0

    async def sends(self, text="Dạ.", chat=CHAT, number=None, **more) -> str:
        self.number += 1
        conversation = ConversationId(f"telegram:{chat}")
        message = Outgoing(number or self.number, conversation, text, **more)
        return await self.sender.send(message)

    async def fails(self, **more) -> Outside:
        with pytest.raises(Outside) as caught:
            await self.sends(**more)
        return caught.value


async def test_a_text_goes_out_as_it_is_and_links_in_it_are_not_opened():
    counter = Counter()
    assert await counter.sends("<b>A & B</b> _x_ [y](z)") == "45"
    (call,) = counter.telegram.calls
    assert call.method == "sendMessage"
    assert call.asked == {
        "chat_id": CHAT,
        "text": "<b>A & B</b> _x_ [y](z)",
        "link_preview_options": {"is_disabled": True},
    }


async def test_buttons_carry_our_tokens():
    counter = Counter()
    await counter.sends(buttons=(ShownButton("Nam", "t1"), ShownButton("Nữ", "t2")))
    (call,) = counter.telegram.calls
    assert call.asked["reply_markup"]["inline_keyboard"] == [
        [{"text": "Nam", "callback_data": "t1"}, {"text": "Nữ", "callback_data": "t2"}]
    ]


async def test_a_long_text_comes_in_pieces_with_the_buttons_under_the_last():
    counter = Counter()
    await counter.sends("một hai. " * 1000, buttons=(ShownButton("Nộp", "t"),))
    calls = counter.telegram.asked("sendMessage")
    assert len(calls) == 3
    assert ["reply_markup" in call.asked for call in calls] == [False, False, True]
    assert all(call.asked["text"].endswith("hai.") for call in calls)


async def test_a_paper_goes_out_as_a_document_with_its_name_and_a_picture_as_a_photo():
    counter = Counter()
    await counter.sends("Đây ạ", files=(FileId("pdf"),), buttons=(ShownButton("Xong", "t"),))
    await counter.sends("", files=(FileId("png"),))
    paper, picture = counter.telegram.calls
    assert (paper.method, paper.asked["caption"]) == ("sendDocument", "Đây ạ")
    assert paper.files == ("giay-tiep-nhan.pdf",)
    assert titles(paper) == [["Xong"]]
    assert (picture.method, picture.files) == ("sendPhoto", ("ma-qr.png",))
    assert "caption" not in picture.asked


async def test_papers_can_stay_with_us_and_only_their_address_goes_out():
    counter = Counter(lambda _conversation, file: f"https://dvc.test/giay-to/{file}")
    await counter.sends("Đây ạ.", files=(FileId("pdf"),))
    (call,) = counter.telegram.calls
    assert call.method == "sendMessage"
    assert call.files == ()
    assert call.asked["text"].startswith("Đây ạ.\n\n")
    assert "• giay-tiep-nhan.pdf: https://dvc.test/giay-to/pdf" in call.asked["text"]


async def test_a_file_that_is_gone_or_too_large_never_will_be_sent():
    counter = Counter()
    assert (await counter.fails(files=(FileId("gone"),))).key == "file.gone"
    assert (await counter.fails(files=(FileId("huge"),))).key == "file.too_large"
    assert counter.telegram.calls == []


async def test_a_question_for_the_phone_shows_the_key_that_shares_it_and_takes_it_away_after():
    counter = Counter()
    await counter.sends("Số điện thoại?", phone_button="Gửi số của tôi")
    await counter.sends("Cảm ơn anh/chị.")
    await counter.sends("Câu tiếp theo.")
    asked, thanked, then = counter.telegram.calls
    assert list(keys(asked)) == [[{"text": "Gửi số của tôi", "request_contact": True}]]
    assert asked.asked["reply_markup"]["one_time_keyboard"] is True
    assert thanked.asked["reply_markup"] == {"remove_keyboard": True}
    assert "reply_markup" not in then.asked


async def test_where_a_place_is_asked_for_one_key_shares_it_and_goes_away_after():
    counter = Counter()
    await counter.sends("Anh/chị đang ở đâu?", place_button="Gửi vị trí của tôi")
    await counter.sends("Gần anh/chị nhất là…")
    asked, found = counter.telegram.calls
    assert list(keys(asked)) == [[{"text": "Gửi vị trí của tôi", "request_location": True}]]
    assert found.asked["reply_markup"] == {"remove_keyboard": True}


async def test_where_the_question_has_buttons_too_the_phone_key_comes_with_a_second_message():
    counter = Counter()
    await counter.sends("Số?", buttons=(ShownButton("Bỏ qua", "t"),), phone_button="Gửi số của tôi")
    question, hint = counter.telegram.calls
    assert titles(question) == [["Bỏ qua"]]
    assert titles(hint) == [["Gửi số của tôi"]]
    assert hint.asked["text"] == MENU.words.render("share_phone")


OUTCOMES = {
    "telegram_res_400_button_data": Undeliverable,
    "telegram_res_400_chat_not_found": Undeliverable,
    "telegram_res_400_migrated": Undeliverable,
    "telegram_res_400_not_modified": Undeliverable,
    "telegram_res_400_parse": Undeliverable,
    "telegram_res_400_query_too_old": Undeliverable,
    "telegram_res_400_too_long": Undeliverable,
    "telegram_res_401": TryLater,
    "telegram_res_403_blocked": Undeliverable,
    "telegram_res_403_cant_initiate": Undeliverable,
    "telegram_res_403_deactivated": Undeliverable,
    "telegram_res_409_conflict": TryLater,
    "telegram_res_429_retry_after": TryLater,
    "telegram_res_502": Uncertain,
    "telegram_res_ok_message": None,
}


@needs_recordings
async def test_every_recorded_answer_leads_to_the_right_end():
    found = {}
    for name, shape in recorded("response").items():
        counter = Counter()
        counter.telegram.prepare("sendMessage", (shape["status"], shape["body"]))
        try:
            await counter.sends()
            found[name] = None
        except Outside as error:
            found[name] = type(error)
    assert found == OUTCOMES


@pytest.mark.parametrize(
    ("answer", "end", "key"),
    [
        (refused(403, "Forbidden: bot was blocked by the user"), Undeliverable, "delivery.blocked"),
        (refused(400, "Bad Request: chat not found"), Undeliverable, "delivery.refused"),
        (refused(400, "…", migrate_to_chat_id=-100), Undeliverable, "delivery.not_private"),
        (refused(401, "Unauthorized"), TryLater, "delivery.misconfigured"),
        (refused(404, "Not Found"), TryLater, "delivery.misconfigured"),
        (refused(409, "Conflict: terminated"), TryLater, "delivery.misconfigured"),
        (
            refused(429, "Too Many Requests: retry after 7", retry_after=7),
            TryLater,
            "delivery.busy",
        ),
        (refused(429, "Too Many Requests"), TryLater, "delivery.unreachable"),
        (refused(500, "Internal Server Error"), Uncertain, "delivery.uncertain"),
        (refused(502, "Bad Gateway"), Uncertain, "delivery.uncertain"),
        ((504, b"<html>"), Uncertain, "delivery.uncertain"),
        (httpx.ReadError("reset"), Uncertain, "delivery.uncertain"),
    ],
)
async def test_what_a_refusal_means(answer, end, key):
    counter = Counter()
    counter.telegram.prepare("sendMessage", answer)
    error = await counter.fails()
    assert (type(error), error.key) == (end, key)


def caused_by(error: Exception, shown: type[NetworkError]) -> NetworkError:
    failure = shown("failed")
    failure.__cause__ = error
    return failure


@pytest.mark.parametrize(
    ("error", "end"),
    [
        (caused_by(httpx.ConnectError("no route"), NetworkError), TryLater),
        (caused_by(httpx.ConnectTimeout("slow"), TimedOut), TryLater),
        (caused_by(httpx.PoolTimeout("full"), TimedOut), TryLater),
        (caused_by(RuntimeError("the client has been closed"), NetworkError), TryLater),
        (caused_by(httpx.ReadTimeout("slow"), TimedOut), Uncertain),
        (caused_by(httpx.WriteTimeout("slow"), TimedOut), Uncertain),
        (caused_by(httpx.RemoteProtocolError("cut"), NetworkError), Uncertain),
        (TimedOut(), Uncertain),
        (RetryAfter(7), TryLater),
        (RetryAfter(dt.timedelta(seconds=7)), TryLater),
    ],
)
def test_only_what_certainly_never_left_is_sent_again(error, end):
    found = outcome(error)
    assert type(found) is end
    assert not isinstance(error, RetryAfter) or found.after == 7


async def test_a_message_half_sent_goes_on_where_it_stopped():
    counter = Counter()
    busy = refused(429, "Too Many Requests: retry after 2", retry_after=2)
    counter.telegram.prepare("sendMessage", ok(sent_message(1)), busy, ok(sent_message(3)))
    text = "một hai. " * 700
    error = await counter.fails(text=text, number=9)
    assert isinstance(error, TryLater)
    assert await counter.sends(text, number=9) == "3"
    first, lost, second = (call.asked["text"] for call in counter.telegram.asked("sendMessage"))
    assert lost == second
    assert first != second


async def test_one_chat_gets_one_message_a_second():
    counter = Counter()
    for _ in range(3):
        await counter.sends()
    assert counter.time.slept == [1.0, 1.0]


async def test_many_chats_share_thirty_a_second():
    counter = Counter()
    for chat in range(61):
        await counter.sends(chat=chat + 1)
    assert counter.time.now - 1000 == pytest.approx(2.0)


async def test_a_chat_that_must_wait_does_not_hold_up_another():
    counter = Counter()
    busy = refused(429, "Too Many Requests: retry after 60", retry_after=60)
    counter.telegram.prepare("sendMessage", busy, ok(sent_message()))
    first = await counter.fails(chat=1)
    again = await counter.fails(chat=1)
    assert (first.after, again.after) == (60, 60)
    await counter.sends(chat=2)
    assert counter.time.now - 1000 < 0.1
    assert len(counter.telegram.calls) == 2  # the second try did not even ask


async def test_waiting_for_one_chat_takes_no_turn_from_the_others():
    time = Time()
    waits = asyncio.Event()

    async def sleep(seconds: float) -> None:
        if seconds > 0.5:
            await waits.wait()
            time.now += seconds

    pace = Pace(time, sleep)
    await pace.turn("a")
    slow = asyncio.create_task(pace.turn("a"))
    await asyncio.sleep(0)
    await asyncio.wait_for(pace.turn("b"), 1)
    assert not slow.done()
    waits.set()
    await slow
