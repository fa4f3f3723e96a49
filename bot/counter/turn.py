"""One message being dealt with: what was heard, what is known, and what is answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from bot.basics.ids import CitizenId, ConversationId, MessageId, ProcedureCode
from bot.basics.messages import Kind
from bot.basics.say import Command, Say
from bot.citizens.model import Conversation
from bot.counter.ports import Desk, Work
from bot.declarations.model import Heard, ReceivedFile

_LONGEST_TOLD = 400
"""Characters of earlier messages that are read again together with the next."""


@dataclass(frozen=True)
class Meaning:
    """What the classifier and the finder made of a message."""

    intent: str = ""
    confidence: float = 0.0
    rather: tuple[str, ...] = ()
    """Intents it may have instead, likeliest first."""
    also: tuple[str, ...] = ()
    """Further things asked in the same message."""
    procedure: ProcedureCode | None = None
    """The procedure it names, when there is no doubt."""
    candidates: tuple[ProcedureCode, ...] = ()
    """Procedures it may name, likeliest first."""
    elsewhere: tuple[ProcedureCode, ...] = ()
    """Codes of procedures it may name that are not in the catalogue, likeliest first."""
    names_one: float = 1.0
    """How likely it is that the message names a procedure at all, 0 to 1."""
    entities: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Message:
    """A message as the counter hears it."""

    id: MessageId
    conversation: ConversationId
    kind: Kind = Kind.TEXT
    text: str = ""
    is_too_long: bool = False
    meaning: Meaning = Meaning()
    pressed: Command | None = None
    """What the button stands for; None for a button that no longer works."""
    files: tuple[ReceivedFile, ...] = ()
    phone: str = ""
    own_phone: bool = False
    latitude: float | None = None
    longitude: float | None = None
    """A place that was shared, in degrees."""

    def heard(self) -> Heard:
        """The part of it that a declaration reads."""
        return Heard(
            message=self.id,
            text=self.text,
            pressed=self.pressed,
            files=self.files,
            phone=self.phone,
            is_own_phone=self.own_phone,
            intent=self.meaning.intent,
            confidence=self.meaning.confidence,
        )


@dataclass(frozen=True)
class Reply:
    """What a use case answers."""

    says: tuple[Say, ...] = ()
    opens: bool = False
    """Whether a declaration was opened, so that its first question comes next."""
    aside: bool = False
    """Whether the declaration leaves this message to somebody else."""


class Turn:
    """One message, inside one transaction."""

    def __init__(self, work: Work, desk: Desk, message: Message) -> None:
        self.work, self.desk, self.message = work, desk, message

    def about(self, procedure: ProcedureCode) -> Turn:
        """The same turn, of a message that names this procedure without doubt."""
        meaning = replace(self.message.meaning, procedure=procedure)
        return Turn(self.work, self.desk, replace(self.message, meaning=meaning))

    def asking(self, intent: str) -> Turn:
        """The same turn, of a message that asks this and nothing else."""
        meaning = replace(self.message.meaning, intent=intent, also=())
        return Turn(self.work, self.desk, replace(self.message, meaning=meaning))

    @property
    def now(self) -> datetime:
        """The present moment."""
        return self.desk.clock.now()

    @property
    def conversation(self) -> Conversation:
        """The conversation as it is now."""
        return conversation_of(self.work, self.message.conversation, self.now)

    def remember(self, **changes: Any) -> Conversation:
        """Changes parts of the conversation's context, e.g. `procedure=…`."""
        conversation = self.conversation.about(**changes)
        self.work.conversations.save(conversation)
        return conversation

    def told(self) -> str:
        """What the citizen says and said before while it is open which procedure that is about.

        Empty inside a declaration, whose answers are nobody else's business.
        """
        if self.conversation.draft is not None:
            return ""
        said = (self.conversation.context.unclear, self.message.text)
        return ". ".join(filter(None, said))[-_LONGEST_TOLD:]

    def understood(self, **changes: Any) -> Conversation:
        """Remembers `changes`, and that the message left nothing open."""
        return self.remember(misses=0, unclear="", **changes)

    def settle(self, procedure: ProcedureCode) -> Conversation:
        """Remembers that this procedure is talked about, and no other any more."""
        return self.understood(procedure=procedure, elsewhere=())


def conversation_of(work: Work, conversation: ConversationId, now: datetime) -> Conversation:
    """The conversation; the first message in it brings it into being, with a citizen of its own."""
    known = work.conversations.get(conversation)
    if known is None:
        citizen = CitizenId(work.new_id())
        known = Conversation(id=conversation, citizen=citizen, created_at=now, heard_at=now)
        work.conversations.save(known)
    return known
