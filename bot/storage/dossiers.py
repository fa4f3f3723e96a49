"""The repository of filed dossiers, and the numbers their codes are made of."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from pydantic import TypeAdapter
from sqlalchemy import Connection, Select, insert, select, update

from bot.basics.errors import StaleView
from bot.basics.ids import CitizenId, DossierCode
from bot.dossiers.model import Dossier, State
from bot.storage import tables
from bot.storage.vault import Vault

_DOSSIER = TypeAdapter(Dossier)


class Dossiers:
    """The dossiers."""

    def __init__(self, connection: Connection, vault: Vault) -> None:
        self._connection, self._vault = connection, vault

    def get(self, code: DossierCode) -> Dossier | None:
        """The dossier with this code."""
        found = self._read(select(tables.dossiers.c.sealed).where(tables.dossiers.c.code == code))
        return found[0] if found else None

    def add(self, dossier: Dossier) -> None:
        """Stores a new dossier."""
        self._connection.execute(
            insert(tables.dossiers).values(code=dossier.code, **self._row(dossier))
        )

    def save(self, dossier: Dossier) -> None:
        """Stores the next version. Raises `StaleView` if somebody else stored one meanwhile."""
        table = tables.dossiers
        changed = self._connection.execute(
            update(table)
            .where(table.c.code == dossier.code, table.c.version == dossier.version - 1)
            .values(self._row(dossier))
        )
        if not changed.rowcount:
            raise StaleView("officer.stale", code=dossier.code)

    def give(self, code: DossierCode, citizen: CitizenId) -> None:
        """Makes the dossier another citizen's. Its version stays: officers do not decide on that."""
        dossier = self.get(code)
        if dossier is not None:
            table, row = tables.dossiers, self._row(dossier.having(citizen=citizen))
            self._connection.execute(update(table).where(table.c.code == code).values(row))

    def next_code(self, agency: str, day: date) -> DossierCode:
        """The next code of `agency` on `day`: `H26.12-261120-0007` (LEGAL §5)."""
        table = tables.code_sequences
        key = (table.c.agency == agency) & (table.c.day == day.strftime("%y%m%d"))
        if not self._connection.execute(
            update(table).where(key).values(last=table.c.last + 1)
        ).rowcount:
            self._connection.execute(
                insert(table).values(agency=agency, day=day.strftime("%y%m%d"), last=1)
            )
        number = self._connection.execute(select(table.c.last).where(key)).scalar_one()
        return DossierCode(f"{agency}-{day:%y%m%d}-{number:04d}")

    def of_citizen(self, citizen: CitizenId) -> list[Dossier]:
        """The citizen's dossiers, latest first."""
        table = tables.dossiers
        query = select(table.c.sealed).where(table.c.citizen == citizen)
        return self._read(query.order_by(table.c.submitted_at.desc(), table.c.code.desc()))

    def in_states(self, states: Iterable[State]) -> list[Dossier]:
        """The dossiers in any of these states, oldest first."""
        table = tables.dossiers
        query = select(table.c.sealed).where(table.c.state.in_([int(state) for state in states]))
        return self._read(query.order_by(table.c.submitted_at, table.c.code))

    def _read(self, query: Select[tuple[bytes]]) -> list[Dossier]:
        rows = self._connection.execute(query).scalars()
        return [_DOSSIER.validate_python(self._vault.unseal(sealed)) for sealed in rows]

    def _row(self, dossier: Dossier) -> dict[str, object]:
        return {
            "citizen": dossier.citizen,
            "conversation": dossier.conversation,
            "procedure": dossier.procedure,
            "state": int(dossier.state),
            "submitted_at": dossier.submitted_at,
            "due": dossier.due.isoformat() if dossier.due else None,
            "version": dossier.version,
            "sealed": self._vault.seal(_DOSSIER.dump_python(dossier, mode="json")),
        }
