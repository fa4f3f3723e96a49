"""Looks at the catalogue once a second, so that no message waits for what an import brought."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

EVERY = 1.0


async def watch(look: Callable[[], object], every: float = EVERY) -> None:
    """Calls `look` in a thread until cancelled."""
    while True:
        await asyncio.to_thread(look)
        await asyncio.sleep(every)
