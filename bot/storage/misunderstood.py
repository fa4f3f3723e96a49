"""Messages that were not understood, masked, until a person says what they meant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, insert, select, update

from bot.basics.clock import Clock
from bot.storage import tables
from bot.storage.vault import Vault


@dataclass(frozen=True)
class Waiting:
    """One message that waits for review."""

    id: int
    reason: str
    facts: Mapping[str, Any]
    """`text` masked, and what was made of it: intent, confidence, procedure, candidates."""


class Misunderstood:
    """What waits for review."""

    def __init__(self, connection: Connection, vault: Vault, clock: Clock) -> None:
        self._connection, self._vault, self._clock = connection, vault, clock

    def add(self, reason: str, facts: Mapping[str, object]) -> None:
        """Keeps one message, already masked."""
        self._connection.execute(
            insert(tables.misunderstood).values(
                at=self._clock.now(), reason=reason, sealed=self._vault.seal(dict(facts))
            )
        )

    def waiting(self, limit: int = 1000) -> list[Waiting]:
        """What nobody has settled, oldest first."""
        table = tables.misunderstood
        query = select(table).where(table.c.settled_at.is_(None)).order_by(table.c.id)
        rows = self._connection.execute(query.limit(limit))
        return [Waiting(row.id, row.reason, self._vault.unseal(row.sealed)) for row in rows]

    def settle(self, ids: Iterable[int]) -> None:
        """A person has dealt with these."""
        table = tables.misunderstood
        for number in ids:
            self._connection.execute(
                update(table).where(table.c.id == number).values(settled_at=self._clock.now())
            )
