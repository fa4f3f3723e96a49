"""What comes in through any door and what goes out, in one shape for all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.basics.ids import ConversationId, FileId


class Kind(StrEnum):
    """What a citizen's message is."""

    TEXT = "text"
    CLICK = "click"
    """A button: `token` is ours, made when the button was shown."""
    FILE = "file"
    LOCATION = "location"
    CONTACT = "contact"
    START = "start"
    """The conversation was opened; `text` is a deep link's payload or empty."""
    UNSUPPORTED = "unsupported"
    """Something this door can name but not take: a sticker, a voice message. `text` names it."""


@dataclass(frozen=True)
class RemoteFile:
    """A file as the platform announces it; everything here is the sender's word."""

    ref: str
    """What the door needs to fetch it: a file id, a URL, a path."""
    name: str = ""
    mime: str = ""
    size: int | None = None


@dataclass(frozen=True)
class Inbound:
    """One message from a citizen."""

    conversation: ConversationId
    key: str
    """Unique within the channel: the same message delivered twice has the same key."""
    kind: Kind
    at: datetime
    text: str = ""
    token: str = ""
    files: tuple[RemoteFile, ...] = ()
    latitude: float | None = None
    longitude: float | None = None
    phone: str = ""
    own_phone: bool = False
    """The platform vouches that the shared number is the sender's own."""
    locale: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class ShownButton:
    """A button ready to be shown."""

    title: str
    token: str


@dataclass(frozen=True)
class FilledTemplate:
    """A message in words that the platform has approved, sent where free words may not be."""

    id: str
    """The platform's number of the template."""
    data: Mapping[str, str]
    """Hole → what fills it."""
    phone: str = ""
    """The number it is sent to, `0912345678`; empty: to the account of the conversation."""


@dataclass(frozen=True)
class Outgoing:
    """One message to a citizen, in words."""

    id: int
    """The number of its row in our outbox."""
    conversation: ConversationId
    text: str
    buttons: tuple[ShownButton, ...] = ()
    files: tuple[FileId, ...] = ()
    in_reply_to: str | None = None
    """The key of the message it answers; None for a notice of our own."""
    phone_button: str = ""
    """Title of a button that sends the citizen's own number, for doors whose platform vouches for it."""
    template: FilledTemplate | None = None
    """What is sent instead of the text."""

    place_button: str = ""
    """Title of a button that sends where the citizen is, for doors that have such a button."""

    @property
    def address(self) -> str:
        """The account on its channel: what follows the first colon of the conversation id."""
        return self.conversation.partition(":")[2]
