"""Hears events that Zalo brings to our web server, after making sure that it is Zalo."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

import structlog

from bot.basics.errors import Misconfigured
from bot.channels.raw_json import parsed, text
from bot.channels.secret_webhook import LARGEST_BODY

log = structlog.get_logger()
PATH = "/webhooks/zalo"
RECIPES = tuple(
    f"{first}+{secret}" for first in ("app_id", "oa_id") for secret in ("oa_secret", "app_secret")
)
"""What a signature may have been made of. The first is the documented one; others are rumours."""

_SIGNATURE, _TIMESTAMP = "x-zevent-signature", "x-zevent-timestamp"
_DIGEST = re.compile(r"[0-9a-f]{64}")
_NEEDS_PROOF = frozenset(("user_withdraw",))
"""What is not believed without a signature, even while signatures are only watched."""


@dataclass(frozen=True)
class Signing:
    """How Zalo signs: SHA-256 of app id, raw body, timestamp and OA secret key, without HMAC.

    With `enforced` off every event is let in, and the log tells what signed it.
    """

    app_id: str
    oa_id: str
    oa_secret: str = field(repr=False)
    app_secret: str = field(default="", repr=False)
    recipe: str = RECIPES[0]
    enforced: bool = True

    def made_by(self, body: bytes, timestamp: str, shown: str) -> str:
        """By which recipe the signature was made, the one in force first; empty if by none."""
        digest = shown.strip().lower().removeprefix("mac=")
        if not _DIGEST.fullmatch(digest):
            return ""
        order = sorted(RECIPES, key=lambda recipe: recipe != self.recipe)
        found = [r for r in order if self._matches(r, body, timestamp, digest)]
        return found[0] if found else ""

    def problems(self) -> list[str]:
        """What is missing for it to work."""
        first, secret = self.recipe.split("+")
        return [
            f"MOTCUA_ZALO_{name.upper()}: Zalo's events cannot be verified without it"
            for name in (first, secret)
            if not getattr(self, name)
        ]

    def _matches(self, recipe: str, body: bytes, timestamp: str, digest: str) -> bool:
        first, secret = (getattr(self, part).encode() for part in recipe.split("+"))
        signed = first + body + timestamp.encode("utf-8", "replace") + secret
        is_equal = hmac.compare_digest(hashlib.sha256(signed).hexdigest(), digest)
        return bool(first and secret) and is_equal


class ZaloWebhook:
    """The endpoint's inner side, without HTTP: `take` keeps an event.

    Raises `Misconfigured` if it could not verify anything.
    """

    def __init__(self, take: Callable[[object], Awaitable[None]], signing: Signing) -> None:
        if signing.enforced and (problems := signing.problems()):
            raise Misconfigured(problems)
        self._take, self._signing = take, signing

    async def __call__(self, body: bytes, headers: Mapping[str, str]) -> int:
        """The status to answer. Zalo takes any but 200 for "cannot connect" and may switch us off."""
        status, event = receive(body, headers, self._signing)
        if event is None:
            return status
        try:
            await self._take(event)
        except Exception as error:
            # Whatever kept us from keeping it, Zalo sends it again, five times within two hours.
            log.error("zalo.event_was_not_kept", exc_info=error)
            return 500
        return status


def receive(body: bytes, headers: Mapping[str, str], signing: Signing) -> tuple[int, object]:
    """The HTTP status to answer with, and the event to keep first, if there is one."""
    if len(body) > LARGEST_BODY:
        return 413, None
    given = {name.lower(): value for name, value in headers.items()}
    event = parsed(body)
    if not event:  # `{}` comes unsigned when the URL is saved
        log.info("zalo.body_was_empty_or_unreadable", size=len(body))
        return 200, None
    timestamp = text(event, "timestamp") or given.get(_TIMESTAMP, "")
    made_by = signing.made_by(body, timestamp, given.get(_SIGNATURE, ""))
    if made_by == signing.recipe:
        return 200, event
    log.warning("zalo.signature_was_not_ours", made_by=made_by or "nobody")
    is_let_in = not signing.enforced and text(event, "event_name") not in _NEEDS_PROOF
    return 200, event if is_let_in else None
