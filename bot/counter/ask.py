"""Answers questions: about a procedure (papers, fee, time, place …) and about online service itself."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from bot.basics.codes import find_procedure_code
from bot.basics.say import Button, Say, button, say
from bot.basics.vietnamese.text import fold
from bot.counter import levels
from bot.counter.file import start
from bot.counter.form_numbers import form_by_number
from bot.counter.learn import doubtful
from bot.counter.office import about_the_office
from bot.counter.papers import blank_form
from bot.counter.parts import part_of
from bot.counter.ports import Desk
from bot.counter.speak import spoken
from bot.counter.subject import ask_which, did_you_mean, named_for, names_one, subject
from bot.counter.told import note_told
from bot.counter.turn import Reply, Turn
from bot.procedures.model import Confidence, Procedure, Source

FACETS: Mapping[str, str] = MappingProxyType(
    {
        "ask_procedure_overview": "overview",
        "ask_documents": "documents",
        "ask_fee": "fee",
        "ask_time": "time",
        "ask_where": "where",
        "ask_steps": "steps",
        "ask_conditions": "conditions",
        "ask_form": "form",
        "ask_result": "result",
        "ask_legal_basis": "legal_basis",
        "ask_online_level": "level",
        "ask_channel": "ways",
    }
)
"""Intent → the facet it asks for; each has a sentence `answer.<facet>`."""
_HALF = 0.5
_INTENTS = {facet: intent for intent, facet in FACETS.items()}

_NEXT: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "overview": ("ask_documents", "ask_fee", "ask_time"),
        "documents": ("ask_form", "ask_fee", "ask_time"),
        "fee": ("ask_time", "ask_documents"),
        "time": ("ask_documents", "ask_where"),
        "where": ("ask_documents", "ask_time"),
    }
)
"""What people usually ask after a facet: offered as buttons."""


def answer(turn: Turn) -> Reply:
    """Everything the message asks, in the order it asks.

    A bare name, where it was asked for, answers what was asked before it.
    """
    if waiting := named_for(turn):
        return start(turn) if waiting == "start_filing" else answer(turn.asking(waiting))
    meaning = turn.message.meaning
    asked = dict.fromkeys((meaning.intent, *meaning.also))
    explained = [intent for intent in asked if intent in levels.USUAL_TOPIC]
    says = tuple(one for intent in explained for one in levels.told(turn, intent))
    facets = [intent for intent in asked if intent in FACETS]
    if not facets:
        turn.understood()
        return Reply(_named_instead(turn) or says)
    by_number = form_by_number(turn) if "ask_form" in facets else ()
    about_it = by_number or _about_procedure(turn, facets)
    return Reply((*says, *about_it) if meaning.intent in explained else (*about_it, *says))


def followed_up(turn: Turn) -> Reply | None:
    """The facet of the procedure last talked about that speaks of what the message does.

    For words that alone say nothing: `cần khám sức khỏe không`. None where no such facet may be asked for.
    """
    code, meaning = turn.conversation.context.procedure, turn.message.meaning
    if code is None or code not in turn.desk.catalogue or names_one(turn):
        return None
    pairs = _telling_pairs(turn)
    for intent in meaning.rather:
        if intent in FACETS:
            told = facet_say(turn.desk, turn.desk.catalogue.get(code), FACETS[intent])
            words = f" {fold(spoken(told, turn.desk.wording).text)} "
            if any(pair in words for pair in pairs):
                return answer(turn.about(code).asking(intent))
    return None


def _telling_pairs(turn: Turn) -> list[str]:
    """Each two neighbouring words of the message that both say something, between spaces."""
    quiet = turn.desk.catalogue.everyday.quiet
    pairs = itertools.pairwise(fold(turn.message.text).split())
    return [f" {first} {second} " for first, second in pairs if quiet.isdisjoint((first, second))]


def _named_instead(turn: Turn) -> tuple[Say, ...]:
    """What the message may name, where it may be no question about online service at all."""
    if turn.message.pressed or turn.message.meaning.confidence >= _HALF:
        return ()
    named = did_you_mean(turn, "ask_procedure_overview")
    return (named,) if named else ()


def _about_procedure(turn: Turn, asked: list[str]) -> tuple[Say, ...]:
    if told := about_the_office(turn):
        turn.understood()
        return told
    procedure = subject(turn)
    if procedure is None:
        return _about_online_service(turn) or ask_which(turn, asked[0]).says
    turn.settle(procedure.code)
    note_told(turn, procedure)
    facets = [FACETS[intent] for intent in asked]
    if len(facets) > 1 and "overview" in facets:
        facets.remove("overview")
    says = [_said(turn, procedure, facet) for facet in facets]
    last = says[-1]
    if turn.conversation.draft is None:  # else the form puts its own question next
        buttons = (*last.buttons, *_buttons(procedure, facets[-1]), *doubtful(turn))
        says[-1] = Say(last.key, last.holes, buttons, last.files)
    return tuple(says)


def _said(turn: Turn, procedure: Procedure, facet: str) -> Say:
    pressed = turn.message.pressed
    number = pressed.facts.get("part", "") if pressed else ""
    told = facet_say(turn.desk, procedure, facet, int(number) if number.isdecimal() else 0)
    blank = blank_form(turn.work, turn.desk, procedure) if facet == "form" else None
    return replace(told, files=(blank,)) if blank else told


def _about_online_service(turn: Turn) -> tuple[Say, ...]:
    """The steps, the fee … of filing online as such: asked like a procedure's, and naming none."""
    named = turn.desk.knowledge.mentioned(turn.message.text)
    meaning = turn.message.meaning
    names_any = meaning.candidates or meaning.elsewhere or find_procedure_code(turn.message.text)
    if names_any or turn.message.pressed or not named:
        return ()
    return levels.told(turn, "ask_how_to_use")


