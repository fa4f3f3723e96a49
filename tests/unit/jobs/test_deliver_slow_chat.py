"""A chat that has to wait holds up no other."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from bot.basics.ids import ConversationId
from bot.basics.messages import Outgoing
from bot.jobs.deliver import Deliverer
from tests.build import at

NOON = at(20, 12)


@dataclass(frozen=True)
class Item:
    message: Outgoing
    attempts: int = 1
    created_at: datetime = NOON


class Outbox:
    """Each conversation's messages, the next only after the last was settled."""

    def __init__(self, *messages: tuple[str, int]) -> None:
        self.open = [Item(Outgoing(n, ConversationId(f"fake:{who}"), "…")) for who, n in messages]
        self.sending: set[str] = set()
        self.settled: list[int] = []

    def take_to_send(self, channels, limit=50):
        taken = []
        for item in list(self.open):
            if item.message.conversation not in self.sending:
                self.sending.add(item.message.conversation)
                self.open.remove(item)
                taken.append(item)
        return taken

    def recover(self, channels):
        return 0

    def settle(self, number, fate, provider_id="", error="", not_before=None):
        self.settled.append(number)
        self.sending = {who for who in self.sending if number not in numbers_of(who)}


def numbers_of(who: str) -> range:
    start = 10 if who.endswith("slow") else 20
    return range(start, start + 10)


class Sender:
    channel = "fake"

    def __init__(self) -> None:
        self.gate = asyncio.Event()

    async def send(self, message):
        if message.conversation.endswith("slow"):
            await self.gate.wait()
        return ""


class Still:
    def now(self):
        return at(20)


async def test_a_chat_that_has_to_wait_holds_up_no_other():
    outbox, sender = Outbox(("slow", 10), ("quick", 20), ("quick", 21), ("quick", 22)), Sender()

    @contextmanager
    def opened():
        yield outbox

    running = asyncio.create_task(Deliverer(opened, {"fake": sender}, Still()).run())
    while outbox.settled != [20, 21, 22]:
        await asyncio.sleep(0)
    sender.gate.set()
    while 10 not in outbox.settled:
        await asyncio.sleep(0)
    running.cancel()
