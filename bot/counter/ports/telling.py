"""Ports of what citizens are told, and of what they tell an officer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.basics.ids import ConversationId, DossierCode, FileId, MessageId
from bot.basics.messages import FilledTemplate
from bot.basics.say import Command
from bot.notifications.notice import Closed, Notice, Way


@dataclass(frozen=True)
class Spoken:
    """A message in words, ready for the outbox."""

    key: str
    text: str
    buttons: tuple[tuple[str, Command], ...] = ()
    """Title and meaning of each."""
    files: tuple[FileId, ...] = ()
    phone_button: str = ""
    """What the button is called that shares the citizen's own number; empty: none is offered."""
    place_button: str = ""
    """The same for where they are."""
    asks_file: bool = False
    """Whether a photo or a document is wanted."""


@dataclass(frozen=True)
class NoticeStep:
    """One attempt to bring a notice, as the outbox keeps it."""

    notice: int
    way: Way
    cost: int = 0
    """VND, if it is sent."""
    template: FilledTemplate | None = None


class Outbox(Protocol):
    """Messages to citizens that are committed with the change they tell of, and sent afterwards."""

    def add(
        self,
        conversation: ConversationId,
        spoken: Spoken,
        in_reply_to: MessageId | None = None,
        once: str = "",
        step: NoticeStep | None = None,
    ) -> None:
        """Queues a message. With `once`, a second message under the same name is dropped."""
        ...


class Notices(Protocol):
    """What citizens are told unasked, and what became of it."""

    def open(self, once: str, dossier: DossierCode, kind: str, words: Spoken) -> Notice | None:
        """Keeps a new notice; None if there is one under this name."""
        ...

    def get(self, number: int) -> Notice | None: ...
    def words(self, notice: Notice) -> Spoken:
        """What the citizen is told, in full."""
        ...

    def due(self) -> list[Notice]:
        """The notices about which something may be to do, oldest first."""
        ...

    def latest(self, dossier: DossierCode | None, limit: int) -> list[Notice]:
        """The newest first, of one dossier or of all."""
        ...

    def to_call(self) -> list[Notice]:
        """Those that an officer has to tell by telephone, oldest first."""
        ...

    def hold(self, notice: Notice, until: datetime) -> None:
        """It is not looked at again before then."""
        ...

    def close(self, notice: Notice, why: Closed) -> None:
        """Nothing more is sent for it."""
        ...

    def give_up(self, notice: Notice) -> bool:
        """Ends the attempt that is still to be sent; False if it is being sent just now."""
        ...


@dataclass(frozen=True)
class Letter:
    """What a citizen wrote for an officer to answer."""

    id: MessageId
    conversation: ConversationId
    at: datetime
    text: str
    """Empty if only files came, or if a button asked for the officer."""
    phone: str = ""
    files: tuple[FileId, ...] = ()


@dataclass(frozen=True)
class LostWords:
    """What an officer wrote and the citizen may never have got."""

    conversation: ConversationId
    at: datetime
    text: str
    may_have_arrived: bool


class Letters(Protocol):
    """What waits for an officer's answer, and answers that did not arrive."""

    def lost(self, key: str, since: datetime) -> list[LostWords]:
        """Messages under this wording key that failed since then, or are not sure, oldest first."""
        ...

    def keep(self, message: MessageId, conversation: ConversationId) -> None:
        """The message waits for an officer; twice is once."""
        ...

    def waiting(self) -> list[Letter]:
        """What no officer answered yet, oldest first."""
        ...

    def get(self, message: MessageId) -> Letter | None: ...
    def answered(self, conversation: ConversationId) -> None:
        """An officer answered everything written in this conversation so far."""
        ...


@dataclass(frozen=True)
class FeedbackEntry:
    """One thing a citizen told the office."""

    at: datetime
    kind: str
    dossier: DossierCode | None
    words: str


class Feedback(Protocol):
    """Ratings, complaints and requests to be called, for officers to read."""

    def add(
        self, conversation: ConversationId, kind: str, words: str, dossier: DossierCode | None
    ) -> None: ...
    def latest(self, limit: int = 100) -> Sequence[FeedbackEntry]:
        """The newest entries first."""
        ...


class Misunderstood(Protocol):
    """Messages that were not understood, for a person to review."""

    def add(self, reason: str, facts: Mapping[str, object]) -> None:
        """Keeps one message, already masked."""
        ...
