"""The transaction that the actions of one turn share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from bot.counter.ports import Desk, Work

_current: ContextVar[tuple[Work, Desk] | None] = ContextVar("session", default=None)


@contextmanager
def session(work: Work, desk: Desk) -> Iterator[None]:
    """While the block runs, every action works in this transaction."""
    token = _current.set((work, desk))
    try:
        yield
    finally:
        _current.reset(token)


def current() -> tuple[Work, Desk] | None:
    """The transaction of the turn in progress; None outside one (a separate action server)."""
    return _current.get()
