"""What Telegram sends, invented, and a Telegram that plays answers and records its requests."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from telegram import Bot
from telegram.request import BaseRequest, RequestData

FIXTURES = Path(__file__).parents[3] / "shared" / "channels" / "fixtures"
CHAT = 910000001
SECRET = "test_secret-0001"


def recorded(kind: str) -> dict[str, dict[str, Any]]:
    """The recorded shapes of one kind, `webhook` or `response`, by name."""
    if not FIXTURES.is_dir():
        return {}
    found = {path.stem: json.loads(path.read_text()) for path in FIXTURES.glob("telegram_*.json")}
    return {name: found[name] for name in sorted(found) if found[name]["_meta"]["kind"] == kind}


needs_recordings = pytest.mark.skipif(
    not FIXTURES.is_dir(),
    reason=f"NOT RUN: the recorded Telegram shapes are not beside the project ({FIXTURES})",
)


def a_chat(number: int = CHAT, **more: Any) -> dict[str, Any]:
    """A private chat."""
    return {"id": number, "type": "private", "first_name": "An", **more}


def a_message(*, update_id: int = 880000001, chat: Any = None, **content: Any) -> dict[str, Any]:
    """An update that carries a message from An."""
    sender = {"id": CHAT, "is_bot": False, "first_name": "An", "language_code": "vi"}
    message = {"message_id": 41, "from": sender, "chat": chat or a_chat(), "date": 1795233600}
    return {"update_id": update_id, "message": message | content}


def a_click(
    token: str = "k7Qm2xA9", *, update_id: int = 880000020, rows: Any = None, **changes: Any
) -> dict[str, Any]:
    """An update that says that An pressed a button."""
    shown = rows or [[{"text": "Nam", "callback_data": token}]]
    message = {
        "message_id": 44,
        "chat": a_chat(),
        "date": 1795233570,
        "text": "Giới tính của bé?",
        "reply_markup": {"inline_keyboard": shown},
    }
    query = {
        "id": "3900000000000000001",
        "from": {"id": CHAT, "is_bot": False, "first_name": "An"},
        "chat_instance": "-52",
        "data": token,
        "message": message,
    }
    return {"update_id": update_id, "callback_query": query | changes}


def a_block(status: str = "kicked", update_id: int = 880000030) -> dict[str, Any]:
    """An update that says that An blocked the bot."""
    return {
        "update_id": update_id,
        "my_chat_member": {
            "chat": a_chat(),
            "from": {"id": CHAT, "is_bot": False, "first_name": "An"},
            "date": 1795233600,
            "new_chat_member": {"user": {"id": 7, "is_bot": True}, "status": status},
        },
    }


def sent_message(number: int = 45) -> dict[str, Any]:
    """What Telegram answers to a message it sent."""
    return {"message_id": number, "chat": a_chat(), "date": 1795233601, "text": "…"}


Answer = tuple[int, Any] | BaseException


def ok(result: Any) -> Answer:
    """A good answer."""
    return 200, {"ok": True, "result": result}


def refused(code: int, description: str, **parameters: Any) -> Answer:
    """A bad answer."""
    body = {"ok": False, "error_code": code, "description": description}
    return code, body | ({"parameters": parameters} if parameters else {})


@dataclass(frozen=True)
class Call:
    """One request."""

    method: str
    asked: dict[str, Any]
    files: tuple[str, ...] = ()


@dataclass
class FakeTelegram(BaseRequest):
    """Answers what was prepared for a method, in order, the last for ever; else success."""

    answers: dict[str, list[Answer]] = field(default_factory=dict)
    calls: list[Call] = field(default_factory=list)
    downloads: dict[str, bytes] = field(default_factory=dict)

    @property
    def read_timeout(self) -> float:
        return 5.0

    async def initialize(self) -> None: ...
    async def shutdown(self) -> None: ...

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, **_: Any
    ) -> tuple[int, bytes]:
        name = url.rsplit("/", 1)[1]
        if "/file/" in url:
            return (200, self.downloads[name]) if name in self.downloads else (404, b"{}")
        sent = request_data.multipart_data if request_data else None
        files = tuple(part[0] for part in sent.values()) if sent else ()
        self.calls.append(Call(name, dict(request_data.parameters) if request_data else {}, files))
        prepared = self.answers.get(name, [])
        answer = prepared.pop(0) if len(prepared) > 1 else (prepared or [self._usual(name)])[0]
        if isinstance(answer, BaseException):
            raise answer
        code, body = answer
        return code, body if isinstance(body, bytes) else json.dumps(body).encode()

    def prepare(self, method: str, *answers: Answer) -> None:
        """The next answers to a method."""
        self.answers.setdefault(method, []).extend(answers)

    def asked(self, *methods: str) -> list[Call]:
        """The requests to these methods, in order."""
        return [call for call in self.calls if call.method in methods]

    def bot(self) -> Bot:
        """A client of this Telegram."""
        return Bot("123456:TEST", request=self, get_updates_request=self)

    def _usual(self, method: str) -> Answer:
        usual = {
            "getMe": {"id": 7, "is_bot": True, "first_name": "Một Cửa", "username": "thu_bot"},
            "getMyCommands": [],
            "getMyDescription": {"description": ""},
            "getMyShortDescription": {"short_description": ""},
            "getUpdates": [],
        }
        sends = method.startswith("send") and method != "sendChatAction"
        return ok(sent_message(44 + len(self.calls)) if sends else usual.get(method, True))


class Time:
    """A clock that moves only when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        """Lets time pass."""
        self.slept.append(seconds)
        self.now += seconds


def titles(call: Call) -> list[list[str]]:
    """The titles of the keys under a sent message, by row."""
    return [[key["text"] for key in row] for row in keys(call)]


def keys(call: Call) -> Iterable[Any]:
    """The rows of keys under a sent message."""
    under = call.asked["reply_markup"]
    return under.get("inline_keyboard") or under["keyboard"]
