"""Which way a notice takes next, by table."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.basics.ids import ConversationId, DossierCode
from bot.notifications.chain import Contact, Reach, Wait, decide, is_stuck, page_step, steps
from bot.notifications.delivery import Fate
from bot.notifications.notice import Attempt, Closed, Notice, NoticeFate, Step, Way
from bot.notifications.templates import Rates, Template
from tests.build import at

NOON = at(20, 12)
TEMPLATE = Template("cap_nhat", "301234", "", {}, {"accepted": "đã tiếp nhận"}, 250, 300)
RATES = Rates(price=55, templates=(TEMPLATE,))
BARE = Rates(price=55)


def contact(conversation: str, hours: float = 1, reachable: bool = True) -> Contact:
    return Contact(ConversationId(conversation), NOON - timedelta(hours=hours), reachable)


def a_notice(*attempts: Attempt, **changes) -> Notice:
    code = DossierCode("H26.99-261119-0007")
    return Notice(1, code, "accepted", NOON, NOON, attempts=attempts, **changes)


def tried(way: Way, where: str | None, fate: Fate, cost: int = 0, hours: float = 0) -> Attempt:
    conversation = ConversationId(where) if where else None
    return Attempt(Step(way, conversation, cost), fate, NOON - timedelta(hours=hours))


ZALO, TELEGRAM, WEB = "zalo_oa:1:2", "telegram:1", "web:a"


@pytest.mark.parametrize(
    ("contacts", "has_phone", "rates", "expected"),
    [
        ([(ZALO, 47)], False, RATES, "chat 0, account 250"),
        ([(ZALO, 48)], False, RATES, "chat 0, account 250"),
        ([(ZALO, 49)], False, RATES, "chat 55, account 250"),
        ([(ZALO, 168)], False, RATES, "chat 55, account 250"),
        ([(ZALO, 169)], False, RATES, "account 250"),
        ([(ZALO, 169)], False, BARE, ""),
        ([(ZALO, 169)], True, BARE, ""),
        ([(ZALO, 169)], True, RATES, "account 250, phone 300"),
        ([(ZALO, 1, False)], True, RATES, "phone 300"),
        ([(TELEGRAM, 5000)], False, RATES, "chat 0"),
        ([(TELEGRAM, 1, False)], False, RATES, ""),
        ([(TELEGRAM, 1), (ZALO, 1)], True, RATES, "chat 0, chat 0, account 250, phone 300"),
        ([(ZALO, 300), (TELEGRAM, 1)], True, RATES, "account 250, phone 300, chat 0"),
        ([(WEB, 1)], False, RATES, ""),
        ([(WEB, 1)], True, RATES, "phone 300"),
        ([(WEB, 1), (TELEGRAM, 1)], True, RATES, "chat 0, phone 300"),
        ([], True, BARE, ""),
    ],
)
def test_the_ways_in_order_and_their_price(contacts, has_phone, rates, expected) -> None:
    reach = Reach(tuple(contact(*one) for one in contacts), has_phone)
    found = steps(reach, "accepted", rates, NOON)
    assert ", ".join(f"{step.way} {step.cost}" for step in found) == expected


def test_a_template_is_used_only_for_what_it_was_approved_for() -> None:
    reach = Reach((contact(ZALO, 300),), has_phone=True)
    assert list(steps(reach, "payment", RATES, NOON)) == []


BOTH = Reach((contact(ZALO), contact(TELEGRAM)))


@pytest.mark.parametrize(
    ("attempts", "expected"),
    [
        ([], Step(Way.CHAT, ConversationId(ZALO))),
        ([tried(Way.CHAT, ZALO, Fate.PENDING)], Wait()),
        ([tried(Way.CHAT, ZALO, Fate.SENDING)], Wait()),
        ([tried(Way.CHAT, ZALO, Fate.SENT)], Closed.SENT),
        ([tried(Way.CHAT, ZALO, Fate.UNKNOWN)], Wait()),
        ([tried(Way.CHAT, ZALO, Fate.UNKNOWN, hours=25)], Closed.CALL),
        ([tried(Way.CHAT, ZALO, Fate.FAILED)], Step(Way.ACCOUNT, ConversationId(ZALO), 250)),
        (
            [tried(Way.CHAT, ZALO, Fate.FAILED), tried(Way.ACCOUNT, ZALO, Fate.FAILED)],
            Step(Way.CHAT, ConversationId(TELEGRAM)),
        ),
        (
            [
                tried(Way.CHAT, ZALO, Fate.FAILED),
                tried(Way.ACCOUNT, ZALO, Fate.FAILED),
                tried(Way.CHAT, TELEGRAM, Fate.FAILED),
            ],
            Closed.CALL,
        ),
    ],
)
def test_what_was_refused_goes_on_and_what_may_have_arrived_does_not(attempts, expected) -> None:
    assert decide(a_notice(*attempts), BOTH, RATES, NOON) == expected


def test_what_stands_on_the_page_needs_no_call() -> None:
    reach = Reach((contact(WEB),))
    assert page_step(reach) == Step(Way.PAGE, ConversationId(WEB))
    left = a_notice(tried(Way.PAGE, WEB, Fate.SENT))
    assert decide(left, reach, RATES, NOON) is Closed.LEFT


@pytest.mark.parametrize(
    ("hour", "minute", "until"),
    [
        (21, 59, None),
        (22, 0, at(21, 6)),
        (23, 59, at(21, 6)),
        (0, 0, at(20, 6)),
        (5, 59, at(20, 6)),
    ],
)
def test_nobody_is_woken(hour: int, minute: int, until) -> None:
    now = at(20, hour, minute)
    reach = Reach((Contact(ConversationId(TELEGRAM), now),))
    expected = Wait(until) if until else Step(Way.CHAT, ConversationId(TELEGRAM))
    assert decide(a_notice(), reach, RATES, now) == expected


def test_a_way_that_does_not_open_for_six_hours_is_given_up() -> None:
    waits = a_notice(tried(Way.CHAT, ZALO, Fate.PENDING))
    assert not is_stuck(waits, NOON + timedelta(hours=6))
    assert is_stuck(waits, NOON + timedelta(hours=6, minutes=1))
    assert not is_stuck(a_notice(tried(Way.CHAT, ZALO, Fate.SENDING)), NOON + timedelta(days=1))


@pytest.mark.parametrize(
    ("notice", "fate", "cost"),
    [
        (a_notice(), NoticeFate.HELD, 0),
        (a_notice(tried(Way.PAGE, WEB, Fate.SENT)), NoticeFate.HELD, 0),
        (a_notice(tried(Way.CHAT, ZALO, Fate.FAILED, 55)), NoticeFate.UNDER_WAY, 0),
        (a_notice(tried(Way.CHAT, ZALO, Fate.UNKNOWN, 55)), NoticeFate.UNKNOWN, 55),
        (
            a_notice(
                tried(Way.CHAT, ZALO, Fate.FAILED, 55),
                tried(Way.ACCOUNT, ZALO, Fate.SENT, 250),
                closed=Closed.SENT,
            ),
            NoticeFate.SENT,
            250,
        ),
        (a_notice(closed=Closed.CALLED), NoticeFate.CALLED, 0),
    ],
)
def test_its_fate_and_what_it_cost(notice: Notice, fate: NoticeFate, cost: int) -> None:
    assert (notice.fate, notice.cost) == (fate, cost)
