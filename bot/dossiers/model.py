"""What a dossier is: a declaration that was filed, its state, and everything that happened to it."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum, IntEnum, StrEnum
from typing import Any

from bot.basics.ids import CitizenId, ConversationId, DossierCode, FieldId, FileId, ProcedureCode
from bot.procedures.model import Channel, TimeLimit


class State(IntEnum):
    """The ten national states, with the numbers that systems exchange (LEGAL §6)."""

    SUBMITTED = 1
    ACCEPTED = 2
    REFUSED = 3
    PROCESSING = 4
    SUPPLEMENT = 5
    PAYMENT = 6
    WITHDRAWN = 7
    STOPPED = 8
    FINISHED = 9
    HANDED_OVER = 10


class Slip(Enum):
    """The papers of Thông tư 03/2025/TT-VPCP; `value` is the number of the form, 0 for our own."""

    SUBMISSION = 0
    """Not one of the seven: tells that the dossier arrived and what to expect."""
    RECEIPT = 1
    SUPPLEMENT = 2
    REFUSAL = 3
    APOLOGY = 4
    STOP = 5
    CONTROL = 6


class Role(StrEnum):
    """Who made a move."""

    CITIZEN = "citizen"
    OFFICER = "officer"


@dataclass(frozen=True)
class Actor:
    """Somebody who moves dossiers. `name` is an officer's; a citizen's is never kept here."""

    role: Role
    name: str = ""


CITIZEN = Actor(Role.CITIZEN)


@dataclass(frozen=True)
class Missing:
    """One thing a supplement request asks for: a field to answer again, or a paper to send."""

    field: FieldId
    name: str
    """What it is called on the slip."""
    note: str = ""
    is_paper: bool = False


@dataclass(frozen=True)
class Event:
    """One thing that happened. `state` is the state after it."""

    at: datetime
    by: Actor
    state: State
    note: str = ""
    """The reason, or the citizen's words: shown to the owner, never to strangers."""
    due: date | None = None
    slip: FileId | None = None


@dataclass(frozen=True)
class Attachment:
    """A file the citizen sent, and the requirement it answers."""

    file: FileId
    field: FieldId
    name: str
    size: int
    """Bytes."""
    pages: int


@dataclass(frozen=True)
class Dossier:
    """A filed declaration. Changed only by the functions of `rules`."""

    code: DossierCode
    procedure: ProcedureCode
    procedure_name: str
    form_version: str
    citizen: CitizenId
    conversation: ConversationId
    """Where it was filed from, and where every move is told."""
    office: str
    applicant: str
    subject: str
    answers: Mapping[FieldId, Any]
    time_limit: TimeLimit
    submitted_at: datetime
    received_by: Channel = Channel.ONLINE
    attachments: tuple[Attachment, ...] = ()
    state: State = State.SUBMITTED
    accepted_at: datetime | None = None
    due: date | None = None
    paused_at: datetime | None = None
    resumes_to: State | None = None
    """The state to go back to when a pause ends."""
    missing: tuple[Missing, ...] = ()
    reply_by: date | None = None
    result: FileId | None = None
    declaration: FileId | None = None
    """The declaration in print, as it was sent last; None in dossiers filed before it was kept."""
    history: tuple[Event, ...] = ()
    version: int = 1
    """Grows with each change: an officer decides on what they saw, or is told to look again."""

    def having(self, **changes: Any) -> Dossier:
        """This dossier with some parts changed."""
        return dataclasses.replace(self, **changes)

    def is_overdue(self, today: date) -> bool:
        """Whether the due date has passed while the clock runs. Never a state (LEGAL §6)."""
        running = self.state in (State.ACCEPTED, State.PROCESSING)
        return running and self.due is not None and self.due < today

    @property
    def last(self) -> Event:
        """The latest event."""
        return self.history[-1]

    @property
    def was_just_extended(self) -> bool:
        """Whether the latest event gave a new date and nothing else."""
        is_same = len(self.history) > 1 and self.history[-2].state is self.last.state
        return is_same and self.last.by.role is not Role.CITIZEN

    def with_slip(self, slip: FileId) -> Dossier:
        """This dossier with the slip that belongs to its latest event."""
        return self.having(history=(*self.history[:-1], dataclasses.replace(self.last, slip=slip)))
