"""Ports of what is kept of citizens and of talking with them."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from bot.basics.ids import CitizenId, ConversationId
from bot.basics.say import Command
from bot.citizens.link import LinkCode
from bot.citizens.model import Conversation
from bot.citizens.profile import Profile


class Conversations(Protocol):
    """The conversations."""

    def get(self, conversation: ConversationId) -> Conversation | None: ...
    def claim(self, conversation: ConversationId) -> Conversation | None:
        """The conversation, for whoever changes it outside its turn: no turn begins meanwhile."""
        ...

    def save(self, conversation: Conversation) -> None: ...
    def of_citizen(self, citizen: CitizenId) -> list[Conversation]:
        """The one heard from last first."""
        ...

    def heard(self, conversation: ConversationId, at: datetime) -> None:
        """Remembers that the citizen was heard from, and so can be written to."""
        ...

    def move(self, source: CitizenId, target: CitizenId) -> None:
        """Makes every conversation of `source` one of `target`."""
        ...


class Profiles(Protocol):
    """What is remembered of citizens, and whether they agreed to it."""

    def get(self, citizen: CitizenId) -> Profile | None:
        """None if the citizen was never asked."""
        ...

    def save(self, profile: Profile) -> None: ...
    def erase(self, citizen: CitizenId) -> None: ...
    def forget_unused(self, since: datetime) -> int:
        """Erases those not used since then; how many."""
        ...


class Links(Protocol):
    """Codes by which a citizen shows that another conversation is theirs too."""

    def issue(self, code: LinkCode) -> None:
        """Keeps a code; the one that its conversation had before is worth nothing any more."""
        ...

    def find(self, digest: str) -> LinkCode | None: ...
    def open(self, digest: str, conversation: ConversationId) -> bool:
        """Whether the code is this conversation's to use; the first that asks has it."""
        ...

    def spend(self, digest: str) -> bool:
        """Uses the code up; False if somebody else just did."""
        ...


class Lookups(Protocol):
    """Wrong dossier codes tried, to slow down guessing."""

    def record(self, conversation: ConversationId, at: datetime) -> None: ...
    def since(self, conversation: ConversationId, at: datetime) -> list[datetime]:
        """When wrong codes were tried since then, oldest first."""
        ...


class Buttons(Protocol):
    """What the buttons shown to citizens mean, by token."""

    def press(self, conversation: ConversationId, token: str) -> Command | None:
        """The meaning of a button shown in this conversation and still valid."""
        ...

    def link(self, command: Command) -> str:
        """A token for a deep link that means `command` in whichever conversation it is opened."""
        ...
