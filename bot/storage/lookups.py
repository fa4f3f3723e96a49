"""The repository of wrong dossier codes tried."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, insert, select

from bot.basics.ids import ConversationId
from bot.storage import tables


class Lookups:
    """Wrong dossier codes tried."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def record(self, conversation: ConversationId, at: datetime) -> None:
        """Remembers one wrong code."""
        self._connection.execute(insert(tables.lookups).values(conversation=conversation, at=at))

    def since(self, conversation: ConversationId, at: datetime) -> list[datetime]:
        """When wrong codes were tried since then, oldest first."""
        table = tables.lookups
        query = (
            select(table.c.at)
            .where(table.c.conversation == conversation, table.c.at >= at)
            .order_by(table.c.at)
        )
        return list(self._connection.execute(query).scalars())
