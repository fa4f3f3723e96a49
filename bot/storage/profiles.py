"""The repository of what is remembered of citizens who agreed, and of what they answered."""

from __future__ import annotations

from datetime import datetime

from pydantic import TypeAdapter
from sqlalchemy import Connection, delete, insert, select, update

from bot.basics.ids import CitizenId
from bot.citizens.profile import Profile
from bot.storage import tables
from bot.storage.vault import Vault

_PROFILE = TypeAdapter(Profile)
_TABLE = tables.profiles


class Profiles:
    """The profiles, one for a citizen."""

    def __init__(self, connection: Connection, vault: Vault) -> None:
        self._connection, self._vault = connection, vault

    def get(self, citizen: CitizenId) -> Profile | None:
        """The profile; None if the citizen was never asked."""
        query = select(_TABLE.c.sealed).where(_TABLE.c.citizen == citizen)
        sealed = self._connection.execute(query).scalar_one_or_none()
        return _PROFILE.validate_python(self._vault.unseal(sealed)) if sealed else None

    def save(self, profile: Profile) -> None:
        """Stores the profile in the place of the one before."""
        row = {
            "used_at": profile.used_at,
            "sealed": self._vault.seal(_PROFILE.dump_python(profile, mode="json")),
        }
        own = _TABLE.c.citizen == profile.citizen
        if not self._connection.execute(update(_TABLE).where(own).values(row)).rowcount:
            self._connection.execute(insert(_TABLE).values(citizen=profile.citizen, **row))

    def erase(self, citizen: CitizenId) -> None:
        """Erases what is remembered of a citizen, and that they were asked."""
        self._connection.execute(delete(_TABLE).where(_TABLE.c.citizen == citizen))

    def forget_unused(self, since: datetime) -> int:
        """Erases the profiles not used since then; how many."""
        return self._connection.execute(delete(_TABLE).where(_TABLE.c.used_at < since)).rowcount
