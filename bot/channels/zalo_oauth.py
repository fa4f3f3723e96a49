"""Zalo's OAuth v4: how the office lets us act for its Official Account (CHANNELS §A.2)."""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urlencode

import httpx

from bot.basics.errors import TryLater
from bot.channels.raw_json import parsed, text, whole
from bot.channels.zalo_errors import Means, Refusal
from bot.notifications.grants import Grant

TIMEOUT = 20.0
"""Seconds for one exchange, all in all."""
_UNKNOWN_LIFE = timedelta(hours=1)
_LONGEST_LIFE = timedelta(days=7)
_AGAIN = 30.0


class GrantRefused(Exception):
    """Zalo does not know the code or the refresh token, or it was used before; nobody got a new one."""


def new_verifier() -> str:
    """The secret half of a login (PKCE), 43 characters."""
    return secrets.token_urlsafe(32)


def challenge(verifier: str) -> str:
    """The half of it that may be seen: SHA-256, base64url without `=`."""
    digest = hashlib.sha256(verifier.encode("ascii")).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode("ascii")


@dataclass(frozen=True)
class OAuth:
    """Gets tokens for one app."""

    client: httpx.AsyncClient
    app_id: str
    app_secret: str = field(repr=False)
    server: str = "https://oauth.zaloapp.com"

    def login_url(self, redirect: str, verifier: str, state: str) -> str:
        """Where an administrator of the account agrees. `redirect` as it is saved in the console."""
        asked = {
            "app_id": self.app_id,
            "redirect_uri": redirect,
            "code_challenge": challenge(verifier),
            "state": state,
        }
        return f"{self.server}/v4/oa/permission?{urlencode(asked)}"

    async def exchange(self, code: str, verifier: str, now: datetime) -> Grant:
        """The first pair of tokens, for a code that works once and for ten minutes.

        Raises `GrantRefused` or `TryLater`.
        """
        return await self._ask(
            {"code": code, "grant_type": "authorization_code", "code_verifier": verifier}, "", now
        )

    async def refresh(self, grant: Grant, now: datetime) -> Grant:
        """The next pair; the refresh token of `grant` is spent by this, whatever is answered.

        Raises `GrantRefused`, or `TryLater` if that is not known.
        """
        asked = {"refresh_token": grant.refresh, "grant_type": "refresh_token"}
        found = await self._ask(asked, grant.refresh, now)
        if found.refresh != grant.refresh:
            return found
        return Grant(found.access, found.refresh, now, found.expires_at, grant.renewed_at)

    async def _ask(self, form: Mapping[str, str], refresh: str, now: datetime) -> Grant:
        try:
            response = await self.client.post(
                f"{self.server}/v4/oa/access_token",
                data={"app_id": self.app_id, **form},
                headers={"secret_key": self.app_secret},
                timeout=TIMEOUT,
                follow_redirects=False,
            )
        except httpx.HTTPError as error:
            raise TryLater("delivery.unreachable", after=_AGAIN) from error
        return _granted(response, refresh, now)


def _granted(response: httpx.Response, refresh: str, now: datetime) -> Grant:
    """The pair in an answer; a missing refresh token leaves the old one in force."""
    body = parsed(response.content)
    if body is None:
        if response.status_code == httpx.codes.OK and not response.content.strip():
            raise GrantRefused("it was spent before")
        raise TryLater("delivery.unreachable", after=_AGAIN)
    code = whole(body, "error")
    if response.is_server_error or (code and Refusal(code).means is Means.RATE):
        raise TryLater("delivery.busy", after=_AGAIN)
    access, next_refresh = text(body, "access_token"), text(body, "refresh_token")
    if code or not access:
        raise GrantRefused(f"error {code}" if code else "no token in the answer")
    if not (next_refresh or refresh):
        raise GrantRefused("no refresh token in the answer")
    return Grant(access, next_refresh or refresh, now, now + _life(whole(body, "expires_in")), now)


def _life(seconds: int | None) -> timedelta:
    """How long an access token lives; an unusable figure is no reason to throw the pair away."""
    if seconds is None or seconds <= 0:
        return _UNKNOWN_LIFE
    return min(timedelta(seconds=min(seconds, 10**7)), _LONGEST_LIFE)
