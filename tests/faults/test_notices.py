"""Notices when Zalo refuses, is silent or is away: along the chain, never twice, never dropped."""

from __future__ import annotations

import asyncio
import dataclasses
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot import wiring
from bot.basics.errors import Undeliverable
from bot.basics.ids import CitizenId, ConversationId
from bot.basics.settings import Settings
from bot.citizens.model import Context, Conversation
from bot.counter import calls, decide
from bot.counter.ports import Desk as CounterDesk
from bot.jobs.deliver import Deliverer
from bot.jobs.notify import Notifier
from bot.notifications.notice import Notice, NoticeFate
from bot.notifications.templates import Rates
from tests.build import CATALOGUE, a_dossier
from tests.channels.zalo_build import AN, NOW, needs_recordings
from tests.channels.zalo_parts import Desk
from tests.conversation.world import storage_in
from tests.fake_clock import FakeClock
from tests.unit.notifications.test_templates import IDS, WEEK

pytestmark = needs_recordings
CITIZEN = CitizenId("citizen-1")
TELEGRAM = ConversationId("telegram:910000001")


class Telegram:
    """The other channel, which can be told to refuse."""

    channel = "telegram"

    def __init__(self) -> None:
        self.sent: list[str] = []
        self.is_blocked = False

    async def send(self, message) -> str:
        if self.is_blocked:
            raise Undeliverable("delivery.blocked")
        self.sent.append(message.text)
        return f"t{len(self.sent)}"


class Office:
    """One installation with a door to Zalo, and one citizen who filed from there."""

    def __init__(self, folder: Path, desk: CounterDesk, *, phone: str = "", linked: bool = False):
        self.zalo, self.telegram = Desk(), Telegram()
        self.clock = self.zalo.clock
        self.storage = storage_in(folder, self.clock)
        self.zalo.sender._files = wiring.OutgoingFiles(self.storage)
        rates = Rates.read(CATALOGUE / "zalo_templates.yml", IDS, WEEK)
        self.desk = dataclasses.replace(desk, rates=rates, clock=self.clock)
        senders = {"zalo_oa": self.zalo.sender, "telegram": self.telegram}
        self.deliverer = Deliverer(self._sending, senders, self.clock)
        self.notifier = Notifier(self.storage, self.desk)
        dossier = a_dossier(conversation=AN, citizen=CITIZEN, submitted_at=NOW)
        with self.storage.work() as work:
            self._knows(work, AN, Context(phone=phone))
            if linked:
                self._knows(work, TELEGRAM, Context())
            work.dossiers.add(dossier)
        self.code = dossier.code

    def _knows(self, work, conversation: str, context: Context) -> None:
        number = ConversationId(conversation)
        work.conversations.save(Conversation(number, CITIZEN, NOW, NOW, context))

    @contextmanager
    def _sending(self):
        with self.storage.work() as work:
            yield work.sending

    def accepts(self) -> None:
        """An officer takes the dossier in."""
        with self.storage.work() as work:
            decide.accept(decide.Officer(work, self.desk, "Phạm Thu Hà"), self.code)

    async def works(self, rounds: int = 6) -> None:
        """Sends, looks after the notices, and again."""
        for _ in range(rounds):
            while await self.deliverer.send_due():
                pass
            self.notifier.advance_due()

    def passes(self, **span: float) -> None:
        """Time passes."""
        self.clock.passes(**span)

    @property
    def notice(self) -> Notice:
        """The only notice."""
        with self.storage.look() as work:
            (notice,) = work.notices.latest(None, 10)
        return notice

    @property
    def story(self) -> list[str]:
        """Each attempt: its way and its fate."""
        return [f"{attempt.step.way} {attempt.fate}" for attempt in self.notice.attempts]

    def arrived(self, *numbers: str, conversation=AN, outbox: int = 0) -> None:
        """Zalo tells that messages arrived."""
        with self.storage.work() as work:
            work.sending.arrived(numbers, conversation, outbox)


