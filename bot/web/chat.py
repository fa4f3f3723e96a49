"""The chat's endpoints: the page, what the citizen says, what there is to read, files both ways."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import timedelta

import structlog
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from bot.basics.clock import Clock
from bot.basics.errors import Refused, Undeliverable
from bot.basics.ids import FileId
from bot.channels import webchat
from bot.channels.webchat import Hub
from bot.web import visitor
from bot.web.bodies import TooLarge, read_body
from bot.web.given import given
from bot.web.limits import Limit
from bot.web.pages import Pages
from bot.web.ports import Conversations
from bot.web.site import Site
from bot.web.spool import Spool
from bot.web.stream import events, read_position

log = structlog.get_logger()

_LONGEST_SAYING = 64 * 1024
_MEGABYTE = 1024 * 1024


class Chat:
    """The chat of one installation."""

    def __init__(
        self,
        site: Site,
        pages: Pages,
        conversations: Conversations,
        spool: Spool,
        hub: Hub,
        clock: Clock,
    ) -> None:
        self._site, self._pages, self._conversations = site, pages, conversations
        self._spool, self._hub, self._clock = spool, hub, clock
        # One conversation, and everybody behind one address: a whole office may share it.
        self._each = Limit(50, timedelta(seconds=10))
        self._together = Limit(600, timedelta(seconds=60))

    def routes(self) -> list[Route]:
        """Where everything is."""
        return [
            Route("/", self.page),
            Route("/chat", self.page),
            Route("/chat/say", self.say, methods=["POST"]),
            Route("/chat/file", self.upload, methods=["POST"]),
            Route("/chat/leave", self.leave, methods=["POST"]),
            Route("/chat/events", self.events),
            Route("/chat/file/{file}", self.file),
        ]

    async def page(self, request: Request) -> Response:
        """The page; a first visit gets a conversation of its own."""
        embedded = "embed" in request.query_params
        token = visitor.token_of(request, self._site) or webchat.new_token()
        data = {
            "token": visitor.page_token(token),
            "start": request.query_params.get("start", ""),
            "mostFiles": webchat.MOST_FILES,
            "mostBytes": self._site.max_file_mb * _MEGABYTE,
            "texts": self._pages.script_texts,
        }
        response = self._pages.html("chat.html", embedded=embedded, data=data)
        visitor.remember(response, token, self._site, embedded=embedded)
        return response

    async def say(self, request: Request) -> Response:
        """Keeps a message. The same id again is the same message again."""
        if refusal := self._refusal(request):
            return refusal
        conversation = visitor.conversation_of(request, self._site)
        try:
            said = json.loads(await read_body(request, _LONGEST_SAYING))
        except TooLarge:
            return Response(status_code=413)
        except (ValueError, RecursionError):
            return Response(status_code=400)
        inbound = conversation and webchat.read(said, conversation, self._clock.now())
        if not inbound or not all(
            self._spool.holds(inbound.conversation, file.ref) for file in inbound.files
        ):
            return Response(status_code=400)
        is_new = await run_in_threadpool(self._conversations.receive, inbound)
        self._hub.tell(inbound.conversation)
        return JSONResponse({"new": is_new}, status_code=202)

    async def upload(self, request: Request) -> Response:
        """Keeps one file until the message that names it; answers with its reference."""
        if refusal := self._refusal(request):
            return refusal
        if request.headers.get("content-type") != "application/octet-stream":
            return Response(status_code=415)
        conversation = visitor.conversation_of(request, self._site)
        assert conversation is not None  # else it would have been refused
        try:
            content = await read_body(request, self._site.max_file_mb * _MEGABYTE)
            if not content:
                return Response(status_code=400)
            ref = await run_in_threadpool(self._spool.put, conversation, content)
        except TooLarge:
            return Response(status_code=413)
        except Refused:
            return Response(status_code=429, headers={"retry-after": "600"})
        return JSONResponse({"ref": ref}, status_code=201)

    async def leave(self, request: Request) -> Response:
        """Takes the conversation off this device: the next visit begins a new one."""
        if refusal := self._refusal(request):
            return refusal
        response = Response(status_code=204)
        visitor.forget(response, self._site)
        return response

    async def events(self, request: Request) -> Response:
        """The conversation as a stream of events, from where the page left off."""
        conversation = visitor.conversation_of(request, self._site)
        if conversation is None:
            return Response(status_code=401)
        reached = request.headers.get("last-event-id") or request.query_params.get("after", "")
        stream: AsyncIterator[str] = events(
            conversation,
            read_position(reached),
            self._conversations,
            self._hub,
            stays="leave" not in request.query_params,
        )
        return StreamingResponse(
            stream, media_type="text/event-stream", headers={"x-accel-buffering": "no"}
        )

    async def file(self, request: Request) -> Response:
        """A file of this conversation."""
        conversation = visitor.conversation_of(request, self._site)
        if conversation is None:
            return Response(status_code=404)
        wanted = FileId(request.path_params["file"])
        try:
            found = await run_in_threadpool(self._conversations.file, conversation, wanted)
        except Undeliverable:
            return Response(status_code=404)
        return given(found, "private, no-store")

    def _refusal(self, request: Request) -> Response | None:
        """Why a request that changes something is not served; None if it is."""
        conversation = visitor.conversation_of(request, self._site)
        if conversation is None:
            return Response(status_code=401)
        if not visitor.is_from_our_page(request, self._site):
            log.warning("web.foreign_request_refused")
            return Response(status_code=403)
        now = self._clock.now()
        wait = self._together.wait(visitor.client_of(request), now)
        wait = wait or self._each.wait(conversation, now)
        return Response(status_code=429, headers={"retry-after": str(wait)}) if wait else None
