"""A citizen with Zalo, at a Zalo that runs as a program of its own on this machine."""

from __future__ import annotations

import asyncio
import json
import re
import time
from typing import Any

import httpx
import pytest

from bot.channels.zalo_read import CLICK
from tests.channels.zalo_build import USER

_PATIENCE = 20.0


class Phone:
    """Writes, presses, sends, and reads what comes."""

    def __init__(self, zalo: str, user: str = USER) -> None:
        self._user = user
        self._client = httpx.AsyncClient(base_url=zalo, timeout=30)
        self._seen = 0
        self.read: list[dict[str, Any]] = []
        """Every message that came, in order."""

    async def close(self) -> None:
        """Puts the phone away."""
        await self._client.aclose()

    async def sets(self, **changes: Any) -> None:
        """Changes how this Zalo behaves: see `FakeZalo`."""
        await self._post("/_fake/set", json=changes)

    async def state(self) -> dict[str, Any]:
        """What this Zalo knows."""
        found: dict[str, Any] = (await self._client.get("/_fake/state")).json()
        return found

    async def does(self, name: str, **changes: Any) -> None:
        """Does what Zalo tells of by the event of this name."""
        who = {"follow": "follower", "unfollow": "follower"}.get(name, "sender")
        more = (
            {"user_id": self._user} if name == "user_click_chatnow" else {who: {"id": self._user}}
        )
        await self._post("/_fake/event", json={"name": name, "changes": more | changes})

    async def says(self, text: str) -> None:
        """Writes a message."""
        await self.does("user_send_text", message={"text": text})

    async def presses(self, title: str) -> None:
        """Presses the last button with this title, or types the number beside it.

        A long message comes in pieces, and its buttons under the last: so it waits for them.
        """
        until = time.monotonic() + _PATIENCE
        while (said := self._choice(title)) is None and time.monotonic() < until:
            await asyncio.sleep(0.05)
            await self.looks()
        if said is None:
            pytest.fail(f"there is no choice {title!r}; last read: {self.texts[-3:]}")
        await self.says(said)

    def _choice(self, title: str) -> str | None:
        for message in reversed(self.read):
            payload = message.get("attachment", {}).get("payload", {})
            for button in payload.get("buttons", []):
                if button["title"] == title:
                    assert button["payload"].startswith(CLICK)
                    return str(button["payload"])
            found = re.search(rf"^(\d+)\. {re.escape(title)}$", message.get("text", ""), re.M)
            if found:
                return found[1]
        return None

    async def shares_number(self, phone: str) -> None:
        """Sends a business card with this number."""
        told = json.dumps({"phone": phone.lstrip("+"), "qrCodeUrl": ""})
        card = {"type": "link", "payload": {"description": told, "url": "https://zalo.me/x"}}
        await self.does("user_send_business_card", message={"text": "An", "attachments": [card]})

    async def sends_photo(self, content: bytes) -> None:
        """Sends a picture."""
        url = (await self._post("/_fake/media", content=content)).json()["url"]
        photo = {"type": "image", "payload": {"url": url, "thumbnail": url}}
        await self.does("user_send_image", message={"text": "", "attachments": [photo]})

    async def sends_file(self, name: str, content: bytes, _mime: str = "") -> None:
        """Sends a document."""
        url = (await self._post("/_fake/media", content=content)).json()["url"]
        told = {"url": url, "name": name, "size": str(len(content)), "type": name[-3:]}
        file = {"type": "file", "payload": told}
        await self.does("user_send_file", message={"attachments": [file]})

    async def hears(self, *parts: str, wait: float = _PATIENCE) -> str:
        """Waits for a message that holds all these parts, after the last one read; its text."""
        until, start = time.monotonic() + wait, len(self.read)
        while time.monotonic() < until:
            await self.looks()
            for text in self.texts[start:]:
                if all(part in text for part in parts):
                    return text
            await asyncio.sleep(0.05)
        pytest.fail(f"heard nothing with {parts}; heard: {[t[:200] for t in self.texts[start:]]}")

    async def looks(self) -> None:
        """Reads what has come."""
        new = (await self._client.get(f"/_fake/sent/{self._seen}")).json()
        self._seen += len(new)
        self.read += [item["message"] for item in new if item["to"] == self._user]

    @property
    def texts(self) -> list[str]:
        """The texts of everything read."""
        return [message.get("text", "") for message in self.read]

    async def _post(self, path: str, **given: Any) -> httpx.Response:
        answer = await self._client.post(path, **given)
        answer.raise_for_status()
        return answer
