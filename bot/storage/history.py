"""Reads what was said in a conversation; changes nothing."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Table, func, select

from bot.basics.history import Position, Said, SaidFile
from bot.basics.ids import ConversationId, FileId
from bot.basics.messages import Kind, ShownButton
from bot.storage import tables
from bot.storage.vault import Vault

_ON_ITS_WAY = ("fetching", "new")


class History:
    """The past of conversations."""

    def __init__(self, connection: Connection, vault: Vault) -> None:
        self._connection, self._vault = connection, vault

    def after(self, conversation: ConversationId, position: Position) -> list[Said]:
        """Everything said in the conversation after `position`, oldest first."""
        heard = map(self._heard, self._rows(tables.inbox, conversation, position.heard))
        said = self._said(self._rows(tables.outbox, conversation, position.said))
        return list(_numbered(heapq.merge(heard, said, key=lambda item: item.at), position))

    def news(self, channel: str, position: Position) -> tuple[Position, frozenset[ConversationId]]:
        """The channel's conversations in which something was said after `position`."""
        last, found = [], set()
        for table, number in ((tables.inbox, position.heard), (tables.outbox, position.said)):
            query = select(table.c.id, table.c.conversation).where(
                table.c.channel == channel, table.c.id > number
            )
            rows = self._connection.execute(query).all()
            last.append(max((row.id for row in rows), default=number))
            found |= {ConversationId(row.conversation) for row in rows}
        return Position(*last), frozenset(found)

    def end(self) -> Position:
        """The position after everything said so far, in all conversations."""
        queries = (select(func.max(table.c.id)) for table in (tables.inbox, tables.outbox))
        return Position(*(self._connection.execute(query).scalar() or 0 for query in queries))

    def holds(self, conversation: ConversationId, file: FileId) -> bool:
        """Whether the file was sent in this conversation, by either side."""
        return any(
            file in _file_ids(self._vault.unseal(row.sealed)["files"])
            for table in (tables.outbox, tables.inbox)
            for row in self._rows(table, conversation, 0)
        )

    def _rows(self, table: Table, conversation: ConversationId, number: int) -> list[Any]:
        query = select(table).where(table.c.conversation == conversation, table.c.id > number)
        return list(self._connection.execute(query.order_by(table.c.id)).all())

    def _heard(self, row: Any) -> Said:
        body = self._vault.unseal(row.sealed)
        inbound = body["inbound"]
        taken = [
            SaidFile(FileId(file["file"]) if file["file"] else None, file["name"], file["size"])
            for file in body["files"]
        ]
        announced = [SaidFile(None, f["name"], f["size"] or 0, f["mime"]) for f in inbound["files"]]
        return Said(
            position=Position(heard=row.id),
            at=row.received_at,
            by_citizen=True,
            kind=Kind(inbound["kind"]),
            text=inbound["text"],
            token=inbound["token"],
            key=inbound["key"],
            waits=row.state in _ON_ITS_WAY,
            files=tuple(taken or announced),
        )

    def _said(self, rows: list[Any]) -> list[Said]:
        bodies = [self._vault.unseal(row.sealed) for row in rows]
        keys = self._keys({row.inbox for row in rows if row.inbox})
        files = self._files({file for body in bodies for file in body["files"]})
        return [
            Said(
                position=Position(said=row.id),
                at=row.created_at,
                by_citizen=False,
                text=body["text"],
                key=keys.get(row.inbox, ""),
                buttons=tuple(ShownButton(b["title"], b["token"]) for b in body["buttons"]),
                files=tuple(files[file] for file in body["files"] if file in files),
                asks_place=bool(body.get("place_button")),
                asks_file=body.get("asks_file", False),
            )
            for row, body in zip(rows, bodies, strict=True)
        ]

    def _keys(self, numbers: set[int]) -> dict[int, str]:
        table = tables.inbox
        query = select(table.c.id, table.c.key).where(table.c.id.in_(numbers))
        return {row.id: row.key for row in self._connection.execute(query)} if numbers else {}

    def _files(self, ids: set[str]) -> dict[str, SaidFile]:
        if not ids:
            return {}
        rows = self._connection.execute(select(tables.files).where(tables.files.c.id.in_(ids)))
        return {
            row.id: SaidFile(
                FileId(row.id), self._vault.unseal(row.sealed)["name"], row.size, row.mime
            )
            for row in rows
        }


def _numbered(items: Iterable[Said], start: Position) -> Iterator[Said]:
    """Each with the position up to and including it."""
    at = start
    for item in items:
        at = Position(max(at.heard, item.position.heard), max(at.said, item.position.said))
        yield replace(item, position=at)


def _file_ids(files: list[Any]) -> set[str]:
    """The ids among a message's files: the outbox lists ids, the inbox what is known of each."""
    return {file["file"] if isinstance(file, dict) else file for file in files} - {""}
