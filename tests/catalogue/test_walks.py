"""Every form is walked to the end in five ways; what is printed and what is filed equals the answers."""

from __future__ import annotations

import dataclasses
import functools
from datetime import datetime
from pathlib import Path

import pytest

from bot import wiring
from bot.basics.ids import CitizenId, ConversationId, DraftId, FieldId, MessageId
from bot.basics.say import Command
from bot.basics.settings import Settings
from bot.counter.declare import declare
from bot.counter.forms import answers_shown, version_of
from bot.counter.ports import Desk
from bot.counter.turn import Message, Turn
from bot.declarations.asking import Line
from bot.declarations.model import Status, Then
from bot.documents.model import SlipFacts
from bot.documents.typst_documents import TypstDocuments
from bot.dossiers.model import Dossier, Slip
from bot.procedures.model import Form, Procedure
from bot.storage.storage import Storage
from tests.build import at
from tests.conversation.world import storage_in
from tests.fake_clock import FakeClock
from tests.unit.documents.reading_pdf import letters_of, text_of, untold
from tests.walking import (
    Citizen,
    Way,
    filed_here,
    mistaking,
    pressing,
    skipping,
    typing,
    wondering,
)

DOCUMENTS = TypstDocuments()
ENOUGH_TO_BE_TOLD_APART = 6

every_filed = pytest.mark.parametrize(
    "procedure", [pytest.param(each, id=each.code) for each in filed_here()]
)


@every_filed
def test_the_example_walks_to_the_end_and_answers_nothing_that_is_not_asked(
    procedure: Procedure,
) -> None:
    citizen, asked = Citizen(procedure), set()
    while citizen.last.then is not Then.REVIEW:
        asked.add(citizen.draft.asking)
        assert citizen.stop.field.kind == "file" or citizen.stop.id in citizen.form.example
        typing(citizen)
    assert citizen.draft.status is Status.REVIEW
    assert set(citizen.form.example) <= asked
    assert citizen.say("nộp").then is Then.FILE


@every_filed
def test_buttons_mistakes_and_questions_lead_to_the_same_answers(procedure: Procedure) -> None:
    by_words = walked(procedure, typing)
    for way in (pressing, mistaking, wondering):
        other = Citizen(procedure).walks(way)
        assert other.draft.answers == by_words.draft.answers, way.__name__
        assert other.lines == by_words.lines, way.__name__
        assert other.draft.status is Status.REVIEW, way.__name__


@every_filed
def test_the_paper_says_what_was_answered_and_nothing_of_what_was_skipped(
    procedure: Procedure,
) -> None:
    full, bare = walked(procedure, typing), walked(procedure, skipping)
    printed = {id(one): paper(one) for one in (full, bare)}
    for citizen in (full, bare):
        assert not untold(citizen.form, citizen.lines, printed[id(citizen)])
    skipped = [key for key, value in bare.draft.answers.items() if value is None]
    said = "".join(letters_of(line.value) for line in bare.lines)
    for line in full.lines:
        value = letters_of(line.value)
        if line.id in skipped and len(value) >= ENOUGH_TO_BE_TOLD_APART and value not in said:
            assert value not in printed[id(bare)], line.label


@every_filed
def test_only_what_may_be_skipped_is(procedure: Procedure) -> None:
    bare = walked(procedure, skipping)
    stops = bare.loop.asker.path(bare.draft).stops
    answers = bare.draft.answers
    assert not [s.id for s in stops if s.field.required and answers.get(s.id, "derived") is None]
    assert not [s.id for s in stops if not s.field.required and answers.get(s.id) is not None]


def paper(citizen: Citizen) -> str:
    """The letters of the declaration in print."""
    return letters_of(text_of(DOCUMENTS.declaration(citizen.form, citizen.lines, at(20))))


@functools.cache
def _walked(number: int, way: Way) -> Citizen:
    return Citizen(filed_here()[number]).walks(way)


def walked(procedure: Procedure, way: Way) -> Citizen:
    """Somebody who walked the form so, to look at; whoever goes on walks it anew."""
    return _walked(filed_here().index(procedure), way)


class NoPaper:
    """Prints nothing: what a paper says is tested elsewhere."""

    def slip(self, slip: Slip, dossier: Dossier, facts: SlipFacts) -> bytes:
        return b"%PDF-1.7"

    def declaration(self, form: Form, lines: tuple[Line, ...], at: datetime, code: str) -> bytes:
        return b"%PDF-1.7"


@pytest.fixture(scope="module")
def desk() -> Desk:
    made = wiring.make_desk(Settings(_env_file=None), FakeClock(at(21)))  # type: ignore[call-arg]
    return dataclasses.replace(made, documents=NoPaper())  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def storage(tmp_path_factory: pytest.TempPathFactory) -> Storage:
    folder: Path = tmp_path_factory.mktemp("filed")
    return storage_in(folder, FakeClock(at(21)))


@every_filed
@pytest.mark.parametrize("way", [typing, skipping])
def test_the_dossier_holds_what_was_answered(
    procedure: Procedure, way: Way, desk: Desk, storage: Storage
) -> None:
    citizen = walked(procedure, way)
    code = filed(citizen, procedure, desk, storage)
    with storage.look() as work:
        dossier = work.dossiers.get(code)
        assert dossier is not None
        assert dossier.answers == citizen.loop.asker.path(citizen.draft).values
        assert answers_shown(desk, dossier) == citizen.lines
        shown = {line.id: line.value for line in citizen.lines}
        assert dossier.applicant == shown.get(FieldId(citizen.form.applicant), "")
        assert dossier.subject == shown.get(FieldId(citizen.form.subject), "")
        papers = [item for item in dossier.answers.values() if isinstance(item, list) and item]
        files = [one for value in papers for one in value if isinstance(one, dict)]
        assert len(dossier.attachments) == len(files)


def filed(citizen: Citizen, procedure: Procedure, desk: Desk, storage: Storage) -> str:
    """Hands the declaration in through the counter; the dossier's code."""
    conversation = ConversationId(
        f"terminal:{procedure.code}:{len(citizen.draft.answers)}:{id(citizen)}"
    )
    with storage.work() as work:
        number = work.new_id()
        message = Message(
            MessageId(1),
            conversation,
            pressed=Command("inform", {"draft": number, "do": "submit"}),
        )
        turn = Turn(work, desk, message)
        draft = citizen.draft.having(
            id=DraftId(number),
            citizen=CitizenId(turn.conversation.citizen),
            form_version=version_of(procedure),
            last_message=MessageId(0),
        )
        work.drafts.save(draft)
        work.conversations.save(turn.conversation.having(draft=draft.id))
        told = declare(turn).says
        assert told[0].key == "submit.done"
        return str(told[0].holes["code"])
