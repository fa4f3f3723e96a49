"""The conversation as server-sent events: everything after a position, then whatever comes."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import structlog
from starlette.concurrency import run_in_threadpool

from bot.basics.history import Position, Said
from bot.basics.ids import ConversationId
from bot.channels import webchat
from bot.channels.webchat import Hub
from bot.web.ports import Conversations

log = structlog.get_logger()

BEAT = 15.0
"""Seconds between signs of life: proxies and pages give up on a silent connection."""
_LARGEST = 2**62
_OVERTAKEN = 20
"""Messages that may be committed before one with a lower number."""


def read_position(text: str) -> Position:
    """The position that an event id names; the very beginning if it is none."""
    heard, _, said = text.partition(".")
    if not (_is_number(heard) and _is_number(said)):
        return Position()
    return Position(int(heard), int(said))


def write_position(position: Position) -> str:
    """The event id for a position: `12.34`."""
    return f"{position.heard}.{position.said}"


async def events(
    conversation: ConversationId,
    position: Position,
    conversations: Conversations,
    hub: Hub,
    beat: float = BEAT,
    stays: bool = True,
) -> AsyncIterator[str]:
    """The stream. It ends when the server stops; at once if it does not stay, or too many watch."""
    yield "retry: 2000\n\n"
    caught_up = False
    start, given = position, set[tuple[bool, int]]()
    with hub.watching(conversation) as more:
        while not hub.is_closing:
            more.clear()
            for said in await run_in_threadpool(
                conversations.after, conversation, _a_little_before(position, start)
            ):
                number = (said.by_citizen, said.position[not said.by_citizen])
                if number in given:
                    continue
                given.add(number)
                position = Position(*map(max, position, said.position))
                yield _event("said", as_json(said), write_position(position))
            if not caught_up:
                caught_up = True
                yield _event("ready", {"isEmpty": position == Position()})
                if not stays or hub.is_crowded(conversation):
                    return  # the page asks again soon
            try:
                await asyncio.wait_for(more.wait(), beat)
            except TimeoutError:
                yield _event("beat", {})


def _a_little_before(position: Position, start: Position) -> Position:
    """Where to read on: of two that write at the same time, the lower number may come later."""
    return Position(
        *(max(first, at - _OVERTAKEN) for first, at in zip(start, position, strict=True))
    )


async def watch(conversations: Conversations, hub: Hub, every: float = 1.0) -> None:
    """Tells the hub what other processes wrote, until cancelled: one question for all watchers."""
    position: Position | None = None
    while True:
        if hub.is_watched or position is None:
            try:
                position, moved = await run_in_threadpool(conversations.news, position)
            except Exception as error:  # the database may come back; the watching must go on
                log.error("web.could_not_look_for_news", exc_info=error)
                moved = frozenset()
            for conversation in moved:
                hub.tell(conversation)
        await asyncio.sleep(every)


def as_json(said: Said) -> dict[str, Any]:
    """One message as the page reads it."""
    return {
        "by": "citizen" if said.by_citizen else "bot",
        "at": said.at.isoformat(timespec="seconds"),
        "kind": said.kind.value,
        "text": said.text,
        "click": said.token,
        "id": webchat.message_id(said.key),
        "waits": said.waits,
        "wants": ["file"] * said.asks_file + ["place"] * said.asks_place,
        "buttons": [{"title": button.title, "token": button.token} for button in said.buttons],
        "files": [
            {"id": file.id, "name": file.name, "size": file.size, "mime": file.mime}
            for file in said.files
        ],
    }


def _event(name: str, data: dict[str, Any], event_id: str = "") -> str:
    number = f"id: {event_id}\n" if event_id else ""
    return f"{number}event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 19 and int(text) < _LARGEST
