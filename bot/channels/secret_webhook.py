"""Hears what a platform brings to our web server, and knows it by a secret in a header."""

from __future__ import annotations

import hmac
import re
from collections.abc import Awaitable, Callable
from typing import ClassVar

import structlog

from bot.basics.errors import Misconfigured
from bot.channels.raw_json import parsed

log = structlog.get_logger()
LARGEST_BODY = 1024 * 1024
"""Bytes. An update is a few thousand; who mounts this should not read further than that."""


class SecretWebhook:
    """The endpoint's inner side, without HTTP: `take` keeps an update, `secret` is the setting.

    Raises `Misconfigured` if the secret is not as the platform wants it.
    """

    channel: ClassVar[str]
    proper: ClassVar[re.Pattern[str]]
    """What the platform takes for a secret."""
    no_secret: ClassVar[str]
    """What to tell who runs this without one."""

    def __init__(self, take: Callable[[object], Awaitable[None]], secret: str) -> None:
        if not self.proper.fullmatch(secret):
            raise Misconfigured([self.no_secret])
        self._take, self._secret = take, secret

    async def __call__(self, body: bytes, shown: str | None) -> int:
        """The status to answer. `shown` is the header of the secret as it came."""
        status, update = receive(body, shown, self._secret)
        if update is None:
            if status == 200:
                log.warning("webhook.body_was_unreadable", channel=self.channel, size=len(body))
            return status
        try:
            await self._take(update)
        except Exception as error:
            # Whatever kept us from keeping it, the platform still has it and sends it again.
            log.error("webhook.update_was_not_kept", channel=self.channel, exc_info=error)
            return 500
        return status


def receive(body: bytes, shown: str | None, secret: str) -> tuple[int, object]:
    """The HTTP status to answer with, and the update to keep first, if there is one.

    What cannot be read is answered well: sent again and again it would not get better.
    """
    if not is_genuine(shown, secret):
        return 403, None
    if len(body) > LARGEST_BODY:
        return 413, None
    return 200, parsed(body)


def is_genuine(shown: str | None, secret: str) -> bool:
    """Whether the header shows our secret, in constant time; an empty one admits nobody."""
    if not secret or shown is None:
        return False
    return hmac.compare_digest(shown.encode("utf-8", "replace"), secret.encode())
