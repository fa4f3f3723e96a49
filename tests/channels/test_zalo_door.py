"""What the door does with each thing it hears, and with the command line."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import httpx
import pytest
from click.testing import CliRunner

from bot.basics.errors import Misconfigured
from bot.basics.messages import Kind
from bot.channels.zalo import ZaloDoor
from bot.channels.zalo_media import Media
from bot.commands.zalo import code_in
from bot.commands.zalo import zalo as commands
from tests.channels.zalo_build import AN, NOW, OA, a_text, an_event, needs_recordings
from tests.channels.zalo_parts import Desk

pytestmark = needs_recordings


class Ear:
    """A door, and what came through it."""

    def __init__(self) -> None:
        self.desk = Desk()
        self.heard, self.reachable, self.withdrawn, self.taken_over = [], [], [], []
        self.arrived = []
        self.last_heard: datetime | None = None
        self.door = ZaloDoor(
            OA,
            self.desk.api,
            self.desk.sender,
            Media(httpx.AsyncClient()),
            self.desk.clock,
            heard=self._hear,
            reachable=lambda *change: self.reachable.append(change),
            last_heard=lambda _who: self.last_heard,
            withdrawn=self.withdrawn.append,
            taken_over=self.taken_over.append,
            arrived=self.arrived.append,
        )

    def _hear(self, inbound) -> bool:
        self.heard.append(inbound)
        return True


async def test_what_a_citizen_says_is_kept():
    ear = Ear()
    await ear.door.take(a_text("xin chào"))
    await ear.door.take(an_event("follow"))
    assert [(i.kind, i.conversation) for i in ear.heard] == [(Kind.TEXT, AN), (Kind.START, AN)]


async def test_who_leaves_can_no_longer_be_written_to_unless_they_came_back_meanwhile():
    ear = Ear()
    await ear.door.take(an_event("unfollow"))
    assert ear.reachable == [(AN, False)]
    ear.last_heard = NOW + timedelta(days=30)
    await ear.door.take(an_event("unfollow"))
    assert ear.reachable == [(AN, False)]


async def test_a_wish_to_be_forgotten_is_passed_on():
    ear = Ear()
    await ear.door.take(an_event("user_withdraw"))
    assert [event.conversation for event in ear.withdrawn] == [AN]


async def test_an_officer_who_writes_is_noticed_and_we_are_not_taken_for_one():
    ear = Ear()
    number = await ear.desk.says("Chào")
    await ear.door.take(an_event("oa_send_text_admin", message={"msg_id": number}))
    assert ear.taken_over == []
    await ear.door.take(an_event("oa_send_text_admin"))
    assert len(ear.taken_over) == 1
    assert ear.heard == []


async def test_a_receipt_is_passed_on_and_tells_whose_message_was_not_known_as_ours():
    ear = Ear()
    number = await ear.desk.says("Chào")
    await ear.door.take(an_event("user_received_message_cs", message={"msg_id": number}))
    await ear.door.take(an_event("user_received_message_cs", message={"msg_id": "lost"}))
    await ear.door.take(an_event("user_received_message_zns"))
    assert [(one.messages, one.conversation, one.tracking) for one in ear.arrived] == [
        ((number,), None, ""),
        (("lost",), AN, ""),
        (("15a0cc0bbb13bd4ce403",), None, "noti-00018"),
    ]


@pytest.mark.parametrize(
    "name", ["user_received_message_cs", "user_seen_message", "oa_send_text_api", "add_user_to_tag"]
)
async def test_receipts_echoes_and_the_rest_start_no_conversation(name):
    ear = Ear()
    await ear.door.take(an_event(name))
    assert ear.heard == ear.reachable == ear.withdrawn == ear.taken_over == []


async def test_the_door_keeps_its_key_fresh_and_closes_when_asked():
    ear, stop = Ear(), asyncio.Event()
    ear.desk.clock.passes(hours=24)
    running = asyncio.create_task(ear.door.run(stop))
    while ear.desk.grants.read(OA).access == "ACCESS-1" and not running.done():
        await asyncio.sleep(0.01)
    stop.set()
    await running


async def test_the_door_stays_open_when_zalo_knows_none_of_its_keys():
    ear, stop = Ear(), asyncio.Event()
    ear.desk.zalo.access = ear.desk.zalo.refresh = "somebody else's"
    running = asyncio.create_task(ear.door.run(stop))
    while ear.desk.grants.read(OA).refused_at is None and not running.done():
        await asyncio.sleep(0.01)
    await ear.door.take(a_text())
    assert len(ear.heard) == 1
    stop.set()
    await running


# the command line


def test_the_code_is_found_in_the_address():
    address = f"https://motcua.example.vn/?code=CODE-1&oa_id={OA}&state=s"
    assert code_in(address, "s", OA) == "CODE-1"
    assert code_in(" CODE-1 ", "s", OA) == "CODE-1"


@pytest.mark.parametrize("query", ["code=1&state=x", "code=1&oa_id=2", "state=s", "code=&state=s"])
def test_an_answer_to_something_else_is_not_taken(query):
    with pytest.raises(Misconfigured):
        code_in(f"https://motcua.example.vn/?{query}", "s", OA)


@pytest.mark.parametrize("command", ["login", "status", "check"])
def test_what_is_not_set_is_named(command, tmp_path):
    env = {"MOTCUA_DATA_DIR": str(tmp_path), "MOTCUA_ZALO_OA_ID": ""}
    with pytest.raises(Misconfigured, match="MOTCUA_ZALO_APP_ID"):
        CliRunner().invoke(commands, [command], env=env, catch_exceptions=False)
