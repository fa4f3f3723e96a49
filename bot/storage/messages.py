"""Repositories of what was said: conversations, outbox, buttons, lookups, feedback."""

from __future__ import annotations

import secrets
import unicodedata
from datetime import datetime, timedelta
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection, delete, insert, select, update

from bot.basics.clock import Clock
from bot.basics.ids import CitizenId, ConversationId, DossierCode, MessageId
from bot.basics.messages import FilledTemplate
from bot.basics.say import Command
from bot.citizens.model import Context, Conversation
from bot.counter.ports import FeedbackEntry, NoticeStep, Spoken
from bot.storage import tables
from bot.storage.vault import Vault

_CONTEXT = TypeAdapter(Context)
_COMMAND = TypeAdapter(Command)
_TEMPLATE = TypeAdapter(FilledTemplate)
_BUTTONS_LAST = timedelta(days=30)
_TOKEN_BYTES = 12
ANYBODY = ConversationId("")
"""Stands for the conversation of a link, which works wherever it is opened."""


class Conversations:
    """The conversations, and the citizens they belong to."""

    def __init__(self, connection: Connection, vault: Vault) -> None:
        self._connection, self._vault = connection, vault

    def get(self, conversation: ConversationId) -> Conversation | None:
        """The conversation, if anything was ever heard in it."""
        query = select(tables.conversations).where(tables.conversations.c.id == conversation)
        row = self._connection.execute(query).one_or_none()
        return self._built(row) if row else None

    def claim(self, conversation: ConversationId) -> Conversation | None:
        """The conversation, for whoever changes it outside its turn: no turn begins meanwhile."""
        table = tables.conversations
        query = select(table).where(table.c.id == conversation).with_for_update()
        row = self._connection.execute(query).one_or_none()
        return self._built(row) if row else None

    def of_citizen(self, citizen: CitizenId) -> list[Conversation]:
        """All conversations of one citizen, the one heard from last first."""
        table = tables.conversations
        query = select(table).where(table.c.citizen == citizen).order_by(table.c.heard_at.desc())
        return [self._built(row) for row in self._connection.execute(query)]

    def save(self, conversation: Conversation) -> None:
        """Stores the conversation; a new one brings its citizen with it."""
        row = {
            "citizen": conversation.citizen,
            "draft": conversation.draft,
            "reachable": conversation.reachable,
            "created_at": conversation.created_at,
            "heard_at": conversation.heard_at,
            "sealed": self._vault.seal(_CONTEXT.dump_python(conversation.context, mode="json")),
        }
        table = tables.conversations
        self._add_citizen(conversation.citizen, conversation.created_at)
        changed = self._connection.execute(
            update(table).where(table.c.id == conversation.id).values(row)
        )
        if changed.rowcount:
            return
        self._connection.execute(insert(table).values(id=conversation.id, **row))

    def mark(self, conversation: ConversationId, reachable: bool) -> None:
        """Remembers whether the account can be written to."""
        table = tables.conversations
        self._connection.execute(
            update(table).where(table.c.id == conversation).values(reachable=reachable)
        )

    def heard(self, conversation: ConversationId, at: datetime) -> None:
        """Remembers that the citizen was heard from, and so can be written to."""
        table = tables.conversations
        query = update(table).where(table.c.id == conversation)
        self._connection.execute(query.values(heard_at=at, reachable=True))

    def move(self, source: CitizenId, target: CitizenId) -> None:
        """Makes every conversation of `source` one of `target`."""
        table = tables.conversations
        self._connection.execute(
            update(table).where(table.c.citizen == source).values(citizen=target)
        )

    def _add_citizen(self, citizen: CitizenId, at: datetime) -> None:
        known = select(tables.citizens.c.id).where(tables.citizens.c.id == citizen)
        if not self._connection.execute(known).first():
            self._connection.execute(insert(tables.citizens).values(id=citizen, created_at=at))

    def _built(self, row: Any) -> Conversation:
        return Conversation(
            id=ConversationId(row.id),
            citizen=CitizenId(row.citizen),
            created_at=row.created_at,
            heard_at=row.heard_at,
            context=_CONTEXT.validate_python(self._vault.unseal(row.sealed)),
            draft=row.draft,
            reachable=row.reachable,
        )


