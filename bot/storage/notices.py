"""The repository of notices. Their attempts are rows of the outbox, so what is sent and what is told agree."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection, Select, exists, select, update

from bot.basics.clock import Clock
from bot.basics.ids import ConversationId, DossierCode
from bot.counter.ports import Spoken
from bot.notifications.chain import PATIENCE, RECEIPT_WITHIN
from bot.notifications.delivery import Fate
from bot.notifications.notice import Attempt, Closed, Notice, Step, Way
from bot.storage import tables
from bot.storage.inserting import inserting
from bot.storage.vault import Vault

_SPOKEN = TypeAdapter(Spoken)
_TABLE, _OUTBOX = tables.notices, tables.outbox
TOO_LATE = "delivery.too_late"


class Notices:
    """See `bot.counter.ports.Notices`."""

    def __init__(self, connection: Connection, vault: Vault, clock: Clock) -> None:
        self._connection, self._vault, self._clock = connection, vault, clock

    def open(self, once: str, dossier: DossierCode, kind: str, words: Spoken) -> Notice | None:
        """Keeps a new notice; None if there is one under this name."""
        now = self._clock.now()
        number = self._connection.execute(
            inserting(self._connection, _TABLE)
            .values(
                once=once,
                dossier=dossier,
                kind=kind,
                created_at=now,
                not_before=now,
                sealed=self._vault.seal(_SPOKEN.dump_python(words, mode="json")),
            )
            .on_conflict_do_nothing()
            .returning(_TABLE.c.id)
        ).scalar_one_or_none()
        return Notice(number, dossier, kind, now, now) if number else None

    def get(self, number: int) -> Notice | None:
        """The notice with its attempts as they are now."""
        found = self._read(select(_TABLE).where(_TABLE.c.id == number))
        return found[0] if found else None

    def words(self, notice: Notice) -> Spoken:
        """What the citizen is told, in full."""
        query = select(_TABLE.c.sealed).where(_TABLE.c.id == notice.id)
        sealed = self._connection.execute(query).scalar_one()
        return _SPOKEN.validate_python(self._vault.unseal(sealed))

    def due(self) -> list[Notice]:
        """The notices about which something may be to do, oldest first."""
        now = self._clock.now()
        is_tried = _OUTBOX.c.state.in_([Fate.PENDING, Fate.SENDING]) & (
            _OUTBOX.c.created_at >= now - PATIENCE
        )
        is_unsure = (_OUTBOX.c.state == Fate.UNKNOWN) & (
            _OUTBOX.c.created_at >= now - RECEIPT_WITHIN
        )
        waits = exists().where(
            _OUTBOX.c.notice == _TABLE.c.id, _OUTBOX.c.way != Way.PAGE, is_tried | is_unsure
        )
        query = select(_TABLE).where(_TABLE.c.closed.is_(None), _TABLE.c.not_before <= now, ~waits)
        return self._read(query.order_by(_TABLE.c.id))

    def latest(self, dossier: DossierCode | None, limit: int) -> list[Notice]:
        """The newest first, of one dossier or of all."""
        query = select(_TABLE).order_by(_TABLE.c.id.desc()).limit(limit)
        return self._read(query.where(_TABLE.c.dossier == dossier) if dossier else query)

    def to_call(self) -> list[Notice]:
        """Those that an officer has to tell by telephone, oldest first."""
        query = select(_TABLE).where(_TABLE.c.closed == Closed.CALL)
        return self._read(query.order_by(_TABLE.c.id))

    def hold(self, notice: Notice, until: datetime) -> None:
        """It is not looked at again before then."""
        self._set(notice, not_before=until)

    def close(self, notice: Notice, why: Closed) -> None:
        """Nothing more is sent for it."""
        self._set(notice, closed=why, closed_at=self._clock.now())

    def give_up(self, notice: Notice) -> bool:
        """Ends the attempt that is still to be sent; False if it is being sent just now."""
        waits = (_OUTBOX.c.notice == notice.id) & (_OUTBOX.c.state == Fate.PENDING)
        query = update(_OUTBOX).where(waits).values(state=Fate.FAILED, error=TOO_LATE)
        return bool(self._connection.execute(query).rowcount)

    def _set(self, notice: Notice, **values: Any) -> None:
        self._connection.execute(update(_TABLE).where(_TABLE.c.id == notice.id).values(values))

    def _read(self, query: Select[Any]) -> list[Notice]:
        rows = self._connection.execute(query).all()
        attempts = self._attempts([row.id for row in rows])
        return [
            Notice(
                id=row.id,
                dossier=DossierCode(row.dossier),
                kind=row.kind,
                created_at=row.created_at,
                not_before=row.not_before,
                closed=Closed(row.closed) if row.closed else None,
                attempts=tuple(attempts.get(row.id, ())),
            )
            for row in rows
        ]

    def _attempts(self, numbers: Sequence[int]) -> dict[int, list[Attempt]]:
        query = select(_OUTBOX).where(_OUTBOX.c.notice.in_(numbers)).order_by(_OUTBOX.c.id)
        found: dict[int, list[Attempt]] = {}
        for row in self._connection.execute(query) if numbers else ():
            found.setdefault(row.notice, []).append(_attempt(row))
        return found


def _attempt(row: Any) -> Attempt:
    way = Way(row.way)
    where = None if way is Way.PHONE else ConversationId(row.conversation)
    return Attempt(
        Step(way, where, row.cost or 0),
        Fate(row.state),
        row.sent_at or row.created_at,
        row.error or "",
    )
