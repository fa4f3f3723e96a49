"""The tokens of Zalo accounts, encrypted, one row for each account."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Engine, insert, or_, select, update

from bot.notifications.grants import Grant
from bot.storage import tables
from bot.storage.database import reading, writing
from bot.storage.vault import Vault

_GRANT = TypeAdapter(Grant)
_TABLE = tables.zalo_grants


class StoredGrants:
    """See `bot.notifications.grants.Grants`."""

    def __init__(self, engine: Engine, vault: Vault) -> None:
        self._engine, self._vault = engine, vault

    def read(self, account: str) -> Grant | None:
        """The grant as it is now."""
        query = select(_TABLE.c.sealed).where(_TABLE.c.account == account)
        with reading(self._engine) as connection:
            sealed = connection.execute(query).scalar_one_or_none()
        return _GRANT.validate_python(self._vault.unseal(sealed)) if sealed else None

    def put(self, account: str, grant: Grant) -> None:
        """Stores a grant that a person brought, whatever was there."""
        self._set(account, **self._row(grant))

    def lock(self, account: str, owner: str, now: datetime, until: datetime) -> bool:
        """Whether `owner` alone may use the refresh token until then."""
        free = or_(_TABLE.c.locked_by.is_(None), _TABLE.c.locked_until <= now)
        return self._changed(account, free, locked_by=owner, locked_until=until)

    def unlock(self, account: str, owner: str) -> None:
        """Gives the lock back, if `owner` still has it."""
        self._changed(account, _TABLE.c.locked_by == owner, locked_by=None, locked_until=None)

    def replace(self, account: str, spent: str, grant: Grant) -> bool:
        """Stores what `spent`, a refresh token, was exchanged for; False if another one stands there now."""
        return self._changed(account, _TABLE.c.spends == _digest(spent), **self._row(grant))

    def refuse(self, account: str, refused: str, at: datetime) -> None:
        """Notes that this refresh token was refused, if it is still the one that stands there."""
        grant = self.read(account)
        if grant is not None and grant.refresh == refused:
            self.replace(account, refused, grant.refused(at))

    def endpoint(self, account: str) -> str:
        """What was pinned for the account; empty if nothing was."""
        query = select(_TABLE.c.endpoint).where(_TABLE.c.account == account)
        with reading(self._engine) as connection:
            return connection.execute(query).scalar_one_or_none() or ""

    def pin(self, account: str, endpoint: str) -> None:
        """Remembers which endpoint serves this account."""
        self._set(account, endpoint=endpoint)

    def _set(self, account: str, **values: Any) -> None:
        own = _TABLE.c.account == account
        with writing(self._engine) as connection:
            if not connection.execute(update(_TABLE).where(own).values(values)).rowcount:
                row = {"account": account, "endpoint": "", **values}
                connection.execute(insert(_TABLE).values(row))

    def _changed(self, account: str, condition: Any, **values: Any) -> bool:
        query = update(_TABLE).where(_TABLE.c.account == account, condition).values(values)
        with writing(self._engine) as connection:
            return bool(connection.execute(query).rowcount)

    def _row(self, grant: Grant) -> dict[str, object]:
        sealed = self._vault.seal(_GRANT.dump_python(grant, mode="json"))
        return {"spends": _digest(grant.refresh), "sealed": sealed}


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
