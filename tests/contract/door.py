"""One channel as its citizens meet it: what they type, tap and send, and what then is on the screen.

Between the two stands what stands there in service: the channel's own reading of what its platform
brings, the real assistant, the deliverer, the channel's own calls to its platform.
"""

from __future__ import annotations

import asyncio
import itertools
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, ClassVar

from bot.basics.ids import ConversationId
from bot.basics.messages import Inbound
from bot.basics.vietnamese.text import fold
from bot.citizens.model import Conversation
from bot.counter.receive import receive
from bot.jobs.deliver import Deliverer
from bot.jobs.fetch import Fetch, Fetcher
from bot.notifications.ports import Sender
from bot.storage.sending import Sending
from bot.wiring import OutgoingFiles
from tests.conversation.world import MAX_MB, Heard, World

_PEOPLE = itertools.count(910000001)
_PATIENCE = 40
"""Rounds of deliveries after which nothing more will come."""


@dataclass(frozen=True)
class Key:
    """Something on the screen that can be pressed, and what the platform then brings."""

    title: str
    press: str


@dataclass(frozen=True)
class Seen:
    """One thing on the screen."""

    text: str = ""
    keys: tuple[Key, ...] = ()
    file: bytes | None = None


class Door(ABC):
    """A citizen's screen on one channel."""

    name: ClassVar[str]
    lacks: ClassVar[frozenset[str]] = frozenset()
    """What cannot be done there: `buttons`, `pdf`, `place`, `papers` (files to the citizen)."""
    faults: ClassVar[frozenset[str]]
    """What can go wrong between us and the platform: see `test_faults`."""
    longest: ClassVar[int] = 10**9
    most_buttons: ClassVar[int] = 10**9
    longest_title: ClassVar[int] = 10**9

    def __init__(self, world: World) -> None:
        self.world, self.person = world, next(_PEOPLE)
        self.papers = OutgoingFiles(world.storage)
        self.screen: list[Seen] = []
        self._numbers = itertools.count(1)
        self._said = self._full = 0
        self.prepare()

    # what each channel has of its own

    @abstractmethod
    def prepare(self) -> None:
        """Opens the real door, to a platform that this test plays."""

    @property
    @abstractmethod
    def conversation(self) -> ConversationId:
        """Whose screen this is, as the assistant knows it."""

    @property
    @abstractmethod
    def sender(self) -> Sender:
        """The real way out."""

    @property
    @abstractmethod
    def fetch(self) -> Fetch:
        """The real way to files."""

    @abstractmethod
    async def bring(self, raw: Any) -> None:
        """The platform brings what a citizen did, again if we could not keep it.

        The same `raw` once more is the same thing once more.
        """

    @abstractmethod
    async def looks(self) -> None:
        """Brings the screen up to date."""

    @abstractmethod
    def refused(self) -> Sequence[str]:
        """Why the platform did not take a message; empty when all were as it wants them."""

    @abstractmethod
    def breaks(self, fault: str) -> None:
        """The next message meets this fault."""

    @abstractmethod
    def text(self, words: str) -> Any:
        """What the platform brings when words are typed."""

    @abstractmethod
    def press(self, key: str) -> Any:
        """What it brings when a button is pressed."""

    @abstractmethod
    async def file(self, name: str, content: bytes) -> Any:
        """What it brings when a file is sent."""

    @abstractmethod
    def place(self, latitude: float, longitude: float) -> Any:
        """What it brings when a place is shared."""

    @abstractmethod
    def start(self) -> Any:
        """What it brings when the conversation is opened."""

    # what all have in common

    async def types(self, words: str) -> list[Seen]:
        """Types; what then comes."""
        return await self.does(self.text(words))

    async def taps(self, title: str) -> list[Seen]:
        """Presses the choice of this name shown last; where it has a number, types that."""
        key = self.key(title)
        return await self.does(key if key is not None else self.text(self.chosen(title)))

    async def does(self, *raws: Any) -> list[Seen]:
        """The platform brings all this, one after another; what is new on the screen then."""
        before = len(self.screen)
        for raw in raws:
            await self.bring(raw)
        await self.settles()
        return self.screen[before:]

    def key(self, title: str) -> Any | None:
        """What a press on the button of this name brings; None if no button is called so."""
        for seen in reversed(self.screen):
            for key in seen.keys:
                if fold(key.title) == fold(title):
                    return self.press(key.press)
        return None

    def chosen(self, title: str) -> str:
        """What to type for the choice of this name: its number, or the words in quotes."""
        for seen in reversed(self.screen):
            for line in reversed(seen.text.splitlines()):
                number, dot, words = line.partition(". ")
                if dot and number.isdecimal() and fold(words) == fold(title):
                    return number
            if f"“{title}”" in seen.text:
                return title
        raise AssertionError(f"{self.name}: {title!r} cannot be chosen in {self.screen[-3:]}")

    async def settles(self) -> None:
        """Files are fetched, turns taken, answers sent, until nothing is left to do."""
        fetcher = Fetcher(self.world.storage, self.sender.channel, self.fetch, MAX_MB, lambda: None)
        deliverer = Deliverer(self._sending, {self.sender.channel: self.sender}, self.world.clock)
        while await fetcher.fetch_due():
            pass
        await asyncio.to_thread(self.world.take_turns)
        for _ in range(_PATIENCE):
            if not await deliverer.send_due():
                break
        await self.looks()

    def disk_is_full(self) -> None:
        """The next thing that is brought cannot be kept."""
        self._full = 1

    def hear(self, inbound: Inbound) -> bool:
        """Keeps what the door heard."""
        if self._full:
            self._full -= 1
            raise OSError("the disk is full")
        with self.world.storage.work() as work:
            return receive(work, work.inbox, inbound, self.world.clock.now()) is not None

    def said(self) -> list[Heard]:
        """What the assistant has said to this citizen since this was asked last."""
        found = self.world.outbox(self.conversation, self._said)
        self._said = found[-1][0] if found else self._said
        return [heard for _, heard in found]

    def known(self) -> Conversation:
        """The conversation as it is kept."""
        with self.world.storage.look() as work:
            found = work.conversations.get(self.conversation)
        assert found is not None
        return found

    def next(self) -> int:
        """A number no message had before."""
        return next(self._numbers)

    @contextmanager
    def _sending(self) -> Iterator[Sending]:
        with self.world.storage.work() as work:
            yield work.sending
