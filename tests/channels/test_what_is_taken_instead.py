"""What nobody here can read gets the same answer, through whichever door it came."""

from __future__ import annotations

import pytest

from bot.basics.messages import Kind
from bot.channels import telegram_read, zalo_bot, zalo_read
from bot.counter.unreadable import INSTEAD
from tests.build import at

ACCOUNT = "2222"


def by_telegram(kind: str):
    message = {"chat": {"id": 7, "type": "private"}, kind: {"file_id": "x"}}
    return telegram_read.read({"update_id": 1, "message": message}, at(20), {})


def by_zalo(event: str):
    sent = {"event_name": event, "sender": {"id": "7"}, "recipient": {"id": ACCOUNT}}
    return zalo_read.read({**sent, "message": {"msg_id": "m", "attachments": []}}, ACCOUNT, at(20))


def by_zalo_bot(event: str):
    message = {"message_id": "m", "chat": {"id": "7", "chat_type": "PRIVATE"}}
    return zalo_bot.read({"event_name": event, "message": message}, at(20))


@pytest.mark.parametrize(
    ("heard", "key"),
    [
        (by_telegram("voice"), "input.voice"),
        (by_telegram("audio"), "input.audio"),
        (by_telegram("video"), "input.video"),
        (by_telegram("video_note"), "input.video"),
        (by_telegram("live_photo"), "input.video"),
        (by_telegram("sticker"), "input.sticker"),
        (by_telegram("animation"), "input.sticker"),
        (by_telegram("dice"), "input.sticker"),
        (by_zalo("user_send_audio"), "input.voice"),
        (by_zalo("user_send_video"), "input.video"),
        (by_zalo("user_send_sticker"), "input.sticker"),
        (by_zalo("user_send_gif"), "input.sticker"),
        (by_zalo("user_send_link"), "input.link"),
        (by_zalo("user_send_business_card"), "input.contact"),
        (by_zalo_bot("message.voice.received"), "input.voice"),
        (by_zalo_bot("message.sticker.received"), "input.sticker"),
    ],
)
def test_each_kind_is_answered_with_what_can_be_sent_instead(heard, key):
    assert heard.kind is Kind.UNSUPPORTED
    assert INSTEAD[heard.text] == key
