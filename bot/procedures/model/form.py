"""A declaration that can be filled by talking: its sections, fields, people and checks."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.basics.ids import FieldId
from bot.procedures.model.facts import Source, Upload
from bot.procedures.model.terms import STRICT, Confidence


@dataclass(frozen=True)
class Option:
    """One choice of a field. `id` is stored, `label` is shown and printed."""

    __pydantic_config__ = STRICT

    id: str
    label: str
    also: tuple[str, ...] = ()
    """Other ways people say it."""
    told: tuple[str, ...] = ()
    """Words that say it in whatever message begins the declaration: `bị mất`."""


@dataclass(frozen=True)
class Derivation:
    """How a value follows from other answers; `rule` is a name in `declarations/derive.py`."""

    __pydantic_config__ = STRICT

    rule: str
    of: tuple[FieldId, ...]
    given: Mapping[str, Any] = field(default_factory=dict)
    """Further parameters of the rule."""


@dataclass(frozen=True)
class Field:
    """One thing the declaration asks."""

    __pydantic_config__ = STRICT

    id: FieldId
    kind: str
    """A name in `declarations/kinds`."""
    label: str
    """As on the official form; in the summary and in print."""
    ask: str = ""
    """The question, in words a grandmother understands."""
    help: str = ""
    example: str = ""
    required: bool = True
    when: Mapping[str, Any] = field(default_factory=dict)
    """Asked only if each named field has the value, or one of the values, given."""
    options: tuple[Option, ...] = ()
    role: str = ""
    """What the value is for, where its kind cares: `child_birth`, `past_event` …"""
    minimum: int | None = None
    maximum: int | None = None
    derive: Derivation | None = None
    hidden: bool = False
    """Derived for conditions only: neither shown nor printed."""
    profile: str = ""
    """Whose fact it is, and which: `me.ho_ten`; without a name, of the form's first person."""
    portal_key: str = ""
    """The name of this field in the national portal's own e-form."""
    confidence: Confidence = Confidence.HIGH
    paper: Upload | None = None
    """For `file`: the paper asked for. Never written in a form; a procedure's `upload:` becomes it."""


@dataclass(frozen=True)
class Repeat:
    """A section that is filled several times: children, members of a household."""

    __pydantic_config__ = STRICT

    first: str
    """Asked before the first: is there any?"""
    more: str
    """Asked after each: is there another?"""
    noun: str
    help: str = ""
    """Who or what counts, for whoever asks what is meant."""
    also: tuple[str, ...] = ()
    """Other words people call one of them by: `người`, `cháu`."""
    minimum: int = 0
    maximum: int = 20


@dataclass(frozen=True)
class Section:
    """Fields that belong together. Inside a repeated one, ids begin with the section's id."""

    __pydantic_config__ = STRICT

    id: str
    title: str
    fields: tuple[Field, ...]
    when: Mapping[str, Any] = field(default_factory=dict)
    repeat: Repeat | None = None


@dataclass(frozen=True)
class RelationBy:
    """What somebody is to the one who files, where that depends on an answer."""

    __pydantic_config__ = STRICT

    of: FieldId
    given: Mapping[str, str]
    """Answer → relation; any other answer: nothing is known."""


@dataclass(frozen=True)
class Person:
    """Somebody a form asks about. What is remembered of people is kept by their relation.

    Relations: `self`, `partner` (also the other parent of one's child), `child`, `father`, `mother`;
    and two that are not people but are remembered alike: `family`, what one's children share, and
    `marriage`, one's marriage certificate.
    """

    __pydantic_config__ = STRICT

    who: str
    words: tuple[str, ...] = ()
    """What messages call them: `mẹ bé`, `vợ tôi`."""
    gender: str = ""
    """`nam` or `nu`, where it can only be one."""
    relation: str | RelationBy = ""
    """To the one who files; empty: nothing about them is remembered."""
    offer: tuple[str, ...] | None = None
    """The relations whose facts are offered here; None: those of their own relation."""


@dataclass(frozen=True)
class CrossCheck:
    """A rule over several answers; `rule` is a name in `declarations/checks.py`."""

    __pydantic_config__ = STRICT

    rule: str
    fields: tuple[FieldId, ...]
    message: str
    warn: bool = False
    """Accepted after the citizen confirms, instead of refused."""
    given: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Form:
    """A declaration, section by section, with an example that tests walk to the end."""

    __pydantic_config__ = STRICT

    id: str
    name: str
    source: Source
    sections: tuple[Section, ...]
    number: str = ""
    cross_checks: tuple[CrossCheck, ...] = ()
    example: Mapping[str, Any] = field(default_factory=dict)
    """Field id → what a citizen would type."""
    subject: str = ""
    """The id of the field with the name of the person the dossier is about."""
    applicant: str = ""
    """The id of the field with the name of the person who files."""
    representative: str = ""
    """The id of the field with the name of whoever files and signs instead, where it is asked: for a child."""
    relation: str = ""
    """The id of the field that says what who files is to whom it is about; empty: nobody else files."""
    people: Mapping[str, Person] = field(default_factory=dict)
    """By the name that stands before the dot in `profile` keys, the one meant without a name first."""
    print: str = ""
    """The typst template in `documents/templates/forms`; empty: the general one."""

    @property
    def fields(self) -> tuple[Field, ...]:
        """All fields in order, those of repeated sections once."""
        return tuple(item for section in self.sections for item in section.fields)

    def filer(self, answered: Container[str]) -> FieldId:
        """The field with the name of the person who files, given the fields that have an answer."""
        return FieldId(self.representative if self.representative in answered else self.applicant)
