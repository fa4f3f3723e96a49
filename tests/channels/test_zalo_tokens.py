"""Tokens that work once: renewed by one of many, stored before they are used, never thrown away."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from cryptography.fernet import Fernet
from structlog.testing import capture_logs

from bot.basics.errors import TryLater
from bot.channels.zalo_oauth import TIMEOUT, GrantRefused, OAuth, challenge, new_verifier
from bot.channels.zalo_tokens import LOCKED_FOR, Tokens
from bot.notifications.grants import Grant, Grants
from bot.storage import database
from bot.storage.grants import StoredGrants
from bot.storage.vault import Vault
from tests.channels.zalo_build import APP, APP_SECRET, NOW, OA, needs_recordings, shape
from tests.channels.zalo_parts import ZALO, Desk, MemoryGrants, a_grant
from tests.channels.zalo_process import ROOT, zalo_on_this_machine

PROCESSES = 8


def stored(folder: Path, key: str = "") -> StoredGrants:
    """Grants in a database of their own."""
    engine = database.connect(f"sqlite:///{folder / 'motcua.db'}")
    database.migrate(engine)
    return StoredGrants(engine, Vault([key or Fernet.generate_key().decode()]))


@pytest.fixture(params=["memory", "stored"])
def grants(request, tmp_path) -> Grants:
    """Both implementations of the port."""
    return MemoryGrants() if request.param == "memory" else stored(tmp_path)


# where they are kept


def test_what_is_put_is_read(grants):
    assert grants.read(OA) is None
    grants.put(OA, a_grant())
    grants.put("other", a_grant(number=9))
    assert grants.read(OA) == a_grant()


def test_only_what_stands_there_can_be_replaced(grants):
    assert not grants.replace(OA, "REFRESH-1", a_grant(number=2))
    grants.put(OA, a_grant())
    assert grants.replace(OA, "REFRESH-1", a_grant(number=2))
    assert not grants.replace(OA, "REFRESH-1", a_grant(number=3))
    assert grants.read(OA) == a_grant(number=2)


def test_one_owner_at_a_time_holds_the_lock_and_a_dead_one_loses_it(grants):
    later = NOW + timedelta(seconds=LOCKED_FOR)
    assert not grants.lock(OA, "a", NOW, later)  # there is nothing to lock
    grants.put(OA, a_grant())
    assert grants.lock(OA, "a", NOW, later)
    assert not grants.lock(OA, "b", NOW, later)
    grants.unlock(OA, "b")
    assert not grants.lock(OA, "b", NOW, later)
    assert grants.lock(OA, "b", later, later + timedelta(seconds=1))
    grants.unlock(OA, "a")
    assert not grants.lock(OA, "a", later, later)
    grants.unlock(OA, "b")
    assert grants.lock(OA, "a", later, later)


def test_only_the_key_that_was_refused_is_marked(grants):
    grants.put(OA, a_grant(number=2))
    grants.refuse(OA, "REFRESH-1", NOW)
    assert grants.read(OA).refused_at is None
    grants.refuse(OA, "REFRESH-2", NOW)
    assert grants.read(OA) == a_grant(number=2).refused(NOW)


def test_an_endpoint_stays_pinned_with_and_without_keys(grants):
    assert grants.endpoint(OA) == ""
    grants.pin(OA, "v2")
    assert grants.read(OA) is None
    grants.put(OA, a_grant())
    assert (grants.endpoint(OA), grants.read(OA)) == ("v2", a_grant())


def test_no_key_is_readable_in_the_database(tmp_path):
    stored(tmp_path).put(OA, a_grant())
    for file in tmp_path.iterdir():
        assert b"ACCESS-1" not in file.read_bytes()
        assert b"REFRESH-1" not in file.read_bytes()


def test_no_key_is_shown():
    assert "ACCESS" not in repr(a_grant())
    assert "REFRESH" not in repr(a_grant())
    assert APP_SECRET not in repr(OAuth(httpx.AsyncClient(), APP, APP_SECRET))


# logging in


def test_the_link_carries_the_visible_half_of_the_secret():
    verifier = new_verifier()
    assert len(verifier) == 43
    url = OAuth(httpx.AsyncClient(), APP, APP_SECRET).login_url("https://a.example/", verifier, "s")
    asked = parse_qs(urlsplit(url).query)
    digest = hashlib.sha256(verifier.encode()).digest()
    assert asked == {
        "app_id": [APP],
        "redirect_uri": ["https://a.example/"],
        "code_challenge": [base64.urlsafe_b64encode(digest).decode().rstrip("=")],
        "state": ["s"],
    }
    # the example of RFC 7636, appendix B
    known = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    assert challenge(known) == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"


@needs_recordings
async def test_a_code_buys_the_first_pair():
    desk = Desk()
    grant = await desk.oauth.exchange("CODE-1", new_verifier(), NOW)
    assert (grant.access, grant.refresh) == ("ACCESS-2", "REFRESH-2")
    assert grant.expires_at == NOW + timedelta(hours=25)
    with pytest.raises(GrantRefused):
        await desk.oauth.exchange("CODE-2", new_verifier(), NOW)


# every answer to a refresh


def oauth_answering(response: httpx.Response | Exception) -> OAuth:
    """A Zalo that always answers this."""

    def handle(request: httpx.Request) -> httpx.Response:
        if isinstance(response, Exception):
            raise response
        assert request.headers["secret_key"] == APP_SECRET
        asked = dict(parse_qs(request.content.decode()))
        form = shape("oa_req_token_refresh")["form"]
        assert asked == {k: [v.replace("<refresh>", "REFRESH-1")] for k, v in form.items()}
        return response

    client = httpx.AsyncClient(transport=httpx.MockTransport(handle))
    return OAuth(client, APP, APP_SECRET, ZALO)


def recorded_answer(name: str) -> httpx.Response:
    found = shape(f"oa_res_{name}")
    body = {"json": found["body"]} if "body" in found else {"content": found["body_raw"].encode()}
    return httpx.Response(found["status"], **body)


@needs_recordings
async def test_a_good_answer_is_the_next_pair():
    grant = await oauth_answering(recorded_answer("token_ok")).refresh(a_grant(), NOW)
    assert grant == Grant("ACCESS-2", "REFRESH-2", NOW, NOW + timedelta(hours=25), NOW)


@needs_recordings
async def test_without_a_new_refresh_key_the_old_one_stays_and_goes_on_ageing():
    old, later = a_grant(), NOW + timedelta(days=1)
    grant = await oauth_answering(recorded_answer("token_ok_no_refresh")).refresh(old, later)
    assert (grant.access, grant.refresh) == ("ACCESS-2", "REFRESH-1")
    assert (grant.issued_at, grant.renewed_at) == (later, NOW)


@needs_recordings
@pytest.mark.parametrize(
    "name", ["token_err_invalid_refresh", "token_err_consumed_empty", "token_err_name_only"]
)
async def test_a_refusal_is_a_refusal(name):
    with pytest.raises(GrantRefused):
        await oauth_answering(recorded_answer(name)).refresh(a_grant(), NOW)


@needs_recordings
async def test_an_error_in_quotes_is_a_refusal_too():
    answer = httpx.Response(200, json={"error": "-14014", "access_token": ""})
    with pytest.raises(GrantRefused):
        await oauth_answering(answer).refresh(a_grant(), NOW)


@needs_recordings
@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(502, content=b"<html>"),
        httpx.Response(200, content=b"<html>"),
        httpx.Response(503, json={"error": -1}),
        httpx.Response(429, content=b""),
        httpx.Response(200, json={"error": -32, "message": "limit"}),
        httpx.ReadTimeout("slow"),
        httpx.ConnectError("down"),
    ],
)
async def test_what_tells_nothing_may_be_asked_again(answer):
    with pytest.raises(TryLater):
        await oauth_answering(answer).refresh(a_grant(), NOW)


@needs_recordings
@pytest.mark.parametrize("life", ["", "soon", None, 0, "-5", [], True])
async def test_a_pair_with_an_unusable_life_is_kept_for_an_hour(life):
    body = {"access_token": "A", "refresh_token": "R", "expires_in": life}
    grant = await oauth_answering(httpx.Response(200, json=body)).refresh(a_grant(), NOW)
    assert grant.expires_at == NOW + timedelta(hours=1)


# keeping them fresh


@pytest.mark.parametrize(
    ("life", "left", "due"),
    [(25, 5.1, False), (25, 4.9, True), (1, 0.9, False), (1, 0.1, True), (25, -1, True)],
)
def test_a_key_is_due_five_hours_early_or_a_fifth_of_a_short_life(life, left, due):
    grant = a_grant(life=timedelta(hours=life))
    assert grant.is_due(grant.expires_at - timedelta(hours=left)) == due


@needs_recordings
async def test_a_fresh_key_is_used_as_it_is_and_a_due_one_renewed():
    desk = Desk()
    assert await desk.tokens.access() == "ACCESS-1"
    desk.clock.passes(hours=21)
    assert await desk.tokens.access() == "ACCESS-2"
    assert desk.grants.read(OA).refresh == "REFRESH-2"
    assert await desk.tokens.access() == "ACCESS-2"


@needs_recordings
async def test_only_the_key_that_was_rejected_is_renewed():
    desk = Desk()
    assert await desk.tokens.renewed("ACCESS-0") == "ACCESS-1"
    assert desk.zalo.refreshes == 0
    assert await desk.tokens.renewed("ACCESS-1") == "ACCESS-2"


@needs_recordings
async def test_a_refused_grant_is_kept_and_used_while_its_key_lives():
    desk = Desk()
    desk.zalo.refresh = "REFRESH-of-somebody-else"
    desk.clock.passes(hours=21)
    assert await desk.tokens.access() == "ACCESS-1"
    assert desk.grants.read(OA) == a_grant().refused(desk.clock.now())
    assert await desk.tokens.access() == "ACCESS-1"
    assert desk.zalo.refreshes == 1  # not asked again at every message
    desk.clock.passes(hours=5)
    with pytest.raises(TryLater):
        await desk.tokens.access()


@needs_recordings
async def test_after_a_new_login_everything_goes_on():
    desk = Desk()
    desk.zalo.refresh = "REFRESH-7"
    desk.clock.passes(hours=26)
    with pytest.raises(TryLater):
        await desk.tokens.access()
    desk.grants.put(OA, a_grant(desk.clock.now(), number=7))
    assert await desk.tokens.access() == "ACCESS-7"


async def test_without_a_login_there_is_no_key():
    with pytest.raises(TryLater, match=r"delivery\.misconfigured"):
        await Tokens(OA, MemoryGrants(), Desk().oauth, Desk().clock).access()


@needs_recordings
async def test_while_another_process_buys_ours_waits_but_not_for_ever():
    desk = Desk()
    now = desk.clock.now()
    desk.grants.lock(OA, "another", now, now + timedelta(seconds=LOCKED_FOR))
    with pytest.raises(TryLater):
        await desk.tokens.renewed("ACCESS-1")
    assert 5 < desk.slept < 15
    assert desk.zalo.refreshes == 0


def test_the_lock_outlives_any_exchange():
    assert LOCKED_FOR > 2 * TIMEOUT


@needs_recordings
async def test_who_gives_up_waiting_does_not_lose_what_was_paid_for():
    desk = Desk()
    asking = asyncio.create_task(desk.tokens.renewed("ACCESS-1"))
    await asyncio.sleep(0.02)  # Zalo thinks for longer than that
    asking.cancel()
    await asyncio.gather(asking, return_exceptions=True)
    await desk.tokens.settled()
    assert desk.grants.read(OA).access == "ACCESS-2"


@needs_recordings
async def test_who_gives_up_at_any_moment_leaves_no_lock_behind():
    for patience in range(0, 80, 4):
        desk = Desk()
        asking = asyncio.create_task(desk.tokens.renewed("ACCESS-1"))
        await asyncio.sleep(patience / 1000)
        asking.cancel()
        await asyncio.gather(asking, return_exceptions=True)
        await desk.tokens.settled()
        assert await desk.tokens.renewed("ACCESS-1") == "ACCESS-2"
        assert desk.zalo.spent == ["REFRESH-1"]


@needs_recordings
async def test_a_hundred_tasks_spend_the_key_once():
    desk = Desk()
    got = await asyncio.gather(*(desk.tokens.renewed("ACCESS-1") for _ in range(100)))
    assert set(got) == {"ACCESS-2"}
    assert (desk.zalo.spent, desk.zalo.refreshes) == (["REFRESH-1"], 1)


@needs_recordings
@pytest.mark.parametrize(("days", "told"), [(75, []), (76, ["zalo.grant_idles_out"])])
async def test_a_grant_that_idles_is_told_of_before_it_dies(days, told):
    desk = Desk()
    later = NOW + timedelta(days=days)
    desk.grants.put(OA, replace(a_grant(), expires_at=later + timedelta(days=30)))
    desk.clock.set(later)
    with capture_logs() as logged:
        await desk.tokens.keep()
    assert [event["event"] for event in logged] == told


REFRESHER = """
import asyncio, sys
import httpx
from bot.basics.clock import SystemClock
from bot.channels.zalo_oauth import OAuth
from bot.channels.zalo_tokens import Tokens
from bot.storage import database
from bot.storage.grants import StoredGrants
from bot.storage.vault import Vault
from bot.basics import logs

