"""What the web needs from the rest of the program."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.basics.history import Position, Said
from bot.basics.ids import ConversationId, DossierCode, FileId, ProcedureCode
from bot.basics.messages import Inbound
from bot.counter.look_up import Glimpse
from bot.notifications.ports import FileToSend


class Conversations(Protocol):
    """What was said on the web, and what is said now."""

    def receive(self, inbound: Inbound) -> bool:
        """Keeps a message and sees that its turn comes; False if it was kept before."""
        ...

    def after(self, conversation: ConversationId, position: Position) -> list[Said]:
        """Everything said in the conversation after `position`, oldest first."""
        ...

    def news(self, position: Position | None) -> tuple[Position, frozenset[ConversationId]]:
        """The web conversations with something new after `position`; None: where the end is now."""
        ...

    def file(self, conversation: ConversationId, file: FileId) -> FileToSend:
        """A file that was sent in this conversation. Raises `Undeliverable` for any other."""
        ...


class Sealer(Protocol):
    """Encrypts what is written to the disk."""

    def seal_bytes(self, content: bytes) -> bytes: ...
    def unseal_bytes(self, sealed: bytes) -> bytes: ...


class Tracking(Protocol):
    """Looks dossiers up for strangers."""

    def look_up(self, code: DossierCode, client: str) -> Glimpse | None:
        """What may be seen of the dossier; None if there is none.

        `client` tells one visitor from another. Raises `TooManyTries` with `wait` in seconds.
        """
        ...


@dataclass(frozen=True)
class BlankForm:
    """A form that can be filled in by hand."""

    code: ProcedureCode
    procedure: str
    name: str
    number: str


class BlankForms(Protocol):
    """The forms of the catalogue, to print."""

    def listed(self) -> Sequence[BlankForm]:
        """All of them, by the name of the procedure."""
        ...

    def pdf(self, code: ProcedureCode) -> FileToSend | None:
        """The form of this procedure; None if it has none."""
        ...


Webhook = Callable[[bytes, str | None], Awaitable[int]]
"""Takes a raw body and the secret sent with it; returns the HTTP status to answer."""

SignedWebhook = Callable[[bytes, Mapping[str, str]], Awaitable[int]]
"""The same, for a platform that signs: takes all headers."""

Healthy = Callable[[], bool]
"""Whether the database answers."""
