"""Who gets in through Zalo's webhook, and what is answered."""

from __future__ import annotations

import copy
import json
import random
from dataclasses import replace

import pytest

from bot.basics.errors import Misconfigured
from bot.basics.messages import Inbound
from bot.channels.secret_webhook import LARGEST_BODY
from bot.channels.zalo_read import read
from bot.channels.zalo_webhook import RECIPES, Signing, ZaloWebhook, receive
from tests.channels.zalo_build import (
    APP,
    APP_SECRET,
    NOW,
    OA,
    OA_SECRET,
    SIGNING,
    a_text,
    an_event,
    needs_recordings,
    raw,
    recorded,
    shape,
    signature,
    signed,
)


@needs_recordings
def test_every_recorded_event_gets_in_but_for_the_forged_one():
    count = 0
    for name, found in recorded("zalo_oa_", "webhook").items():
        status, event = receive(raw(found["body"]), found["headers"], SIGNING)
        assert status == 200, name
        expected = {"zalo_oa_bad_signature": None, "zalo_oa_probe_empty": None}
        assert event == expected.get(name, found["body"]), name
        count += event is not None
    assert count == 36


@needs_recordings
def test_every_signature_vector_is_judged_rightly():
    vectors = shape("oa_signature_vectors")["vectors"]
    for vector in vectors:
        header = {"X-ZEvent-Signature": vector["header"]} if vector["header"] else {}
        _status, event = receive(vector["raw_body_utf8"].encode(), header, SIGNING)
        assert (event is not None) == vector["valid"], vector["label"]
    assert len(vectors) == 11


def test_headers_are_found_whatever_their_letters():
    body, headers = signed(a_text())
    assert receive(body, {k.upper(): v for k, v in headers.items()}, SIGNING)[1]


def test_a_moment_missing_in_the_body_is_taken_from_the_header():
    event = a_text()
    del event["timestamp"]
    body = raw(event)
    headers = {"X-ZEvent-Timestamp": "17", "X-ZEvent-Signature": signature(body, "17")}
    assert receive(body, headers, SIGNING)[1] == event
    assert receive(body, headers | {"X-ZEvent-Timestamp": "18"}, SIGNING)[1] is None


@pytest.mark.parametrize("body", [b"", b"{}", b" {} ", b"[]", b"null", b"\xff", b"[" * 99_999])
def test_zalo_trying_the_address_is_answered_well(body):
    assert receive(body, {}, SIGNING) == (200, None)


def test_a_body_larger_than_any_event_is_refused():
    assert receive(b" " * (LARGEST_BODY + 1), {}, SIGNING) == (413, None)


@pytest.mark.parametrize("header", [None, "", "mac=", "mac=ſ", "é" * 64, "mac=mac=" + "0" * 64])
def test_what_is_not_signed_is_dropped_and_still_answered_well(header):
    headers = {"X-ZEvent-Signature": header} if header is not None else {}
    assert receive(raw(a_text()), headers, SIGNING) == (200, None)


def test_the_log_can_tell_which_recipe_signed():
    body = raw(a_text())
    for recipe in RECIPES:
        first, secret = recipe.split("+")
        by = {"app_id": APP, "oa_id": OA}[first], {"oa": OA_SECRET, "app": APP_SECRET}[secret[:-7]]
        header = signature(body, "1795233600123", *by)
        assert SIGNING.made_by(body, "1795233600123", header) == recipe
        chosen = replace(SIGNING, recipe=recipe)
        assert receive(body, {"X-ZEvent-Signature": header}, chosen)[1]


def test_a_missing_secret_signs_nothing():
    body = raw(a_text())
    forged = signature(body, "1795233600123", APP, "")
    for signing in (Signing(APP, OA, ""), Signing(APP, OA, OA_SECRET), Signing("", "", "", "")):
        assert signing.made_by(body, "1795233600123", forged) == ""
    assert Signing("", OA, OA_SECRET).made_by(body, "1", signature(body, "1", "")) == ""


