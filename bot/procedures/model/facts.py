"""What the law and the authorities say about a procedure, each fact with its source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.basics.ids import FieldId
from bot.procedures.model.terms import (
    STRICT,
    Channel,
    Confidence,
    FileKind,
    Level,
    RequirementKind,
    TimeUnit,
)


@dataclass(frozen=True)
class Source:
    """Where a fact comes from, as of when, and how sure it is."""

    __pydantic_config__ = STRICT

    ref: str
    """A key of `catalogue/sources.yml`."""
    as_of: str
    """`2026-07` or `2026-07-20`."""
    confidence: Confidence
    note: str = ""


@dataclass(frozen=True)
class TimeLimit:
    """How long the authority may take. `value` is None when nobody has fixed it."""

    __pydantic_config__ = STRICT

    value: int | None
    unit: TimeUnit
    source: Source
    text: str = ""
    """What the number alone does not say: extensions, verification, the 15:00 rule."""


@dataclass(frozen=True)
class Fee:
    """What it costs, in đồng. `amount` is None when the province decides or nobody has verified it."""

    __pydantic_config__ = STRICT

    amount: int | None
    source: Source
    unit: str = ""
    """`bản`, `trang`, `lần`; empty: the dossier."""
    text: str = ""


@dataclass(frozen=True)
class Way:
    """One channel of handing in, with its own time limit and fee where they differ."""

    __pydantic_config__ = STRICT

    channel: Channel
    source: Source
    time: TimeLimit | None = None
    fee: Fee | None = None
    text: str = ""


@dataclass(frozen=True)
class Upload:
    """The question that asks a citizen to send a paper as a file."""

    __pydantic_config__ = STRICT

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

    __pydantic_config__ = STRICT

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

    __pydantic_config__ = STRICT

    name: str
    source: Source
    number: str = ""
    form: str = ""


@dataclass(frozen=True)
class Text:
    """A statement with its source."""

    __pydantic_config__ = STRICT

    text: str
    source: Source


@dataclass(frozen=True)
class Steps:
    """The course of the procedure, in order."""

    __pydantic_config__ = STRICT

    steps: tuple[str, ...]
    source: Source


@dataclass(frozen=True)
class Authority:
    """Three different facts: who decides, who receives, who merely helps."""

    __pydantic_config__ = STRICT

    decides: str
    receives: str
    source: Source
    helps: str = ""


@dataclass(frozen=True)
class OnlineLevel:
    """The level now, and the old level 1–4 for those who ask in the old words."""

    __pydantic_config__ = STRICT

    now: Level
    old: int
    source: Source


@dataclass(frozen=True)
class Result:
    """What the citizen gets."""

    __pydantic_config__ = STRICT

    name: str
    code: str = ""
