"""A file as the answer to a request: shown in place where a browser has a viewer for it."""

from __future__ import annotations

from urllib.parse import quote

from starlette.responses import Response

from bot.notifications.ports import FileToSend

_SHOWN_IN_PLACE = frozenset({"application/pdf", "image/jpeg", "image/png"})
# What a browser's own viewer needs to show a PDF or a photo, and nothing for the file itself.
_FILE_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'none'"
)


def given(file: FileToSend, cache: str) -> Response:
    """The file, under its own name; `cache` says who may keep it."""
    kind = file.mime if file.mime in _SHOWN_IN_PLACE else "application/octet-stream"
    place = "inline" if kind in _SHOWN_IN_PLACE else "attachment"
    return Response(
        file.content,
        media_type=kind,
        headers={
            "content-disposition": f"{place}; filename*=UTF-8''{quote(file.name, safe='')}",
            "content-security-policy": _FILE_POLICY,
            "cache-control": cache,
        },
    )
