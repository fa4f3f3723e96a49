"""What goes wrong between a citizen and us, on every channel: nothing is lost, nothing doubled, the order kept.

Where nobody can know whether a message arrived it is not sent again (`Uncertain`): the citizen, who
sees no answer, writes again, and finds everything as it was.
"""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from bot.notifications.delivery import Fate
from bot.storage import tables
from tests.contract.door import Door
from tests.contract.doors import DOORS, name_of
from tests.contract.rules import check
from tests.contract.talk import Talk, content_of
from tests.conversation.world import Heard

FEE, TIME = "thủ tục 1.001193 lệ phí bao nhiêu", "thủ tục 1.004194 bao lâu thì có"


@pytest.fixture
async def met(door: Door) -> Door:
    """A screen on which the greeting is over."""
    await door.does(door.start())
    door.said()
    return door


def where(fault: str) -> Any:
    """The channels on which this can happen: on others nothing stands between us and the citizen."""
    meeting = [door for door in DOORS if fault in door.faults]
    return pytest.mark.parametrize("door", meeting, ids=name_of, indirect=True)


def keys(said: list[Heard]) -> list[str]:
    return [one.key for one in said]


def fates(door: Door) -> list[str]:
    """What became of the messages to this citizen, in order."""
    table = tables.outbox
    query = select(table.c.state).where(table.c.conversation == door.conversation)
    with door.world.storage.engine.connect() as connection:
        return list(connection.execute(query.order_by(table.c.id)).scalars())


async def test_what_is_brought_twice_is_answered_once(met: Door) -> None:
    asks = met.text(FEE)
    seen = await met.does(asks, asks)
    seen += await met.does(asks)
    said = met.said()
    assert keys(said) == ["answer.fee"]
    check(met, said, seen)


async def test_a_paper_brought_twice_is_kept_once(met: Door) -> None:
    talk = Talk(met)
    await talk.says("tôi muốn nộp hồ sơ đăng ký khai sinh cho con")
    paper = await met.file("chung-sinh.jpg", content_of("chung-sinh.jpg"))
    await met.does(paper, paper)
    await met.does(paper)
    assert len(talk.citizen.draft.held) == 1


async def test_what_comes_in_the_wrong_order_is_all_answered_as_it_came(met: Door) -> None:
    first, second = met.text(FEE), met.text(TIME)
    seen = await met.does(second, first)
    said = met.said()
    assert keys(said) == ["answer.time", "answer.fee"]
    check(met, said, seen)


async def test_in_a_form_the_wrong_order_loses_no_place_and_takes_no_wrong_answer(
    met: Door,
) -> None:
    talk = Talk(met)
    await talk.says("tôi muốn nộp hồ sơ đăng ký khai sinh cho con")
    await talk.fills("nyc.ho_ten")
    name, birthday = met.text("Lê Thị Bình"), met.text("12/03/1995")
    seen = await met.does(birthday, name)
    check(met, met.said(), seen)
    draft = talk.citizen.draft
    assert draft.answers["nyc.ho_ten"] == "Lê Thị Bình"
    assert draft.asking == "nyc.ngay_sinh"


async def test_a_late_press_corrects_its_own_field_and_keeps_the_place(met: Door) -> None:
    if "buttons" in met.lacks:
        return  # a number typed late is a number
    talk = Talk(met)
    await talk.says("nop ho so xin trich luc khai sinh")
    await talk.fills("hs.gioi_tinh")
    late = met.key("Nữ")
    await talk.taps("Nam")
    await talk.fills("hs.quoc_tich")
    seen = await met.does(late)
    check(met, met.said(), seen)
    assert talk.citizen.draft.answers["hs.gioi_tinh"] == "nu"
    assert talk.citizen.draft.asking == "hs.quoc_tich"


@where("rate limit")
async def test_who_must_wait_waits_and_then_everything_comes_in_order(met: Door) -> None:
    met.breaks("rate limit")
    seen = await met.does(met.text(FEE), met.text(TIME))
    met.world.clock.passes(minutes=2)
    seen += await met.does()
    said = met.said()
    assert keys(said) == ["answer.fee", "answer.time"]
    check(met, said, seen)


@pytest.mark.parametrize(
    ("door", "fault"),
    [
        pytest.param(door, fault, id=f"{name_of(door)}-{fault}")
        for fault in ("timeout after sending", "5xx", "empty 200")
        for door in DOORS
        if fault in door.faults
    ],
    indirect=["door"],
)
async def test_what_may_have_arrived_is_not_sent_again_and_the_rest_follows(
    met: Door, fault: str
) -> None:
    met.breaks(fault)
    seen = await met.does(met.text(FEE))
    met.world.clock.passes(hours=1)
    seen += await met.does(met.text(TIME))
    said = met.said()
    assert keys(said) == ["answer.fee", "answer.time"]
    check(met, said, seen)
    # A platform that did not say: the office sees the message marked. The page fetches what it missed.
    assert (Fate.UNKNOWN in fates(met)) == (met.name != "web")


@where("permanent refusal")
async def test_who_cannot_be_written_to_holds_up_nobody_and_is_heard_when_back(met: Door) -> None:
    met.breaks("permanent refusal")
    await met.does(met.text(FEE))
    assert fates(met)[-1] == Fate.FAILED
    assert not met.known().reachable
    met.said()
    seen = await met.does(met.text(TIME))
    said = met.said()
    assert keys(said) == ["answer.time"]
    check(met, said, seen)
    assert met.known().reachable


async def test_what_could_not_be_kept_is_brought_again_and_answered_once(met: Door) -> None:
    if met.name == "terminal":
        return  # nobody types a line again for us
    met.disk_is_full()
    seen = await met.does(met.text(FEE))
    said = met.said()
    assert keys(said) == ["answer.fee"]
    check(met, said, seen)
