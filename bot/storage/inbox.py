"""The inbox: messages that came in, each until its turn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection, exists, select, update

from bot.basics.clock import Clock
from bot.basics.ids import MessageId
from bot.basics.messages import Inbound
from bot.declarations.model import ReceivedFile
from bot.storage import tables
from bot.storage.inserting import inserting
from bot.storage.vault import Vault

_INBOUND = TypeAdapter(Inbound)
_FILES = TypeAdapter(tuple[ReceivedFile, ...])
_ALBUM_COMES_WITHIN = timedelta(seconds=1.2)


@dataclass(frozen=True)
class Unread:
    """The message a turn is about."""

    id: MessageId
    inbound: Inbound
    files: tuple[ReceivedFile, ...]


class Inbox:
    """Messages that came in, of all conversations."""

    def __init__(self, connection: Connection, vault: Vault, clock: Clock) -> None:
        self._connection, self._vault, self._clock = connection, vault, clock

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

    def is_empty(self, channel: str) -> bool:
        """Whether nothing that came in through this channel is left to read."""
        inbox = tables.inbox
        unread = select(inbox.c.id).where(
            inbox.c.channel == channel, inbox.c.state.in_(["new", "fetching"])
        )
        return self._connection.execute(unread.limit(1)).first() is None

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
