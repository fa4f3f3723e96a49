"""Who gets in through the webhook, and what is answered."""

from __future__ import annotations

import copy
import json
import random
from datetime import datetime

import pytest

from bot.basics.clock import VIETNAM
from bot.basics.errors import Misconfigured
from bot.channels.secret_webhook import LARGEST_BODY, receive
from bot.channels.telegram_read import membership, pressed, read
from bot.channels.telegram_webhook import TelegramWebhook
from tests.channels.telegram_build import (
    SECRET,
    a_block,
    a_click,
    a_message,
    needs_recordings,
    recorded,
)

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=VIETNAM)
UPDATE = a_message(text="khai sinh cần gì")
BODY = json.dumps(UPDATE).encode()


def test_what_telegram_brings_gets_in():
    assert receive(BODY, SECRET, SECRET) == (200, UPDATE)


@pytest.mark.parametrize(
    "shown", [None, "", "wrong", SECRET[:-1], SECRET + "x", "bí mật", "\udcff"]
)
def test_without_the_secret_nobody_gets_in(shown):
    assert receive(BODY, shown, SECRET) == (403, None)


def test_without_a_secret_in_the_settings_nobody_gets_in():
    assert receive(BODY, "", "") == (403, None)
    assert receive(BODY, None, "") == (403, None)


def test_a_body_larger_than_any_update_is_refused():
    assert receive(b" " * (LARGEST_BODY + 1), SECRET, SECRET) == (413, None)


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b"[" * 100_000, b"9" * 5000, b"null"])
def test_what_cannot_be_read_is_not_sent_again_and_again(body):
    assert receive(body, SECRET, SECRET) == (200, None)


@pytest.mark.parametrize("secret", ["", "có dấu", "x" * 257])
def test_a_webhook_without_a_proper_secret_does_not_open(secret):
    with pytest.raises(Misconfigured, match="MOTCUA_TELEGRAM_SECRET"):
        TelegramWebhook(print, secret)


async def test_telegram_is_told_that_it_is_kept_only_when_it_is():
    kept = []

    async def keep(update) -> None:
        kept.append(update)

    async def fail(_update) -> None:
        raise OSError("the disk is full")

    assert await TelegramWebhook(keep, SECRET)(BODY, SECRET) == 200
    assert kept == [UPDATE]
    assert await TelegramWebhook(fail, SECRET)(BODY, SECRET) == 500
    assert await TelegramWebhook(fail, SECRET)(BODY, "wrong") == 403


def mutated(chance: random.Random, body: bytes) -> bytes:
    """The body with a few bytes or a few values changed."""
    if chance.random() < 0.5:
        spoilt = bytearray(body)
        for _ in range(chance.randrange(1, 6)):
            place = chance.randrange(len(spoilt))
            match chance.randrange(3):
                case 0:
                    spoilt[place] = chance.randrange(256)
                case 1:
                    del spoilt[place]
                case _:
                    spoilt.insert(place, chance.randrange(256))
        return bytes(spoilt)
    update = json.loads(body)
    for _ in range(chance.randrange(1, 4)):
        spoil(chance, update)
    return json.dumps(update).encode()


ODD = (None, True, -1, 2**70, 1e308, "", "\ud800", [], {}, [[]], "private", "/start x", "9" * 300)


def spoil(chance: random.Random, value: object) -> None:
    """Puts something odd somewhere inside the value."""
    while isinstance(value, dict) and value:
        key = chance.choice(list(value))
        if chance.random() < 0.4 or not isinstance(value[key], dict | list):
            if chance.random() < 0.3:
                del value[key]
            else:
                value[key] = copy.deepcopy(chance.choice(ODD))
            return
        value = value[key]
    if isinstance(value, list) and value:
        value[chance.randrange(len(value))] = copy.deepcopy(chance.choice(ODD))


def test_ten_thousand_spoilt_webhooks_neither_break_it_nor_get_in_unsigned():
    seed = random.randrange(10**6)
    print(f"seed {seed}")
    chance = random.Random(seed)
    shapes = [shape["body"] for shape in recorded("webhook").values()]
    shapes += [UPDATE, a_click(), a_block(), a_message(photo=[{"file_id": "x"}])]
    bodies = [json.dumps(shape).encode() for shape in shapes]
    for _ in range(10_000):
        body = mutated(chance, chance.choice(bodies))
        shown = chance.choice([None, "", "wrong", SECRET.upper(), SECRET + " "])
        assert receive(body, shown, SECRET) == (403, None), seed
        status, update = receive(body, SECRET, SECRET)
        assert status == 200, seed
        inbound = read(update, NOW, {"x": "y"})
        membership(update)
        pressed(update)
        if inbound:
            inbound.text.encode()  # whatever is heard can be stored


@needs_recordings
def test_every_recorded_webhook_with_the_right_secret_gets_in():
    for name, shape in recorded("webhook").items():
        body = json.dumps(shape["body"]).encode()
        shown = shape["headers"]["X-Telegram-Bot-Api-Secret-Token"]
        status, _update = receive(body, shown, SECRET)
        assert status == (403 if name == "telegram_bad_secret" else 200), name
