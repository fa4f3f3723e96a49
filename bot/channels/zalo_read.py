"""What one event of a Zalo Official Account says. Reads the raw JSON by hand: no shape of it raises.

The list of events and their shapes: CHANNELS §A.7. What is not on it is ignored, whatever it is.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.basics.ids import ConversationId
from bot.basics.messages import Inbound, Kind, RemoteFile
from bot.channels.raw_json import at, items, moment, parsed, real, text, whole

CHANNEL = "zalo_oa"
CLICK = "#dvc:"
"""Before the token of a button: Zalo tells a press like a text the citizen typed."""

_TOKEN = re.compile(rf"{CLICK}([A-Za-z0-9_-]{{1,64}})")
_NOT_DIGIT = re.compile(r"[^0-9]")
_STORABLE = re.compile(r"[!-~]{1,190}")
_LONGEST_ID = 60
_MOST_FILES = 20
_MIMES = {"pdf": "application/pdf", "jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png"}


@dataclass(frozen=True)
class Receipt:
    """Messages of ours that arrived, or were read."""

    conversation: ConversationId | None
    """None where Zalo names a phone number instead of an account."""
    messages: tuple[str, ...]
    seen: bool
    tracking: str = ""
    """What we called a message that was sent to a telephone number."""


@dataclass(frozen=True)
class Membership:
    """The citizen can no longer be written to."""

    conversation: ConversationId
    at: datetime


@dataclass(frozen=True)
class Withdrawal:
    """The citizen wants what we keep about them erased."""

    conversation: ConversationId
    key: str
    at: datetime


@dataclass(frozen=True)
class Takeover:
    """An officer wrote to the citizen from Zalo's own desk."""

    conversation: ConversationId
    message: str
    at: datetime


@dataclass(frozen=True)
class Ignored:
    """Nothing for us: `event` names it, as far as it can be named in a log."""

    event: str


Event = Inbound | Receipt | Membership | Withdrawal | Takeover | Ignored


def read(event: object, account: str, now: datetime) -> Event:
    """What the event says to the account with this id. `now` is the time of what bears none."""
    name = text(event, "event_name")
    user = _user(event, account)
    if not user:
        return Ignored(_loggable(name))
    conversation = ConversationId(f"{CHANNEL}:{account}:{user}")
    heard = Inbound(
        conversation,
        _key(event, account, name, user),
        Kind.UNSUPPORTED,
        moment(event, "timestamp", now),
    )
    if name.startswith("oa_send_"):
        return _from_the_office(heard, event) or Ignored(_loggable(name))
    reader = _READERS.get(name)
    return reader(heard, event) if reader else Ignored(_loggable(name))


def _user(event: object, account: str) -> str:
    """The one id in the event that is not the account's own; empty if the event is not for us."""
    ids = [
        text(event, *path)
        for path in (("sender", "id"), ("recipient", "id"), ("follower", "id"), ("user_id",))
    ]
    named = {*ids, text(event, "oa_id"), text(event, "oaId")}
    others = {found for found in ids if found and found != account}
    if not account or account not in named or len(others) != 1:
        return ""
    found = others.pop()
    return found if len(found) <= _LONGEST_ID and re.fullmatch(r"[A-Za-z0-9_-]+", found) else ""


def _key(event: object, account: str, name: str, user: str) -> str:
    """What is the same when Zalo delivers the event again, and different for any other."""
    stamp = text(event, "timestamp")
    message = text(event, "message", "msg_id")
    seen = [text(item) for item in items(event, "message", "msg_ids")]
    parts = [account, name, message] if message else [account, name, user, stamp, *seen]
    key = ":".join(parts)
    if not _STORABLE.fullmatch(key):
        return f"{account}:{hashlib.sha256(key.encode()).hexdigest()}"
    return key


def _said(heard: Inbound, event: object) -> Event:
    words = text(event, "message", "text")
    if click := _TOKEN.fullmatch(words.strip()):
        return replace(heard, kind=Kind.CLICK, token=click[1])
    return replace(heard, kind=Kind.TEXT, text=words)


