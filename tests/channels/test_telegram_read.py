"""What one Telegram update says."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.basics.clock import VIETNAM
from bot.basics.messages import Inbound, Kind
from bot.channels.telegram_read import membership, pressed, read
from tests.channels.telegram_build import (
    CHAT,
    a_block,
    a_chat,
    a_click,
    a_message,
    needs_recordings,
    recorded,
)

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=VIETNAM)
COMMANDS = {"tracuu": "xem tình trạng hồ sơ"}


def heard(update: object) -> Inbound | None:
    return read(update, NOW, COMMANDS)


def said(update: object) -> Inbound:
    inbound = heard(update)
    assert inbound is not None
    return inbound


def test_a_text_is_heard_in_its_own_conversation_with_its_own_time():
    inbound = said(a_message(text="khai sinh cần gì"))
    assert (inbound.kind, inbound.text) == (Kind.TEXT, "khai sinh cần gì")
    assert inbound.conversation == f"telegram:{CHAT}"
    assert inbound.key == "update:880000001"
    assert inbound.at == datetime(2026, 11, 21, 11, 0, tzinfo=VIETNAM)


def test_html_in_a_text_is_just_text():
    assert said(a_message(text="<b>A & B</b>")).text == "<b>A & B</b>"


def test_a_deep_link_brings_its_payload_and_start_alone_none():
    linked = said(a_message(text="/start hs_k7Qm2xA9"))
    assert (linked.kind, linked.text) == (Kind.START, "hs_k7Qm2xA9")
    assert said(a_message(text="/start")).text == ""


def test_a_command_of_the_menu_stands_for_its_words():
    assert said(a_message(text="/tracuu")).text == "xem tình trạng hồ sơ"
    assert said(a_message(text="/tracuu@thu_bot")).text == "xem tình trạng hồ sơ"
    rest = said(a_message(text="/tracuu H26.99-261119-0007"))
    assert rest.text == "xem tình trạng hồ sơ H26.99-261119-0007"


def test_a_command_that_is_not_in_the_menu_is_read_as_words():
    assert said(a_message(text="/submit now")).text == "submit now"


def test_a_click_brings_the_token_and_the_present_time():
    inbound = said(a_click("abc"))
    assert (inbound.kind, inbound.token, inbound.at) == (Kind.CLICK, "abc", NOW)


def test_a_click_under_a_message_too_old_to_see_still_counts():
    inbound = said(a_click("abc", message=None))
    assert inbound.conversation == f"telegram:{CHAT}"
    old = {"chat": a_chat(), "message_id": 1, "date": 0}
    assert said(a_click("abc", message=old)).token == "abc"


@pytest.mark.parametrize(("owner", "is_own"), [(CHAT, True), (CHAT + 1, False), (None, False)])
def test_a_shared_number_is_vouched_for_only_if_it_is_the_senders_own(owner, is_own):
    contact = {"phone_number": "+84 912 345 678", "first_name": "An"}
    contact |= {"user_id": owner} if owner else {}
    inbound = said(a_message(contact=contact))
    assert (inbound.kind, inbound.phone, inbound.own_phone) == (Kind.CONTACT, "0912345678", is_own)


@pytest.mark.parametrize(
    ("written", "phone"),
    [("84912345678", "0912345678"), ("0912345678", "0912345678"), ("+85620123", "+85620123")],
)
def test_numbers_come_as_people_here_write_them(written, phone):
    assert said(a_message(contact={"phone_number": written})).phone == phone


def test_a_location_comes_with_its_place_and_a_venue_with_its_name():
    place = {"latitude": 21.0285, "longitude": 105.8542}
    here = said(a_message(location=place))
    assert (here.kind, here.latitude, here.longitude) == (Kind.LOCATION, 21.0285, 105.8542)
    venue = {"location": place, "title": "UBND phường", "address": "1 phố Thử"}
    assert said(a_message(venue=venue, location=place)).text == "UBND phường, 1 phố Thử"


def test_the_sharpest_size_of_a_photo_is_taken():
    sizes = [{"file_id": "small", "file_size": 1}, {"file_id": "large", "file_size": 99}]
    inbound = said(a_message(photo=sizes, caption="giấy chứng sinh"))
    (file,) = inbound.files
    assert (file.ref, file.mime, file.size) == ("large", "image/jpeg", 99)
    assert inbound.text == "giấy chứng sinh"


def test_photos_of_one_album_name_it():
    photo = [{"file_id": "x"}]
    assert said(a_message(photo=photo, media_group_id="139")).locale == {"album": "139"}
    assert said(a_message(photo=photo)).locale == {}


def test_a_document_keeps_the_senders_word_for_its_name_and_kind():
    document = {
        "file_id": "d",
        "file_name": "don.pdf",
        "mime_type": "application/pdf",
        "file_size": 5,
    }
    (file,) = said(a_message(document=document)).files
    assert (file.ref, file.name, file.mime) == ("d", "don.pdf", "application/pdf")


@pytest.mark.parametrize("kind", ["sticker", "voice", "video", "audio", "video_note", "poll"])
def test_what_cannot_be_taken_is_named(kind):
    inbound = said(a_message(**{kind: {"file_id": "s"}}))
    assert (inbound.kind, inbound.text) == (Kind.UNSUPPORTED, kind)


def test_an_animation_is_not_taken_for_its_document():
    document = {"file_id": "d"}
    assert said(a_message(animation=document, document=document)).kind is Kind.UNSUPPORTED


@pytest.mark.parametrize("kind", ["group", "supergroup", "channel"])
def test_nothing_is_heard_where_others_read_along(kind):
    assert heard(a_message(text="cccd của tôi", chat=a_chat(type=kind))) is None


@pytest.mark.parametrize("kind", ["edited_message", "channel_post", "brand_new_thing"])
def test_edits_and_unknown_kinds_are_not_heard(kind):
    assert heard({"update_id": 1, kind: a_message(text="a")["message"]}) is None


def test_blocking_and_coming_back_are_told_apart():
    assert membership(a_block("kicked")) == (f"telegram:{CHAT}", False)
    assert membership(a_block("member")) == (f"telegram:{CHAT}", True)
    assert membership(a_block("administrator")) is None


def test_a_press_tells_what_it_stood_among():
    rows = [[{"text": "Nam", "callback_data": "a"}, {"text": "Nữ", "callback_data": "b"}]]
    click = pressed(a_click("b", rows=rows))
    assert click is not None
    assert (click.chat, click.message, click.token) == (CHAT, 44, "b")
    assert click.rows == ((("Nam", "a"), ("Nữ", "b")),)


def test_half_a_surrogate_pair_does_not_get_through():
    said(a_message(text="a\ud83d")).text.encode()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda children: (
        st.lists(children, max_size=4) | st.dictionaries(st.text(max_size=8), children, max_size=4)
    ),
    max_leaves=12,
)
NAMES = tuple(
    [
        "update_id",
        "message",
        "callback_query",
        "my_chat_member",
        "chat",
        "id",
        "type",
        "text",
        "from",
        "data",
        "contact",
        "photo",
        "document",
        "venue",
        "location",
        "file_id",
        "media_group_id",
        "user_id",
        "phone_number",
        "latitude",
        "longitude",
        "date",
        "reply_markup",
        "inline_keyboard",
    ]
)
SHAPED = st.recursive(
    JSON | st.sampled_from([1, "private", "kicked", "/start x", [], {}]),
    lambda children: (
        st.dictionaries(st.sampled_from(NAMES), children, max_size=6) | st.lists(children)
    ),
    max_leaves=20,
)


@settings(max_examples=300, deadline=None)
@given(SHAPED | JSON)
def test_no_json_at_all_makes_reading_raise(update):
    read(update, NOW, COMMANDS)
    membership(update)
    pressed(update)


FIRST = a_message(text="a")["message"]


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(sorted(NAMES)), SHAPED)
def test_a_message_with_one_part_spoilt_does_not_make_reading_raise(part, value):
    read({"update_id": 1, "message": FIRST | {part: value}}, NOW, COMMANDS)
    read({"update_id": 1, "callback_query": a_click()["callback_query"] | {part: value}}, NOW, {})


EXPECTED = {
    "callback_query": Kind.CLICK,
    "callback_query_inaccessible_message": Kind.CLICK,
    "message_contact_other": Kind.CONTACT,
    "message_contact_self": Kind.CONTACT,
    "message_document_image": Kind.FILE,
    "message_document_pdf": Kind.FILE,
    "message_document_too_big": Kind.FILE,
    "message_html_chars": Kind.TEXT,
    "message_location": Kind.LOCATION,
    "message_long_text": Kind.TEXT,
    "message_photo": Kind.FILE,
    "message_photo_album_1": Kind.FILE,
    "message_photo_album_2": Kind.FILE,
    "message_reply": Kind.TEXT,
    "message_start_deeplink": Kind.START,
    "message_sticker": Kind.UNSUPPORTED,
    "message_text": Kind.TEXT,
    "message_venue": Kind.LOCATION,
    "message_video": Kind.UNSUPPORTED,
    "message_voice": Kind.UNSUPPORTED,
    "channel_post": None,
    "edited_message": None,
    "group_message": None,
    "group_migrated": None,
    "inline_query": None,
    "my_chat_member_blocked": None,
    "my_chat_member_unblocked": None,
    "unknown_update_type": None,
}


@needs_recordings
def test_every_recorded_update_is_what_it_should_be():
    found = {
        name.removeprefix("telegram_"): heard(shape["body"])
        for name, shape in recorded("webhook").items()
        if name != "telegram_bad_secret"  # refused before it is read
    }
    assert {name: inbound and inbound.kind for name, inbound in found.items()} == EXPECTED
    keys = [inbound.key for inbound in found.values() if inbound]
    assert len(set(keys)) == len(keys)


@needs_recordings
def test_recorded_memberships_are_told_apart():
    shapes = recorded("webhook")
    for name, is_reachable in (("blocked", False), ("unblocked", True)):
        change = membership(shapes[f"telegram_my_chat_member_{name}"]["body"])
        assert change is not None
        assert change[1] is is_reachable
