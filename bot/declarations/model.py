"""A draft: a declaration that is being filled and has not been filed."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from bot.basics.ids import (
    CitizenId,
    ConversationId,
    DossierCode,
    DraftId,
    FieldId,
    FileId,
    MessageId,
    ProcedureCode,
)
from bot.basics.say import Command, Say
from bot.procedures.model import Upload

Answers = Mapping[FieldId, Any]
"""Field id → value. None: the citizen skipped the question."""


class Status(StrEnum):
    """Where a draft is in its life."""

    FILLING = "filling"
    REVIEW = "review"
    FILED = "filed"


@dataclass(frozen=True)
class Pending:
    """A value that waits for the citizen's yes, because something about it is unusual."""

    field: FieldId
    value: Any


class Origin(StrEnum):
    """Where values come from that nobody has said yes to yet."""

    MESSAGE = "message"
    """Said in a message that answered something else, or several things."""
    CARD = "card"
    """In the QR code of an identity card."""
    KNOWN = "known"
    """Remembered from earlier dossiers."""
    FOLLOWS = "follows"
    """What follows now that another answer was corrected."""


@dataclass(frozen=True)
class Proposal:
    """Answers to several questions that wait for one yes."""

    origin: Origin
    words: Mapping[FieldId, str] = field(default_factory=dict)
    """What would be typed for each field. Empty while it is not clear whose facts they are."""
    someone: str = ""
    """Whose: an id of `people_of`; empty if of several people, or not clear yet."""
    card: Mapping[str, str] = field(default_factory=dict)
    """The facts on a card."""
    known: str = ""
    """The id of the one remembered."""


@dataclass(frozen=True)
class ReceivedFile:
    """A file the citizen sent, after it was stored and looked at."""

    file: FileId
    name: str
    size: int
    """Bytes."""
    pages: int
    problem: str = ""
    """The wording key of why it cannot be taken; empty if it can."""
    card: str = ""
    """What the QR code of an identity card says that is in the picture; empty: there is none."""
    doubt: str = ""
    """The wording key of what is to be asked about it; empty if nothing is, or it was answered."""
    mime: str = ""
    marks: tuple[str, ...] = ()
    """By what it is known again: see `declarations.marks`."""


@dataclass(frozen=True)
class Draft:
    """A declaration being filled. Which question comes next is computed, never stored."""

    id: DraftId
    citizen: CitizenId
    procedure: ProcedureCode
    form_version: str
    updated_at: datetime
    answers: Answers = field(default_factory=dict)
    asking: FieldId | None = None
    """The field of the question last put; what the next words are an answer to."""
    revisiting: FieldId | None = None
    """An answered field the citizen went back to."""
    pending: Pending | None = None
    misses: int = 0
    """Answers in a row to the same question that could not be read."""
    last_message: MessageId | None = None
    """The last message that was read, so that reading it again only repeats the question."""
    status: Status = Status.FILLING
    dossier: DossierCode | None = None
    """The dossier it became, or the one it supplements."""
    taking: tuple[ReceivedFile, ...] = ()
    """Files given to the question being asked, until the citizen says that these are all."""
    held: tuple[ReceivedFile, ...] = ()
    """Files that came before their question; offered when it is asked."""
    conversation: ConversationId | None = None
    """Where it was opened last: it goes with that conversation when channels are unlinked."""
    demanded: Mapping[FieldId, str] = field(default_factory=dict)
    """Fields an officer asked for again, with the officer's note; they cannot be skipped."""
    previews: tuple[FileId, ...] = ()
    """What was printed of it for the citizen to look at; erased with it."""
    extra: tuple[Upload, ...] = ()
    """Papers an officer asked for that the procedure does not list."""
    proposal: Proposal | None = None
    halves: Mapping[FieldId, str] = field(default_factory=dict)
    """What was typed of a place that still wants its commune; it goes before what is typed next."""
    offered: Mapping[str, str] = field(default_factory=dict)
    """Whose remembered facts were offered, and the id of who was taken; empty if nobody was."""

    def having(self, **changes: Any) -> Draft:
        """This draft with some parts changed."""
        return dataclasses.replace(self, **changes)

    def answered(self, field_id: FieldId, value: Any) -> Draft:
        """This draft with one answer given, and nothing left open about it."""
        halves = {field: half for field, half in self.halves.items() if field != field_id}
        return self.having(
            answers={**self.answers, field_id: value},
            pending=None,
            revisiting=None,
            misses=0,
            halves=halves,
        )

    @property
    def is_supplement(self) -> bool:
        """Whether it completes a dossier that was already filed."""
        return self.dossier is not None and bool(self.demanded) and self.status is not Status.FILED

    @property
    def is_amendment(self) -> bool:
        """Whether it changes a dossier that was filed, of the citizen's own accord."""
        return self.dossier is not None and not self.demanded and self.status is not Status.FILED


@dataclass(frozen=True)
class Heard:
    """One message from the citizen, as far as it was understood."""

    message: MessageId
    text: str = ""
    pressed: Command | None = None
    files: tuple[ReceivedFile, ...] = ()
    phone: str = ""
    """A number shared through the platform."""
    is_own_phone: bool = False
    intent: str = ""
    confidence: float = 0.0


class Then(StrEnum):
    """What the counter does after the loop read a message."""

    STAY = "stay"
    """Inside the declaration: the question asked is the next one."""
    ASIDE = "aside"
    """The message was not an answer: somebody else deals with it, then the question comes again."""
    PAUSE = "pause"
    """The citizen wants to stop for now."""
    REVIEW = "review"
    """Everything is answered: show it all."""
    FILE = "file"
    """The citizen said to hand it in."""


@dataclass(frozen=True)
class Outcome:
    """What one message did to one draft."""

    draft: Draft
    says: tuple[Say, ...] = ()
    then: Then = Then.STAY
    shows_all: bool = False
    """The citizen asked to see everything once more."""
