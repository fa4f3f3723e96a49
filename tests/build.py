"""Invented people, offices and dossiers, each with everything but what a test changes."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime
from pathlib import Path
from typing import Any

import bot
from bot.basics.clock import VIETNAM
from bot.basics.ids import CitizenId, ConversationId, DossierCode, DraftId, ProcedureCode
from bot.declarations.asking import Asker, Line
from bot.declarations.cues import Cues
from bot.declarations.example import rehearse
from bot.declarations.loop import Loop
from bot.declarations.model import Draft
from bot.declarations.offering import Offers
from bot.declarations.people import Known
from bot.declarations.phrases import Phrases
from bot.declarations.proposing import Proposer
from bot.documents.model import SlipFacts
from bot.dossiers.calendar import OfficeHours, WorkingCalendar
from bot.dossiers.model import CITIZEN, Actor, Dossier, Event, Role, State
from bot.procedures.model import Confidence, Form, Source, TimeLimit, TimeUnit
from bot.procedures.office import Office
from bot.procedures.places import Places
from bot.procedures.read import read_form
from bot.procedures.shelf import Shelf

CATALOGUE = Path(bot.__file__).parent / "catalogue"
PLACES = Places.read(CATALOGUE / "units")
PHRASES = Phrases.read(CATALOGUE / "phrases.yml")
CUES = Cues.read(CATALOGUE / "facts.yml")
HOURS = OfficeHours()
CALENDAR = WorkingCalendar()


def an_officer(name: str = "Phạm Thu Hà") -> Actor:
    """Somebody who works at the counter."""
    return Actor(Role.OFFICER, name)


def an_office(**changes: Any) -> Office:
    """A ward's counter that does not exist."""
    office = Office(
        name="Trung tâm Phục vụ hành chính công phường Bình Minh",
        authority="Ủy ban nhân dân phường Bình Minh",
        police="Công an phường Bình Minh",
        agency="H26.99",
        address="Số 1 phố Thử Nghiệm, phường Bình Minh, thành phố Hà Nội",
        phone="024 0000 0000",
        hours={"opens": "07:30", "lunch": "11:30", "resumes": "13:00", "closes": "17:00"},
    )
    return dataclasses.replace(office, **changes)


def at(day: int, hour: int = 9, minute: int = 0, month: int = 11, year: int = 2026) -> datetime:
    """A moment in Việt Nam."""
    return datetime(year, month, day, hour, minute, tzinfo=VIETNAM)


def a_dossier(**changes: Any) -> Dossier:
    """A birth to be registered, filed on Thursday 19/11/2026 at 10:15 and not yet looked at."""
    submitted_at = at(19, 10, 15)
    dossier = Dossier(
        code=DossierCode("H26.99-261119-0007"),
        procedure=ProcedureCode("1.001193"),
        procedure_name="Đăng ký khai sinh",
        form_version="1",
        citizen=CitizenId("citizen-1"),
        conversation=ConversationId("telegram:910000001"),
        office=an_office().name,
        applicant="LÊ THỊ BÌNH",
        subject="TRẦN MINH KHÔI",
        answers={},
        time_limit=TimeLimit(3, TimeUnit.WORKING_DAY, Source("CT", "2026-07", Confidence.HIGH)),
        submitted_at=submitted_at,
        due=date(2026, 11, 25),
        history=(Event(at=submitted_at, by=CITIZEN, state=State.SUBMITTED),),
    )
    return dataclasses.replace(dossier, **changes)


def slip_facts(**changes: Any) -> SlipFacts:
    """The office's part of a slip made on Friday 20/11/2026 at 09:00."""
    facts = SlipFacts(
        office=an_office(),
        made_at=at(20),
        papers=(("Giấy chứng sinh", 2), ("Giấy chứng nhận kết hôn của cha mẹ", 1)),
        fee="Miễn lệ phí",
        delivery="Trực tuyến (bản điện tử)",
        phone="0912 345 678",
        email="binh.le@example.vn",
        legal_basis=(
            "Luật Hộ tịch 60/2014/QH13",
            "Nghị định 123/2015/NĐ-CP",
            "Nghị định 07/2025/NĐ-CP",
            "Thông tư 04/2020/TT-BTP",
        ),
        tracking_url="https://motcua.example.vn/ho-so/H26.99-261119-0007",
    )
    return dataclasses.replace(facts, **changes)


def a_draft(**changes: Any) -> Draft:
    """A birth to be registered, not one question answered."""
    draft = Draft(
        id=DraftId("draft-1"),
        citizen=CitizenId("citizen-1"),
        procedure=ProcedureCode("1.001193"),
        form_version="1",
        updated_at=at(19, 10),
    )
    return dataclasses.replace(draft, **changes)


def a_form(name: str) -> Form:
    """The form in `catalogue/forms/<name>.yml`."""
    return read_form(name, Shelf(CATALOGUE))


def an_asker(form: Form) -> Asker:
    """Who puts the questions of `form`, on 19/11/2026."""
    return Asker(form, (), at(19).date(), PLACES, an_office().authority)


def a_loop(asker: Asker, known: tuple[Known, ...] = ()) -> Loop:
    """The loop of `asker`, which may remember people."""
    return Loop(asker, PHRASES, Proposer(asker, CUES, Offers(asker, known)))


def filled_by_example(form: Form) -> Draft:
    """A draft with the form's own example answers; a question without one is skipped."""
    done = rehearse(an_asker(form), a_draft())
    assert not done.problems
    return done.draft


def example_lines(form: Form) -> tuple[Line, ...]:
    """What the form's example answers look like, read back."""
    return an_asker(form).lines(filled_by_example(form))
