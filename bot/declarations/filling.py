"""Reads words for several fields at once, each by the kind of its field, as if they had been typed in turn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.basics.ids import FieldId
from bot.basics.say import Say, say
from bot.basics.vietnamese import show
from bot.declarations import checks
from bot.declarations.asking import Asker, Line
from bot.declarations.kinds import KINDS
from bot.declarations.kinds.model import Ok, Question, Reading
from bot.declarations.model import Answers, Draft
from bot.declarations.people import every_stop
from bot.procedures.model import Field

_GUESSED = frozenset(("one_word", "sentence", "many_words", "foreign", "dropped", "signs"))
"""Doubts about a name that, outside an answer, make it no name at all."""
_NUMBERS = ("citizen_id", "old_id")


@dataclass(frozen=True)
class Filled:
    """What the words come to."""

    draft: Draft
    """With every value that could be read, as if it were answered."""
    values: Answers
    """These values: new ones, and those that differ from what was known."""
    doubts: tuple[Say, ...]
    """What is unusual about them."""


def fill(asker: Asker, draft: Draft, words: Mapping[FieldId, str]) -> Filled:
    """Every value that can be read with certainty; what cannot is left to be asked."""
    trial, values, doubts = draft, {}, []
    for stop in every_stop(asker.form, asker.path(draft)):
        said = words.get(stop.id)
        question = asker.question(trial, stop)
        reading = _read(said, question) if said else None
        if not isinstance(reading, Ok) or question.answers.get(stop.id) == reading.value:
            continue
        if stop.id != draft.asking and _is_guessed(reading):
            continue
        after = trial.answered(stop.id, reading.value)
        rules, found = asker.form.cross_checks, asker.path(after).values
        broken = checks.disagreements(rules, stop.id, found, asker.today)
        if any(not check.warn for check in broken):
            continue
        trial = after
        values[stop.id] = reading.value
        doubts += [Say(doubt.key, doubt.facts) for doubt in reading.doubts]
        doubts += [say("declaration.disagrees", message=check.message) for check in broken]
    once = tuple(doubt for n, doubt in enumerate(doubts) if doubt not in doubts[:n])
    return Filled(trial, values, once)


def words_for(field: Field, value: Any) -> str:
    """The words that `fill` reads as this value; empty for a value that no words give."""
    if value is None or field.kind == "file":
        return ""
    if field.kind == "name":
        return str(value)
    return KINDS[field.kind].show(value, field)


def lines(asker: Asker, draft: Draft, filled: Filled, *, masked: bool) -> tuple[Line, ...]:
    """What was filled, and what follows from it, in the order of the form."""
    before, after = asker.path(draft), asker.path(filled.draft)
    numbers = {str(value) for value in after.values.values() if str(value).isdigit()}
    found = []
    for stop in every_stop(asker.form, after):
        value = filled.values.get(stop.id, after.values.get(stop.id))
        follows = stop in after.shown and before.values.get(stop.id) != value
        if value is None or stop.field.hidden or not (stop.id in filled.values or follows):
            continue
        shown = asker.shown(stop, value)
        is_number = len(shown) > _SHORT and shown in numbers and stop.field.kind != "phone"
        shown = show.masked_id(shown) if masked and is_number else shown
        found.append(Line(stop.section.title, stop.number, stop.field.label, shown, stop.id))
    return tuple(found)


_SHORT = 8


def _read(said: str, question: Question) -> Reading:
    """An option may be named by its id, as it is kept."""
    if said in (option.id for option in question.field.options):
        return Ok(said)
    return KINDS[question.field.kind].read(said, question)


def _is_guessed(reading: Ok) -> bool:
    return any(
        doubt.key.startswith("kinds.name.") and doubt.key.rpartition(".")[2] in _GUESSED
        for doubt in reading.doubts
    )
