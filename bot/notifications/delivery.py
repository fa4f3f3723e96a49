"""What becomes of a message after one attempt to send it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.basics.errors import Outside, TryLater, Uncertain

_FIRST_WAIT = 2.0
_LONGEST_WAIT = 600.0
_GIVE_UP_AFTER = timedelta(days=3)
MOST_CRASHES = 2
"""A message found half-sent after a crash is sent once more, never twice."""


class Fate(StrEnum):
    """The state of a message in the outbox."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    UNKNOWN = "unknown"
    """It may have arrived: not repeated, shown to officers."""
    FAILED = "failed"


@dataclass(frozen=True)
class Verdict:
    """What to record after an attempt."""

    fate: Fate
    not_before: datetime | None = None


def after_failure(error: Outside, attempts: int, created: datetime, now: datetime) -> Verdict:
    """What an attempt that raised `error` means; `attempts` counts this one."""
    if isinstance(error, Uncertain):
        return Verdict(Fate.UNKNOWN)
    if not isinstance(error, TryLater) or now - created > _GIVE_UP_AFTER:
        return Verdict(Fate.FAILED)
    wait = max(error.after, min(_FIRST_WAIT * 2 ** (attempts - 1), _LONGEST_WAIT))
    return Verdict(Fate.PENDING, now + timedelta(seconds=wait))


def after_crash(attempts: int) -> Fate:
    """What to do with a message that was being sent when the process died."""
    return Fate.PENDING if attempts < MOST_CRASHES else Fate.UNKNOWN
