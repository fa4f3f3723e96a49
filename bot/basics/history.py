"""What was said in a conversation, both ways and in order, for a door that shows its past."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from bot.basics.ids import FileId
from bot.basics.messages import Kind, ShownButton


class Position(NamedTuple):
    """How far a conversation was read: the last number seen in the inbox and in the outbox."""

    heard: int = 0
    said: int = 0


@dataclass(frozen=True)
class SaidFile:
    """A file that was sent. Without an `id` it is not here: on its way, or refused."""

    id: FileId | None
    name: str
    size: int
    """Bytes."""
    mime: str = ""


@dataclass(frozen=True)
class Said:
    """One message of a conversation, the citizen's or ours."""

    position: Position
    """Reading on from here gives what came after it."""
    at: datetime
    by_citizen: bool
    kind: Kind = Kind.TEXT
    text: str = ""
    token: str = ""
    """The button that the citizen pressed."""
    key: str = ""
    """The citizen's message: its key. Ours: the key of the message it answers, or empty."""
    waits: bool = False
    """The citizen's message has not been dealt with yet."""
    buttons: tuple[ShownButton, ...] = ()
    files: tuple[SaidFile, ...] = ()
    asks_place: bool = False
    """Whether it asks where the citizen is."""
    asks_file: bool = False
    """Whether it asks for a photo or a document."""
