"""The log of dialogue events, append-only and encrypted: what Rasa saw and did, turn by turn."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, insert, select

from bot.basics.clock import Clock
from bot.basics.ids import ConversationId, MessageId
from bot.storage import tables
from bot.storage.vault import Vault


class TrackerEvents:
    """The events of conversations."""

    def __init__(self, connection: Connection, vault: Vault, clock: Clock) -> None:
        self._connection, self._vault, self._clock = connection, vault, clock

    def append(
        self, conversation: ConversationId, message: MessageId | None, events: list[dict[str, Any]]
    ) -> None:
        """Adds the events of one turn."""
        self._connection.execute(
            insert(tables.tracker_events).values(
                conversation=conversation,
                inbox=message,
                at=self._clock.now(),
                sealed=self._vault.seal(events),
            )
        )

    def read(self, conversation: ConversationId) -> list[dict[str, Any]]:
        """All events of a conversation, oldest first."""
        table = tables.tracker_events
        query = select(table.c.sealed).where(table.c.conversation == conversation)
        rows = self._connection.execute(query.order_by(table.c.id)).scalars()
        return [event for sealed in rows for event in self._vault.unseal(sealed)]