@pytest.fixture(scope="module")
def desk() -> CounterDesk:
    chosen = Settings(_env_file=None)  # type: ignore[call-arg]
    return wiring.make_desk(chosen, FakeClock(NOW))


@pytest.fixture
def office(tmp_path: Path, desk: CounterDesk) -> Office:
    return Office(tmp_path, desk)


async def test_within_two_days_a_notice_is_a_free_message(office: Office) -> None:
    office.accepts()
    await office.works()
    assert office.story == ["chat sent"]
    assert (office.notice.fate, office.notice.cost) == (NoticeFate.SENT, 0)
    assert office.code in office.zalo.shown[-1]["text"]


async def test_after_two_days_a_message_costs(office: Office) -> None:
    office.passes(days=3)
    office.accepts()
    await office.works()
    assert (office.story, office.notice.cost) == (["chat sent"], 55)


async def test_beyond_the_window_an_approved_template_goes_to_the_account(office: Office) -> None:
    office.passes(days=8)
    office.accepts()
    await office.works()
    assert office.zalo.shown == []
    (template,) = office.zalo.zalo.templates
    assert template["template_id"] == "301234"
    assert template["template_data"] == {
        "ma_ho_so": office.code,
        "trang_thai": "đã tiếp nhận",
        "ngay": "29/11/2026",
    }
    assert (office.story, office.notice.cost) == (["account sent"], 250)


async def test_what_is_refused_for_good_moves_along_to_the_telephone(
    tmp_path: Path, desk: CounterDesk
) -> None:
    office = Office(tmp_path, desk, phone="0912345678")
    office.zalo.zalo.faults = ["refuse -213"]
    office.zalo.zalo.template_faults = ["refuse -114"]
    office.accepts()
    await office.works()
    # -213: the account cannot be written to at all, so no template is tried there
    assert office.story == ["chat failed", "phone failed"]
    assert office.notice.fate is NoticeFate.CALL


async def test_the_chain_to_its_end_is_a_list_of_calls(tmp_path: Path, desk: CounterDesk) -> None:
    office = Office(tmp_path, desk, phone="0912345678", linked=True)
    office.telegram.is_blocked = True
    office.zalo.zalo.faults = ["refuse -230"]
    office.zalo.zalo.template_faults = ["refuse -114", "refuse -114"]
    office.accepts()
    await office.works()
    assert office.story == ["chat failed", "account failed", "phone failed", "chat failed"]
    assert office.notice.cost == 0
    with office.storage.work() as work:
        officer = decide.Officer(work, office.desk, "Phạm Thu Hà")
        (call,) = calls.calls(officer)
        assert office.code in call.words
        assert calls.called(officer, office.code) == 1
        assert calls.calls(officer) == []
    assert office.notice.fate is NoticeFate.CALLED


async def test_a_template_by_telephone_carries_our_number_and_no_name(
    tmp_path: Path, desk: CounterDesk
) -> None:
    office = Office(tmp_path, desk, phone="0912345678")
    office.zalo.zalo.faults = ["refuse -213"]
    office.accepts()
    await office.works()
    (template,) = office.zalo.zalo.templates
    assert template["phone"] == "84912345678"
    assert template["tracking_id"].startswith("motcua-")
    assert "BÌNH" not in str(template)
    with office.storage.look() as work:
        rows = work.inbox._connection.exec_driver_sql("SELECT conversation FROM outbox").all()
    assert "912345678" not in str(rows)


@pytest.mark.parametrize("fault", ["broken", "empty", "refuse -200"])
async def test_what_zalo_may_have_taken_is_not_sent_twice_by_any_way(
    tmp_path: Path, desk: CounterDesk, fault: str
) -> None:
    office = Office(tmp_path, desk, phone="0912345678", linked=True)
    office.zalo.zalo.faults = [fault]
    office.accepts()
    await office.works()
    assert office.story == ["chat unknown"]
    assert office.notice.fate is NoticeFate.UNKNOWN
    assert office.telegram.sent == office.zalo.zalo.templates == []
    office.passes(hours=23)
    await office.works()
    assert office.notice.fate is NoticeFate.UNKNOWN
    office.passes(hours=2)
    await office.works()
    assert office.notice.fate is NoticeFate.CALL
    assert len(office.zalo.shown) <= 1


