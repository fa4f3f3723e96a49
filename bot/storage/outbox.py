"""The outbox as the counter sees it: what citizens are told, committed with the change it tells of."""

from __future__ import annotations

import unicodedata

from pydantic import TypeAdapter
from sqlalchemy import Connection, insert, select

from bot.basics.clock import Clock
from bot.basics.ids import ConversationId, MessageId
from bot.basics.messages import FilledTemplate
from bot.counter.ports import NoticeStep, Spoken
from bot.storage import tables
from bot.storage.buttons import Buttons
from bot.storage.vault import Vault

_TEMPLATE = TypeAdapter(FilledTemplate)


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
