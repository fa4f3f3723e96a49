"""What the web needs, made from the storage and the counter."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import text

from bot.basics.clock import Clock
from bot.basics.errors import Undeliverable
from bot.basics.history import Position, Said
from bot.basics.ids import ConversationId, FileId
from bot.basics.messages import Inbound
from bot.channels.webchat import CHANNEL
from bot.counter.receive import receive
from bot.notifications.ports import FileToSend, OutgoingFiles
from bot.storage.storage import Storage


class WebConversations:
    """The conversations of the web door. See `web.ports.Conversations`."""

    def __init__(
        self, storage: Storage, clock: Clock, files: OutgoingFiles, on_received: Callable[[], None]
    ) -> None:
        self._storage, self._clock, self._files = storage, clock, files
        self._on_received = on_received

    def receive(self, inbound: Inbound) -> bool:
        """Keeps a message and wakes who takes turns; False if it was kept before."""
        with self._storage.work() as work:
            number = receive(work, work.queue, inbound, self._clock.now())
        self._on_received()
        return number is not None

    def after(self, conversation: ConversationId, position: Position) -> list[Said]:
        """Everything said in the conversation after `position`, oldest first."""
        with self._storage.look() as work:
            return work.history.after(conversation, position)

    def news(self, position: Position | None) -> tuple[Position, frozenset[ConversationId]]:
        """The web conversations with something new after `position`; None: where the end is now."""
        with self._storage.look() as work:
            if position is None:
                return work.history.end(), frozenset()
            return work.history.news(CHANNEL, position)

    def file(self, conversation: ConversationId, file: FileId) -> FileToSend:
        """A file that was sent in this conversation. Raises `Undeliverable` for any other."""
        with self._storage.look() as work:
            if not work.history.holds(conversation, file):
                raise Undeliverable("file.gone")
        return self._files.fetch(file)

    def is_healthy(self) -> bool:
        """Whether the database answers."""
        try:
            with self._storage.engine.connect() as connection:
                connection.execute(text("SELECT 1"))
        except Exception:  # whatever it is, the answer is no
            return False
        return True
