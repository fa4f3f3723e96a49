"""What a platform gave us for a file that it was sent, and where that is kept."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class Uploads(Protocol):
    """The platform's ids of files, by a digest of their content. Every call is one transaction."""

    def find(self, account: str, digest: str, since: datetime) -> str:
        """The id given for this content at that moment or later; empty if there is none."""
        ...

    def keep(self, account: str, digest: str, uploaded: str, at: datetime) -> None:
        """Remembers an id, in place of an older one."""
        ...

    def forget(self, account: str, before: datetime, digest: str = "") -> None:
        """Forgets ids given before that moment, and that of this content whenever it was given."""
        ...
