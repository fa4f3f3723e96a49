"""Puts the pages and endpoints together."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

import structlog
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Mount, Route
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
_MEGABYTE = 1024 * 1024
_TELEGRAM_SECRET = "x-telegram-bot-api-secret-token"
_ZALO_BOT_SECRET = "x-bot-api-secret-token"


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
    chat = Chat(site, pages, doors.conversations, doors.spool, doors.hub, clock)
    static = GZipMiddleware(LastingFiles(directory=STATIC), minimum_size=800)
    routes = [
        *chat.routes(),
        Mount(f"/static/{pages.version}", static),
        Route("/healthz", _health(doors.healthy)),
    ]
    if site.zalo_verification:
        routes.append(Route(f"/zalo_verifier{site.zalo_verification}.html", _verified(site)))
    if site.embed_origins:
        routes.append(Route("/embed.js", _embed(pages)))
    if doors.tracking:
        routes += TrackingPages(pages, doors.tracking).routes()
    if doors.blank_forms:
        routes += BlankFormPages(pages, doors.blank_forms).routes()
    if doors.tickets:
        routes += PaperPages(
            pages, doors.tickets, doors.conversations, doors.spool, site.max_file_mb, clock
        ).routes()
    if doors.telegram:
        routes.append(Route("/webhooks/telegram", _telegram(doors.telegram), methods=["POST"]))
    if doors.zalo:
        routes.append(Route("/webhooks/zalo", _zalo(doors.zalo), methods=["POST"]))
    if doors.zalo_bot:
        routes.append(Route("/webhooks/zalo-bot", _zalo_bot(doors.zalo_bot), methods=["POST"]))

    @asynccontextmanager
    async def living(_app: Starlette) -> AsyncIterator[None]:
        watching = asyncio.create_task(watch(doors.conversations, doors.hub))
        yield
        doors.hub.close()
        watching.cancel()
        with suppress(asyncio.CancelledError):
            await watching

    async def missing(_request: Request, _error: Exception) -> Response:
        return pages.html("message.html", 404, title="web.missing.title", text="web.missing.text")

    async def broken(_request: Request, error: Exception) -> Response:
        log.error("web.broke", exc_info=error)
        return pages.html("message.html", 500, title="web.broken.title", text="web.broken.text")

    async def gone(_request: Request, _error: Exception) -> Response:
        return Response(status_code=400)

    app = Starlette(
        routes=routes,
        exception_handlers={404: missing, ClientDisconnect: gone, Exception: broken},
        lifespan=living,
    )
    return _Quiet(SecurityHeaders(app, site.embed_origins, site.is_https))


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


def _telegram(receive: Webhook) -> Endpoint:
    async def telegram(request: Request) -> Response:
        """One update from Telegram."""
        try:
            body = await read_body(request, _MEGABYTE)
        except TooLarge:
            return Response(status_code=413)
        return Response(status_code=await receive(body, request.headers.get(_TELEGRAM_SECRET)))

    return telegram


def _zalo_bot(receive: Webhook) -> Endpoint:
    async def by_secret(body: bytes, headers: Mapping[str, str]) -> int:
        return await receive(body, headers.get(_ZALO_BOT_SECRET))

    return _zalo(by_secret)


def _zalo(receive: SignedWebhook) -> Endpoint:
    async def zalo(request: Request) -> Response:
        """One event from Zalo."""
        try:
            body = await read_body(request, _MEGABYTE)
        except TooLarge:
            return Response(status_code=413)
        return Response(status_code=await receive(body, request.headers))

    return zalo
