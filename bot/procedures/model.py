"""What an administrative procedure is: facts with their sources, and the form it asks for.

These classes are also the schema of the catalogue files: `read.py` builds them from YAML and reports
every unknown or missing key. `docs/add-a-procedure.md` explains each key to authors.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from bot.basics.ids import FieldId, ProcedureCode


class Confidence(StrEnum):
    """How sure a fact is. Below HIGH, a citizen is told that the receiving officer decides."""

    HIGH = "HIGH"
    MED = "MED"
    LOW = "LOW"


class Level(StrEnum):
    """How much of a procedure can be done online, in the two levels in use since 15/08/2022."""

    FULL = "toan_trinh"
    PARTIAL = "mot_phan"
    OFFLINE = "khong_truc_tuyen"


class Channel(StrEnum):
    """A way of handing in a dossier."""

    ONLINE = "truc_tuyen"
    IN_PERSON = "truc_tiep"
    POST = "buu_chinh"


class Tier(StrEnum):
    """The level of government that decides. There is no district since 01/07/2025."""

    COMMUNE = "xa"
    PROVINCE = "tinh"
    MINISTRY = "bo"
    OTHER = "khac"


class TimeUnit(StrEnum):
    """How a time limit counts (LEGAL §8)."""

    SAME_DAY = "trong_ngay"
    WORKING_DAY = "ngay_lam_viec"
    DAY = "ngay"
    WORKING_HOUR = "gio_lam_viec"
    MONTH = "thang"


class RequirementKind(StrEnum):
    """What is done with a paper the law asks for."""

    SUBMIT = "nop"
    SHOW = "xuat_trinh"
    E_FORM = "e_form"
    LOOKED_UP = "khai_thac"
    ON_SITE = "tai_cho"


class FileKind(StrEnum):
    """What kind of file a paper may come as."""

    PHOTO = "anh"
    PDF = "pdf"


_STRICT = {"extra": "forbid"}
"""Read by pydantic: an unknown key in a file is a mistake, not an extra."""


@dataclass(frozen=True)
class Source:
    """Where a fact comes from, as of when, and how sure it is."""

    __pydantic_config__ = _STRICT

    ref: str
    """A key of `catalogue/sources.yml`."""
    as_of: str
    """`2026-07` or `2026-07-20`."""
    confidence: Confidence
    note: str = ""


@dataclass(frozen=True)
class TimeLimit:
    """How long the authority may take. `value` is None when nobody has fixed it."""

    __pydantic_config__ = _STRICT

    value: int | None
    unit: TimeUnit
    source: Source
    text: str = ""
    """What the number alone does not say: extensions, verification, the 15:00 rule."""


@dataclass(frozen=True)
class Fee:
    """What it costs, in đồng. `amount` is None when the province decides or nobody has verified it."""

    __pydantic_config__ = _STRICT

    amount: int | None
    source: Source
    unit: str = ""
    """`bản`, `trang`, `lần`; empty: the dossier."""
    text: str = ""


@dataclass(frozen=True)
class Way:
    """One channel of handing in, with its own time limit and fee where they differ."""

    __pydantic_config__ = _STRICT

    channel: Channel
    source: Source
    time: TimeLimit | None = None
    fee: Fee | None = None
    text: str = ""


@dataclass(frozen=True)
class Upload:
    """The question that asks a citizen to send a paper as a file."""

    __pydantic_config__ = _STRICT

    id: FieldId
    ask: str
    name: str = ""
    """What the paper is called in lists and on slips; empty: the requirement's own name."""
    required: bool = False
    when: Mapping[str, Any] = field(default_factory=dict)
    help: str = ""
    kinds: tuple[FileKind, ...] = (FileKind.PHOTO, FileKind.PDF)
    max_files: int = 10
    max_pages: int = 50
    max_mb: int | None = None
    """The largest of its files, where it is less than what this installation takes."""


@dataclass(frozen=True)
class Requirement:
    """A paper the law asks for."""

    __pydantic_config__ = _STRICT

    name: str
    kind: RequirementKind
    source: Source
    originals: int = 0
    copies: int = 0
    condition: str = ""
    """When it is needed; empty: always."""
    upload: Upload | None = None


