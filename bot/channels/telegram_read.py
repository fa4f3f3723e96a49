"""What one Telegram update says. Reads the raw JSON by hand: no shape of it raises.

The library's own models refuse an update as a whole when any corner of it is not as they know it;
here a citizen's words are heard as long as they themselves are readable.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.basics.clock import VIETNAM
from bot.basics.ids import ConversationId
from bot.basics.messages import Inbound, Kind, RemoteFile
from bot.channels.raw_json import at, items, text

CHANNEL = "telegram"
START = "start"

_COMMAND = re.compile(r"/([A-Za-z0-9_]+)(?:@\w+)?(?:\s+(.*))?", re.DOTALL)
_NOT_DIGIT = re.compile(r"[^0-9]")
_LARGEST_NUMBER = 2**63
_LAST_SECOND = 2**32
_UNSUPPORTED = (
    "animation",  # carries a document as well, so it is looked for first
    "live_photo",
    "voice",
    "audio",
    "video",
    "video_note",
    "sticker",
    "poll",
    "dice",
    "game",
    "story",
    "paid_media",
    "checklist",
    "invoice",
)


@dataclass(frozen=True)
class Pressed:
    """A click, as far as it must be answered and shown."""

    query: str
    """The id by which it is answered."""
    token: str
    chat: int | None
    message: int | None
    """The message the button stands under; None with `chat` if Telegram no longer tells."""
    rows: tuple[tuple[tuple[str, str], ...], ...]
    """Title and token of each button under that message; empty if it is too old to tell."""


def read(update: object, now: datetime, commands: Mapping[str, str]) -> Inbound | None:
    """What a citizen says in a private chat; None for everything that is ignored.

    `commands` gives, for a command of the menu, the words it stands for. `now` is the time of what
    bears none: Telegram does not say when a button was pressed.
    """
    number = _whole(update, "update_id")
    if number is None:
        return None
    key = f"update:{number}"
    if (query := at(update, "callback_query")) is not None:
        return _click(query, key, now)
    message = at(update, "message")
    conversation = _private(at(message, "chat"))
    if conversation is None:
        return None
    heard = Inbound(conversation, key, Kind.UNSUPPORTED, _moment(message, now))
    if said := text(message, "text"):
        return _words(heard, said, commands)
    found = (reader(heard, message) for kind, reader in _READERS if at(message, kind) is not None)
    return next(found, None)


def membership(update: object) -> tuple[ConversationId, bool] | None:
    """Whether a citizen can be written to, if the update tells: False once they block the bot."""
    conversation = _private(at(update, "my_chat_member", "chat"))
    status = text(update, "my_chat_member", "new_chat_member", "status")
    reachable = {"kicked": False, "member": True}.get(status)
    return None if conversation is None or reachable is None else (conversation, reachable)


def pressed(update: object) -> Pressed | None:
    """The button that was pressed and those it stood among; None if the update is no click."""
    query = at(update, "callback_query")
    number = text(query, "id")
    if not number:
        return None
    message = at(query, "message")
    keyboard = [items(row) for row in items(at(message, "reply_markup", "inline_keyboard"))]
    rows = tuple(
        tuple((text(button, "text"), text(button, "callback_data")) for button in row)
        for row in keyboard
    )
    return Pressed(
        query=number,
        token=text(query, "data"),
        chat=_whole(message, "chat", "id"),
        message=_whole(message, "message_id"),
        rows=rows,
    )


def _click(query: object, key: str, now: datetime) -> Inbound | None:
    shown = at(query, "message")
    chat = at(shown, "chat") if shown else {"id": at(query, "from", "id"), "type": "private"}
    conversation, token = _private(chat), text(query, "data")
    if conversation is None or not token:
        return None
    return Inbound(conversation, key, Kind.CLICK, now, token=token)


def _words(heard: Inbound, said: str, commands: Mapping[str, str]) -> Inbound:
    command = _COMMAND.fullmatch(said.strip())
    name, rest = (command[1].lower(), command[2] or "") if command else ("", "")
    if name == START:
        return replace(heard, kind=Kind.START, text=rest)
    if name in commands:
        return replace(heard, kind=Kind.TEXT, text=f"{commands[name]} {rest}".strip())
    return replace(heard, kind=Kind.TEXT, text=said.lstrip("/") if command else said)


def _contact(heard: Inbound, message: object) -> Inbound:
    owner = _whole(message, "contact", "user_id")
    return replace(
        heard,
        kind=Kind.CONTACT,
        phone=_phone(text(message, "contact", "phone_number")),
        own_phone=owner is not None and owner == _whole(message, "from", "id"),
    )


def _venue(heard: Inbound, message: object) -> Inbound | None:
    words = (text(message, "venue", "title"), text(message, "venue", "address"))
    return _place(heard, at(message, "venue", "location"), ", ".join(filter(None, words)))


def _location(heard: Inbound, message: object) -> Inbound | None:
    return _place(heard, at(message, "location"), "")


def _place(heard: Inbound, location: object, words: str) -> Inbound | None:
    latitude, longitude = _real(location, "latitude", 90), _real(location, "longitude", 180)
    if latitude is None or longitude is None:
        return None
    return replace(heard, kind=Kind.LOCATION, text=words, latitude=latitude, longitude=longitude)


def _photo(heard: Inbound, message: object) -> Inbound | None:
    sizes = items(at(message, "photo"))  # ascending: the last is the sharpest
    return _file(heard, message, sizes[-1] if sizes else None, "image/jpeg")


def _document(heard: Inbound, message: object) -> Inbound | None:
    return _file(heard, message, at(message, "document"), "")


def _file(heard: Inbound, message: object, sent: object, mime: str) -> Inbound | None:
    ref = text(sent, "file_id")
    if not ref:
        return None
    album = text(message, "media_group_id")
    name, size = text(sent, "file_name"), _whole(sent, "file_size")
    return replace(
        heard,
        kind=Kind.FILE,
        text=text(message, "caption"),
        files=(RemoteFile(ref, name, text(sent, "mime_type") or mime, size),),
        locale={"album": album} if album else {},
    )


def _unsupported(kind: str) -> Callable[[Inbound, object], Inbound]:
    return lambda heard, _message: replace(heard, text=kind)


_READERS: tuple[tuple[str, Callable[[Inbound, object], Inbound | None]], ...] = (
    ("contact", _contact),
    ("venue", _venue),  # carries a location as well, so it is looked for first
    ("location", _location),
    *((kind, _unsupported(kind)) for kind in _UNSUPPORTED),
    ("photo", _photo),
    ("document", _document),
)


def _private(chat: object) -> ConversationId | None:
    """The conversation, unless others read along: what we answer may be personal."""
    number = _whole(chat, "id")
    if number is None or text(chat, "type") != "private":
        return None
    return ConversationId(f"{CHANNEL}:{number}")


def _moment(message: object, now: datetime) -> datetime:
    seconds = _whole(message, "date")
    if seconds is None or not 0 < seconds < _LAST_SECOND:
        return now
    return datetime.fromtimestamp(seconds, VIETNAM)


def _phone(written: str) -> str:
    """`0912345678` for a Vietnamese number; another country's keeps its code, `+85620…`."""
    digits = _NOT_DIGIT.sub("", written)
    if digits.startswith("84"):
        return "0" + digits[2:]
    return digits if digits.startswith("0") or not digits else f"+{digits}"


def _whole(data: object, *path: str) -> int | None:
    value = at(data, *path)
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) >= _LARGEST_NUMBER:
        return None
    return value


def _real(data: object, key: str, most: int) -> float | None:
    value = at(data, key)
    if not isinstance(value, int | float) or isinstance(value, bool):
        return None
    return float(value) if math.isfinite(value) and abs(value) <= most else None
