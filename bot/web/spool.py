"""Uploads between their arrival and their message's turn: encrypted, under random names."""

from __future__ import annotations

import re
import secrets
from pathlib import Path

from starlette.concurrency import run_in_threadpool

from bot.basics.errors import Refused, Undeliverable
from bot.basics.ids import ConversationId
from bot.basics.messages import RemoteFile
from bot.web.ports import Sealer

_REF = re.compile(r"[0-9a-f]{32}-[0-9a-f]{32}")
_KEPT = 24 * 3600
"""Seconds."""
_MOST_EACH = 60
"""Uploads of one conversation that wait at the same time."""


class Spool:
    """The folder of uploads. A reference begins with its conversation: nobody else can use it."""

    def __init__(self, folder: Path, sealer: Sealer) -> None:
        self._folder, self._sealer = folder, sealer

    def put(self, conversation: ConversationId, content: bytes) -> str:
        """Keeps an upload for a day; returns its reference. Raises `Refused` for too many."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        owner = _owner(conversation)
        if len(list(self._folder.glob(f"{owner}-*"))) >= _MOST_EACH:
            raise Refused("web.too_many_files")
        ref = f"{owner}-{secrets.token_hex(16)}"
        path = self._folder / ref
        path.write_bytes(self._sealer.seal_bytes(content))
        self._sweep(path.stat().st_mtime)
        return ref

    def holds(self, conversation: ConversationId, ref: str) -> bool:
        """Whether this conversation uploaded a file under this reference."""
        return (
            _REF.fullmatch(ref) is not None
            and ref.startswith(_owner(conversation))
            and (self._folder / ref).is_file()
        )

    async def fetch(self, file: RemoteFile) -> bytes:
        """The content of an upload; it may be asked for again. Raises `Undeliverable`."""
        return await run_in_threadpool(self._read, file.ref)

    def _read(self, ref: str) -> bytes:
        try:
            if not _REF.fullmatch(ref):
                raise FileNotFoundError
            return self._sealer.unseal_bytes((self._folder / ref).read_bytes())
        except FileNotFoundError as error:
            raise Undeliverable("file.not_fetched") from error

    def _sweep(self, now: float) -> None:
        """Deletes what is a day old: its message is in by then, or will never be.

        `now` is the disk's own time, which a demonstration's clock does not move.
        """
        for path in self._folder.iterdir():
            if path.stat().st_mtime < now - _KEPT:
                path.unlink(missing_ok=True)


def _owner(conversation: ConversationId) -> str:
    return conversation.partition(":")[2]
