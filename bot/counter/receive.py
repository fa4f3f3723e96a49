"""Takes in what a door heard: kept before anything else is done with it, and only once."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from bot.basics.ids import MessageId
from bot.basics.messages import Inbound
from bot.counter.ports import Work
from bot.counter.turn import conversation_of


class Inbox(Protocol):
    """Keeps messages until their turn."""

    def receive(self, inbound: Inbound) -> MessageId | None:
        """Keeps a message; None if the same one was already received."""
        ...


def receive(work: Work, inbox: Inbox, inbound: Inbound, now: datetime) -> MessageId | None:
    """Keeps the message for its turn and returns its number; None for one delivered twice."""
    number = inbox.receive(inbound)
    if number is not None:
        conversation_of(work, inbound.conversation, now)
        # Not the whole row: a turn in this conversation may be changing the rest of it just now.
        work.conversations.heard(inbound.conversation, now)
    return number
