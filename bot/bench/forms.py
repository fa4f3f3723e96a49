"""How much each form asks of somebody who answers with its example: first, next time, with a card.

The form's own loop is talked through to its review, papers aside. What a button says is pressed; what
none says is typed. The next time is after consent, with what the first declaration told; with a card, a
photo of everybody's card is sent where they are first asked about.
"""

from __future__ import annotations

import dataclasses
import itertools
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from bot import wiring
from bot.basics import settings
from bot.basics.clock import VIETNAM, SystemClock
from bot.basics.ids import CitizenId, DraftId, FieldId, FileId, MessageId, ProcedureCode
from bot.basics.say import Command
from bot.citizens.profile import Remembered, together
from bot.counter.ports import Desk
from bot.declarations.asking import Asker
from bot.declarations.card import ON_CARD
from bot.declarations.kinds import KINDS
from bot.declarations.kinds.identity import bearer
from bot.declarations.kinds.model import Ok
from bot.declarations.loop import Loop
from bot.declarations.model import Draft, Heard, Outcome, ReceivedFile, Then
from bot.declarations.offering import Offers
from bot.declarations.path import Stop
from bot.declarations.people import Someone, owner_of, people_of
from bot.declarations.proposing import Proposer
from bot.declarations.telling import told
from bot.procedures.model import Field, Form, Procedure
from bot.procedures.read import read_form, read_procedure
from bot.procedures.shelf import Shelf

DAY = date(2026, 11, 19)
"""On which the examples were written."""
COLUMNS = (
    *("form", "procedures", "questions", "typed", "next time", "typed", "with a card", "typed"),
    *("optional", "derived", "papers"),
)
_MOST = 300


@dataclass(frozen=True)
class Effort:
    """What it took: messages sent, and characters typed in them."""

    questions: int
    typed: int


def run() -> dict[str, Any]:
    """Form → the codes it is filed for, efforts, and how many answers are optional, derived, papers."""
    chosen = settings.read()
    desk, shelf = wiring.make_desk(chosen, SystemClock()), Shelf(chosen.catalogue_dir)
    filed = [read_procedure(path, shelf) for path in shelf.procedure_files()]
    return {name: _figures(read_form(name, shelf), desk, filed) for name in shelf.forms}


def table(figures: Mapping[str, Any]) -> str:
    """The figures as Markdown."""
    rows = [COLUMNS, ("---",) * len(COLUMNS)]
    for name, one in figures.items():
        efforts = (one[key] for key in ("first", "next_time", "with_card"))
        counts = itertools.chain.from_iterable((e["questions"], e["typed"]) for e in efforts)
        rest = (one[key] for key in ("optional", "derived", "papers"))
        rows.append((name, ", ".join(one["procedures"]), *map(str, counts), *map(str, rest)))
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _figures(form: Form, desk: Desk, filed: list[Procedure]) -> dict[str, Any]:
    procedures = [each for each in filed if each.form and each.form.id == form.id]
    asker = Asker(form, (), DAY, desk.places, desk.office.receives(procedures[0].sector))
    draft, first = _walk(asker, desk)
    path = asker.path(draft)
    people = (
        Remembered(str(number), relation, facts, DAY)
        for number, (relation, facts) in enumerate(told(asker, draft.answers, DAY))
    )
    _, again = _walk(asker, desk, known=together((), people))
    _, carded = _walk(asker, desk, cards=dict(_cards(asker, draft)))
    asked = [stop for stop in path.stops if stop.id in draft.answers]
    return {
        "procedures": [each.code for each in procedures],
        "first": dataclasses.asdict(first),
        "next_time": dataclasses.asdict(again),
        "with_card": dataclasses.asdict(carded),
        "optional": sum(not stop.field.required for stop in asked),
        "derived": sum(stop.id not in draft.answers for stop in path.shown),
        "papers": len({upload.id for each in procedures for upload in each.uploads}),
    }


