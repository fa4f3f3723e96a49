"""A citizen's conversation on one channel, and what it is about at the moment."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.basics.ids import CitizenId, ConversationId, DossierCode, DraftId, ProcedureCode
from bot.basics.say import Command


@dataclass(frozen=True)
class Offer:
    """A button that was shown: what it was called and what it means."""

    title: str
    command: Command


@dataclass(frozen=True)
class Told:
    """A message that told something a form may ask for, before any was opened."""

    text: str
    at: datetime


@dataclass(frozen=True)
class Context:
    """What a follow-up question or a bare "ừ" refers to."""

    procedure: ProcedureCode | None = None
    """The procedure last talked about."""
    dossier: DossierCode | None = None
    """The dossier last talked about."""
    offered: tuple[Offer, ...] = ()
    """The choices last shown, in order, so that they can be typed as well."""
    counts: bool = False
    """Whether "2" picks the second of them."""
    waiting: str = ""
    """The intent that waits for the name of a procedure, where the citizen was just asked for one."""
    topic: str = ""
    """What of online service was explained last: what `khác gì toàn trình` is compared with."""
    unclear: str = ""
    """What the citizen said last, while it is open which procedure that is about."""
    elsewhere: tuple[ProcedureCode, ...] = ()
    """The procedures last talked about, where the catalogue has none of them."""
    asked: str = ""
    """The message answered last, masked, while it is not sure that it was understood."""
    misses: int = 0
    """Messages in a row that were not understood."""
    asked_ward: bool = False
    """Whether the citizen was just asked in which ward they are."""
    introduced: bool = False
    """Whether the citizen was told that this is an AI assistant (Luật 134/2025/QH15 Đ11)."""
    phone: str = ""
    """The citizen's own number, vouched for by the platform; never one that was typed."""
    told: Told | None = None
    """What the citizen told already, for the declaration that is opened next."""
    officer_until: datetime | None = None
    """Until when an officer talks here and the assistant is quiet."""


@dataclass(frozen=True)
class Conversation:
    """One chat account on one channel."""

    id: ConversationId
    citizen: CitizenId
    created_at: datetime
    heard_at: datetime
    context: Context = Context()
    draft: DraftId | None = None
    """The declaration being filled here and now; None between declarations."""
    reachable: bool = True
    """False once the platform said that this account can no longer be written to."""

    def having(self, **changes: Any) -> Conversation:
        """This conversation with some parts changed."""
        return dataclasses.replace(self, **changes)

    def about(self, **changes: Any) -> Conversation:
        """This conversation with some parts of its context changed."""
        return self.having(context=dataclasses.replace(self.context, **changes))

    @property
    def channel(self) -> str:
        """The channel: what stands before the first colon of the id."""
        return self.id.partition(":")[0]
