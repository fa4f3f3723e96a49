"""Whom of a family a declaration tells of, and what: the facts worth remembering, in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bot.declarations.asking import Asker
from bot.declarations.derive import years_old
from bot.declarations.filling import words_for
from bot.declarations.model import Answers
from bot.declarations.people import Facts, people_of

_ADULT = 18
"""Years. Who files for themselves is of age; a form's first person may be a child for whom it is filed."""


def told(asker: Asker, answers: Answers, day: date) -> Iterator[tuple[str, Facts]]:
    """Relation and facts of everybody who is something to the one who files, as of `day`."""
    found = asker.path_of(answers)
    for one in people_of(asker.form, found).values():
        facts = {
            fact: said
            for fact, stop in one.stops.items()
            if (said := words_for(stop.field, found.values.get(stop.id)))
        }
        relation = one.relation(found.values)
        if relation and facts:
            yield ("child" if relation == "self" and _is_minor(facts, day) else relation), facts


def _is_minor(facts: Facts, day: date) -> bool:
    born = "-".join(reversed(facts.get("ngay_sinh", "").split("/")))
    return bool(born) and years_old(born, day) < _ADULT
