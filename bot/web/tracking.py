"""The page behind the QR code of a slip: what anybody with the code may see of a dossier."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.basics.codes import find_dossier_code
from bot.basics.errors import TooManyTries
from bot.web import visitor
from bot.web.pages import Pages
from bot.web.ports import Tracking


class TrackingPages:
    """Tracking on the web."""

    def __init__(self, pages: Pages, tracking: Tracking) -> None:
        self._pages, self._tracking = pages, tracking

    def routes(self) -> list[Route]:
        """Where it is."""
        return [Route("/ho-so", self.ask), Route("/ho-so/{code}", self.show)]

    async def ask(self, request: Request) -> Response:
        """The page that asks for a code, or the way to the code it was given."""
        typed = request.query_params.get("ma", "")
        code = find_dossier_code(typed)
        if code:
            return RedirectResponse(f"/ho-so/{code}", status_code=303)
        problem = "web.track.not_a_code" if typed else ""
        return self._pages.html("track.html", glimpse=None, problem=problem, facts={}, typed="")

    async def show(self, request: Request) -> Response:
        """The dossier."""
        code = find_dossier_code(request.path_params["code"])
        if code is None:
            return self._nothing(404, "web.track.not_a_code")
        client = visitor.client_of(request)
        try:
            glimpse = await run_in_threadpool(self._tracking.look_up, code, client)
        except TooManyTries as error:
            wait = error.facts.get("wait", 60)
            response = self._nothing(429, "web.track.too_many", wait=wait)
            response.headers["retry-after"] = str(wait)
            return response
        if glimpse is None:
            return self._nothing(404, "web.track.unknown", code=code)
        return self._pages.html("track.html", glimpse=glimpse, problem="", facts={}, typed=code)

    def _nothing(self, status: int, problem: str, **facts: object) -> Response:
        return self._pages.html(
            "track.html", status, glimpse=None, problem=problem, facts=facts, typed=""
        )
