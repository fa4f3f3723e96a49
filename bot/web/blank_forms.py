"""Forms to print and fill in by hand: a page that lists them, and each as a PDF."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.basics.ids import ProcedureCode
from bot.web.given import given
from bot.web.pages import Pages
from bot.web.ports import BlankForms


class BlankFormPages:
    """Blank forms on the web."""

    def __init__(self, pages: Pages, forms: BlankForms) -> None:
        self._pages, self._forms = pages, forms

    def routes(self) -> list[Route]:
        """Where they are."""
        return [Route("/mau", self.list), Route("/mau/{code}.pdf", self.pdf)]

    async def list(self, _request: Request) -> Response:
        """Every form, by procedure."""
        found = await run_in_threadpool(self._forms.listed)
        return self._pages.html("forms.html", forms=found)

    async def pdf(self, request: Request) -> Response:
        """The form of one procedure."""
        code = ProcedureCode(request.path_params["code"])
        found = await run_in_threadpool(self._forms.pdf, code)
        if found is None:
            return self._pages.html(
                "message.html", 404, title="web.missing.title", text="web.missing.text"
            )
        return given(found, "public, max-age=3600")
