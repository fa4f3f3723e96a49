"""Papers that stay off other companies' servers: sent to us, and read, through links of short life.

Works without scripts as a plain form; with them, photos are made lighter and the progress is shown.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import AsyncGenerator
from datetime import timedelta

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.basics.clock import Clock
from bot.basics.errors import Refused, Undeliverable
from bot.basics.messages import Inbound, Kind, RemoteFile
from bot.web.bodies import TooLarge, read_body
from bot.web.given import given
from bot.web.limits import Limit
from bot.web.pages import Pages
from bot.web.ports import Conversations
from bot.web.spool import Spool, owner
from bot.web.tickets import Purpose, Ticket, Tickets

MOST_FILES = 10
_TOGETHER = 3
"""Times the largest file that one form may hold in all."""
_MEGABYTE = 1024 * 1024
_LONGEST_NAME = 200
_FORM_ID = re.compile(r"[A-Za-z0-9_-]{8,40}")


class PaperPages:
    """The page to send papers on, and the papers to read."""

    def __init__(
        self,
        pages: Pages,
        tickets: Tickets,
        conversations: Conversations,
        spool: Spool,
        max_file_mb: int,
        clock: Clock,
    ) -> None:
        self._pages, self._tickets, self._conversations = pages, tickets, conversations
        self._spool, self._clock, self._max_file_mb = spool, clock, max_file_mb
        self._each = Limit(30, timedelta(minutes=10))

    def routes(self) -> list[Route]:
        """Where they are."""
        return [
            Route("/gui-giay-to/{ticket}", self.ask),
            Route("/gui-giay-to/{ticket}", self.take, methods=["POST"]),
            Route("/giay-to/{ticket}", self.read),
        ]

    async def ask(self, request: Request) -> Response:
        """The page with the form."""
        if self._ticket(request, Purpose.SEND) is None:
            return self._expired()
        return self._form()

    async def take(self, request: Request) -> Response:
        """Hands the files in, as if the conversation had sent them. The same form again is taken once."""
        ticket = self._ticket(request, Purpose.SEND)
        if ticket is None:
            return self._expired()
        if self._each.wait(ticket.conversation, self._clock.now()):
            return self._form(429, "web.papers.too_often")
        try:
            form = await self._read(request)
            files = await self._kept(ticket, form)
        except TooLarge:
            return self._form(413, "web.papers.too_large")
        except (MultiPartException, KeyError):
            return self._form(400, "web.papers.unreadable")
        except Refused:
            return self._form(429, "web.papers.too_often")
        form_id = form.get("id")
        if not files or not isinstance(form_id, str) or not _FORM_ID.fullmatch(form_id):
            return self._form(400, "web.papers.nothing_chosen")
        key = f"upload-{owner(ticket.conversation)}-{form_id}"
        inbound = Inbound(ticket.conversation, key, Kind.FILE, self._clock.now(), files=files)
        await run_in_threadpool(self._conversations.receive, inbound)
        return self._pages.html("papers_sent.html", count=len(files), again=request.url.path)

    async def read(self, request: Request) -> Response:
        """A paper."""
        ticket = self._ticket(request, Purpose.READ)
        if ticket is None:
            return self._expired("web.papers.no_longer_read")
        try:
            found = await run_in_threadpool(
                self._conversations.file, ticket.conversation, ticket.file
            )
        except Undeliverable:
            return self._expired("web.papers.no_longer_read")
        return given(found, "private, no-store")

    def _ticket(self, request: Request, purpose: Purpose) -> Ticket | None:
        return self._tickets.check(purpose, request.path_params["ticket"])

    def _form(self, status: int = 200, problem: str = "") -> Response:
        return self._pages.html(
            "papers_send.html",
            status,
            problem=problem,
            form_id=secrets.token_urlsafe(12),
            most=MOST_FILES,
            mb=self._max_file_mb,
        )

    def _expired(self, text: str = "web.papers.no_longer_sent") -> Response:
        return self._pages.html("message.html", 410, title="web.papers.expired", text=text)

    async def _read(self, request: Request) -> FormData:
        """The form, in memory: what is spooled to a disk would lie there unencrypted."""
        most = _TOGETHER * self._max_file_mb * _MEGABYTE
        body = await read_body(request, most)

        async def whole() -> AsyncGenerator[bytes, None]:
            yield body

        parser = MultiPartParser(request.headers, whole(), max_files=3 * MOST_FILES, max_fields=5)
        parser.spool_max_size = most
        return await parser.parse()

    async def _kept(self, ticket: Ticket, form: FormData) -> tuple[RemoteFile, ...]:
        sent = [part for part in form.getlist("files") if isinstance(part, UploadFile)]
        chosen = [part for part in sent if part.size][:MOST_FILES]
        if any(part.size and part.size > self._max_file_mb * _MEGABYTE for part in chosen):
            raise TooLarge
        files = []
        for part in chosen:
            content = await part.read()
            ref = await run_in_threadpool(self._spool.put, ticket.conversation, content)
            name = (part.filename or "").encode("utf-8", "replace").decode().replace("\0", "")
            files.append(RemoteFile(ref, name[:_LONGEST_NAME], size=len(content)))
        return tuple(files)
