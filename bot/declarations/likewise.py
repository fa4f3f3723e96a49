"""Answers that point at another one: `giống địa chỉ trên`, `như mẹ`, `cùng chỗ với ba nó`.

Only what is clear is taken: the same fact of somebody who is named, or the one value that every earlier
question of this kind has. Of several, the citizen picks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from bot.basics.ids import FieldId
from bot.basics.vietnamese.text import one_line
from bot.declarations.asking import Asker
from bot.declarations.cues import Cues
from bot.declarations.kinds import KINDS
from bot.declarations.kinds.model import Choice, Ok, Question, Unsure
from bot.declarations.model import Draft
from bot.declarations.naming import Naming
from bot.declarations.path import Stop
from bot.declarations.people import Someone, owner_of
from bot.declarations.refit import fits
from bot.declarations.whose import listening, people

_KINDS = ("address", "agency", "province", "ethnic_group", "religion", "country")
"""Kinds whose answers are often the same as another."""
_OF_NOBODY = {"address": "dia_chi"}
"""The fact that is meant where the place asked for is nobody's home: a plot `ngay nhà em`."""
_LONGEST = 60
_WORD = re.compile(r"[^\W_]+")


def likewise(cues: Cues, asker: Asker, draft: Draft, stop: Stop, text: str) -> Ok | Unsure | None:
    """The answer that the words point at; None if they point at none, or at what is not known."""
    if stop.field.kind not in _KINDS or len(text) > _LONGEST:
        return None
    typed = _without(cues, "polite", _WORD.findall(one_line(text)))
    question = asker.question(draft, stop)
    if stop.field.kind == "address" and cues.is_in("at_home", " ".join(typed)):
        return _ask_which(asker, stop, _others(asker, draft, stop, question))
    words = _pointing(cues, typed)
    if words is None:
        return None
    company = listening(asker, draft, stop)
    if cues.is_in("above", " ".join(words)) or not words:
        return _above(asker, draft, stop, question)
    one = Naming(cues, company, "").whom(words) or _filer(asker, draft, words)
    fact = stop.field.profile.rpartition(".")[2] or _OF_NOBODY.get(stop.field.kind, "")
    other = one.stops.get(fact) if one and one is not owner_of(company.people, stop) else None
    value = question.answers.get(other.id) if other else None
    return Ok(value) if value is not None and fits(value, question) else None


def _filer(asker: Asker, draft: Draft, words: list[str]) -> Someone | None:
    """The one who files, called by what they said they are: `bà nội` where a grandmother does."""
    stop = asker.path(draft).stop(FieldId(asker.form.relation))
    answer = draft.answers.get(stop.id) if stop else None
    if stop is None or answer is None:
        return None
    reading = KINDS[stop.field.kind].read(" ".join(words), asker.question(draft, stop))
    applicant = asker.path(draft).stop(FieldId(asker.form.applicant))
    return owner_of(people(asker, draft), applicant) if reading == Ok(answer) else None


def _pointing(cues: Cues, words: list[str]) -> list[str] | None:
    """What is pointed at by `giống địa chỉ với mẹ nó`; None if nothing is."""
    length = next((n for n in (3, 2, 1) if cues.is_in("like", " ".join(words[:n]))), 0)
    if not length:
        return None
    words = words[length:]
    for name in ("alike", "with", "polite_end"):
        words = _without(cues, name, words)
    while length := next(
        (n for n in (2, 1) if len(words) > n and cues.is_in("polite_end", " ".join(words[-n:]))), 0
    ):
        words = words[:-length]
    return words


def _without(cues: Cues, name: str, words: list[str]) -> list[str]:
    """The words after those of a list at the beginning."""
    while length := next((n for n in (2, 1) if cues.is_in(name, " ".join(words[:n]))), 0):
        words = words[length:]
    return words


def _above(asker: Asker, draft: Draft, stop: Stop, question: Question) -> Ok | Unsure | None:
    """The value of the earlier questions of this kind, else of the later ones, if they have one value."""
    values = _others(asker, draft, stop, question)
    return Ok(values[0]) if len(values) == 1 else _ask_which(asker, stop, values)


def _others(asker: Asker, draft: Draft, stop: Stop, question: Question) -> list[Any]:
    """The different values of the earlier questions of this kind, else of the later ones."""
    stops = asker.path(draft).stops
    here = stops.index(stop)
    return _alike(stops[:here], stop, question) or _alike(stops[here + 1 :], stop, question)


def _alike(others: Iterable[Stop], stop: Stop, question: Question) -> list[Any]:
    """The values that were given for the same kind of thing and answer this question, each once."""
    values: list[Any] = []
    for other in others:
        value = question.answers.get(other.id)
        is_alike = other.field.kind == stop.field.kind and (
            other.field.role == stop.field.role or stop.field.kind == "address"
        )
        if is_alike and value not in (None, *values):
            values += [value] if fits(value, question) else []
    return values


def _ask_which(asker: Asker, stop: Stop, values: list[Any]) -> Unsure | None:
    choices = tuple(Choice(asker.shown(stop, value), value) for value in values)
    return Unsure("declaration.which_like", choices) if choices else None
