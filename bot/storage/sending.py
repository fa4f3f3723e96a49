"""The outbox as the doors see it: what is to be sent, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection, exists, select, update

from bot.basics.clock import Clock
from bot.basics.ids import ConversationId, FileId
from bot.basics.messages import FilledTemplate, Outgoing, ShownButton
from bot.notifications.chain import RECEIPT_WITHIN
from bot.notifications.delivery import Fate, after_crash
from bot.storage import tables
from bot.storage.inbox import Inbox
from bot.storage.vault import Vault

_TEMPLATE = TypeAdapter(FilledTemplate | None)


@dataclass(frozen=True)
class ToSend:
    """A message to send, and how often that was tried."""

    message: Outgoing
    attempts: int
    created_at: datetime


class Sending:
    """Messages on their way out, of all conversations."""

    def __init__(self, connection: Connection, vault: Vault, clock: Clock, inbox: Inbox) -> None:
        self._connection, self._vault, self._clock = connection, vault, clock
        self._inbox = inbox

    def take_to_send(self, channels: Iterable[str], limit: int = 50) -> list[ToSend]:
        """Messages whose time has come, at most the first open one of each conversation.

        They are marked as being sent, so that a crash leaves a trace.
        """
        table = tables.outbox
        earlier = table.alias()
        waits = exists().where(
            earlier.c.conversation == table.c.conversation,
            earlier.c.id < table.c.id,
            earlier.c.state.in_([Fate.PENDING, Fate.SENDING]),
        )
        query = (
            select(table)
            .where(
                table.c.state == Fate.PENDING,
                table.c.channel.in_(list(channels)),
                table.c.not_before <= self._clock.now(),
                ~waits,
            )
            .order_by(table.c.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        return self._taken(self._connection.execute(query).all())

    def take_all_to_send(
        self, channel: str, conversation: ConversationId | None = None
    ) -> list[ToSend]:
        """Everything to send on a channel that shows things at once and in order: a terminal."""
        table = tables.outbox
        query = select(table).where(table.c.state == Fate.PENDING, table.c.channel == channel)
        if conversation is not None:
            query = query.where(table.c.conversation == conversation)
        return self._taken(self._connection.execute(query.order_by(table.c.id)).all())

    def is_empty(self, channel: str) -> bool:
        """Whether nothing is to go out on this channel, or is going out, now."""
        outbox = tables.outbox
        unsent = select(outbox.c.id).where(
            outbox.c.channel == channel, outbox.c.state.in_([Fate.PENDING, Fate.SENDING])
        )
        return self._connection.execute(unsent.limit(1)).first() is None

    def settle(
        self,
        number: int,
        fate: Fate,
        provider_id: str = "",
        error: str = "",
        not_before: datetime | None = None,
    ) -> None:
        """Records what became of an attempt. What may have arrived did, if its receipt came first."""
        if fate is Fate.UNKNOWN and (receipt := self._provider_id(number)):
            fate, provider_id, error = Fate.SENT, receipt, ""
        values: dict[str, Any] = {"state": fate, "provider_id": provider_id, "error": error}
        if fate is Fate.SENT:
            values["sent_at"] = self._clock.now()
        if not_before is not None:
            values["not_before"] = not_before
        self._mark(number, **values)

    def arrived(
        self, numbers: Sequence[str], conversation: ConversationId | None = None, outbox: int = 0
    ) -> None:
        """The platform says that these messages arrived: what was not sure is sent.

        `numbers` are the platform's ids; `outbox` is our own number of the message, where the
        platform tells it. In `conversation` ids that we never heard belong to the one message whose
        answer was lost, or has not come yet.
        """
        table = tables.outbox
        is_known = (table.c.provider_id.in_(numbers)) | (table.c.id == outbox)
        rows = self._connection.execute(select(table.c.id, table.c.state).where(is_known)).all()
        if not rows and conversation is not None:
            rows = self._unanswered(conversation)
        for row in rows:
            if row.state == Fate.UNKNOWN:
                self._mark(row.id, state=Fate.SENT, sent_at=self._clock.now(), error="")
            elif row.state == Fate.SENDING:
                self._mark(row.id, provider_id=numbers[0][:120] if numbers else "?")

    def _unanswered(self, conversation: ConversationId) -> Sequence[Any]:
        """The one message of the conversation that may have arrived; none if there are several."""
        table = tables.outbox
        query = select(table.c.id, table.c.state).where(
            table.c.conversation == conversation,
            table.c.state.in_([Fate.UNKNOWN, Fate.SENDING]),
            table.c.created_at > self._clock.now() - RECEIPT_WITHIN,
        )
        rows = self._connection.execute(query).all()
        return rows if len(rows) == 1 else ()

    def unreachable(self, conversation: ConversationId) -> None:
        """Remembers that this account cannot be written to, until it is heard from again."""
        table = tables.conversations
        self._connection.execute(
            update(table).where(table.c.id == conversation).values(reachable=False)
        )

    def recover(self, channels: Iterable[str]) -> int:
        """After a crash: messages of these channels found half-sent go out once more."""
        table = tables.outbox
        query = select(table.c.id, table.c.attempts, table.c.provider_id).where(
            table.c.state == Fate.SENDING, table.c.channel.in_(list(channels))
        )
        rows = self._connection.execute(query).all()
        for row in rows:
            has_receipt = bool(row.provider_id)
            self._mark(row.id, state=Fate.SENT if has_receipt else after_crash(row.attempts))
        return len(rows)

    def _taken(self, rows: Sequence[Any]) -> list[ToSend]:
        for row in rows:
            self._mark(row.id, state=Fate.SENDING, attempts=row.attempts + 1)
        return [self._to_send(row) for row in rows]

    def _provider_id(self, number: int) -> str:
        query = select(tables.outbox.c.provider_id).where(tables.outbox.c.id == number)
        return self._connection.execute(query).scalar_one_or_none() or ""

    def _mark(self, number: int, **values: Any) -> None:
        table = tables.outbox
        self._connection.execute(update(table).where(table.c.id == number).values(values))

    def _to_send(self, row: Any) -> ToSend:
        body = self._vault.unseal(row.sealed)
        message = Outgoing(
            id=row.id,
            conversation=ConversationId(row.conversation),
            text=body["text"],
            buttons=tuple(ShownButton(b["title"], b["token"]) for b in body["buttons"]),
            files=tuple(FileId(file) for file in body["files"]),
            in_reply_to=self._inbox.key_of(row.inbox),
            phone_button=body["phone_button"],
            place_button=body.get("place_button", ""),
            template=_TEMPLATE.validate_python(body.get("template")),
        )
        return ToSend(message, row.attempts + 1, row.created_at)
