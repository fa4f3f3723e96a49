"""Slows down those who send too much. Counts in memory: a restart forgives."""

from __future__ import annotations

from collections import OrderedDict, deque
from datetime import datetime, timedelta

_MOST_REMEMBERED = 20_000


class Limit:
    """At most `most` times within `window`, for each name."""

    def __init__(self, most: int, window: timedelta) -> None:
        self._most, self._window = most, window
        self._times: OrderedDict[str, deque[datetime]] = OrderedDict()

    def wait(self, name: str, now: datetime) -> int:
        """0 and counted if it may go on now, else the seconds to wait."""
        times = self._times.setdefault(name, deque())
        self._times.move_to_end(name)
        if len(self._times) > _MOST_REMEMBERED:
            self._times.popitem(last=False)
        while times and times[0] <= now - self._window:
            times.popleft()
        if len(times) >= self._most:
            return max(1, round((times[0] + self._window - now).total_seconds()))
        times.append(now)
        return 0
