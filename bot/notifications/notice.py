"""A notice: what a citizen is told, unasked, about a dossier; every attempt to tell it, and its fate."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.basics.ids import ConversationId, DossierCode
from bot.notifications.delivery import Fate


class Way(StrEnum):
    """How a citizen is told."""

    PAGE = "page"
    """Left in the chat of the browser, where it is read when the citizen comes back."""
    CHAT = "chat"
    ACCOUNT = "account"
    """A template that Zalo approved, to an account that may not be written to freely any more."""
    PHONE = "phone"
    """Such a template, to a telephone number."""


class Closed(StrEnum):
    """Why nothing more is sent for a notice."""

    SENT = "sent"
    LEFT = "left"
    """It stands on the page, and there was no way to bring it."""
    CALL = "call"
    """No way is left: an officer has to call the citizen."""
    CALLED = "called"


class NoticeFate(StrEnum):
    """Where a notice stands, for whoever looks."""

    HELD = "held"
    """Waits for the morning."""
    UNDER_WAY = "under_way"
    UNKNOWN = "unknown"
    """It may have arrived: never sent again; officers call if no receipt comes."""
    SENT = "sent"
    LEFT = "left"
    CALL = "call"
    CALLED = "called"


@dataclass(frozen=True)
class Step:
    """One way to tell one notice."""

    way: Way
    conversation: ConversationId | None
    """None for a telephone number."""
    cost: int = 0
    """VND, if it is sent."""


@dataclass(frozen=True)
class Attempt:
    """A step that was taken, and what became of it."""

    step: Step
    fate: Fate
    at: datetime
    error: str = ""

    @property
    def may_have_arrived(self) -> bool:
        """Whether it has to be paid for and must not be repeated."""
        return self.fate in (Fate.SENT, Fate.UNKNOWN)


@dataclass(frozen=True)
class Notice:
    """One notice with its attempts, first one first."""

    id: int
    dossier: DossierCode
    kind: str
    """`accepted`, `supplement` …: what happened to the dossier."""
    created_at: datetime
    not_before: datetime
    closed: Closed | None = None
    attempts: tuple[Attempt, ...] = ()

    @property
    def pushed(self) -> tuple[Attempt, ...]:
        """The attempts to bring it, without what was left on a page."""
        return tuple(a for a in self.attempts if a.step.way is not Way.PAGE)

    @property
    def cost(self) -> int:
        """VND spent on it."""
        return sum(a.step.cost for a in self.attempts if a.may_have_arrived)

    @property
    def fate(self) -> NoticeFate:
        """Where it stands."""
        if self.closed:
            return NoticeFate(self.closed)
        if not self.pushed:
            return NoticeFate.HELD
        is_unknown = self.pushed[-1].fate is Fate.UNKNOWN
        return NoticeFate.UNKNOWN if is_unknown else NoticeFate.UNDER_WAY
