"""Renders the pages: templates, texts from the wording, static files with lasting names."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from functools import partial
from pathlib import Path

import jinja2
from starlette.responses import HTMLResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from bot.basics.vietnamese import show
from bot.basics.wording import Wording
from bot.web.site import Site

_HERE = Path(__file__).parent
STATIC = _HERE / "static"
_SCRIPT_TEXTS = "web.script."


class Pages:
    """Every page of one installation."""

    def __init__(self, site: Site, wording: Wording) -> None:
        self.version = _digest_of(STATIC)
        self.script_texts: Mapping[str, str] = {
            key.removeprefix(_SCRIPT_TEXTS): wording.render(key)
            for key in sorted(wording.keys())
            if key.startswith(_SCRIPT_TEXTS)
        }
        self._jinja = jinja2.Environment(
            loader=jinja2.FileSystemLoader(_HERE / "templates"),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._jinja.policies["json.dumps_kwargs"] = {"ensure_ascii": False}
        self._jinja.filters.update(show.FILTERS)
        self._jinja.globals.update(
            site=site, static=f"/static/{self.version}", say=partial(_say, wording)
        )

    def html(self, template: str, status: int = 200, **facts: object) -> HTMLResponse:
        """The page."""
        return HTMLResponse(self._jinja.get_template(template).render(facts), status)

    def script(self, template: str, **facts: object) -> Response:
        """A script that other sites may load."""
        source = self._jinja.get_template(template).render(facts)
        return Response(
            source,
            media_type="text/javascript",
            headers={
                "cross-origin-resource-policy": "cross-origin",
                "cache-control": "public, max-age=3600",
            },
        )


class LastingFiles(StaticFiles):
    """Static files under a path that changes with their content: browsers need not ask again."""

    def file_response(
        self,
        full_path: str | os.PathLike[str],
        stat_result: os.stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        """The file, to be kept for a year."""
        response = super().file_response(full_path, stat_result, scope, status_code)
        response.headers["cache-control"] = "public, max-age=31536000, immutable"
        return response


def _say(wording: Wording, key: str, **holes: object) -> str:
    return wording.render(key, holes)


def _digest_of(folder: Path) -> str:
    content = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            content.update(path.read_bytes())
    return content.hexdigest()[:12]
