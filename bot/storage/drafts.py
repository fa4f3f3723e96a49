"""The repository of declarations being filled."""

from __future__ import annotations

from datetime import datetime

from pydantic import TypeAdapter
from sqlalchemy import Connection, delete, insert, select, update

from bot.basics.ids import CitizenId, DossierCode, DraftId
from bot.declarations.model import Draft, Status
from bot.storage import tables
from bot.storage.vault import Vault

_DRAFT = TypeAdapter(Draft)


class Drafts:
    """The declarations being filled."""

    def __init__(self, connection: Connection, vault: Vault) -> None:
        self._connection, self._vault = connection, vault

    def get(self, draft: DraftId) -> Draft | None:
        """The draft, if it still exists."""
        row = self._connection.execute(
            select(tables.drafts.c.sealed).where(tables.drafts.c.id == draft)
        ).one_or_none()
        return self._opened(row.sealed) if row else None

    def save(self, draft: Draft) -> None:
        """Stores the draft."""
        table = tables.drafts
        row = {
            "citizen": draft.citizen,
            "procedure": draft.procedure,
            "dossier": draft.dossier,
            "status": draft.status,
            "updated_at": draft.updated_at,
            "sealed": self._vault.seal(_DRAFT.dump_python(draft, mode="json")),
        }
        changed = self._connection.execute(update(table).where(table.c.id == draft.id).values(row))
        if not changed.rowcount:
            self._connection.execute(insert(table).values(id=draft.id, **row))

    def delete(self, draft: DraftId) -> None:
        """Erases the draft."""
        self._connection.execute(delete(tables.drafts).where(tables.drafts.c.id == draft))

    def unfinished(self, citizen: CitizenId) -> list[Draft]:
        """The citizen's drafts that are not filed, latest first."""
        table = tables.drafts
        query = (
            select(table.c.sealed)
            .where(table.c.citizen == citizen, table.c.status != Status.FILED)
            .order_by(table.c.updated_at.desc())
        )
        return [self._opened(sealed) for sealed in self._connection.execute(query).scalars()]

    def every(self, citizen: CitizenId) -> list[Draft]:
        """All the citizen's drafts, also those that became dossiers."""
        table = tables.drafts
        query = select(table.c.sealed).where(table.c.citizen == citizen)
        return [self._opened(sealed) for sealed in self._connection.execute(query).scalars()]

    def supplementing(self, dossier: DossierCode) -> Draft | None:
        """The unfinished draft that completes this dossier."""
        table = tables.drafts
        query = select(table.c.sealed).where(
            table.c.dossier == dossier, table.c.status != Status.FILED
        )
        sealed = self._connection.execute(query).scalars().first()
        return self._opened(sealed) if sealed else None

    def untouched_since(self, at: datetime) -> list[Draft]:
        """The drafts not filed that were last changed before then, oldest first."""
        table = tables.drafts
        query = (
            select(table.c.sealed)
            .where(table.c.status != Status.FILED, table.c.updated_at < at)
            .order_by(table.c.updated_at)
        )
        return [self._opened(sealed) for sealed in self._connection.execute(query).scalars()]

    def filed(self, dossier: DossierCode) -> Draft | None:
        """The draft that became this dossier, or completed it last."""
        table = tables.drafts
        query = (
            select(table.c.sealed)
            .where(table.c.dossier == dossier, table.c.status == Status.FILED)
            .order_by(table.c.updated_at.desc())
        )
        sealed = self._connection.execute(query).scalars().first()
        return self._opened(sealed) if sealed else None

    def _opened(self, sealed: bytes) -> Draft:
        return _DRAFT.validate_python(self._vault.unseal(sealed))
