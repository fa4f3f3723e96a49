"""What is asked of Zalo for a message, and what becomes of it when that fails."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import datetime, timedelta

import httpx
import pytest

from bot.basics.clock import VIETNAM
from bot.basics.errors import TryLater, Uncertain, Undeliverable
from bot.basics.ids import FileId
from bot.channels.zalo_answers import data_of
from bot.channels.zalo_errors import Means, Refusal, outcome, until_morning
from bot.channels.zalo_show import Card
from bot.notifications.ports import FileToSend
from tests.channels.zalo_build import APP, NOW, OA, needs_recordings, recorded, shape
from tests.channels.zalo_parts import PDF, PHOTO, WORDS, Desk

pytestmark = needs_recordings


async def test_a_text_goes_out_as_recorded():
    desk = Desk()
    expected = shape("oa_req_cs_text")["json"]
    number = await desk.says(expected["message"]["text"])
    assert desk.zalo.sent == [
        {
            "to": expected["recipient"]["user_id"],
            "message": expected["message"],
            "endpoint": "v3",
            "id": number,
        }
    ]


async def test_a_choice_goes_out_as_buttons_that_say_nothing_for_the_citizen():
    desk = Desk()
    await desk.says("Anh/chị muốn làm gì?", "Tra cứu hồ sơ")
    (recorded_button, *_) = shape("oa_req_cs_buttons")["json"]["message"]["attachment"]["payload"][
        "buttons"
    ]
    (message,) = desk.shown
    (button,) = message["attachment"]["payload"]["buttons"]
    assert button == recorded_button | {"payload": "#dvc:token-0"}
    assert set(message["attachment"]) == {"type", "payload"}


async def test_five_choices_are_buttons_and_six_are_numbers():
    desk = Desk()
    await desk.says("Bé sinh ở đâu?", *"abcde")
    await desk.says("Bé sinh ở đâu?", *"abcdef", number=2)
    five, six = desk.shown
    assert len(five["attachment"]["payload"]["buttons"]) == 5
    assert "attachment" not in six
    assert six["text"].startswith("Bé sinh ở đâu?\n\n1. a\n2. b\n")
    assert "6. f" in six["text"]


async def test_a_long_title_is_cut_at_a_word():
    desk = Desk()
    await desk.says("Chọn:", "Ủy ban nhân dân " * 20)
    (button,) = desk.shown[0]["attachment"]["payload"]["buttons"]
    assert len(button["title"]) <= 100
    assert button["title"].endswith("…")


async def test_a_long_text_goes_out_in_composed_pieces_with_the_buttons_under_the_last():
    desk = Desk()
    await desk.says(unicodedata.normalize("NFD", "một câu dài vừa phải. " * 300), "Nam")
    assert len(desk.shown) == 4
    assert desk.zalo.refused == []
    assert [bool(message.get("attachment")) for message in desk.shown] == [False] * 3 + [True]


@pytest.mark.parametrize("text", ["", "  \n"])
async def test_nothing_is_not_sent(text):
    with pytest.raises(Undeliverable, match=r"delivery\.empty"):
        await Desk().says(text)
    with pytest.raises(Undeliverable, match=r"delivery\.empty"):
        await Desk().says(text, "Nam")


async def test_papers_and_pictures_are_uploaded_and_go_before_the_words():
    desk = Desk(PDF, PHOTO)
    await desk.says("Đây ạ", files=(FileId("0"), FileId("1")))
    paper, picture, words = desk.shown
    assert set(paper["attachment"]["payload"]) == {"token"}
    assert (
        paper["attachment"]["type"]
        == shape("oa_req_cs_file")["json"]["message"]["attachment"]["type"]
    )
    assert picture["attachment"]["payload"]["elements"][0]["media_type"] == "image"
    assert words == {"text": "Đây ạ"}
    assert list(desk.zalo.uploads.values()) == [PDF.content, PHOTO.content]


async def test_the_same_content_is_uploaded_once_in_six_days():
    desk = Desk(PDF)
    for number, days in enumerate((0, 5, 2)):
        desk.clock.passes(days=days)
        desk.heard_at = desk.clock.now()
        await desk.says("Đây ạ", files=(FileId("0"),), number=number)
    assert len(desk.zalo.uploads) == 2


async def test_a_restart_does_not_upload_again():
    desk = Desk(PDF)
    await desk.says("Đây ạ", files=(FileId("0"),))
    desk.restarts()
    await desk.says("Đây ạ", files=(FileId("0"),), number=2)
    assert len(desk.zalo.uploads) == 1
    assert len(desk.shown) == 4


async def test_an_upload_that_zalo_forgot_is_uploaded_again():
    desk = Desk(PDF)
    await desk.says("Đây ạ", files=(FileId("0"),))
    desk.zalo.faults = ["refuse -100"]
    await desk.says("Đây ạ", files=(FileId("0"),), number=2)
    assert len(desk.zalo.uploads) == 2
    assert len(desk.shown) == 4


@pytest.mark.parametrize(
    "paper",
    [
        replace(PDF, content=b"%PDF" + b"x" * 5 * 1024 * 1024),
        replace(PHOTO, content=b"x" * (1024 * 1024 + 1)),
        FileToSend("a.zip", "application/zip", b"PK"),
    ],
)
async def test_what_zalo_would_not_take_becomes_a_link_or_is_said(paper):
    desk = Desk(paper)
    await desk.says("Đây ạ", files=(FileId("0"),))
    assert "gặp cán bộ" in desk.shown[0]["text"]
    desk.sender._link = lambda conversation, file: f"https://motcua.example.vn/{file}"
    await desk.says("Đây ạ", files=(FileId("0"),), number=2)
    assert "https://motcua.example.vn/0" in desk.shown[1]["text"]
    assert desk.zalo.uploads == {}


async def test_where_a_place_is_asked_for_the_way_to_send_it_is_told():
    desk = Desk()
    await desk.says("Anh/chị đang ở đâu ạ?", place_button="Gửi vị trí của tôi")
    assert WORDS.render("share_place") in desk.shown[0]["text"]


async def test_a_phone_number_is_asked_for_by_a_card_only_where_the_office_has_one():
    plain, with_card = Desk(), Desk(card=Card("Số", "Để báo kết quả", "https://a.example/b.png"))
    for desk in (plain, with_card):
        await desk.says("Số điện thoại ạ?", phone_button="Gửi số")
    assert len(plain.shown) == 1
    assert with_card.zalo.refused == []
    assert with_card.shown[1]["attachment"]["payload"]["template_type"] == "request_user_info"


async def test_a_message_for_another_account_is_not_sent_from_this_one():
    with pytest.raises(Undeliverable, match=r"delivery\.other_account"):
        await Desk().says("Chào", to="zalo_oa:999:246845883529197922")


# when we may write


@pytest.mark.parametrize(
    ("hours", "office", "goes_out"),
    [
        (48, {"window": timedelta(hours=48)}, True),
        (48.1, {"window": timedelta(hours=48)}, False),
        (167, {}, True),
        (169, {}, False),
    ],
)
async def test_nobody_is_written_to_outside_of_the_window(hours, office, goes_out):
    desk = Desk(**office)
    desk.heard_at = NOW - timedelta(hours=hours)
    if goes_out:
        await desk.says("Hồ sơ xong rồi ạ")
    else:
        with pytest.raises(Undeliverable, match=r"delivery\.window_closed"):
            await desk.says("Hồ sơ xong rồi ạ")
    assert len(desk.shown) == goes_out


async def test_where_nobody_knows_when_a_citizen_wrote_zalo_decides():
    desk = Desk()
    desk.heard_at = None
    await desk.says("Chào")
    assert len(desk.shown) == 1


# what the codes mean


EXPECTED = {
    "TOKEN": TryLater,
    "RATE": TryLater,
    "ASSET": TryLater,
    "AMBIGUOUS": Uncertain,
    "ENDPOINT": TryLater,
    "RECIPIENT": Undeliverable,
    "WINDOW": Undeliverable,
    "NIGHT": TryLater,
    "MONEY": TryLater,
    "CONFIGURATION": TryLater,
    "OURS": Undeliverable,
    "CONTENT": Undeliverable,
}


def test_every_code_belongs_to_one_class_and_every_class_has_its_outcome():
    codes = [code for means in Means for code in means.value]
    assert len(codes) == len(set(codes)) == 63
    for means in Means:
        for code in means.value:
            assert type(outcome(Refusal(code), NOW)) is EXPECTED[means.name], code


def test_every_recorded_error_is_one_that_we_know():
    for name, found in recorded("zalo_oa_res_", "response").items():
        if "err_" not in name or "token" in name:
            continue
        with pytest.raises(Refusal) as refused:
            data_of(httpx.Response(found["status"], json=found["body"]))
        assert refused.value.means is not None, name


def test_an_unknown_code_may_have_been_anything():
    assert type(outcome(Refusal(-9999), NOW)) is Uncertain


def test_an_error_in_quotes_is_an_error():
    with pytest.raises(Refusal):
        data_of(httpx.Response(200, json={"error": "-213", "message": ""}))
    assert data_of(httpx.Response(200, json={"error": "0", "data": {"a": 1}})) == {"a": 1}


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (200, b"", Uncertain),
        (200, b"<html>", Uncertain),
        (200, b"[]", Uncertain),
        (200, b"{}", Uncertain),
        (408, b"", Uncertain),
        (500, b"", Uncertain),
        (502, b"<html>", Uncertain),
        (429, b"", TryLater),
        (403, b"<html>", TryLater),
        (404, b"", TryLater),
        (302, b"", TryLater),
    ],
)
def test_an_answer_that_is_none_means_what_it_can(status, body, error):
    with pytest.raises(error):
        data_of(httpx.Response(status, content=body))


def test_what_waits_for_the_morning_waits_until_six():
    assert until_morning(datetime(2026, 11, 20, 23, 0, tzinfo=VIETNAM)) == 7 * 3600
    assert until_morning(datetime(2026, 11, 21, 5, 59, tzinfo=VIETNAM)) == 60
    assert until_morning(datetime(2026, 11, 21, 6, 0, tzinfo=VIETNAM)) == 24 * 3600


# what fails on the way


async def failing(desk: Desk, *faults: str) -> Exception:
    """What the sender raises when this goes wrong."""
    desk.zalo.faults = list(faults)
    with pytest.raises((TryLater, Undeliverable, Uncertain)) as caught:
        await desk.says("Chào")
    return caught.value


async def test_when_zalo_counts_too_many_everybody_waits_and_not_only_the_one():
    desk = Desk()
    error = await failing(desk, "rate")
    assert isinstance(error, TryLater)
    assert 60 <= error.after <= 70
    with pytest.raises(TryLater):
        await desk.says("Chào", number=2, to=f"zalo_oa:{OA}:111")
    assert desk.zalo.sent == []
    desk.clock.passes(seconds=70)
    await desk.says("Chào")
    assert len(desk.shown) == 1


async def test_one_citizen_who_blocked_us_keeps_nobody_else_waiting():
    desk = Desk()
    error = await failing(desk, "refuse -217")
    assert isinstance(error, Undeliverable)
    await desk.says("Chào", number=2, to=f"zalo_oa:{OA}:111")
    assert len(desk.zalo.sent) == 1


@pytest.mark.parametrize("fault", ["broken", "empty"])
async def test_what_may_have_arrived_is_not_called_unsent(fault):
    desk = Desk()
    assert isinstance(await failing(desk, fault), Uncertain)
    assert len(desk.shown) == 1


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (httpx.ConnectError("no"), TryLater),
        (httpx.ConnectTimeout("no"), TryLater),
        (httpx.PoolTimeout("no"), TryLater),
        (httpx.ReadTimeout("no"), Uncertain),
        (httpx.WriteError("no"), Uncertain),
        (httpx.RemoteProtocolError("no"), Uncertain),
    ],
)
async def test_only_what_certainly_never_left_is_sent_again(error, kind):
    desk = Desk()

    def refuse(_request: httpx.Request) -> httpx.Response:
        raise error

    desk.api._client = httpx.AsyncClient(transport=httpx.MockTransport(refuse))
    with pytest.raises(kind):
        await desk.says("Chào")


async def test_after_a_pause_a_long_message_goes_on_where_it_stopped():
    desk = Desk()
    desk.zalo.faults = ["", "rate"]
    with pytest.raises(TryLater):
        await desk.says("một câu dài vừa phải. " * 150)
    desk.clock.passes(minutes=2)
    await desk.says("một câu dài vừa phải. " * 150)
    assert len(desk.shown) == 2
    assert desk.shown[0] != desk.shown[1]


# keys and endpoints


async def test_a_rejected_key_is_renewed_and_the_message_sent_once():
    desk = Desk()
    desk.zalo.faults = ["expire"]
    await desk.says("Chào")
    assert len(desk.shown) == 1
    assert desk.zalo.spent == ["REFRESH-1"]


async def test_a_key_rejected_twice_is_a_matter_for_a_person():
    desk = Desk()
    error = await failing(desk, "expire", "expire", "expire")
    assert error.key == "delivery.misconfigured"
    assert desk.zalo.spent == ["REFRESH-1"]


async def test_the_account_of_a_state_body_is_served_by_the_old_endpoint_and_that_is_remembered():
    desk = Desk()
    desk.zalo.is_government = True
    await desk.says("Chào")
    await desk.says("Chào lần nữa", number=2)
    assert [item["endpoint"] for item in desk.zalo.sent] == ["v2", "v2"]
    assert desk.grants.endpoint(OA) == "v2"
    desk.zalo.is_government = False  # some day Zalo closes the old one
    await desk.says("Chào lần ba", number=3)
    assert desk.zalo.sent[-1]["endpoint"] == "v3"
    assert desk.grants.endpoint(OA) == "v3"


@pytest.mark.parametrize("fault", ["refuse -224", "broken", "refuse -240"])
async def test_no_other_trouble_switches_the_endpoint(fault):
    desk = Desk()
    await failing(desk, fault)
    assert desk.grants.endpoint(OA) == ""
    assert len(desk.zalo.sent) <= 1


async def test_what_we_sent_is_known_as_ours():
    desk = Desk()
    number = await desk.says("Chào")
    assert desk.sender.is_own(number)
    assert not desk.sender.is_own("e0a1")


def test_the_recorded_account_is_the_one_of_these_tests():
    assert shape("oa_res_getoa_ok")["body"]["data"]["oaid"] == OA
    assert shape("oa_user_send_text")["body"]["app_id"] == APP
