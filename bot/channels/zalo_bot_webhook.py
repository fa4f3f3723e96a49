"""Hears updates that Zalo's Bot Platform brings to our web server."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable

import structlog

from bot.basics.errors import Misconfigured
from bot.channels.telegram_webhook import LARGEST_BODY, is_genuine
from bot.channels.zalo_json import parsed

log = structlog.get_logger()
PATH = "/webhooks/zalo-bot"
SECRET = re.compile(r"[A-Za-z0-9_-]{8,256}")
NO_SECRET = "MOTCUA_ZALO_BOT_SECRET: a webhook needs one, 8–256 of A–Z a–z 0–9 _ -"


class ZaloBotWebhook:
    """The endpoint's inner side, without HTTP: `take` keeps an update, `secret` is the setting.

    Raises `Misconfigured` if the secret is none.
    """

    def __init__(self, take: Callable[[object], Awaitable[None]], secret: str) -> None:
        if not SECRET.fullmatch(secret):
            raise Misconfigured([NO_SECRET])
        self._take, self._secret = take, secret

    async def __call__(self, body: bytes, shown: str | None) -> int:
        """The status to answer. `shown` is the header `X-Bot-Api-Secret-Token` as it came."""
        if not body.strip():  # Zalo tries the address without a body and without the secret
            return 200
        if not is_genuine(shown, self._secret):
            return 403
        if len(body) > LARGEST_BODY:
            return 413
        update = parsed(body)
        if update is None:
            log.warning("zalo_bot.body_was_unreadable", size=len(body))
            return 200
        try:
            await self._take(update)
        except Exception as error:
            log.error("zalo_bot.update_was_not_kept", exc_info=error)
            return 500
        return 200
