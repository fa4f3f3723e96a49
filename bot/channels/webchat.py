"""The door in the browser: whose conversation it is, what the page sends, who waits for news.

Nothing is pushed from here: the page reads the conversation, and `Hub` says that there is more.
"""

from __future__ import annotations

import asyncio
import hashlib
import math
import re
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from bot.basics.ids import ConversationId
from bot.basics.messages import Inbound, Kind, Outgoing, RemoteFile

CHANNEL = "web"
MOST_FILES = 10
"""Files that one message may hold."""

_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
_MESSAGE_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_START = re.compile(r"[A-Za-z0-9_.-]{0,64}")
_LONGEST_TITLE = 200
_MOST_EACH = 10
_MOST_TOGETHER = 700
"""Watchers of one conversation and of all: a process may often open only 1024 connections."""


def new_token() -> str:
    """A secret that opens a new conversation, for a cookie: 256 random bits."""
    return secrets.token_urlsafe(32)


def conversation_of(token: str) -> ConversationId | None:
    """The conversation a token opens; None if it is none of ours.

    The id is a digest, so that an id seen in a log or in the database opens nothing.
    """
    if not _TOKEN.fullmatch(token):
        return None
    return ConversationId(f"{CHANNEL}:{hashlib.sha256(token.encode()).hexdigest()[:32]}")


def key_for(conversation: ConversationId, message_id: str) -> str:
    """The key of a message whose id the page made up: no other conversation can take it first."""
    return f"{CHANNEL}-{conversation.partition(':')[2]}-{message_id}"


def message_id(key: str) -> str:
    """The page's own id of a message, from its key."""
    return key.split("-", 2)[-1]


def read(said: object, conversation: ConversationId, now: datetime) -> Inbound | None:
    """What the page says, as parsed from JSON; None if it is malformed.

    `{"id", "text" | "click" | "start" | "location": {"latitude", "longitude"} | "files": [{"ref",
    "name", "mime", "size"}]}`; files may come with a text.
    """
    if not isinstance(said, Mapping) or not _MESSAGE_ID.fullmatch(_words(said, "id")):
        return None
    key = key_for(conversation, _words(said, "id"))
    if "start" in said:
        deep_link = _words(said, "start")
        if not _START.fullmatch(deep_link):
            return None
        return Inbound(conversation, key, Kind.START, now, text=deep_link)
    if "click" in said:
        token = _words(said, "click")
        return Inbound(conversation, key, Kind.CLICK, now, token=token) if token else None
    if "location" in said:
        return _location(said["location"], conversation, key, now)
    if "files" in said:
        files = _files(said["files"])
        text = _words(said, "text")
        return Inbound(conversation, key, Kind.FILE, now, text, files=files) if files else None
    text = _words(said, "text")
    return Inbound(conversation, key, Kind.TEXT, now, text=text) if text.strip() else None


def _location(
    where: object, conversation: ConversationId, key: str, now: datetime
) -> Inbound | None:
    latitude, longitude = _real(where, "latitude", 90), _real(where, "longitude", 180)
    if latitude is None or longitude is None:
        return None
    return Inbound(conversation, key, Kind.LOCATION, now, latitude=latitude, longitude=longitude)


def _files(listed: object) -> tuple[RemoteFile, ...]:
    if not isinstance(listed, list) or not 0 < len(listed) <= MOST_FILES:
        return ()
    files = tuple(
        RemoteFile(
            _words(file, "ref"),
            _words(file, "name")[:_LONGEST_TITLE],
            _words(file, "mime")[:80],
            _size(file),
        )
        for file in listed
    )
    return files if all(file.ref for file in files) else ()


def _words(data: object, key: str) -> str:
    value = data.get(key) if isinstance(data, Mapping) else None
    # JSON can hold half a surrogate pair and PostgreSQL keeps no NUL.
    return (
        value.encode("utf-8", "replace").decode().replace("\0", "")
        if isinstance(value, str)
        else ""
    )


def _size(data: object) -> int | None:
    value = data.get("size") if isinstance(data, Mapping) else None
    return value if isinstance(value, int) and 0 <= value < 2**31 else None


def _real(data: object, key: str, most: int) -> float | None:
    value = data.get(key) if isinstance(data, Mapping) else None
    if not isinstance(value, int | float) or isinstance(value, bool):
        return None
    return float(value) if abs(value) <= most and math.isfinite(value) else None


class Hub:
    """Who is watching which conversation in this process. Lives in one event loop."""

    def __init__(self) -> None:
        self._watchers: dict[ConversationId, set[asyncio.Event]] = {}
        self.is_closing = False

    @contextmanager
    def watching(self, conversation: ConversationId) -> Iterator[asyncio.Event]:
        """An event that is set whenever there is more to read; the watcher clears it."""
        event = asyncio.Event()
        self._watchers.setdefault(conversation, set()).add(event)
        try:
            yield event
        finally:
            watchers = self._watchers[conversation]
            watchers.discard(event)
            if not watchers:
                del self._watchers[conversation]

    def is_crowded(self, conversation: ConversationId) -> bool:
        """Whether so many watch that new ones should look and leave instead of staying."""
        return (
            len(self._watchers.get(conversation, ())) > _MOST_EACH
            or sum(map(len, self._watchers.values())) > _MOST_TOGETHER
        )

    @property
    def is_watched(self) -> bool:
        """Whether anybody is watching anything."""
        return bool(self._watchers)

    def tell(self, conversation: ConversationId) -> None:
        """There is more in this conversation."""
        for event in self._watchers.get(conversation, ()):
            event.set()

    def close(self) -> None:
        """Lets every watcher go: the server is stopping."""
        self.is_closing = True
        for conversation in self._watchers:
            self.tell(conversation)


class WebSender:
    """The way out: what is in the outbox is already readable by the page, which is told to look."""

    channel = CHANNEL

    def __init__(self, hub: Hub) -> None:
        self._hub = hub

    async def send(self, message: Outgoing) -> str:
        """Wakes the pages that show this conversation."""
        self._hub.tell(message.conversation)
        return ""
