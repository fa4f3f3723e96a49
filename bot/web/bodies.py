"""Reads request bodies that may be larger than they say."""

from __future__ import annotations

from starlette.requests import Request


class TooLarge(Exception):
    """The body is larger than it may be."""


async def read_body(request: Request, most: int) -> bytes:
    """The body, at most `most` bytes; reading stops beyond. Raises `TooLarge`."""
    announced = request.headers.get("content-length", "")
    if announced.isdecimal() and int(announced) > most:
        raise TooLarge
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            raise TooLarge
    return bytes(body)
