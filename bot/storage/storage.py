"""The transaction over everything that is kept."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from threading import Lock

from sqlalchemy import Connection, Engine

from bot.basics.clock import Clock
from bot.storage import database
from bot.storage.buttons import Buttons
from bot.storage.conversations import Conversations
from bot.storage.dossiers import Dossiers
from bot.storage.drafts import Drafts
from bot.storage.feedback import Feedback
from bot.storage.files import Files
from bot.storage.history import History
from bot.storage.inbox import Inbox
from bot.storage.letters import Letters
from bot.storage.links import Links
from bot.storage.lookups import Lookups
from bot.storage.misunderstood import Misunderstood
from bot.storage.notices import Notices
from bot.storage.outbox import Outbox
from bot.storage.profiles import Profiles
from bot.storage.sending import Sending
from bot.storage.shelf import Shelf
from bot.storage.tracker import TrackerEvents
from bot.storage.vault import Vault


class Work:
    """One open transaction, with a repository for everything. See `counter.ports`."""

    def __init__(self, connection: Connection, vault: Vault, clock: Clock, shelf: Shelf) -> None:
        self.conversations = Conversations(connection, vault)
        self.drafts = Drafts(connection, vault)
        self.dossiers = Dossiers(connection, vault)
        self.profiles = Profiles(connection, vault)
        self.buttons = Buttons(connection, vault, clock)
        self.outbox = Outbox(connection, vault, clock, self.buttons)
        self.lookups = Lookups(connection)
        self.links = Links(connection)
        self.letters = Letters(connection, vault, clock)
        self.notices = Notices(connection, vault, clock)
        self.feedback = Feedback(connection, vault, clock)
        self.files = Files(connection, vault, clock, shelf)
        self.misunderstood = Misunderstood(connection, vault, clock)
        self.inbox = Inbox(connection, vault, clock)
        self.sending = Sending(connection, vault, clock, self.inbox)
        self.history = History(connection, vault)
        self.tracker = TrackerEvents(connection, vault, clock)

    def new_id(self) -> str:
        """A fresh random identifier."""
        return secrets.token_hex(8)

    def is_idle(self, channel: str) -> bool:
        """Whether nothing that came in through this channel, or goes out there now, is left to do."""
        return self.inbox.is_empty(channel) and self.sending.is_empty(channel)


class Storage:
    """Opens transactions."""

    def __init__(self, engine: Engine, vault: Vault, clock: Clock, files: Path | Shelf) -> None:
        self.engine = engine
        # SQLite lets writers wait without a queue, and one may starve; ours stand in line.
        is_alone = engine.dialect.name == "sqlite"
        self._turnstile: AbstractContextManager[object] = Lock() if is_alone else nullcontext()
        self._vault, self._clock = vault, clock
        self._shelf = files if isinstance(files, Shelf) else Shelf.in_folder(files)

    @contextmanager
    def work(self) -> Iterator[Work]:
        """A transaction that commits at the end of the block, or rolls back if the block raises."""
        with self._turnstile, database.writing(self.engine) as connection:
            work = Work(connection, self._vault, self._clock, self._shelf)
            yield work
        work.files.discard()

    @contextmanager
    def look(self) -> Iterator[Work]:
        """A transaction that only reads."""
        with database.reading(self.engine) as connection:
            yield Work(connection, self._vault, self._clock, self._shelf)
