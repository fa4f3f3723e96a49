"""The path through a form: which questions apply, given the answers so far.

Position is never stored. Every question is visited in order and those whose condition holds make up the
path; answers that fell off it stay in the draft and are ignored. Going back, editing and resuming need
nothing else.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.basics.ids import FieldId
from bot.declarations import derive
from bot.declarations.kinds import KINDS
from bot.declarations.model import Answers
from bot.procedures.model import Derivation, Field, Form, Section, Upload

PAPERS = "giay_to"
"""The section of papers to send; a form may hold an empty one to say where it comes."""


@dataclass(frozen=True)
class Stop:
    """One question on the path."""

    field: Field
    """With its real id: `thanh_vien[2].ho_ten` inside a repeated section."""
    section: Section
    number: int = 0
    """Which repetition, from 1; 0 outside repeated sections."""
    is_gate: bool = False
    """Asks whether there is one more to fill in."""

    @property
    def id(self) -> FieldId:
        """The id under which its answer is kept."""
        return self.field.id


@dataclass(frozen=True)
class Path:
    """The questions that apply, in order, and every value in force, derived ones included."""

    stops: tuple[Stop, ...]
    values: Answers
    follows: Answers
    """What derivations give, also where something else was answered."""

    def stop(self, field_id: FieldId | None) -> Stop | None:
        """The question with this id, if it is on the path."""
        return next((stop for stop in self.stops if stop.id == field_id), None)

    def first_open(self, answers: Answers) -> Stop | None:
        """The first question nobody has answered; None when all are."""
        return next(
            (stop for stop in self.stops if stop.id not in answers and stop.id not in self.values),
            None,
        )

    def before(self, field_id: FieldId | None) -> Stop | None:
        """The question asked before this one; before the end, the last one. Derived ones are passed."""
        asked = [stop for stop in self.stops if stop.field.derive is None]
        ids = [stop.id for stop in asked]
        index = ids.index(field_id) if field_id in ids else len(asked)
        return asked[index - 1] if index > 0 else None

    @property
    def shown(self) -> tuple[Stop, ...]:
        """The questions whose answers a citizen sees: no gates, nothing hidden."""
        return tuple(stop for stop in self.stops if not stop.is_gate and not stop.field.hidden)


def path(form: Form, uploads: tuple[Upload, ...], answers: Answers, today: date) -> Path:
    """The path of `form`, then of the papers to send, for these answers."""
    values: dict[FieldId, Any] = {}
    fields: dict[FieldId, Field] = {}
    follows: dict[FieldId, Any] = {}
    stops: list[Stop] = []
    for section in _with_papers(form.sections, uploads):
        if not holds(section.when, values):
            continue
        for stop in _stops(section, answers):
            if not holds(stop.field.when, values):
                continue
            fields[stop.id] = stop.field
            value = answers.get(stop.id)
            if stop.field.derive:
                follows[stop.id] = _derived(stop.field.derive, values, fields, today)
                value = value if stop.id in answers else follows[stop.id]
            if value is not None:
                values[stop.id] = value
            if stop.id in answers or value is not None or not _cannot_be_asked(stop.field):
                stops.append(stop)
    return Path(tuple(stops), values, follows)


def holds(when: Mapping[str, Any], values: Answers) -> bool:
    """Whether every field named has the value, or one of the values, it should have.

    Of several choices made in one field it is enough that one is wanted.
    """
    for field_id, wanted in when.items():
        value = values.get(FieldId(field_id))
        chosen = value if isinstance(value, list) else [value]
        allowed = wanted if isinstance(wanted, list | tuple) else [wanted]
        if not any(one in allowed for one in chosen):
            return False
    return True


def _derived(
    derivation: Derivation, values: Answers, fields: Mapping[FieldId, Field], today: date
) -> Any:
    """The value that follows from the answers; None while one it needs is missing."""
    inputs = [values.get(name) for name in derivation.of]
    if any(value is None for value in inputs):
        return None
    shown = [
        KINDS[fields[name].kind].show(value, fields[name])
        for name, value in zip(derivation.of, inputs, strict=True)
    ]
    return derive.RULES[derivation.rule](derive.Inputs(inputs, shown, derivation.given, today))


def _cannot_be_asked(field: Field) -> bool:
    """Derived fields that nobody wrote a question for wait until they can be derived."""
    return field.derive is not None and not field.ask


def _with_papers(sections: tuple[Section, ...], uploads: tuple[Upload, ...]) -> tuple[Section, ...]:
    """`sections` with the papers to send where the form has its empty section for them, else last."""
    if not uploads:
        return tuple(section for section in sections if section.id != PAPERS)
    papers = _papers(uploads)
    if any(section.id == PAPERS for section in sections):
        return tuple(papers if section.id == PAPERS else section for section in sections)
    return (*sections, papers)


def _papers(uploads: tuple[Upload, ...]) -> Section:
    fields = tuple(
        Field(
            id=upload.id,
            kind="file",
            label=upload.name,
            ask=upload.ask,
            help=upload.help,
            required=upload.required,
            when=upload.when,
            maximum=upload.max_files,
            paper=upload,
        )
        for upload in uploads
    )
    return Section(id=PAPERS, title="", fields=fields)


def _stops(section: Section, answers: Answers) -> Iterator[Stop]:
    if section.repeat is None:
        yield from (Stop(field, section) for field in section.fields)
        return
    for number in range(1, section.repeat.maximum + 1):
        gate = _gate(section, number)
        if number > section.repeat.minimum:
            yield Stop(gate, section, number, is_gate=True)
            if answers.get(gate.id) is not True:
                return
        for field in section.fields:
            yield Stop(_numbered(field, section.id, number), section, number)


def _gate(section: Section, number: int) -> Field:
    assert section.repeat is not None
    return Field(
        id=FieldId(f"{section.id}[{number}]"),
        kind="yes_no",
        label=section.title,
        ask=section.repeat.first if number == 1 else section.repeat.more,
        help=section.repeat.help,
    )


def _numbered(field: Field, section_id: str, number: int) -> Field:
    """`field` of a repeated section, with every mention of its own section numbered."""

    def numbered(name: str) -> FieldId:
        return FieldId(re.sub(rf"^{re.escape(section_id)}\.", f"{section_id}[{number}].", name))

    derivation = field.derive
    if derivation is not None:
        derivation = dataclasses.replace(derivation, of=tuple(map(numbered, derivation.of)))
    return dataclasses.replace(
        field,
        id=numbered(field.id),
        when={numbered(name): value for name, value in field.when.items()},
        derive=derivation,
        profile=numbered(field.profile),
    )