def _files(heard: Inbound, event: object) -> Event:
    found = [_file(at(item, "payload")) for item in _attachments(event)[:_MOST_FILES]]
    files = tuple(file for file in found if file is not None)
    if not files:
        return heard
    return replace(heard, kind=Kind.FILE, text=text(event, "message", "text"), files=files)


def _file(sent: object) -> RemoteFile | None:
    url = text(sent, "url")
    if not url:
        return None
    kind, size = text(sent, "type").lower(), whole(sent, "size")
    is_size = size is not None and size >= 0
    return RemoteFile(url, text(sent, "name"), _MIMES.get(kind, ""), size if is_size else None)


def _place(heard: Inbound, event: object) -> Event:
    for item in _attachments(event):
        where = at(item, "payload", "coordinates")
        latitude, longitude = real(where, "latitude", 90), real(where, "longitude", 180)
        if latitude is not None and longitude is not None:
            words = text(event, "message", "text")
            return replace(
                heard, kind=Kind.LOCATION, text=words, latitude=latitude, longitude=longitude
            )
    return heard


def _card(heard: Inbound, event: object) -> Event:
    """A card of anybody's: it proves nothing about who sent it."""
    for item in _attachments(event):
        told = parsed(text(item, "payload", "description").encode())
        if phone := _phone(text(told, "phone")):
            return replace(heard, kind=Kind.CONTACT, phone=phone)
    return replace(heard, text="contact")


def _form(heard: Inbound, event: object) -> Event:
    """What the citizen typed into a form of Zalo's. Only the number is taken, as typed as any."""
    phone = _phone(text(event, "info", "phone"))
    if not phone:
        return replace(heard, text="contact")
    return replace(heard, kind=Kind.CONTACT, phone=phone)


def _link(heard: Inbound, event: object) -> Event:
    return _said(heard, event) if text(event, "message", "text") else replace(heard, text="link")


def _receipt(heard: Inbound, event: object) -> Event:
    message = at(event, "message")
    ids = [text(message, "msg_id"), *map(text, items(message, "msg_ids"))]
    is_by_phone = at(message, "tracking_id") is not None
    return Receipt(
        conversation=None if is_by_phone else heard.conversation,
        messages=tuple(found for found in ids if found),
        seen=text(event, "event_name") == "user_seen_message",
        tracking=text(message, "tracking_id"),
    )


def _from_the_office(heard: Inbound, event: object) -> Event | None:
    """Our own message comes back like an officer's; only an officer has an `admin_id`."""
    if not text(event, "sender", "admin_id"):
        return None
    return Takeover(heard.conversation, text(event, "message", "msg_id"), heard.at)


def _unsupported(kind: str) -> Callable[[Inbound, object], Event]:
    return lambda heard, _event: replace(heard, text=kind)


_READERS: Mapping[str, Callable[[Inbound, object], Event]] = {
    "user_send_text": _said,
    "user_send_image": _files,
    "user_send_file": _files,
    "user_send_location": _place,
    "user_send_business_card": _card,
    "user_send_link": _link,
    "user_send_audio": _unsupported("voice"),
    "user_send_video": _unsupported("video"),
    "user_send_sticker": _unsupported("sticker"),
    "user_send_gif": _unsupported("animation"),
    "user_submit_info": _form,
    "follow": lambda heard, _event: replace(heard, kind=Kind.START),
    "user_click_chatnow": lambda heard, _event: replace(heard, kind=Kind.START),
    "unfollow": lambda heard, _event: Membership(heard.conversation, heard.at),
    "user_withdraw": lambda heard, _event: Withdrawal(heard.conversation, heard.key, heard.at),
    "user_received_message": _receipt,
    "user_seen_message": _receipt,
}


def _attachments(event: object) -> list[object]:
    return items(event, "message", "attachments") or items(event, "attachments")


def _phone(written: str) -> str:
    """`0912345678` for a Vietnamese number; another country's keeps its code, `+85620…`."""
    digits = _NOT_DIGIT.sub("", written)[:15]
    if digits.startswith("84"):
        return "0" + digits[2:]
    return digits if digits.startswith("0") or not digits else f"+{digits}"


def _loggable(name: str) -> str:
    return name if re.fullmatch(r"[a-z0-9_]{1,60}", name) else "?"
