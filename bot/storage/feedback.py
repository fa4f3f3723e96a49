"""The repository of what citizens told the office."""

from __future__ import annotations

from sqlalchemy import Connection, insert, select

from bot.basics.clock import Clock
from bot.basics.ids import ConversationId, DossierCode
from bot.counter.ports import FeedbackEntry
from bot.storage import tables
from bot.storage.vault import Vault


class Feedback:
    """Ratings, complaints and requests to be called, for officers to read."""

    def __init__(self, connection: Connection, vault: Vault, clock: Clock) -> None:
        self._connection, self._vault, self._clock = connection, vault, clock

    def add(
        self, conversation: ConversationId, kind: str, words: str, dossier: DossierCode | None
    ) -> None:
        """Keeps the citizen's words for officers."""
        self._connection.execute(
            insert(tables.feedback).values(
                conversation=conversation,
                kind=kind,
                dossier=dossier,
                at=self._clock.now(),
                sealed=self._vault.seal(words),
            )
        )

    def latest(self, limit: int = 100) -> list[FeedbackEntry]:
        """The newest entries first."""
        table = tables.feedback
        rows = self._connection.execute(select(table).order_by(table.c.id.desc()).limit(limit))
        return [
            FeedbackEntry(row.at, row.kind, row.dossier, self._vault.unseal(row.sealed))
            for row in rows
        ]