async def test_a_receipt_settles_what_was_not_sure(office: Office) -> None:
    office.zalo.zalo.faults = ["broken"]
    office.accepts()
    await office.works()
    office.arrived(office.zalo.zalo.sent[-1]["id"])
    await office.works()
    assert office.notice.fate is NoticeFate.SENT
    assert len(office.zalo.shown) == 1


async def test_a_receipt_that_comes_before_the_answer_is_lost_counts_too(office: Office) -> None:
    office.accepts()
    send = office.zalo.sender.send

    async def takes_and_falls_silent(message):
        await send(message)
        office.arrived("z-unknown")
        raise RuntimeError("no answer came")

    office.deliverer._senders["zalo_oa"].send = takes_and_falls_silent
    await office.works()
    assert office.notice.fate is NoticeFate.SENT


async def test_a_receipt_by_our_own_number_settles_a_template_to_a_telephone(
    tmp_path: Path, desk: CounterDesk
) -> None:
    office = Office(tmp_path, desk, phone="0912345678")
    office.zalo.zalo.faults, office.zalo.zalo.template_faults = ["refuse -213"], ["broken"]
    office.accepts()
    await office.works()
    assert office.story == ["chat failed", "phone unknown"]
    number = office.zalo.zalo.templates[0]["tracking_id"].removeprefix("motcua-")
    office.arrived("zns-1", conversation=None, outbox=int(number))
    await office.works()
    assert office.notice.fate is NoticeFate.SENT


async def test_a_stray_receipt_settles_nothing_where_two_are_unsure(office: Office) -> None:
    office.zalo.zalo.faults = ["broken", "broken"]
    office.accepts()
    await office.works()
    with office.storage.work() as work:
        officer = decide.Officer(work, office.desk, "Phạm Thu Hà")
        decide.start_processing(officer, office.code)
    await office.works()
    office.arrived("stray")
    await office.works()
    with office.storage.look() as work:
        fates = {notice.fate for notice in work.notices.latest(None, 10)}
    assert fates == {NoticeFate.UNKNOWN}


async def test_a_notice_of_the_night_goes_out_in_the_morning_and_holds_up_no_answer(
    office: Office,
) -> None:
    office.passes(hours=14)  # 23:00
    office.accepts()
    await office.works()
    assert office.story == []
    assert office.notice.fate is NoticeFate.HELD
    office.passes(hours=6, minutes=59)
    await office.works()
    assert office.story == []
    office.passes(minutes=1)
    await office.works()
    assert office.story == ["chat sent"]


async def test_a_door_that_stays_shut_is_given_up_after_six_hours(
    tmp_path: Path, desk: CounterDesk
) -> None:
    office = Office(tmp_path, desk, linked=True)
    office.zalo.zalo.faults = ["rate"] * 100
    office.zalo.zalo.template_faults = ["refuse -114"]
    office.accepts()
    for _ in range(13):
        await office.works(2)
        office.passes(minutes=30)
    await office.works()
    assert office.story == ["chat failed", "account failed", "chat sent"]
    assert office.telegram.sent != []


async def test_officers_who_decide_at_once_and_two_notifiers_take_a_step_once(
    office: Office,
) -> None:
    office.accepts()
    other = Notifier(office.storage, office.desk)
    await asyncio.gather(
        *(asyncio.to_thread(one.advance_due) for one in (office.notifier, other) for _ in range(3))
    )
    await office.works()
    assert office.story == ["chat sent"]
    assert len(office.zalo.shown) == 2, "the slip and the words"
