"""Puts the pages and endpoints together."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any

import structlog
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.basics.clock import Clock
from bot.basics.wording import Wording
from bot.channels.webchat import Hub
from bot.web.blank_forms import BlankFormPages
from bot.web.bodies import TooLarge, read_body
from bot.web.chat import Chat
from bot.web.headers import SecurityHeaders
from bot.web.pages import STATIC, LastingFiles, Pages
from bot.web.papers import PaperPages
from bot.web.ports import BlankForms, Conversations, Healthy, SignedWebhook, Tracking, Webhook
from bot.web.site import Site
from bot.web.spool import Spool
from bot.web.stream import watch
from bot.web.tickets import Tickets
from bot.web.tracking import TrackingPages

log = structlog.get_logger()

Endpoint = Callable[[Request], Awaitable[Response]]
Failure = Callable[[Request, Exception], Awaitable[Response]]
_MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Doors:
    """What the web opens onto; None leaves the door out."""

    conversations: Conversations
    spool: Spool
    hub: Hub
    healthy: Healthy
    tracking: Tracking | None = None
    telegram: Webhook | None = None
    zalo: SignedWebhook | None = None
    zalo_bot: Webhook | None = None
    blank_forms: BlankForms | None = None
    tickets: Tickets | None = None


def make_app(site: Site, doors: Doors, wording: Wording, clock: Clock) -> ASGIApp:
    """The web application."""
    pages = Pages(site, wording)
    app = Starlette(
        routes=[
            *_own_routes(site, doors, pages, clock),
            *_asked_for(site, doors, pages, clock),
            *_webhooks(doors),
        ],
        exception_handlers=_failures(pages),
        lifespan=_watching(doors),
    )
    return _Quiet(SecurityHeaders(app, site.embed_origins, site.is_https))


def _own_routes(site: Site, doors: Doors, pages: Pages, clock: Clock) -> Iterator[BaseRoute]:
    """What every installation has: the chat, what it looks like, and a sign of health."""
    chat = Chat(site, pages, doors.conversations, doors.spool, doors.hub, clock)
    yield from chat.routes()
    static = GZipMiddleware(LastingFiles(directory=STATIC), minimum_size=800)
    yield Mount(f"/static/{pages.version}", static)
    yield Route("/healthz", _health(doors.healthy))


def _asked_for(site: Site, doors: Doors, pages: Pages, clock: Clock) -> Iterator[BaseRoute]:
    """What is there only where a setting asks for it, or something stands behind it."""
    if site.zalo_verification:
        yield Route(f"/zalo_verifier{site.zalo_verification}.html", _verified(site))
    if site.embed_origins:
        yield Route("/embed.js", _embed(pages))
    if doors.tracking:
        yield from TrackingPages(pages, doors.tracking).routes()
    if doors.blank_forms:
        yield from BlankFormPages(pages, doors.blank_forms).routes()
    if doors.tickets:
        yield from PaperPages(
            pages, doors.tickets, doors.conversations, doors.spool, site.max_file_mb, clock
        ).routes()


def _webhooks(doors: Doors) -> Iterator[BaseRoute]:
    """Where platforms bring what was written to us."""
    if doors.telegram:
        telegram = _by_secret(doors.telegram, "x-telegram-bot-api-secret-token")
        yield Route("/webhooks/telegram", _webhook(telegram), methods=["POST"])
    if doors.zalo:
        yield Route("/webhooks/zalo", _webhook(doors.zalo), methods=["POST"])
    if doors.zalo_bot:
        zalo_bot = _by_secret(doors.zalo_bot, "x-bot-api-secret-token")
        yield Route("/webhooks/zalo-bot", _webhook(zalo_bot), methods=["POST"])


def _watching(doors: Doors) -> Callable[[Starlette], AbstractAsyncContextManager[None]]:
    """Tells open pages what is new for as long as the server runs."""

    @asynccontextmanager
    async def living(_app: Starlette) -> AsyncIterator[None]:
        watching = asyncio.create_task(watch(doors.conversations, doors.hub))
        yield
        doors.hub.close()
        watching.cancel()
        with suppress(asyncio.CancelledError):
            await watching

    return living


def _failures(pages: Pages) -> dict[Any, Failure]:
    """What is answered where there is no page, or none that works."""

    async def missing(_request: Request, _error: Exception) -> Response:
        return pages.html("message.html", 404, title="web.missing.title", text="web.missing.text")

    async def broken(_request: Request, error: Exception) -> Response:
        log.error("web.broke", exc_info=error)
        return pages.html("message.html", 500, title="web.broken.title", text="web.broken.text")

    async def gone(_request: Request, _error: Exception) -> Response:
        return Response(status_code=400)

    return {404: missing, ClientDisconnect: gone, Exception: broken}


class _Quiet:
    """Keeps exceptions from the server, whose log would quote them. `broken` has told of them."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await self._app(scope, receive, send)
        except Exception:
            if scope["type"] != "http":
                raise


def _health(healthy: Healthy) -> Endpoint:
    async def health(_request: Request) -> Response:
        """Whether the process and its database answer."""
        is_well = await run_in_threadpool(healthy)
        return JSONResponse({"ok": is_well}, status_code=200 if is_well else 503)

    return health


def _verified(site: Site) -> Endpoint:
    async def verified(_request: Request) -> Response:
        """What Zalo looks for to see that this domain is ours, by the file or by the tag."""
        code = site.zalo_verification
        tag = f'<meta name="zalo-platform-site-verification" content="{code}">'
        return HTMLResponse(f"<!doctype html><html><head>{tag}</head><body>{code}</body></html>")

    return verified


def _embed(pages: Pages) -> Endpoint:
    async def embed(_request: Request) -> Response:
        """The script that puts the chat on an agency's page."""
        return pages.script("embed.js")

    return embed


def _by_secret(receive: Webhook, header: str) -> SignedWebhook:
    """A webhook that knows its platform by a secret in one header."""

    async def received(body: bytes, headers: Mapping[str, str]) -> int:
        return await receive(body, headers.get(header))

    return received


def _webhook(receive: SignedWebhook) -> Endpoint:
    async def webhook(request: Request) -> Response:
        """One update or event; what is said back is a status only."""
        try:
            body = await read_body(request, _MEGABYTE)
        except TooLarge:
            return Response(status_code=413)
        return Response(status_code=await receive(body, request.headers))

    return webhook
