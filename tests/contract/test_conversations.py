"""Every conversation, on every channel, seen as its citizen sees it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.basics import yaml12
from tests.contract.door import Door
from tests.contract.talk import Talk

CONVERSATIONS: dict[str, list[dict[str, Any]]] = yaml12.read(
    Path(__file__).parent / "conversations.yml"
)


@pytest.mark.parametrize("name", CONVERSATIONS)
async def test_every_channel_carries_it(door: Door, name: str) -> None:
    talk = Talk(door)
    for step in CONVERSATIONS[name]:
        await talk.takes(step)
