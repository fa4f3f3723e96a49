"""Reads JSON that comes from a platform: no shape of it raises, and a number may stand in quotes."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from datetime import datetime

from bot.basics.clock import VIETNAM

_LAST_MILLISECOND = 2**32 * 1000


def parsed(body: bytes) -> Mapping[str, object] | None:
    """The JSON object in the body; None for anything else, an empty body and a web page included."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, Mapping) else None


def at(data: object, *path: str) -> object:
    """What stands at the end of the path; None if the path breaks off."""
    for key in path:
        data = data.get(key) if isinstance(data, Mapping) else None
    return data


def items(data: object, *path: str) -> list[object]:
    """The items of a list; none for anything else."""
    value = at(data, *path)
    return value if isinstance(value, list) else []


def text(data: object, *path: str) -> str:
    """A text, or an identifier that came as a number; empty for anything else."""
    value = at(data, *path)
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**30:
        return str(value)
    # JSON can hold half a surrogate pair, which nothing further on could store.
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else ""


def whole(data: object, *path: str) -> int | None:
    """A whole number."""
    value = text(data, *path)
    try:
        return int(value)
    except ValueError:
        return None


def real(data: object, key: str, most: int) -> float | None:
    """A number between `-most` and `most`."""
    value = at(data, key)
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        found = float(value)
    except (ValueError, OverflowError):
        return None
    return found if math.isfinite(found) and abs(found) <= most else None


def moment(data: object, key: str, now: datetime) -> datetime:
    """A moment in milliseconds since 1970; `now` for what is none."""
    milliseconds = whole(data, key)
    if milliseconds is None or not 0 < milliseconds < _LAST_MILLISECOND:
        return now
    return datetime.fromtimestamp(milliseconds / 1000, VIETNAM)
