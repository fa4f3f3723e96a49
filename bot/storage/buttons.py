"""The repository of what the buttons shown to citizens mean."""

from __future__ import annotations

import secrets
from datetime import timedelta

from pydantic import TypeAdapter
from sqlalchemy import Connection, delete, insert, select

from bot.basics.clock import Clock
from bot.basics.ids import ConversationId
from bot.basics.say import Command
from bot.storage import tables
from bot.storage.vault import Vault

_COMMAND = TypeAdapter(Command)
_BUTTONS_LAST = timedelta(days=30)
_TOKEN_BYTES = 12
ANYBODY = ConversationId("")
"""Stands for the conversation of a link, which works wherever it is opened."""


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
