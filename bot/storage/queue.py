"""The two queues around a turn: messages that came in, messages that go out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection, exists, select, update

from bot.basics.clock import Clock
from bot.basics.ids import ConversationId, FileId, MessageId
from bot.basics.messages import FilledTemplate, Inbound, Outgoing, ShownButton
from bot.declarations.model import ReceivedFile
from bot.notifications.chain import RECEIPT_WITHIN
from bot.notifications.delivery import Fate, after_crash
from bot.storage import tables
from bot.storage.inserting import inserting
from bot.storage.vault import Vault

_INBOUND = TypeAdapter(Inbound)
_FILES = TypeAdapter(tuple[ReceivedFile, ...])
_TEMPLATE = TypeAdapter(FilledTemplate | None)
_ALBUM_COMES_WITHIN = timedelta(seconds=1.2)


@dataclass(frozen=True)
class Unread:
    """The message a turn is about."""

    id: MessageId
    inbound: Inbound
    files: tuple[ReceivedFile, ...]


@dataclass(frozen=True)
class ToSend:
    """A message to send, and how often that was tried."""

    message: Outgoing
    attempts: int
    created_at: datetime


class Queue:
    """Inbox and outbox as the machinery sees them."""

    def __init__(self, connection: Connection, vault: Vault, clock: Clock) -> None:
        self._connection, self._vault, self._clock = connection, vault, clock

    # in

    def receive(self, inbound: Inbound) -> MessageId | None:
        """Keeps a message; None if the same one was already received.

        A message with files is not read before `fetched` gave them.
        """
        body = {"inbound": _INBOUND.dump_python(inbound, mode="json"), "files": []}
        return self._connection.execute(
            inserting(self._connection, tables.inbox)
            .values(
                channel=inbound.conversation.partition(":")[0],
                key=inbound.key,
                conversation=inbound.conversation,
                state="fetching" if inbound.files else "new",
                received_at=self._clock.now(),
                sealed=self._vault.seal(body),
            )
            .on_conflict_do_nothing()
            .returning(tables.inbox.c.id)
        ).scalar_one_or_none()

    def to_fetch(self, channel: str) -> list[list[Unread]]:
        """The channel's messages whose files still have to be fetched, oldest first.

        The photos of one album come as a message each; here they are together, once all have come.
        """
        table = tables.inbox
        query = select(table).where(table.c.state == "fetching", table.c.channel == channel)
        messages: dict[str, list[Unread]] = {}
        coming: set[str] = set()
        for row in self._connection.execute(query.order_by(table.c.id)):
            unread = self._unread(row)
            album = unread.inbound.locale.get("album", "")
            key = f"{row.conversation} {album or row.id}"
            messages.setdefault(key, []).append(unread)
            if album and self._clock.now() - row.received_at < _ALBUM_COMES_WITHIN:
                coming.add(key)
        return [parts for key, parts in messages.items() if key not in coming]

    def fetched(self, parts: Sequence[Unread], files: tuple[ReceivedFile, ...]) -> None:
        """The files of a message are here (or will not come): it may be read, all parts as one."""
        first, *others = parts
        text = next((part.inbound.text for part in parts if part.inbound.text), "")
        body = {
            "inbound": _INBOUND.dump_python(replace(first.inbound, text=text), mode="json"),
            "files": _FILES.dump_python(files, mode="json"),
        }
        self._set(first.id, state="new", sealed=self._vault.seal(body))
        for part in others:
            self.done(part.id)

    def claim(self) -> Unread | None:
        """The oldest unread message of a conversation nobody else works on; held until commit."""
        inbox, conversations = tables.inbox, tables.conversations
        earlier = inbox.alias()
        waits = exists().where(
            earlier.c.conversation == inbox.c.conversation,
            earlier.c.id < inbox.c.id,
            earlier.c.state.in_(["new", "fetching"]),
        )
        query = (
            select(inbox)
            .join(conversations, conversations.c.id == inbox.c.conversation)
            .where(inbox.c.state == "new", ~waits)
            .order_by(inbox.c.id)
            .limit(1)
            .with_for_update(skip_locked=True)  # one turn at a time per conversation
        )
        row = self._connection.execute(query).first()
        return self._unread(row) if row else None

    def is_idle(self, channel: str) -> bool:
        """Whether nothing that came in through this channel, or goes out there now, is left to do."""
        inbox, outbox = tables.inbox, tables.outbox
        unread = select(inbox.c.id).where(
            inbox.c.channel == channel, inbox.c.state.in_(["new", "fetching"])
        )
        unsent = select(outbox.c.id).where(
            outbox.c.channel == channel, outbox.c.state.in_([Fate.PENDING, Fate.SENDING])
        )
        return not any(
            self._connection.execute(query.limit(1)).first() for query in (unread, unsent)
        )

    def done(self, message: MessageId) -> None:
        """The message was wholly taken."""
        self._set(message, state="done", done_at=self._clock.now())

    def failed(self, message: MessageId, incident: str) -> None:
        """The turn broke; the citizen was told, and `incident` is in the log."""
        self._set(message, state="failed", incident=incident, done_at=self._clock.now())

    def key_of(self, message: MessageId | None) -> str | None:
        """The key under which the platform sent a message."""
        query = select(tables.inbox.c.key).where(tables.inbox.c.id == message)
        return self._connection.execute(query).scalar_one_or_none() if message else None

    def _set(self, message: MessageId, **values: Any) -> None:
        table = tables.inbox
        self._connection.execute(update(table).where(table.c.id == message).values(values))

    def _unread(self, row: Any) -> Unread:
        body = self._vault.unseal(row.sealed)
        return Unread(
            id=MessageId(row.id),
            inbound=_INBOUND.validate_python(body["inbound"]),
            files=_FILES.validate_python(body["files"]),
        )

    # out

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
            in_reply_to=self.key_of(row.inbox),
            phone_button=body["phone_button"],
            place_button=body.get("place_button", ""),
            template=_TEMPLATE.validate_python(body.get("template")),
        )
        return ToSend(message, row.attempts + 1, row.created_at)
