"""The way out of each door, and where the files that go out are kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from bot.basics.ids import FileId
from bot.basics.messages import Outgoing


@dataclass(frozen=True)
class FileToSend:
    """A file ready to go out."""

    name: str
    mime: str
    content: bytes


class OutgoingFiles(Protocol):
    """Gives a door the files of its messages."""

    def fetch(self, file: FileId) -> FileToSend:
        """The file. Raises `Undeliverable` if it is gone."""
        ...


class Sender(Protocol):
    """One door."""

    channel: str

    async def send(self, message: Outgoing) -> str:
        """Sends one message; returns the platform's id for it, empty if it gives none.

        Raises `TryLater` (certainly not sent), `Undeliverable` (never will be) or `Uncertain`
        (may have been sent).
        """
        ...
