"""Files: what is known about them in the database, their content encrypted on a shelf."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from contextlib import suppress
from datetime import timedelta

from sqlalchemy import Connection, delete, insert, select

from bot.basics.clock import Clock
from bot.basics.errors import TryLater
from bot.basics.ids import FileId
from bot.counter.ports import StoredFile
from bot.storage import tables
from bot.storage.shelf import Shelf
from bot.storage.vault import Vault

_UNCOMMITTED_LIVE = timedelta(days=1)


class Files:
    """The files of one transaction. A content whose transaction fails is left for the sweeper."""

    def __init__(self, connection: Connection, vault: Vault, clock: Clock, shelf: Shelf) -> None:
        self._connection, self._vault, self._clock = connection, vault, clock
        self._shelf = shelf
        self._erased: list[FileId] = []

    def put(self, name: str, mime: str, content: bytes, pages: int = 0) -> StoredFile:
        """Keeps `content` under a random name. Raises `TryLater`."""
        return self._put(FileId(secrets.token_hex(16)), name, mime, content, pages)

    def put_once(self, name: str, mime: str, content: bytes, pages: int = 0) -> StoredFile:
        """Keeps a paper that says nothing of anybody, under its digest, a single time."""
        file = FileId(hashlib.sha256(content).hexdigest()[:32])
        return self.get(file) or self._put(file, name, mime, content, pages)

    def _put(self, file: FileId, name: str, mime: str, content: bytes, pages: int) -> StoredFile:
        stored = StoredFile(
            id=file,
            name=name,
            mime=mime,
            size=len(content),
            pages=pages,
            digest=hashlib.sha256(content).hexdigest(),
        )
        self._shelf.put(stored.id, self._vault.seal_bytes(content))
        self._connection.execute(
            insert(tables.files).values(
                id=stored.id,
                size=stored.size,
                pages=stored.pages,
                mime=stored.mime,
                created_at=self._clock.now(),
                sealed=self._vault.seal({"name": stored.name, "digest": stored.digest}),
            )
        )
        return stored

    def get(self, file: FileId) -> StoredFile | None:
        """What is known about a file."""
        row = self._connection.execute(
            select(tables.files).where(tables.files.c.id == file)
        ).one_or_none()
        if row is None:
            return None
        return StoredFile(
            id=FileId(row.id),
            mime=row.mime,
            size=row.size,
            pages=row.pages,
            **self._vault.unseal(row.sealed),
        )

    def open(self, file: FileId) -> bytes:
        """The content. Raises `FileNotFoundError`, or `TryLater` if it is out of reach just now."""
        return self._vault.unseal_bytes(self._shelf.get(file))

    def erase(self, files: Iterable[FileId]) -> None:
        """Forgets the files now; their content goes with `discard`, after the commit."""
        gone = list(files)
        self._connection.execute(delete(tables.files).where(tables.files.c.id.in_(gone)))
        self._erased += gone

    def discard(self) -> None:
        """Deletes the content of what was erased; what is out of reach is left for the sweeper."""
        with suppress(TryLater):
            for file in self._erased:
                self._shelf.delete(file)

    def sweep(self) -> int:
        """Deletes contents a day old whose transaction did not commit; how many there were."""
        old = list(self._shelf.older_than(_UNCOMMITTED_LIVE))
        known = set(self._connection.execute(select(tables.files.c.id)).scalars()) if old else set()
        lost = [name for name in old if name not in known]
        for name in lost:
            self._shelf.delete(name)
        return len(lost)
