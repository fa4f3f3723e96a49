"""Fetches what citizens sent on Zalo. Its address came from outside, so it is trusted in nothing."""

from __future__ import annotations

import asyncio
import ipaddress
import re
import socket
from collections.abc import Awaitable, Callable, Sequence
from urllib.parse import urljoin

import httpx

from bot.basics.errors import TryLater, Undeliverable
from bot.basics.messages import RemoteFile

_HOST = re.compile(r"([a-z0-9-]+\.)+(zdn|zadn)\.vn")
_LARGEST_DOWNLOAD = 20 * 1024 * 1024
_MOST_HOPS = 3
_TIMEOUT = httpx.Timeout(60.0, connect=5.0, pool=5.0)
Resolve = Callable[[str], Awaitable[Sequence[str]]]
"""The IP addresses of a host."""


async def resolve(host: str) -> Sequence[str]:
    """The IP addresses of a host. Raises `OSError`."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, 443, type=socket.SOCK_STREAM)
    return [str(entry[4][0]) for entry in found]


class Media:
    """Downloads from Zalo's own hosts, and from `server`, where its API is."""

    def __init__(
        self, client: httpx.AsyncClient, server: str = "", resolver: Resolve = resolve
    ) -> None:
        self._client, self._server, self._resolve = client, server.rstrip("/"), resolver

    async def fetch(self, file: RemoteFile) -> bytes:
        """The content of a file a citizen sent. Raises `TryLater` or `Undeliverable`."""
        if file.size is not None and file.size > _LARGEST_DOWNLOAD:
            raise Undeliverable("file.too_large")
        url = file.ref
        try:
            for _ in range(_MOST_HOPS):
                await self._see_that_it_is_zalo(url)
                found = await self._open(url)
                if isinstance(found, bytes):
                    return found
                url = found
        except (httpx.InvalidURL, ValueError) as error:
            raise Undeliverable("file.not_fetched") from error
        except (httpx.HTTPError, OSError) as error:
            # Asking twice does no harm.
            raise TryLater("file.not_fetched") from error
        raise Undeliverable("file.not_fetched")

    async def _open(self, url: str) -> bytes | str:
        """The content at `url`, or the address it points to."""
        request = self._client.stream("GET", url, timeout=_TIMEOUT, follow_redirects=False)
        async with request as response:
            if response.is_redirect:
                return urljoin(url, response.headers["location"])
            if response.is_client_error:  # the address has expired
                raise Undeliverable("file.not_fetched")
            response.raise_for_status()
            content = bytearray()
            async for chunk in response.aiter_bytes():
                content += chunk
                if len(content) > _LARGEST_DOWNLOAD:
                    raise Undeliverable("file.too_large")
            return bytes(content)

    async def _see_that_it_is_zalo(self, url: str) -> None:
        """Raises `Undeliverable` unless the address is Zalo's and outside of our own network."""
        if self._server and url.startswith(f"{self._server}/"):
            return
        parts = httpx.URL(url)  # the client's own reading of it, so that none differs
        is_plain = parts.port is None and not parts.userinfo
        if parts.scheme != "https" or not _HOST.fullmatch(parts.host) or not is_plain:
            raise Undeliverable("file.not_fetched")
        for address in await self._resolve(parts.host):
            if not ipaddress.ip_address(address.partition("%")[0]).is_global:
                raise Undeliverable("file.not_fetched")