logs.configure("error")
url, key, zalo, oa, app, secret = sys.argv[1:]
grants = StoredGrants(database.connect(url), Vault([key]))

async def main():
    async with httpx.AsyncClient() as client:
        tokens = Tokens(oa, grants, OAuth(client, app, secret, zalo), SystemClock())
        print("ready", flush=True)
        sys.stdin.readline()
        got = await asyncio.gather(*(tokens.renewed("ACCESS-1") for _ in range(3)))
        print(*got, flush=True)

asyncio.run(main())
"""


@needs_recordings
@pytest.mark.slow
def test_eight_processes_at_once_spend_the_key_once(tmp_path):
    key = Fernet.generate_key().decode()
    grants = stored(tmp_path, key)
    grants.put(OA, a_grant())
    with zalo_on_this_machine() as zalo:
        got, state = refreshed_by_many(tmp_path, key, zalo)
    assert got == [["ACCESS-2"] * 3] * PROCESSES
    assert (state["spent"], state["refreshes"]) == (["REFRESH-1"], 1)
    assert grants.read(OA).refresh == "REFRESH-2"


def refreshed_by_many(folder: Path, key: str, zalo: str) -> tuple[list[list[str]], Any]:
    """What each process got, all having asked at the same moment; and what Zalo then knows."""
    told = [f"sqlite:///{folder / 'motcua.db'}", key, zalo, OA, APP, APP_SECRET]
    asking = [
        subprocess.Popen(
            [sys.executable, "-c", REFRESHER, *told],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(PROCESSES)
    ]
    try:
        for process in asking:
            assert process.stdout.readline() == "ready\n"
        for process in asking:
            process.stdin.write("go\n")
            process.stdin.flush()
        got = [process.communicate(timeout=60)[0].split() for process in asking]
    finally:
        for process in asking:
            process.kill()
            process.wait()
    return got, httpx.get(f"{zalo}/_fake/state").json()
