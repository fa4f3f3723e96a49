"""The repository of codes that link channels. A code that was used is gone."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from bot.basics.ids import ConversationId
from bot.citizens.link import LIVES, LinkCode
from bot.storage import tables

_TABLE = tables.link_codes


class Links:
    """See `bot.counter.ports.Links`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def issue(self, code: LinkCode) -> None:
        """Keeps a code; the one that its conversation had before is worth nothing any more."""
        former = _TABLE.c.conversation == code.conversation
        self._connection.execute(delete(_TABLE).where(former))
        self._connection.execute(
            insert(_TABLE).values(
                digest=code.digest,
                conversation=code.conversation,
                issued_at=code.issued_at,
                opened_by=code.opened_by,
            )
        )

    def find(self, digest: str) -> LinkCode | None:
        """The code with this digest, if it was not used."""
        row = self._connection.execute(select(_TABLE).where(_TABLE.c.digest == digest)).first()
        if row is None:
            return None
        opened = ConversationId(row.opened_by) if row.opened_by else None
        return LinkCode(row.digest, ConversationId(row.conversation), row.issued_at, opened)

    def open(self, digest: str, conversation: ConversationId) -> bool:
        """Whether the code is this conversation's to use; the first that asks has it."""
        mine = (_TABLE.c.digest == digest) & (
            _TABLE.c.opened_by.is_(None) | (_TABLE.c.opened_by == conversation)
        )
        query = update(_TABLE).where(mine).values(opened_by=conversation)
        return bool(self._connection.execute(query).rowcount)

    def spend(self, digest: str) -> bool:
        """Uses the code up; False if somebody else just did."""
        query = delete(_TABLE).where(_TABLE.c.digest == digest)
        return bool(self._connection.execute(query).rowcount)

    def forget_old(self, now: datetime) -> None:
        """Deletes the codes that no longer work."""
        self._connection.execute(delete(_TABLE).where(_TABLE.c.issued_at < now - LIVES))