def _walk(
    asker: Asker,
    desk: Desk,
    known: tuple[Remembered, ...] = (),
    cards: Mapping[str, str] | None = None,
) -> tuple[Draft, Effort]:
    loop = Loop(asker, desk.phrases, Proposer(asker, desk.cues, Offers(asker, known)))
    moment = datetime.combine(DAY, time(9), VIETNAM)
    blank = Draft(DraftId("d"), CitizenId("c"), ProcedureCode("0"), "", moment)
    outcome, left, typed = loop.repeat(blank), dict(cards or {}), 0
    for count in range(_MOST):
        if outcome.then is Then.REVIEW:
            return outcome.draft, Effort(count, typed)
        heard = _heard(loop, outcome, left, count)
        typed += len(heard.text)
        outcome = loop.hear(outcome.draft, heard)
    raise AssertionError(f"{asker.form.id} has no end: {outcome.draft.asking}")


def _heard(loop: Loop, outcome: Outcome, cards: dict[str, str], count: int) -> Heard:
    """What is sent next: a press where one does, a card that is still to be sent, or words."""
    draft, number = outcome.draft, MessageId(count + 1)
    buttons = outcome.says[-1].buttons
    is_asked_back = outcome.says[-1].key.startswith("kinds.") and buttons
    if draft.proposal or draft.pending or is_asked_back:
        return Heard(number, pressed=buttons[0].command)
    stop = loop.asker.stop(draft)
    assert stop is not None
    if code := _card_for(loop.asker, draft, stop, cards):
        photo = ReceivedFile(FileId("f"), "the.jpg", 1, 1, card=code)
        return Heard(number, files=(photo,))
    text = str(loop.asker.form.example.get(stop.id, ""))
    if not text:
        return Heard(number, pressed=_skips(draft, stop))
    reading = KINDS[stop.field.kind].read(text, loop.asker.question(draft, stop))
    value = json.dumps(reading.value) if isinstance(reading, Ok) else None
    same = (b.command for b in buttons if b.command.facts.get("value") == value)
    pressed = next(same, None) if value else None
    return Heard(number, text="" if pressed else text, pressed=pressed)


def _skips(draft: Draft, stop: Stop) -> Command:
    is_gate = stop.is_gate
    facts = {"draft": draft.id, "field": stop.id, "do": "answer" if is_gate else "skip"}
    return Command("inform", facts | ({"value": "false"} if is_gate else {}))


def _card_for(asker: Asker, draft: Draft, stop: Stop, cards: dict[str, str]) -> str:
    """The card of whom the question is about, once, where the card answers it."""
    owner = owner_of(people_of(asker.form, asker.path(draft)), stop)
    fact = stop.field.profile.rpartition(".")[2]
    return cards.pop(owner.id, "") if owner and fact in ON_CARD else ""


def _cards(asker: Asker, draft: Draft) -> Iterator[tuple[str, str]]:
    """The codes of the cards that the people of a filled form would have."""
    values = asker.path(draft).values
    for one in people_of(asker.form, asker.path(draft)).values():
        number, name, born = (_value(one, values, fact) for fact in _ON_EVERY_CARD)
        if number and name:
            yield one.id, _code(one, values, number, name, born)


_ON_EVERY_CARD = ("so_dinh_danh", "ho_ten", "ngay_sinh")


def _code(one: Someone, values: Mapping[FieldId, Any], number: str, name: str, born: str) -> str:
    about = bearer(number)
    day = born if len(born) == len("1990-01-01") else f"{about.birth_year}-06-15"
    issued = _value(one, values, "ngay_cap") or "2025-05-10"
    stop = one.stops.get("dia_chi")
    home = values.get(stop.id) if stop else None
    address = KINDS["address"].show(home, stop.field) if stop and home else ""
    gender = KINDS["gender"].show(about.gender, Field(FieldId("gioi_tinh"), "gender", ""))
    return "|".join((number, "", name, _digits(day), gender, address, _digits(issued)))


def _value(one: Someone, values: Mapping[FieldId, Any], fact: str) -> str:
    stop = one.stops.get(fact)
    return str(values.get(stop.id) or "") if stop else ""


def _digits(day: str) -> str:
    return "".join(reversed(day[:10].split("-")))
