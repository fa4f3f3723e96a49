"""Which files a platform already has, so that a restart does not send them again."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Engine, delete, insert, or_, select

from bot.storage import tables
from bot.storage.database import reading, writing

_TABLE = tables.uploads


class StoredUploads:
    """See `bot.notifications.uploads.Uploads`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def find(self, account: str, digest: str, since: datetime) -> str:
        """The id given for this content at that moment or later; empty if there is none."""
        query = select(_TABLE.c.uploaded).where(
            _TABLE.c.account == account, _TABLE.c.digest == digest, _TABLE.c.at >= since
        )
        with reading(self._engine) as connection:
            return connection.execute(query).scalar_one_or_none() or ""

    def keep(self, account: str, digest: str, uploaded: str, at: datetime) -> None:
        """Remembers an id, in place of an older one."""
        row = {"account": account, "digest": digest, "uploaded": uploaded, "at": at}
        with writing(self._engine) as connection:
            connection.execute(
                delete(_TABLE).where(_TABLE.c.account == account, _TABLE.c.digest == digest)
            )
            connection.execute(insert(_TABLE).values(row))

    def forget(self, account: str, before: datetime, digest: str = "") -> None:
        """Forgets ids given before that moment, and that of this content whenever it was given."""
        meant = or_(_TABLE.c.at < before, _TABLE.c.digest == digest)
        with writing(self._engine) as connection:
            connection.execute(delete(_TABLE).where(_TABLE.c.account == account, meant))
