"""A declaration filled with its own example: what authors try, tests walk and samples print."""

from __future__ import annotations

from dataclasses import dataclass

from bot.basics.ids import FieldId
from bot.declarations import checks
from bot.declarations.asking import Asker
from bot.declarations.kinds import KINDS
from bot.declarations.kinds.model import Ok, Unsure
from bot.declarations.model import Draft
from bot.declarations.path import Stop

_MOST = 500
"""Questions after which a form is taken to have no end."""


@dataclass(frozen=True)
class Rehearsal:
    """The draft at the end, which example answers were used, and what did not go well."""

    draft: Draft
    used: frozenset[FieldId]
    problems: tuple[tuple[FieldId, str], ...]
    """Field, and what is wrong with its example."""


def rehearse(asker: Asker, draft: Draft) -> Rehearsal:
    """Answers every question with the form's example; what the example leaves out is skipped."""
    used: set[FieldId] = set()
    problems: list[tuple[FieldId, str]] = []
    for _ in range(_MOST):
        stop = asker.path(draft).first_open(draft.answers)
        if stop is None:
            return Rehearsal(draft, frozenset(used), tuple(problems))
        text = asker.form.example.get(stop.id)
        value = None
        if text is not None:
            used.add(stop.id)
            value, problem = _read(asker, draft, stop, str(text))
            problems += [(stop.id, problem)] if problem else []
        elif stop.is_gate or (stop.field.required and stop.field.kind != "file"):
            problems.append((stop.id, "the example does not answer it"))
            value = False if stop.is_gate else None
        draft = draft.answered(stop.id, value)
    raise AssertionError(f"{asker.form.id} has no end")


def _read(asker: Asker, draft: Draft, stop: Stop, text: str) -> tuple[object, str]:
    """The value of an example answer, and what is wrong with it."""
    reading = KINDS[stop.field.kind].read(text, asker.question(draft, stop))
    if isinstance(reading, Unsure) and reading.choices:
        return reading.choices[0].value, ""
    if not isinstance(reading, Ok):
        return None, f"the example “{text}” is no answer of the kind {stop.field.kind}"
    values = asker.path(draft.answered(stop.id, reading.value)).values
    broken = checks.disagreements(asker.form.cross_checks, stop.id, values, asker.today)
    return reading.value, f"the example breaks a check: {broken[0].message}" if broken else ""
