"""The door for a terminal or a script: JSON lines in and out, or a plain chat."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, TextIO

from bot.basics.errors import Undeliverable
from bot.basics.ids import ConversationId
from bot.basics.messages import Inbound, Kind, Outgoing, RemoteFile
from bot.notifications.ports import OutgoingFiles

CHANNEL = "terminal"
_LARGEST_FILE = 50 * 1024 * 1024
"""Bytes. Above what any setting allows, so that nothing larger is ever read into memory."""


def conversation(name: str) -> ConversationId:
    """The conversation of the person called `name` on this terminal."""
    return ConversationId(f"{CHANNEL}:{name}")


def read(line: Mapping[str, Any], key: str, at: datetime) -> Inbound:
    """One JSON line: `{"from", "text" | "click" | "file" | "location" | "contact" | "start", "id"?}`.

    With an `id`, the same line sent again (after a crash, say) is taken only once. Raises
    `ValueError` for a line of another shape.
    """
    common: dict[str, Any] = {
        "conversation": conversation(str(line.get("from") or "ban")),
        "key": str(line.get("id") or key),
        "at": at,
        "text": str(line.get("text") or ""),
    }
    if "start" in line:
        return Inbound(kind=Kind.START, **(common | {"text": str(line["start"] or "")}))
    if "click" in line:
        return Inbound(kind=Kind.CLICK, token=str(line["click"]), **common)
    if "file" in line:
        paths = line["file"] if isinstance(line["file"], list) else [line["file"]]
        files = tuple(RemoteFile(ref=str(path), name=Path(str(path)).name) for path in paths)
        return Inbound(kind=Kind.FILE, files=files, **common)
    if "contact" in line:
        contact = line["contact"]
        card = contact if isinstance(contact, Mapping) else {"phone": contact}
        phone = str(card.get("phone") or card.get("phone_number") or "")
        is_own = bool(card.get("own", True))
        return Inbound(kind=Kind.CONTACT, phone=phone, own_phone=is_own, **common)
    if "location" in line:
        latitude, longitude = _degrees(line["location"])
        return Inbound(kind=Kind.LOCATION, latitude=latitude, longitude=longitude, **common)
    return Inbound(kind=Kind.TEXT, **common)


def _degrees(location: object) -> tuple[float, float]:
    """`[21.03, 105.85]`, or a mapping of `lat(itude)` and `lon(gitude)`."""
    if isinstance(location, Mapping):
        found = {str(key)[:3]: value for key, value in location.items()}
        location = (found.get("lat"), found.get("lon", found.get("lng")))
    try:
        first, second = list(location)  # type: ignore[call-overload]  # what is no list raises here
        return float(first), float(second)
    except TypeError as error:
        raise ValueError("location: two numbers are expected") from error


async def fetch(file: RemoteFile) -> bytes:
    """The content of a local file. Raises `Undeliverable`."""
    try:
        path = Path(file.ref)
        if path.stat().st_size > _LARGEST_FILE:
            raise Undeliverable("file.too_large")
        return path.read_bytes()
    except OSError as error:
        raise Undeliverable("file.not_fetched") from error


class JsonTerminal:
    """Prints one JSON line a message: `{"to", "text", "buttons", "files", "in_reply_to"}`."""

    channel = CHANNEL

    def __init__(self, out: TextIO, files: OutgoingFiles, folder: Path) -> None:
        self._out, self._files, self._folder = out, files, folder

    async def send(self, message: Outgoing) -> str:
        """Writes and flushes the line; files are put into the folder and named by their path."""
        line = {
            "to": message.address,
            "text": message.text,
            "buttons": [{"title": b.title, "payload": b.token} for b in message.buttons],
            "files": save(message, self._files, self._folder),
            "in_reply_to": message.in_reply_to,
        }
        self._out.write(json.dumps(line, ensure_ascii=False) + "\n")
        self._out.flush()
        return ""


class ChatTerminal:
    """Shows messages to a person; buttons are numbered, and are typed by number or by name."""

    channel = CHANNEL

    def __init__(self, show: Callable[[str], None], files: OutgoingFiles, folder: Path) -> None:
        self._show, self._files, self._folder = show, files, folder

    async def send(self, message: Outgoing) -> str:
        """Prints the message."""
        lines = [message.text]
        lines += [f"  📄 {path}" for path in save(message, self._files, self._folder)]
        lines += [f"  [{n}] {b.title}" for n, b in enumerate(message.buttons, start=1)]
        self._show("\n".join(lines))
        return ""


def save(message: Outgoing, files: OutgoingFiles, folder: Path) -> list[str]:
    """Puts the message's files into `folder`, readable by the user alone; returns their paths.

    Each message has a folder of its own there: two citizens' papers may bear the same name.
    """
    own = folder / str(message.id)
    paths = []
    for file in message.files:
        found = files.fetch(file)
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        own.mkdir(exist_ok=True, mode=0o700)
        path = own / found.name
        path.write_bytes(found.content)
        paths.append(str(path))
    return paths
