"""Tickets: links that open one thing of one conversation, for a short while, to whoever holds them."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.basics.clock import Clock
from bot.basics.errors import Misconfigured
from bot.basics.ids import ConversationId, FileId
from bot.web.ports import Sealer

_LONGEST = 1000
NO_FILE = FileId("")


class Purpose(StrEnum):
    """The one thing that a ticket is good for."""

    SEND = "send"
    """Files into the conversation."""
    READ = "read"
    """One file that was sent in it."""


LASTS = {Purpose.SEND: timedelta(minutes=30), Purpose.READ: timedelta(days=1)}
"""A paper may be read a while after it was told of; one to send is asked for now."""


@dataclass(frozen=True)
class Ticket:
    """Whose conversation it is, and which file, if it is for reading one."""

    conversation: ConversationId
    file: FileId = NO_FILE


class Tickets:
    """Issues and checks tickets. Each is sealed: it tells nothing, and nobody else can make one."""

    def __init__(self, sealer: Sealer, clock: Clock) -> None:
        self._sealer, self._clock = sealer, clock

    def issue(self, purpose: Purpose, ticket: Ticket) -> str:
        """The ticket as part of an address."""
        until = (self._clock.now() + LASTS[purpose]).isoformat()
        said = [purpose, ticket.conversation, ticket.file, until]
        return self._sealer.seal_bytes(json.dumps(said).encode()).decode("ascii").rstrip("=")

    def check(self, purpose: Purpose, written: str) -> Ticket | None:
        """What the ticket is for; None if it is none of ours, for another purpose, or too old."""
        if len(written) > _LONGEST or not written.isascii():
            return None
        padded = written + "=" * (-len(written) % 4)
        try:
            if urlsafe_b64encode(urlsafe_b64decode(padded)).decode() != padded:
                return None  # the last letter has bits to spare: another would open it as well
            meant, conversation, file, until = json.loads(
                self._sealer.unseal_bytes(padded.encode())
            )
        except (Misconfigured, ValueError):
            return None  # the sealer knows it not, or it sealed something else
        if meant != purpose or datetime.fromisoformat(until) < self._clock.now():
            return None
        return Ticket(ConversationId(conversation), FileId(file))
