"""Security headers on every answer, and what each kind of page may load or be framed by."""

from __future__ import annotations

from collections.abc import Iterable

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

EMBED_PATH = "/chat"
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors {ancestors}"
)
_ALWAYS = {
    "x-content-type-options": "nosniff",
    # Not no-referrer: with that, browsers hide the Origin of our own requests.
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), payment=(), usb=(), geolocation=(self)",
    "cross-origin-opener-policy": "same-origin",
}
_A_YEAR = "max-age=31536000"


class SecurityHeaders:
    """Adds the headers to what the application answers; what it set itself stays."""

    def __init__(self, app: ASGIApp, embed_origins: Iterable[str], is_https: bool) -> None:
        self._app = app
        own, embedded = "'self'", " ".join(("'self'", *embed_origins))
        self._own, self._embedded = (
            _POLICY.format(ancestors=ancestors) for ancestors in (own, embedded)
        )
        self._https = {"strict-transport-security": _A_YEAR} if is_https else {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        policy = self._embedded if scope["path"] == EMBED_PATH else self._own
        wanted = {
            **_ALWAYS,
            **self._https,
            "content-security-policy": policy,
            "cross-origin-resource-policy": "same-origin",
            "cache-control": "no-store",
        }

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in wanted.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with_headers)
