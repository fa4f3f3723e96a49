"""The embedded Rasa engine: a trained model, our tracker, our actions, no network."""

from __future__ import annotations

import asyncio
import contextvars
import re
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rasa.core.channels.channel import OutputChannel, UserMessage
from rasa.core.lock_store import LockStore
from rasa.core.nlg import TemplatedNaturalLanguageGenerator
from rasa.core.processor import MessageProcessor

from bot.basics.ids import ConversationId, FileId
from bot.basics.messages import Inbound, Kind
from bot.basics.say import Command
from bot.basics.vietnamese.answers import Reply, yes_or_no
from bot.basics.vietnamese.text import clean
from bot.conversation.actions_here import ActionsHere, trust_our_own_actions
from bot.conversation.hearing import Parsed, hear
from bot.conversation.tracker_store import OurTrackerStore
from bot.counter.pick import command_of, remember
from bot.counter.ports import Desk, Spoken
from bot.counter.session import session
from bot.counter.steer import steered
from bot.counter.unreadable import has_letters, has_words
from bot.storage.inbox import Unread
from bot.storage.storage import Work

LONGEST_TEXT = 4000
"""Characters; longer messages are answered with a request to shorten them."""


class Collector(OutputChannel):
    """Collects what is said. It must neither send nor fail: Rasa calls it inside the turn."""

    def __init__(self) -> None:
        self.said: list[Spoken] = []

    @classmethod
    def name(cls) -> str:
        """The channel's name in Rasa."""
        return "motcua"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Keeps one message."""
        self.said.append(
            Spoken(
                key=message.get("key", "rasa"),
                text=message.get("text") or "",
                buttons=tuple(
                    (button["title"], Command(button["intent"], button["facts"]))
                    for button in message.get("buttons") or ()
                ),
                files=tuple(FileId(file) for file in message.get("files") or ()),
                phone_button=message.get("phone_button") or "",
                asks_file=bool(message.get("asks_file")),
            )
        )


class Engine:
    """Takes one message at a time through Rasa. One engine belongs to one thread."""

    def __init__(self, model: Path, desk: Desk) -> None:
        trust_our_own_actions()
        self._desk = desk
        self._tracker_store = OurTrackerStore()
        self._actions = ActionsHere()
        self._processor = MessageProcessor(
            model_path=model,
            tracker_store=self._tracker_store,
            lock_store=LockStore(),  # unused: turns of one conversation never overlap
            generator=TemplatedNaturalLanguageGenerator({}),
            action_endpoint=self._actions,
        )
        self._tracker_store.domain = self._processor.domain
        self._runner = asyncio.Runner()

    def take(self, work: Work, unread: Unread) -> list[Spoken]:
        """Everything the message makes the assistant say. Raises what an action raised."""
        self._tracker_store.begin(work, unread.id)
        self._actions.error = None
        with session(work, self._desk):
            # A Runner keeps the context of its first run unless it is given the present one.
            turn = self._handle(work, unread)
            said = self._runner.run(turn, context=contextvars.copy_context())
        if self._actions.error:
            raise self._actions.error
        remember_offers(work, unread.inbound.conversation, said)
        return said

    async def _handle(self, work: Work, unread: Unread) -> list[Spoken]:
        collector = Collector()
        inbound = unread.inbound
        text = harmless(inbound.text)
        command = self._command(work, inbound, text)
        message = UserMessage(
            text=text,
            output_channel=collector,
            sender_id=inbound.conversation,
            input_channel=inbound.conversation.partition(":")[0],
            message_id=str(unread.id),
            parse_data=_parse_data(inbound.kind, text, command)
            or await self._heard(work, inbound, text),
            metadata=_metadata(unread, command),
        )
        await self._processor.handle_message(message)
        return collector.said

    async def _heard(self, work: Work, inbound: Inbound, text: str) -> Parsed:
        async def parse(words: str) -> Parsed:
            parsed: Parsed = await self._processor.parse_message(UserMessage(words))
            return parsed

        return await hear(parse, text, work.conversations.get(inbound.conversation))

    def _command(self, work: Work, inbound: Inbound, text: str) -> Command | None:
        """What a button, a deep link, or words that would have been a button stand for."""
        command = command_of(work, inbound, text)
        if command is None and inbound.kind is Kind.TEXT:
            return steered(work, self._desk, inbound.conversation, text)
        return command


def remember_offers(work: Work, conversation: ConversationId, said: list[Spoken]) -> None:
    """Remembers what the last message offers, so that it can be typed as well as pressed."""
    known = work.conversations.get(conversation)
    if known is not None:
        work.conversations.save(remember(known, said))


def is_too_long(inbound: Inbound) -> bool:
    """Whether only the beginning of the message is read."""
    return len(inbound.text) > LONGEST_TEXT


def harmless(text: str) -> str:
    """The text, cut, and with nothing that Rasa would take for an order: `/intent{…}` is only for buttons."""
    return re.sub(r"^[\s/]+", "", clean(text[: LONGEST_TEXT + 1]))


def _parse_data(kind: Kind, text: str, pressed: Command | None) -> dict[str, Any] | None:
    """What the message means where words need not be understood; None where they do."""
    match kind:
        case _ if pressed:
            return _meant(pressed.intent)
        case Kind.FILE:
            return _meant("upload_document")
        case Kind.CONTACT:
            return _meant("inform")
        case Kind.START:
            return _meant("greet")
        case Kind.TEXT if has_letters(text) and len(text) <= LONGEST_TEXT:
            return None
        case Kind.TEXT if has_words(text) and len(text) <= LONGEST_TEXT:
            return _meant("affirm" if yes_or_no(text) is Reply.YES else "deny", text)
    return _meant("out_of_scope", text if kind is Kind.UNSUPPORTED else "")


def _meant(intent: str, text: str = "") -> dict[str, Any]:
    return {"text": text, "intent": {"name": intent, "confidence": 1.0}, "entities": []}


def _metadata(unread: Unread, pressed: Command | None) -> dict[str, Any]:
    inbound = unread.inbound
    return {
        "message": unread.id,
        "kind": inbound.kind,
        "pressed": {"intent": pressed.intent, "facts": dict(pressed.facts)} if pressed else None,
        "files": [asdict(item) for item in unread.files],
        "phone": inbound.phone,
        "own_phone": inbound.own_phone,
        "too_long": is_too_long(inbound),
    }