def test_while_signatures_are_only_watched_everything_gets_in_but_a_wish_to_erase():
    watching = replace(SIGNING, enforced=False)
    assert receive(raw(a_text()), {}, watching)[1]
    assert receive(raw(an_event("user_withdraw")), {}, watching)[1] is None
    assert receive(*signed(an_event("user_withdraw")), watching)[1]


def test_the_door_does_not_open_without_what_it_verifies_with():
    async def take(_event) -> None: ...

    with pytest.raises(Misconfigured, match="MOTCUA_ZALO_OA_SECRET"):
        ZaloWebhook(take, Signing(APP, OA, ""))
    with pytest.raises(Misconfigured, match="MOTCUA_ZALO_APP_ID"):
        ZaloWebhook(take, Signing("", OA, OA_SECRET))
    ZaloWebhook(take, Signing("", "", "", enforced=False))


def test_secrets_are_not_shown():
    assert OA_SECRET not in repr(SIGNING)
    assert APP_SECRET not in repr(SIGNING)


async def test_zalo_is_told_that_it_is_kept_only_when_it_is():
    kept = []

    async def keep(event) -> None:
        kept.append(event)

    async def fail(_event) -> None:
        raise OSError("the disk is full")

    assert await ZaloWebhook(keep, SIGNING)(*signed(a_text())) == 200
    assert kept == [a_text()]
    assert await ZaloWebhook(fail, SIGNING)(*signed(a_text())) == 500
    assert await ZaloWebhook(fail, SIGNING)(raw(a_text()), {}) == 200


ODD = (None, True, -1, 2**70, 1e308, "", "\ud800", [], {}, [[]], OA, "#dvc:x", "9" * 300)


def mutated(chance: random.Random, body: bytes) -> bytes:
    """The body with a few bytes or a few values changed."""
    if chance.random() < 0.5:
        spoilt = bytearray(body)
        for _ in range(chance.randrange(1, 6)):
            place = chance.randrange(len(spoilt))
            spoilt[place : place + chance.randrange(2)] = bytes([chance.randrange(256)])
        return bytes(spoilt)
    event = json.loads(body)
    for _ in range(chance.randrange(1, 4)):
        spoil(chance, event)
    return json.dumps(event).encode()


def spoil(chance: random.Random, value: object) -> None:
    """Puts something odd somewhere inside the value."""
    while isinstance(value, dict | list) and value:
        key = chance.choice(list(value)) if isinstance(value, dict) else 0
        if chance.random() < 0.4 or not isinstance(value[key], dict | list):
            value[key] = copy.deepcopy(chance.choice(ODD))
            return
        value = value[key]


@needs_recordings
def test_ten_thousand_spoilt_webhooks_neither_break_it_nor_get_in_unsigned():
    seed = random.randrange(10**6)
    print(f"seed {seed}")
    chance = random.Random(seed)
    shapes = [s for s in recorded("zalo_oa_", "webhook").values() if s["body"]]
    read_ones = 0
    for _ in range(10_000):
        original = chance.choice(shapes)
        genuine = raw(original["body"])
        body = mutated(chance, genuine)
        if body != genuine:
            assert receive(body, original["headers"], SIGNING) == (200, None), seed
        shown = chance.choice(["", "mac=" + "0" * 64, signature(body, "1", OA)])
        assert receive(body, {"X-ZEvent-Signature": shown}, SIGNING) == (200, None), seed
        status, event = receive(body, {}, replace(SIGNING, enforced=False))
        assert status == 200, seed
        found = read(event, OA, NOW)
        if isinstance(found, Inbound):
            read_ones += 1
            found.text.encode()  # whatever is heard can be stored
            found.key.encode()
            assert len(found.key) <= 200, seed
            assert len(found.conversation) <= 200, seed
    assert read_ones > 1000
