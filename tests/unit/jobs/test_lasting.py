"""Background work that breaks begins anew; being told to stop ends it."""

from __future__ import annotations

import asyncio

import pytest

from bot.running import lasting


async def test_work_that_breaks_begins_anew_until_it_is_cancelled() -> None:
    begun: list[int] = []
    third = asyncio.Event()

    async def job() -> None:
        begun.append(1)
        if len(begun) < 3:
            raise OSError("no space left")
        third.set()
        await asyncio.Event().wait()

    running = asyncio.create_task(lasting(job, pause=0))
    await asyncio.wait_for(third.wait(), 5)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert len(begun) == 3
