"""Answers given to one version of a form, carried over to another: what still fits is kept.

An answer fits when the question is still there and would take the answer again, typed as it is shown.
Whatever does not is left out, so it is simply the next thing asked.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.basics.ids import FieldId
from bot.declarations import checks
from bot.declarations.asking import Asker
from bot.declarations.kinds import KINDS
from bot.declarations.kinds.model import Ok, Question, Unsure
from bot.declarations.model import Answers, Draft
from bot.declarations.path import Stop
from bot.procedures.model import Field


@dataclass(frozen=True)
class Refitted:
    """A draft after its answers were compared with the form as it is now."""

    draft: Draft
    kept: int
    again: tuple[str, ...]
    """The labels of the questions whose answers no longer fit."""


def refit(asker: Asker, draft: Draft) -> Refitted:
    """The draft with the answers that fit. What lies off the path is judged without its neighbours."""
    kept: dict[FieldId, Any] = {}
    again: list[str] = []
    seen: set[FieldId] = set()
    while stop := _next(asker, draft, kept, seen):
        seen.add(stop.id)
        if _fits_here(asker, draft.having(answers=kept), stop, draft.answers[stop.id]):
            kept[stop.id] = draft.answers[stop.id]
        else:
            again.append(stop.field.label)
    kept |= _off_path(asker, draft, seen)
    asking = draft.asking if draft.asking in kept or draft.asking not in draft.answers else None
    pending = draft.pending if draft.pending and draft.pending.field == asking else None
    draft = draft.having(
        answers=kept, asking=asking, pending=pending, revisiting=None, proposal=None
    )
    return Refitted(draft, len(kept), tuple(dict.fromkeys(again)))


def fits(value: Any, question: Question) -> bool:
    """Whether the question would take the value again."""
    field = question.field
    if value is None:
        return not field.required
    if field.kind == "file":
        return isinstance(value, list) and all(
            isinstance(x, Mapping) and "file" in x for x in value
        )
    kind = KINDS[field.kind]
    if any(choice.value == value for choice in kind.choices(question)):
        return True
    if isinstance(value, list) and field.options:
        return set(value) <= {option.id for option in field.options}
    try:
        shown = kind.show(value, field)
    except (AttributeError, KeyError, LookupError, TypeError, ValueError):
        return False  # a value of another kind cannot even be shown
    reading = kind.read(shown, question)
    options = [c.value for c in reading.choices] if isinstance(reading, Unsure) else []
    options += [reading.value] if isinstance(reading, Ok) else []
    same = type(value) in map(type, options)
    return same and any(kind.show(option, field) == shown for option in options)


def _next(asker: Asker, draft: Draft, kept: Answers, seen: set[FieldId]) -> Stop | None:
    """The first question on the path of what was kept that has an answer not yet judged."""
    stops = asker.path(draft.having(answers=kept)).stops
    return next((s for s in stops if s.id in draft.answers and s.id not in seen), None)


def _fits_here(asker: Asker, draft: Draft, stop: Stop, value: Any) -> bool:
    if not fits(value, asker.question(draft, stop)):
        return False
    values = asker.path(draft.answered(stop.id, value)).values
    rules = asker.form.cross_checks
    broken = checks.disagreements(rules, stop.id, values, asker.today)
    return all(check.warn for check in broken)


def _off_path(asker: Asker, draft: Draft, seen: set[FieldId]) -> dict[FieldId, Any]:
    """Answers behind a question that is asked again; they count once it leads to them."""
    known: dict[str, Field] = {field.id: field for field in asker.form.fields}
    rest = {key: value for key, value in draft.answers.items() if key not in seen}
    fields = {key: known.get(re.sub(r"\[\d+\]", "", key)) for key in rest}
    return {
        key: value
        for key, value in rest.items()
        if (field := fields[key]) is not None
        and fits(value, Question(field, asker.today, asker.places, {}, asker.office))
    }
