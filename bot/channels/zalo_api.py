"""A thin client of Zalo's OpenAPI for one Official Account."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import httpx

from bot.basics.errors import TryLater, Uncertain
from bot.channels.raw_json import text
from bot.channels.zalo_answers import data_of, failed
from bot.channels.zalo_errors import A_MINUTE, Means, Refusal
from bot.channels.zalo_tokens import Tokens
from bot.notifications.ports import FileToSend

_TIMEOUT = httpx.Timeout(20.0, connect=5.0, write=60.0, pool=5.0)
_UPLOADS = {"image": "attachment_id", "file": "token"}
"""Kind of upload → under which name its answer gives the id."""


def connect() -> httpx.AsyncClient:
    """A client for Zalo. Follows no redirect: the token in the header is for Zalo alone."""
    return httpx.AsyncClient(timeout=_TIMEOUT, follow_redirects=False)


class ZaloApi:
    """Calls with the account's token, with a new one where Zalo rejects it."""

    def __init__(self, client: httpx.AsyncClient, tokens: Tokens, server: str) -> None:
        self._client, self.tokens, self._server = client, tokens, server.rstrip("/")

    async def send(self, path: str, body: Mapping[str, Any]) -> str:
        """Posts a message; returns the id Zalo gave it.

        Raises `Refusal`, `TryLater` or `Uncertain`.
        """
        data = await self._call("POST", path, json=dict(body))
        return text(data, "message_id") or text(data, "msg_id")  # the second: by telephone

    async def read(self, path: str, **asked: str) -> Mapping[str, object]:
        """What Zalo tells. Raises `Refusal` or `TryLater`."""
        given = {"params": {"data": json.dumps(asked)}} if asked else {}
        return await self._harmlessly("GET", path, **given)

    async def upload(self, kind: str, file: FileToSend) -> str:
        """Gives Zalo a file, `image` or `file`; returns the id, good for 7 days.

        Raises `Refusal` or `TryLater`.
        """
        given = {"file": (file.name, file.content, file.mime)}
        data = await self._harmlessly("POST", f"/v2.0/oa/upload/{kind}", files=given)
        if not (found := text(data, _UPLOADS[kind])):
            raise TryLater("delivery.unreachable", after=A_MINUTE)
        return found

    async def close(self) -> None:
        """Ends the connections, once no token is on its way."""
        await self.tokens.settled()
        await self._client.aclose()

    async def _harmlessly(self, method: str, path: str, **given: Any) -> Mapping[str, object]:
        """A call that may be repeated even if it was done."""
        try:
            return await self._call(method, path, **given)
        except Uncertain as error:
            raise TryLater("delivery.unreachable") from error

    async def _call(self, method: str, path: str, **given: Any) -> Mapping[str, object]:
        token = await self.tokens.access()
        try:
            return await self._once(token, method, path, **given)
        except Refusal as refusal:
            if refusal.means is not Means.TOKEN:
                raise
        return await self._once(await self.tokens.renewed(token), method, path, **given)

    async def _once(self, token: str, method: str, path: str, **given: Any) -> Mapping[str, object]:
        headers = {"access_token": token}
        try:
            response = await self._client.request(
                method, self._server + path, headers=headers, **given
            )
        except httpx.HTTPError as error:
            raise failed(error) from error
        return data_of(response)
