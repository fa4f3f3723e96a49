"""Hears updates that Telegram brings to our web server, after making sure that it is Telegram."""

from __future__ import annotations

import hmac
import json
import re
from collections.abc import Awaitable, Callable

import structlog

from bot.basics.errors import Misconfigured

log = structlog.get_logger()
PATH = "/webhooks/telegram"
SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
NO_SECRET = "MOTCUA_TELEGRAM_SECRET: a webhook needs one, 1–256 of A–Z a–z 0–9 _ -"
LARGEST_BODY = 1024 * 1024
"""Bytes. An update is a few thousand; who mounts this should not read further than that."""


class TelegramWebhook:
    """The endpoint's inner side, without HTTP: `take` keeps an update, `secret` is the setting.

    Raises `Misconfigured` if the secret is none.
    """

    def __init__(self, take: Callable[[object], Awaitable[None]], secret: str) -> None:
        if not SECRET.fullmatch(secret):
            raise Misconfigured([NO_SECRET])
        self._take, self._secret = take, secret

    async def __call__(self, body: bytes, shown: str | None) -> int:
        """The status to answer. `shown` is the header of the secret token as it came."""
        status, update = receive(body, shown, self._secret)
        if update is None:
            return status
        try:
            await self._take(update)
        except Exception as error:
            # Whatever kept us from keeping it, Telegram still has it and sends it again.
            log.error("telegram.update_was_not_kept", exc_info=error)
            return 500
        return status


def receive(body: bytes, shown: str | None, secret: str) -> tuple[int, object]:
    """The HTTP status to answer with, and the update to keep first, if there is one."""
    if not is_genuine(shown, secret):
        return 403, None
    if len(body) > LARGEST_BODY:
        return 413, None
    try:
        return 200, json.loads(body)
    except (ValueError, RecursionError):
        # Sent again and again it would not get better, and hold up what follows.
        log.warning("telegram.body_was_unreadable", size=len(body))
        return 200, None


def is_genuine(shown: str | None, secret: str) -> bool:
    """Whether the header shows our secret, in constant time; an empty one admits nobody."""
    if not secret or shown is None:
        return False
    return hmac.compare_digest(shown.encode("utf-8", "replace"), secret.encode())
