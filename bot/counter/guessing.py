"""Slows down guessing: the first wrong tries cost nothing, then each costs twice the wait of the last."""

from __future__ import annotations

from datetime import datetime, timedelta

WITHIN = timedelta(hours=1)
_FREE_TRIES = 3
_FIRST_WAIT = timedelta(seconds=30)
_MOST_DOUBLINGS = 10
_LONG_AGO = datetime.fromisoformat("2000-01-01T00:00:00+07:00")


def free_again(wrong: list[datetime]) -> datetime:
    """When the next try may be made after these wrong ones of the last hour, oldest first.

    At once for the first three, then after 30 s, 1 min, 2 …
    """
    if len(wrong) < _FREE_TRIES:
        return _LONG_AGO
    doublings = min(len(wrong) - _FREE_TRIES, _MOST_DOUBLINGS)
    return wrong[-1] + _FIRST_WAIT * int(2**doublings)
