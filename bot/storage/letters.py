"""The repository of what citizens wrote for an officer to answer. The words stay in the inbox."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, select, update

from bot.basics.clock import Clock
from bot.basics.ids import ConversationId, FileId, MessageId
from bot.counter.ports import Letter, LostWords
from bot.notifications.delivery import Fate
from bot.storage import tables
from bot.storage.inserting import inserting
from bot.storage.vault import Vault

_TABLE, _INBOX = tables.letters, tables.inbox


class Letters:
    """See `bot.counter.ports.Letters`."""

    def __init__(self, connection: Connection, vault: Vault, clock: Clock) -> None:
        self._connection, self._vault, self._clock = connection, vault, clock

    def keep(self, message: MessageId, conversation: ConversationId) -> None:
        """The message waits for an officer; twice is once."""
        row = inserting(self._connection, _TABLE).values(inbox=message, conversation=conversation)
        self._connection.execute(row.on_conflict_do_nothing())

    def waiting(self) -> list[Letter]:
        """What no officer answered yet, oldest first."""
        return self._read(self._select().where(_TABLE.c.answered_at.is_(None)))

    def get(self, message: MessageId) -> Letter | None:
        """One letter, answered or not."""
        found = self._read(self._select().where(_TABLE.c.inbox == message))
        return found[0] if found else None

    def answered(self, conversation: ConversationId) -> None:
        """An officer answered everything written in this conversation so far."""
        waits = (_TABLE.c.conversation == conversation) & _TABLE.c.answered_at.is_(None)
        self._connection.execute(update(_TABLE).where(waits).values(answered_at=self._clock.now()))

    def lost(self, key: str, since: datetime) -> list[LostWords]:
        """Messages under this wording key that failed since then, or are not sure, oldest first."""
        table = tables.outbox
        query = select(table).where(
            table.c.state.in_([Fate.FAILED, Fate.UNKNOWN]),
            table.c.key == key,
            table.c.created_at >= since,
        )
        return [
            LostWords(
                ConversationId(row.conversation),
                row.created_at,
                self._vault.unseal(row.sealed)["text"],
                row.state == Fate.UNKNOWN,
            )
            for row in self._connection.execute(query.order_by(table.c.id))
        ]

    def _select(self) -> Select[Any]:
        joined = _TABLE.join(_INBOX, _INBOX.c.id == _TABLE.c.inbox)
        return select(_INBOX).select_from(joined).order_by(_INBOX.c.id)

    def _read(self, query: Select[Any]) -> list[Letter]:
        return [self._letter(row) for row in self._connection.execute(query)]

    def _letter(self, row: Any) -> Letter:
        body = self._vault.unseal(row.sealed)
        return Letter(
            id=MessageId(row.id),
            conversation=ConversationId(row.conversation),
            at=row.received_at,
            text=body["inbound"]["text"],
            phone=body["inbound"]["phone"],
            files=tuple(FileId(file["file"]) for file in body["files"] if file["file"]),
        )