@dataclass(frozen=True)
class FormReference:
    """A form of the procedure; `form` names a file in `catalogue/forms` when it can be filled here."""

    __pydantic_config__ = _STRICT

    name: str
    source: Source
    number: str = ""
    form: str = ""


@dataclass(frozen=True)
class Text:
    """A statement with its source."""

    __pydantic_config__ = _STRICT

    text: str
    source: Source


@dataclass(frozen=True)
class Steps:
    """The course of the procedure, in order."""

    __pydantic_config__ = _STRICT

    steps: tuple[str, ...]
    source: Source


@dataclass(frozen=True)
class Authority:
    """Three different facts: who decides, who receives, who merely helps."""

    __pydantic_config__ = _STRICT

    decides: str
    receives: str
    source: Source
    helps: str = ""


@dataclass(frozen=True)
class OnlineLevel:
    """The level now, and the old level 1–4 for those who ask in the old words."""

    __pydantic_config__ = _STRICT

    now: Level
    old: int
    source: Source


@dataclass(frozen=True)
class Result:
    """What the citizen gets."""

    __pydantic_config__ = _STRICT

    name: str
    code: str = ""


@dataclass(frozen=True)
class Option:
    """One choice of a field. `id` is stored, `label` is shown and printed."""

    __pydantic_config__ = _STRICT

    id: str
    label: str
    also: tuple[str, ...] = ()
    """Other ways people say it."""


@dataclass(frozen=True)
class Derivation:
    """How a value follows from other answers; `rule` is a name in `declarations/derive.py`."""

    __pydantic_config__ = _STRICT

    rule: str
    of: tuple[FieldId, ...]
    given: Mapping[str, Any] = field(default_factory=dict)
    """Further parameters of the rule."""


@dataclass(frozen=True)
class Field:
    """One thing the declaration asks."""

    __pydantic_config__ = _STRICT

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

    __pydantic_config__ = _STRICT

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

    __pydantic_config__ = _STRICT

    id: str
    title: str
    fields: tuple[Field, ...]
    when: Mapping[str, Any] = field(default_factory=dict)
    repeat: Repeat | None = None


@dataclass(frozen=True)
class RelationBy:
    """What somebody is to the one who files, where that depends on an answer."""

    __pydantic_config__ = _STRICT

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

    __pydantic_config__ = _STRICT

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

    __pydantic_config__ = _STRICT

    rule: str
    fields: tuple[FieldId, ...]
    message: str
    warn: bool = False
    """Accepted after the citizen confirms, instead of refused."""
    given: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Form:
    """A declaration, section by section, with an example that tests walk to the end."""

    __pydantic_config__ = _STRICT

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


@dataclass(frozen=True)
class Procedure:
    """An administrative procedure, as the citizen needs to know it."""

    __pydantic_config__ = _STRICT

    code: ProcedureCode
    name: str
    """What people call it; `official_name` is the title in the national catalogue."""
    official_name: str
    sector: str
    tiers: tuple[Tier, ...]
    source: Source
    aliases: tuple[str, ...] = ()
    authority: Authority | None = None
    applicants: Text | None = None
    ways: tuple[Way, ...] = ()
    time_limit: TimeLimit | None = None
    fee: Fee | None = None
    requirements: tuple[Requirement, ...] = ()
    forms: tuple[FormReference, ...] = ()
    course: Steps | None = None
    conditions: Text | None = None
    results: tuple[Result, ...] = ()
    legal_basis: tuple[str, ...] = ()
    decision: str = ""
    """The decision that published it, e.g. 163/QĐ-BTP (2026)."""
    online_level: OnlineLevel | None = None
    related: tuple[ProcedureCode, ...] = ()
    warnings: tuple[str, ...] = ()
    form: Form | None = None
    """The declaration that can be filled and filed here; None: information only."""

    @property
    def uploads(self) -> tuple[Upload, ...]:
        """The papers a citizen is asked to send as files."""
        return tuple(
            dataclasses.replace(paper.upload, name=paper.upload.name or paper.name)
            for paper in self.requirements
            if paper.upload
        )

    @property
    def can_be_filed(self) -> bool:
        """Whether a dossier can be filed by talking."""
        return self.form is not None
