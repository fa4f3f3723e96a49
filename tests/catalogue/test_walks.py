"""The example of every form, typed answer by answer, ends in a declaration that can be filed."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

import bot
from bot.basics.clock import VIETNAM
from bot.basics.errors import Misconfigured
from bot.basics.ids import CitizenId, DraftId, FieldId, FileId, MessageId
from bot.declarations.asking import Asker
from bot.declarations.loop import Loop
from bot.declarations.model import Draft, Heard, Outcome, ReceivedFile, Status, Then
from bot.declarations.phrases import Phrases
from bot.procedures.model import Procedure
from bot.procedures.office import Office
from bot.procedures.places import Places
from bot.procedures.read import Shelf, read_procedure

CATALOGUE = Path(bot.__file__).parent / "catalogue"
TODAY = date(2026, 11, 21)
PLACES = Places.read(CATALOGUE / "units")
PHRASES = Phrases.read(CATALOGUE / "phrases.yml")
OFFICE = Office.read(CATALOGUE / "units" / "offices" / "demo.yml")
MOST_TURNS = 200


def filed_here() -> list[Procedure]:
    shelf, found = Shelf(CATALOGUE), []
    for path in shelf.procedure_files():
        try:
            procedure = read_procedure(path, shelf)
        except Misconfigured:
            continue
        if procedure.form:
            found.append(procedure)
    return found


every_filed = pytest.mark.parametrize(
    "procedure", [pytest.param(each, id=each.code) for each in filed_here()]
)


class Citizen:
    """Somebody who types what stands in the example, and sends a page where papers are asked."""

    def __init__(self, procedure: Procedure) -> None:
        assert procedure.form is not None
        self.form = procedure.form
        office = OFFICE.receives(procedure.sector)
        self.loop = Loop(Asker(self.form, procedure.uploads, TODAY, PLACES, office), PHRASES)
        now = datetime(2026, 11, 21, 9, tzinfo=VIETNAM)
        self.draft = Draft(DraftId("d"), CitizenId("c"), procedure.code, "v", now)
        self.said = 0

    def begin(self) -> Outcome:
        return self._kept(self.loop.repeat(self.draft))

    def answer(self) -> Outcome:
        """Answers the question asked."""
        stop = self.loop.asker.stop(self.draft)
        assert stop is not None
        if stop.field.kind == "file":
            page = ReceivedFile(FileId("f"), "trang.jpg", 1000, 1)
            return self.say("xong") if self.draft.taking else self.say(files=(page,))
        asked = FieldId(str(self.draft.asking))
        assert asked in self.form.example, f"the example does not answer {asked}"
        outcome = self.say(str(self.form.example[asked]))
        assert not self.draft.pending, f"{asked}: {outcome.says[0].holes['doubts']}"
        assert self.draft.asking != asked, f"{asked} is asked again: {outcome.says}"
        return outcome

    def say(self, text: str = "", files: tuple[ReceivedFile, ...] = ()) -> Outcome:
        self.said += 1
        heard = Heard(MessageId(str(self.said)), text, files=files)
        return self._kept(self.loop.hear(self.draft, heard))

    def _kept(self, outcome: Outcome) -> Outcome:
        self.draft = outcome.draft
        return outcome


@every_filed
def test_the_example_walks_to_the_end_without_a_doubt(procedure: Procedure) -> None:
    citizen = Citizen(procedure)
    outcome = citizen.begin()
    while outcome.then is not Then.REVIEW:
        assert citizen.said < MOST_TURNS
        outcome = citizen.answer()
    assert citizen.draft.status is Status.REVIEW
    assert citizen.say("nộp").then is Then.FILE


@every_filed
def test_the_example_answers_nothing_that_is_not_asked(procedure: Procedure) -> None:
    citizen = Citizen(procedure)
    outcome, asked = citizen.begin(), set()
    while outcome.then is not Then.REVIEW:
        asked.add(citizen.draft.asking)
        outcome = citizen.answer()
    assert set(citizen.form.example) <= asked
