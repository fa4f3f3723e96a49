"""What every kind of field can do: read an answer, offer choices, show a value."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from bot.basics.ids import FieldId
from bot.procedures.model import Field
from bot.procedures.places import Places

Value = Any
"""What is stored for an answer, JSON only: `str`, `int`, `float`, `bool`, or a mapping of these."""


@dataclass(frozen=True)
class Doubt:
    """Something unusual about a value: accepted after the citizen confirms."""

    key: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Choice:
    """One thing the citizen may pick: what it is called, and the value it stands for."""

    label: str
    value: Value


@dataclass(frozen=True)
class Ok:
    """The answer was understood."""

    value: Value
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True)
class Wrong:
    """The answer cannot be accepted; `key` is the wording of the reason."""

    key: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Unsure:
    """It could mean several things, or needs another word: ask, never guess."""

    key: str
    choices: tuple[Choice, ...] = ()
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class NotKnown:
    """The citizen says they do not know."""


Reading = Ok | Wrong | Unsure | NotKnown


@dataclass(frozen=True)
class Question:
    """What is being asked, and what a kind may need to judge the answer."""

    field: Field
    today: date
    places: Places
    answers: Mapping[FieldId, Value] = dataclasses.field(default_factory=dict)
    """Every answer on the path so far, derived ones included."""
    office: str = ""
    """The office that runs this installation, as a citizen would write it."""


class Kind(Protocol):
    """One kind of field. Implementations are stateless."""

    is_open: bool
    """Any words would do as an answer (a name, an address), so a question is looked for first."""

    def read(self, text: str, question: Question) -> Reading:
        """What `text` means as an answer to `question`. Never raises, whatever the text."""

    def choices(self, question: Question) -> tuple[Choice, ...]:
        """What to offer as buttons, likeliest first; empty when there is nothing to offer."""

    def show(self, value: Value, field: Field) -> str:
        """`value` as it is printed on the form and read back to the citizen."""
