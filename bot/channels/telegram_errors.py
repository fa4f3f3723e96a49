"""What a failed call to Telegram means for the message: the table of CHANNELS §C.4."""

from __future__ import annotations

from datetime import timedelta

import httpx
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.basics.errors import Outside, TryLater, Uncertain, Undeliverable

MISCONFIGURED = (InvalidToken, EndPointNotFound, Conflict)
_AFTER_MISCONFIGURED = 300.0
_NEVER_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
    RuntimeError,  # our own client was closed: the program is ending
)


def outcome(error: TelegramError) -> Outside:
    """Whether the message that met this error should be sent again, never, or may have arrived."""
    match error:
        case RetryAfter():
            return TryLater("delivery.busy", after=pause(error))
        case Forbidden():  # blocked, deactivated, or never spoke to us
            return Undeliverable("delivery.blocked")
        case ChatMigrated():  # a citizen's chat is private; a group must not read what is for them
            return Undeliverable("delivery.not_private")
        case BadRequest():  # a NetworkError for the library, but the answer was clear
            return Undeliverable("delivery.refused")
        case InvalidToken() | EndPointNotFound() | Conflict():
            return TryLater("delivery.misconfigured", after=_AFTER_MISCONFIGURED)
        case NetworkError() if was_never_sent(error):
            return TryLater("delivery.unreachable")
    return Uncertain("delivery.uncertain")


def pause(error: RetryAfter) -> float:
    """How long Telegram asks to wait, in seconds; the library tells it in either of two shapes."""
    asked = error.retry_after
    return asked.total_seconds() if isinstance(asked, timedelta) else float(asked)


def was_never_sent(error: NetworkError) -> bool:
    """Whether the request certainly never reached Telegram."""
    return isinstance(error.__cause__, _NEVER_SENT) or "Too Many Requests" in error.message
