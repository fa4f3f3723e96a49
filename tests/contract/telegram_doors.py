"""Telegram, by polling and by webhook, strict about what it takes."""

from __future__ import annotations

import json
from typing import Any

from telegram.error import TimedOut
from telegram.request import RequestData

from bot.basics import yaml12
from bot.basics.ids import ConversationId
from bot.channels.cut import units
from bot.channels.telegram import TelegramDoor
from bot.channels.telegram_menu import Menu
from bot.channels.telegram_pace import Pace
from bot.channels.telegram_poll import poll
from bot.channels.telegram_webhook import TelegramWebhook
from bot.jobs.fetch import Fetch
from bot.notifications.ports import Sender
from tests.build import CATALOGUE
from tests.channels.telegram_build import (
    SECRET,
    FakeTelegram,
    Time,
    a_chat,
    a_click,
    a_message,
    refused,
)
from tests.contract.door import Door, Key, Seen

MENU = Menu.read(CATALOGUE / "telegram.yml")
WORDS = yaml12.read(CATALOGUE / "telegram.yml")["words"]
_BEFORE = {
    "rate limit": refused(429, "Too Many Requests: retry after 3", retry_after=3),
    "permanent refusal": refused(403, "Forbidden: bot was blocked by the user"),
}


class StrictTelegram(FakeTelegram):
    """Refuses what the real one would refuse, and shows the rest."""

    def __init__(self) -> None:
        super().__init__()
        self.screen: list[Seen] = []
        self.wrong: list[str] = []
        self.faults: list[str] = []
        self.waiting: list[dict[str, Any]] = []

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, **more: Any
    ) -> tuple[int, bytes]:
        name = url.rsplit("/", 1)[1]
        asked = dict(request_data.parameters) if request_data else {}
        if name == "getUpdates":
            self.waiting = [u for u in self.waiting if u["update_id"] >= asked.get("offset", 0)]
            return 200, json.dumps({"ok": True, "result": self.waiting}).encode()
        if not name.startswith("send") or name == "sendChatAction":
            return await super().do_request(url, method, request_data, **more)
        fault = self.faults.pop(0) if self.faults else ""
        if fault in _BEFORE:
            code, body = _BEFORE[fault]
            return code, json.dumps(body).encode()
        sent = request_data.multipart_data if request_data else None
        self._show(asked, next(iter(sent.values()))[1] if sent else None)
        if fault == "timeout after sending":
            raise TimedOut
        if fault == "5xx":
            return 502, b"<html>Bad Gateway</html>"
        return (
            (200, b"")
            if fault == "empty 200"
            else await super().do_request(url, method, request_data, **more)
        )

    def _show(self, asked: dict[str, Any], file: bytes | None) -> None:
        text, longest = asked.get("text", ""), 4096
        if file is not None:
            text, longest = asked.get("caption", ""), 1024
        under = asked.get("reply_markup") or {}
        rows = under.get("inline_keyboard", [])
        keys = tuple(Key(key["text"], key["callback_data"]) for row in rows for key in row)
        if units(text) > longest or not (text or file):
            self.wrong.append(f"a text of {units(text)}")
        if asked.get("parse_mode"):
            self.wrong.append("a parse mode")
        if any(not 1 <= len(key.press.encode()) <= 64 for key in keys):
            self.wrong.append("a token")
        self.screen.append(Seen(text, keys, file))


class TelegramByWebhook(Door):
    """Updates are brought to our web server."""

    name = "telegram, webhook"
    faults = frozenset((*_BEFORE, "timeout after sending", "5xx", "empty 200"))
    longest, longest_title = 4096, 60

    def prepare(self) -> None:
        self.telegram = StrictTelegram()
        self.screen = self.telegram.screen
        time = Time()
        self.door = TelegramDoor(
            self.telegram.bot(),
            MENU,
            self.world.desk.office,
            self.papers,
            self.world.clock,
            heard=self.hear,
            membership=lambda *_: None,
            pace=Pace(time, time.sleep),
        )
        self.webhook = TelegramWebhook(self.door.take, SECRET)

    @property
    def conversation(self) -> ConversationId:
        return ConversationId(f"telegram:{self.person}")

    @property
    def sender(self) -> Sender:
        return self.door.sender

    @property
    def fetch(self) -> Fetch:
        return self.door.fetch

    async def bring(self, raw: Any) -> None:
        while (status := await self.webhook(json.dumps(raw).encode(), SECRET)) == 500:
            pass
        assert status == 200

    async def looks(self) -> None:
        """What was sent is on the screen."""

    def refused(self) -> list[str]:
        return self.telegram.wrong

    def breaks(self, fault: str) -> None:
        self.telegram.faults.append(fault)

    def text(self, words: str) -> Any:
        return self._message(text=words)

    def press(self, key: str) -> Any:
        who = {"id": self.person, "is_bot": False, "first_name": "An"}
        update = a_click(key, update_id=self._update(), **{"from": who})
        update["callback_query"]["message"]["chat"] = a_chat(self.person)
        return update

    async def file(self, name: str, content: bytes) -> Any:
        path = f"file-{self.next()}"
        self.telegram.downloads[path] = content
        found = {"file_id": path, "file_unique_id": path, "file_path": path}
        self.telegram.answers["getFile"] = [(200, {"ok": True, "result": found})]
        if name.endswith(".jpg"):
            return self._message(photo=[{"file_id": path, "file_size": len(content)}])
        sent = {"file_id": path, "file_name": name, "file_size": len(content)}
        return self._message(document=sent)

    def place(self, latitude: float, longitude: float) -> Any:
        return self._message(location={"latitude": latitude, "longitude": longitude})

    def start(self) -> Any:
        return self.text("/start")

    def _message(self, **content: Any) -> Any:
        chat = a_chat(self.person)
        return a_message(update_id=self._update(), chat=chat, **content)

    def _update(self) -> int:
        return self.person * 1000 + self.next()


class TelegramByPolling(TelegramByWebhook):
    """We ask for updates."""

    name = "telegram, polling"

    async def bring(self, raw: Any) -> None:
        self.telegram.waiting.append(raw)

        async def enough(_seconds: float) -> None:
            if not self.telegram.waiting:
                raise _AllHeard

        try:
            await poll(self.telegram.bot(), self.door.take, wait=0, sleep=enough)
        except _AllHeard:
            return


class _AllHeard(Exception):
    """Nothing waits at Telegram."""
