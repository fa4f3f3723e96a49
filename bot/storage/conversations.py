"""The repository of conversations."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection, insert, select, update

from bot.basics.ids import CitizenId, ConversationId
from bot.citizens.model import Context, Conversation
from bot.storage import tables
from bot.storage.vault import Vault

_CONTEXT = TypeAdapter(Context)


class Conversations:
    """The conversations, and the citizens they belong to."""

    def __init__(self, connection: Connection, vault: Vault) -> None:
        self._connection, self._vault = connection, vault

    def get(self, conversation: ConversationId) -> Conversation | None:
        """The conversation, if anything was ever heard in it."""
        query = select(tables.conversations).where(tables.conversations.c.id == conversation)
        row = self._connection.execute(query).one_or_none()
        return self._built(row) if row else None

    def claim(self, conversation: ConversationId) -> Conversation | None:
        """The conversation, for whoever changes it outside its turn: no turn begins meanwhile."""
        table = tables.conversations
        query = select(table).where(table.c.id == conversation).with_for_update()
        row = self._connection.execute(query).one_or_none()
        return self._built(row) if row else None

    def of_citizen(self, citizen: CitizenId) -> list[Conversation]:
        """All conversations of one citizen, the one heard from last first."""
        table = tables.conversations
        query = select(table).where(table.c.citizen == citizen).order_by(table.c.heard_at.desc())
        return [self._built(row) for row in self._connection.execute(query)]

    def save(self, conversation: Conversation) -> None:
        """Stores the conversation; a new one brings its citizen with it."""
        row = {
            "citizen": conversation.citizen,
            "draft": conversation.draft,
            "reachable": conversation.reachable,
            "created_at": conversation.created_at,
            "heard_at": conversation.heard_at,
            "sealed": self._vault.seal(_CONTEXT.dump_python(conversation.context, mode="json")),
        }
        table = tables.conversations
        self._add_citizen(conversation.citizen, conversation.created_at)
        changed = self._connection.execute(
            update(table).where(table.c.id == conversation.id).values(row)
        )
        if changed.rowcount:
            return
        self._connection.execute(insert(table).values(id=conversation.id, **row))

    def mark(self, conversation: ConversationId, reachable: bool) -> None:
        """Remembers whether the account can be written to."""
        table = tables.conversations
        self._connection.execute(
            update(table).where(table.c.id == conversation).values(reachable=reachable)
        )

    def heard(self, conversation: ConversationId, at: datetime) -> None:
        """Remembers that the citizen was heard from, and so can be written to."""
        table = tables.conversations
        query = update(table).where(table.c.id == conversation)
        self._connection.execute(query.values(heard_at=at, reachable=True))

    def move(self, source: CitizenId, target: CitizenId) -> None:
        """Makes every conversation of `source` one of `target`."""
        table = tables.conversations
        self._connection.execute(
            update(table).where(table.c.citizen == source).values(citizen=target)
        )

    def _add_citizen(self, citizen: CitizenId, at: datetime) -> None:
        known = select(tables.citizens.c.id).where(tables.citizens.c.id == citizen)
        if not self._connection.execute(known).first():
            self._connection.execute(insert(tables.citizens).values(id=citizen, created_at=at))

    def _built(self, row: Any) -> Conversation:
        return Conversation(
            id=ConversationId(row.id),
            citizen=CitizenId(row.citizen),
            created_at=row.created_at,
            heard_at=row.heard_at,
            context=_CONTEXT.validate_python(self._vault.unseal(row.sealed)),
            draft=row.draft,
            reachable=row.reachable,
        )