def facet_say(desk: Desk, procedure: Procedure, facet: str, number: int = 0) -> Say:
    """What is said of one facet of a procedure, with the least sure of its sources.

    Of a long list a part is said, the one with this `number`, and a button offers the next.
    """
    source = _source_of(procedure, facet)
    entry = desk.catalogue.sources.get(source.ref, {})
    part = part_of(procedure, facet, number)
    facts = {"procedure": procedure.code, "part": str(part.number + 1)}
    more = (button("button.rest", _INTENTS[facet], facts),) if part.left else ()
    return say(
        f"answer.{facet}",
        *more,
        part=part,
        procedure=procedure,
        sector=desk.catalogue.sectors.get(procedure.sector, procedure.sector),
        office=desk.office,
        source={"name": str(entry.get("name", source.ref)), "as_of": source.as_of},
        is_sure=source.confidence is Confidence.HIGH,
    )


def _source_of(procedure: Procedure, facet: str) -> Source:
    """Where a facet's facts come from; of several, the least sure."""
    found: list[Source | None] = []
    match facet:
        case "documents":
            found = [paper.source for paper in procedure.requirements]
        case "fee":
            found = [procedure.fee.source if procedure.fee else None]
        case "time":
            found = [procedure.time_limit.source if procedure.time_limit else None]
        case "where":
            found = [procedure.authority.source if procedure.authority else None]
        case "steps":
            found = [procedure.course.source if procedure.course else None]
        case "conditions":
            found = [
                part.source if part else None
                for part in (procedure.conditions, procedure.applicants)
            ]
        case "form":
            found = [form.source for form in procedure.forms]
        case "level":
            found = [procedure.online_level.source if procedure.online_level else None]
        case "ways":
            found = [way.source for way in procedure.ways]
    known = [source for source in found if source] or [procedure.source]
    return max(known, key=lambda source: list(Confidence).index(source.confidence))


def _buttons(procedure: Procedure, facet: str) -> tuple[Button, ...]:
    facts = {"procedure": procedure.code}
    start = (button("button.start", "start_filing", facts),) if procedure.can_be_filed else ()
    usual = _NEXT.get(facet, ())
    offered = (intent for intent in usual if intent != "ask_form" or procedure.form)
    return (*start, *(button(f"button.{intent}", intent, facts) for intent in offered))
