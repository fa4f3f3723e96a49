"""Uploads between their arrival and their message's turn: encrypted, under random names."""

from __future__ import annotations

import hashlib
import re
import secrets
import threading
from pathlib import Path

import structlog
from starlette.concurrency import run_in_threadpool

from bot.basics.errors import Refused, Undeliverable
from bot.basics.ids import ConversationId
from bot.basics.messages import RemoteFile
from bot.web.ports import Sealer

log = structlog.get_logger()

_REF = re.compile(r"[0-9a-f]{32}-[0-9a-f]{32}")
_KEPT = 24 * 3600
"""Seconds."""
_MOST_EACH = 200
"""Uploads of one conversation in a day."""
_MOST_TOGETHER = 5 * 1024**3
"""Bytes of all uploads in a day: rather refuse one than fill the disk."""


class Spool:
    """The folder of uploads. A reference begins with its conversation: nobody else can use it."""

    def __init__(self, folder: Path, sealer: Sealer, most: int = _MOST_TOGETHER) -> None:
        self._folder, self._sealer, self._most = folder, sealer, most
        self._one_at_a_time = threading.Lock()

    def put(self, conversation: ConversationId, content: bytes) -> str:
        """Keeps an upload for a day; returns its reference. Raises `Refused` for too many."""
        sealed = self._sealer.seal_bytes(content)
        with self._one_at_a_time:
            return self._put(owner(conversation), sealed)

    def _put(self, whose: str, sealed: bytes) -> str:
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        kept = [(path.name, path.stat().st_size) for path in self._folder.iterdir()]
        own = sum(name.startswith(whose) for name, _ in kept)
        if own >= _MOST_EACH or sum(size for _, size in kept) >= self._most:
            log.warning("web.upload_refused", own=own, together=len(kept))
            raise Refused("web.upload_refused")
        ref = f"{whose}-{secrets.token_hex(16)}"
        path = self._folder / ref
        path.write_bytes(sealed)
        self._sweep(path.stat().st_mtime)
        return ref

    def holds(self, conversation: ConversationId, ref: str) -> bool:
        """Whether this conversation uploaded a file under this reference."""
        return (
            _REF.fullmatch(ref) is not None
            and ref.startswith(owner(conversation))
            and (self._folder / ref).is_file()
        )

    @staticmethod
    def is_ours(ref: str) -> bool:
        """Whether the reference is one of an upload here, and no platform's file id."""
        return _REF.fullmatch(ref) is not None

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


def owner(conversation: ConversationId) -> str:
    """Whose uploads they are, without telling: 32 hexadecimal digits."""
    return hashlib.sha256(conversation.encode()).hexdigest()[:32]