class Buttons:
    """What the buttons shown to citizens mean."""

    def __init__(self, connection: Connection, vault: Vault, clock: Clock) -> None:
        self._connection, self._vault, self._clock = connection, vault, clock

    def show(self, conversation: ConversationId, command: Command) -> str:
        """A token for a button that means `command` in this conversation."""
        token = secrets.token_urlsafe(_TOKEN_BYTES)
        self._connection.execute(
            insert(tables.buttons).values(
                token=token,
                conversation=conversation,
                created_at=self._clock.now(),
                sealed=self._vault.seal(_COMMAND.dump_python(command, mode="json")),
            )
        )
        return token

    def link(self, command: Command) -> str:
        """A token for a deep link that means `command` in whichever conversation it is opened."""
        return self.show(ANYBODY, command)

    def press(self, conversation: ConversationId, token: str) -> Command | None:
        """The meaning of a button shown in this conversation in the last 30 days."""
        table = tables.buttons
        query = select(table).where(table.c.token == token[:40])
        row = self._connection.execute(query).one_or_none()
        if row is None or row.conversation not in (conversation, ANYBODY):
            return None
        if self._clock.now() - row.created_at > _BUTTONS_LAST:
            return None
        return _COMMAND.validate_python(self._vault.unseal(row.sealed))

    def forget_old(self) -> None:
        """Deletes the buttons that no longer work."""
        limit = self._clock.now() - _BUTTONS_LAST
        self._connection.execute(delete(tables.buttons).where(tables.buttons.c.created_at < limit))


class Outbox:
    """Messages to send, committed with the change they tell of."""

    def __init__(
        self, connection: Connection, vault: Vault, clock: Clock, buttons: Buttons
    ) -> None:
        self._connection, self._vault, self._clock = connection, vault, clock
        self._buttons = buttons

    def add(
        self,
        conversation: ConversationId,
        spoken: Spoken,
        in_reply_to: MessageId | None = None,
        once: str = "",
        step: NoticeStep | None = None,
    ) -> None:
        """Queues a message. With `once`, a second message under the same name is dropped."""
        table = tables.outbox
        if (
            once
            and self._connection.execute(select(table.c.id).where(table.c.once == once)).first()
        ):
            return
        now = self._clock.now()
        body = {
            "text": _composed(spoken.text),
            "buttons": [
                {"title": _composed(title), "token": self._buttons.show(conversation, command)}
                for title, command in spoken.buttons
            ],
            "files": list(spoken.files),
            "phone_button": spoken.phone_button,
            "place_button": spoken.place_button,
            "asks_file": spoken.asks_file,
        }
        if step and step.template:
            body["template"] = _TEMPLATE.dump_python(step.template, mode="json")
        self._connection.execute(
            insert(table).values(
                conversation=conversation,
                channel=conversation.partition(":")[0],
                inbox=in_reply_to,
                key=spoken.key,
                once=once or None,
                state="pending",
                attempts=0,
                not_before=now,
                created_at=now,
                notice=step.notice if step else None,
                way=step.way if step else None,
                cost=step.cost if step else None,
                sealed=self._vault.seal(body),
            )
        )


def _composed(text: str) -> str:
    """The text with each accent on its letter: so platforms count, and so every font shows it."""
    return unicodedata.normalize("NFC", text)


class Lookups:
    """Wrong dossier codes tried."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def record(self, conversation: ConversationId, at: datetime) -> None:
        """Remembers one wrong code."""
        self._connection.execute(insert(tables.lookups).values(conversation=conversation, at=at))

    def since(self, conversation: ConversationId, at: datetime) -> list[datetime]:
        """When wrong codes were tried since then, oldest first."""
        table = tables.lookups
        query = (
            select(table.c.at)
            .where(table.c.conversation == conversation, table.c.at >= at)
            .order_by(table.c.at)
        )
        return list(self._connection.execute(query).scalars())


class Feedback:
    """Ratings, complaints and requests to be called, for officers to read."""

    def __init__(self, connection: Connection, vault: Vault, clock: Clock) -> None:
        self._connection, self._vault, self._clock = connection, vault, clock

    def add(
        self, conversation: ConversationId, kind: str, words: str, dossier: DossierCode | None
    ) -> None:
        """Keeps the citizen's words for officers."""
        self._connection.execute(
            insert(tables.feedback).values(
                conversation=conversation,
                kind=kind,
                dossier=dossier,
                at=self._clock.now(),
                sealed=self._vault.seal(words),
            )
        )

    def latest(self, limit: int = 100) -> list[FeedbackEntry]:
        """The newest entries first."""
        table = tables.feedback
        rows = self._connection.execute(select(table).order_by(table.c.id.desc()).limit(limit))
        return [
            FeedbackEntry(row.at, row.kind, row.dossier, self._vault.unseal(row.sealed))
            for row in rows
        ]
