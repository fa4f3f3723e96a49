"""Short-lived tokens for a platform that exchanges them all the time, and where they are kept."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Protocol

_EARLY = timedelta(hours=5)
_IDLE = timedelta(days=75)


@dataclass(frozen=True)
class Grant:
    """What lets us act for an account: a pair of tokens, the second good for the next pair, once."""

    access: str = field(repr=False)
    refresh: str = field(repr=False)
    issued_at: datetime
    expires_at: datetime
    """When the access token dies."""
    renewed_at: datetime
    """When the refresh token was given; unused for three months it dies."""
    refused_at: datetime | None = None
    """When the platform last refused the refresh token; only a person can mend that."""

    def is_due(self, now: datetime) -> bool:
        """Whether a new pair should be fetched: five hours early, or a fifth of a short life."""
        return self.expires_at - now < min(_EARLY, (self.expires_at - self.issued_at) / 5)

    def has_expired(self, now: datetime) -> bool:
        """Whether the access token is dead."""
        return now >= self.expires_at

    def refused(self, at: datetime) -> Grant:
        """This grant, knowing that its refresh token was refused."""
        return replace(self, refused_at=at)

    def idles_out(self, now: datetime) -> bool:
        """Whether it was not renewed for so long that somebody should be told."""
        return now - self.renewed_at > _IDLE


class Grants(Protocol):
    """The grants, one for each account, shared by all processes. Every call is one transaction."""

    def read(self, account: str) -> Grant | None:
        """The grant as it is now."""
        ...

    def put(self, account: str, grant: Grant) -> None:
        """Stores a grant that a person brought, whatever was there."""
        ...

    def lock(self, account: str, owner: str, now: datetime, until: datetime) -> bool:
        """Whether `owner` alone may use the refresh token until then; free again once that is past."""
        ...

    def unlock(self, account: str, owner: str) -> None:
        """Gives the lock back, if `owner` still has it."""
        ...

    def replace(self, account: str, spent: str, grant: Grant) -> bool:
        """Stores what `spent`, a refresh token, was exchanged for; False if another one stands there now."""
        ...

    def refuse(self, account: str, refused: str, at: datetime) -> None:
        """Notes that this refresh token was refused, if it is still the one that stands there."""
        ...

    def endpoint(self, account: str) -> str:
        """What was pinned for the account; empty if nothing was."""
        ...

    def pin(self, account: str, endpoint: str) -> None:
        """Remembers which endpoint serves this account."""
        ...
