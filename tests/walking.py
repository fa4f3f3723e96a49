"""Somebody who fills a declaration in, question by question, in one of several ways."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache

from bot.basics.clock import VIETNAM
from bot.basics.errors import Misconfigured
from bot.basics.ids import CitizenId, DraftId, FileId, MessageId
from bot.basics.say import Command
from bot.declarations.asking import Asker, Line
from bot.declarations.kinds import KINDS
from bot.declarations.kinds.model import Ok, Wrong
from bot.declarations.model import Draft, Heard, Outcome, ReceivedFile, Then
from bot.declarations.path import Stop
from bot.procedures.model import Procedure
from bot.procedures.office import Office
from bot.procedures.read import read_procedure
from bot.procedures.shelf import Shelf
from tests.build import CATALOGUE, PLACES, a_loop

TODAY = date(2026, 11, 21)
OFFICE = Office.read(CATALOGUE / "units" / "offices" / "demo.yml")
MOST_TURNS = 200
PAGE = ReceivedFile(FileId("f"), "trang.jpg", 1000, 1, mime="image/jpeg")
NONSENSE = ("32/13/1999", "qwerty zxcvb", "12", "@@@@", "x" * 5000)
"""Of these, every kind of question refuses one."""


class Citizen:
    """Somebody who fills in the form of one procedure."""

    def __init__(self, procedure: Procedure, answers: Mapping[str, str] | None = None) -> None:
        """`answers` go before those of the form's example."""
        assert procedure.form is not None
        self.form = procedure.form
        self.answers = {**procedure.form.example, **(answers or {})}
        office = OFFICE.receives(procedure.sector)
        self.loop = a_loop(Asker(self.form, procedure.uploads, TODAY, PLACES, office))
        now = datetime(2026, 11, 21, 9, tzinfo=VIETNAM)
        self.draft = Draft(DraftId("d"), CitizenId("c"), procedure.code, "v", now)
        self.said = 0
        self.last = self._kept(self.loop.repeat(self.draft))

    @property
    def stop(self) -> Stop:
        """The question asked."""
        stop = self.loop.asker.stop(self.draft)
        assert stop is not None
        return stop

    @property
    def lines(self) -> tuple[Line, ...]:
        """Everything answered so far."""
        return self.loop.asker.lines(self.draft)

    def example(self, stop: Stop) -> str:
        """What the form's example answers; else what the question itself gives as an example."""
        return str(self.answers.get(stop.id) or stop.field.example or "có")

    def walks(self, answer: Way) -> Citizen:
        """Answers every question so, until everything is shown once more."""
        while self.last.then is not Then.REVIEW:
            assert self.said < MOST_TURNS
            answer(self)
        return self

    def say(self, text: str = "", files: tuple[ReceivedFile, ...] = ()) -> Outcome:
        """Types something, or sends pages."""
        return self.hear(Heard(self._next_id(), text, files=files))

    def press(self, command: Command) -> Outcome:
        """Presses a button."""
        return self.hear(Heard(self._next_id(), pressed=command))

    def ask(self, text: str) -> Outcome:
        """Asks what no field takes for its answer."""
        return self.hear(Heard(self._next_id(), text, intent="ask_fee", confidence=0.95))

    def hear(self, heard: Heard) -> Outcome:
        """Any message."""
        return self._kept(self.loop.hear(self.draft, heard))

    def _next_id(self) -> MessageId:
        self.said += 1
        return MessageId(self.said)

    def _kept(self, outcome: Outcome) -> Outcome:
        self.draft = outcome.draft
        self.last = outcome if outcome.then is not Then.ASIDE else self.last
        return outcome


Way = Callable[[Citizen], Outcome]
"""How somebody answers the question asked."""


def typing(citizen: Citizen) -> Outcome:
    """Types what stands in the example, and sends a page where papers are asked."""
    stop = citizen.stop
    if stop.field.kind == "file":
        citizen.say(files=(PAGE,))
        return citizen.say("xong")
    outcome = citizen.say(citizen.example(stop))
    assert not citizen.draft.pending, f"{stop.id}: {outcome.says[0].holes['doubts']}"
    assert citizen.draft.asking != stop.id, f"{stop.id} is asked again: {outcome.says}"
    return outcome


def pressing(citizen: Citizen) -> Outcome:
    """Presses the button that says what the example says; types where there is none."""
    stop, buttons = citizen.stop, citizen.last.says[-1].buttons
    if stop.field.kind == "file":
        done = citizen.say(files=(PAGE,)).says[-1].buttons[0]
        return citizen.press(done.command)
    question = citizen.loop.asker.question(citizen.draft, stop)
    reading = KINDS[stop.field.kind].read(citizen.example(stop), question)
    for shown in buttons:
        facts = shown.command.facts
        is_it = isinstance(reading, Ok) and facts.get("value") == json.dumps(reading.value)
        if facts.get("do") == "answer" and is_it:
            return citizen.press(shown.command)
    return typing(citizen)


def skipping(citizen: Citizen) -> Outcome:
    """Leaves out what may be left out."""
    if citizen.loop.asker.is_required(citizen.draft, citizen.stop):
        return typing(citizen)
    return citizen.say("bỏ qua")


def mistaking(citizen: Citizen) -> Outcome:
    """First answers what must be answered with nonsense."""
    stop = citizen.stop
    if citizen.loop.asker.is_required(citizen.draft, stop):
        question = citizen.loop.asker.question(citizen.draft, stop)
        kind = KINDS[stop.field.kind]
        wrong = next(text for text in NONSENSE if isinstance(kind.read(text, question), Wrong))
        outcome = citizen.say(wrong)
        assert outcome.says[0].key == "declaration.wrong", stop.id
        assert citizen.draft.asking == stop.id
        assert stop.id not in citizen.draft.answers
    return typing(citizen)


def wondering(citizen: Citizen) -> Outcome:
    """First asks something, at every question."""
    before = citizen.draft
    outcome = citizen.ask("lệ phí bao nhiêu vậy em?")
    assert outcome.then is Then.ASIDE, citizen.stop.id
    assert citizen.draft == before.having(last_message=citizen.draft.last_message)
    return typing(citizen)


@cache
def filed_here() -> tuple[Procedure, ...]:
    """Every procedure that can be filed by talking."""
    shelf, found = Shelf(CATALOGUE), []
    for path in shelf.procedure_files():
        try:
            procedure = read_procedure(path, shelf)
        except Misconfigured:
            continue
        if procedure.form:
            found.append(procedure)
    return tuple(found)
