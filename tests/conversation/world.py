"""The whole assistant in one process: real model, rules, actions and database; nothing is sent."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import select

from bot.basics.ids import ConversationId, DossierCode
from bot.basics.messages import Inbound, Kind, RemoteFile, ShownButton
from bot.basics.vietnamese.text import fold
from bot.citizens.model import Context
from bot.conversation.engine import Engine
from bot.conversation.turns import take_turn
from bot.counter import decide
from bot.counter.attach import keep
from bot.counter.ports import Desk
from bot.counter.receive import receive
from bot.declarations.model import Draft
from bot.documents.inspect import inspect
from bot.dossiers.model import Dossier
from bot.storage import tables
from bot.storage.storage import Storage
from bot.storage.vault import Vault
from tests.fake_clock import FakeClock

MAX_MB = 10
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj 3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>endobj\nxref\n0 4\n0000000000 65535 f \n0000000009 00000 n \n0000000052 00000 n \n0000000101 00000 n \ntrailer<</Size 4/Root 1 0 R>>\nstartxref\n164\n%%EOF"  # noqa: E501  (one page, nothing on it)


@dataclass(frozen=True)
class Heard:
    """One message as a citizen gets it."""

    key: str
    text: str
    buttons: tuple[ShownButton, ...]
    files: tuple[str, ...]


@dataclass
class World:
    """One installation."""

    engine: Engine
    storage: Storage
    desk: Desk
    clock: FakeClock
    files: Path = Path()
    """The folder where contents are kept."""
    _keys: Iterator[int] = field(default_factory=itertools.count)

    def citizen(self, name: str = "an") -> Citizen:
        """Somebody who writes to it."""
        return Citizen(self, ConversationId(f"terminal:{name}"))

    @contextmanager
    def officer(self, name: str = "Phạm Thu Hà") -> Iterator[decide.Officer]:
        """Somebody who decides."""
        with self.storage.work() as work:
            yield decide.Officer(work, self.desk, name)

    def receive(self, inbound: Inbound, contents: tuple[bytes, ...] = ()) -> None:
        """A message comes in, and its files with it."""
        with self.storage.work() as work:
            number = receive(work, work.inbox, inbound, self.clock.now())
            if number is not None and inbound.files:
                pairs = zip(inbound.files, contents, strict=True)
                kept = tuple(
                    keep(work.files, f.name, inspect(content, MAX_MB)) for f, content in pairs
                )
                [parts] = work.inbox.to_fetch(inbound.conversation.partition(":")[0])
                work.inbox.fetched(parts, kept)

    def take_turns(self) -> None:
        """Everything unread is dealt with."""
        while take_turn(self.storage, self.engine, self.desk):
            pass

    def new_key(self) -> str:
        """A key no message had before."""
        return f"m{next(self._keys)}"

    def outbox(self, conversation: ConversationId, after: int) -> list[tuple[int, Heard]]:
        """What was put out for a conversation after the message of this number."""
        table = tables.outbox
        query = select(table).where(table.c.conversation == conversation, table.c.id > after)
        with self.storage.look() as work:
            found = []
            for row in work.inbox._connection.execute(query.order_by(table.c.id)):
                body = work.inbox._vault.unseal(row.sealed)
                buttons = tuple(ShownButton(b["title"], b["token"]) for b in body["buttons"])
                files = tuple(known.name for f in body["files"] if (known := work.files.get(f)))
                found.append((row.id, Heard(row.key, body["text"], buttons, files)))
            return found


class Citizen:
    """Speaks, presses, sends; remembers what the last message brought."""

    def __init__(self, world: World, conversation: ConversationId) -> None:
        self.world, self.conversation = world, conversation
        self.got: list[Heard] = []
        """The answers to the last message, and notices that came with them."""
        self.seen: list[Heard] = []
        """Everything ever heard."""
        self.sent = 0
        """How many messages were written or pressed."""
        self._last = 0

    def says(self, text: str) -> list[Heard]:
        """Types something."""
        return self._gives(Kind.TEXT, text=text)

    def starts(self, payload: str = "") -> list[Heard]:
        """Opens the conversation, perhaps through a deep link."""
        return self._gives(Kind.START, text=payload)

    def presses(self, title: str) -> list[Heard]:
        """Presses the button of this name, as shown last."""
        return self.presses_token(self.button(title).token)

    def presses_token(self, token: str) -> list[Heard]:
        """Presses any button, however old."""
        return self._gives(Kind.CLICK, token=token)

    def sends(self, name: str = "giay.pdf", content: bytes | None = None) -> list[Heard]:
        """Sends a file; one of another name has another content, unless told otherwise."""
        return self.sends_album({name: PDF + f"\n%{name}".encode() if content is None else content})

    def sends_album(self, contents: dict[str, bytes]) -> list[Heard]:
        """Sends several files as one message."""
        files = tuple(RemoteFile("x", name, size=len(c)) for name, c in contents.items())
        return self._gives(Kind.FILE, tuple(contents.values()), files=files)

    def shares_phone(self, phone: str, own: bool = True) -> list[Heard]:
        """Shares a contact."""
        return self._gives(Kind.CONTACT, phone=phone, own_phone=own)

    def gives(self, kind: Kind, **parts: Any) -> list[Heard]:
        """Sends anything else."""
        return self._gives(kind, **parts)

    def looks(self) -> list[Heard]:
        """Looks at the chat without writing: what has arrived meanwhile."""
        found = self.world.outbox(self.conversation, self._last)
        self.got = [heard for _, heard in found]
        self.seen += self.got
        self._last = found[-1][0] if found else self._last
        return self.got

    def button(self, title: str) -> ShownButton:
        """The button of this name among those shown last."""
        shown = [button for heard in reversed(self.seen) for button in heard.buttons]
        found = [button for button in shown if fold(button.title) == fold(title)]
        assert found, f"no button {title!r} among {[button.title for button in shown][:12]}"
        return found[0]

    def hears(self, *keys: str) -> None:
        """The last message brought exactly these, in this order (declaration.ask may follow)."""
        heard = [one.key for one in self.got]
        assert heard == list(keys), f"heard {heard}: {[one.text for one in self.got]}"

    def last(self) -> Heard:
        """The last thing heard."""
        return self.seen[-1]

    @property
    def draft(self) -> Draft:
        """The declaration open in this conversation."""
        with self.world.storage.look() as work:
            known = work.conversations.get(self.conversation)
            assert known is not None
            assert known.draft is not None
            draft = work.drafts.get(known.draft)
            assert draft is not None
            return draft

    def context(self) -> Context:
        """What this conversation remembers."""
        with self.world.storage.look() as work:
            known = work.conversations.get(self.conversation)
            assert known is not None
            return known.context

    @property
    def dossiers(self) -> list[Dossier]:
        """What this citizen filed, latest first."""
        with self.world.storage.look() as work:
            known = work.conversations.get(self.conversation)
            assert known is not None
            return work.dossiers.of_citizen(known.citizen)

    @property
    def code(self) -> DossierCode:
        """The code of the dossier filed last."""
        return self.dossiers[0].code

    def _gives(self, kind: Kind, contents: tuple[bytes, ...] = (), **parts: Any) -> list[Heard]:
        self.sent += 1
        key, now = self.world.new_key(), self.world.clock.now()
        inbound = Inbound(self.conversation, key, kind, now, **parts)
        self.world.receive(inbound, contents)
        self.world.take_turns()
        return self.looks()


def fills(citizen: Citizen, answers: dict[str, str], until: str = "") -> None:
    """Answers each question with what `answers` has for its field, until the review or `until`."""
    for _ in range(200):
        last = citizen.last()
        if last.key == "declaration.review":
            return
        asking = citizen.draft.asking
        if asking is None or asking == until:
            return
        if last.key == "declaration.doubt":
            citizen.presses("Đúng rồi")
        elif asking in answers:
            citizen.says(answers[asking])
        elif any(button.title == "Bỏ qua" for button in last.buttons):
            citizen.says("bỏ qua")
        else:
            citizen.sends(f"{asking}.pdf")
            citizen.says("xong")
    raise AssertionError(f"never got to the end: {citizen.last()}")


def vault() -> Vault:
    """Keys for one test."""
    from cryptography.fernet import Fernet

    return Vault([Fernet.generate_key().decode()])


def storage_in(folder: Path, clock: FakeClock) -> Storage:
    """A fresh database in `folder`."""
    from bot.storage import database

    engine = database.connect(f"sqlite:///{folder / 'test.db'}")
    database.migrate(engine)
    return Storage(engine, vault(), clock, folder / "files")
