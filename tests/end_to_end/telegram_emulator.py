"""Somebody else's Telegram on this machine, a stand-in for what it lacks, and a citizen's phone.

The emulator is the npm package telegram-test-api. It neither takes nor gives files, knows no menu,
keeps no unconfirmed update and checks no limit; `Telegram` stands in front of it and does all that
as the real one would.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

TOKEN = "123456:TESTTOKEN"
PACKAGE = "telegram-test-api@4.2.1"
ROOT = Path(__file__).parents[2]
FOLDER = ROOT / ".cache" / "emulator"
LAUNCHER = ROOT.parent / "shared" / "channels" / "emulator" / "start_ptb.js"
_PATIENCE = 20.0
_MOST = {"text": 4096, "caption": 1024}


def installed() -> Path:
    """The folder of the emulator, installed on first use; skips the test where that cannot be."""
    if not LAUNCHER.exists():
        pytest.skip(f"NOT RUN: the emulator's launcher is not beside the project ({LAUNCHER})")
    if not (shutil.which("node") and shutil.which("npm")):
        pytest.skip("NOT RUN: the Telegram emulator needs node and npm")
    if not (FOLDER / "node_modules" / "telegram-test-api").is_dir():
        FOLDER.mkdir(parents=True, exist_ok=True)
        command = ["npm", "install", "--no-fund", "--no-audit", PACKAGE]
        done = subprocess.run(command, cwd=FOLDER, capture_output=True, timeout=120, check=False)
        if done.returncode:
            pytest.skip(f"NOT RUN: npm could not install {PACKAGE}")
    shutil.copy(LAUNCHER, FOLDER / LAUNCHER.name)
    return FOLDER


class Telegram:
    """The Bot API as the bot sees it; `url` is its address, `calls` what the bot asked."""

    def __init__(self, emulator: str) -> None:
        self.emulator = emulator
        self.url = ""
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.refusals: list[str] = []
        """Why Telegram would not have done what it was asked."""
        self.papers: list[tuple[str, bytes]] = []
        """Name and content of every file the bot sent."""
        self.uploads: dict[str, bytes] = {}
        """What citizens sent, by file id."""
        self.hook: dict[str, Any] = {}
        """The webhook, if it is somewhere on the internet that nobody here can reach."""
        self._unconfirmed: list[dict[str, Any]] = []
        self._given: list[dict[str, Any]] = []
        self._repeated: list[dict[str, Any]] = []
        self._client = httpx.AsyncClient(timeout=30)

    def app(self) -> Starlette:
        """The endpoints."""
        methods = ["GET", "POST"]
        return Starlette(
            routes=[
                Route("/file/bot{token}/{path:path}", self._download),
                Route("/bot{token}/{method}", self._call, methods=methods),
            ]
        )

    def repeat_everything(self) -> None:
        """Gives every update once more, as after a crash between hearing and confirming."""
        self._repeated = list(self._given)

    async def close(self) -> None:
        """Ends the connection to the emulator."""
        await self._client.aclose()

    async def _call(self, request: Request) -> Response:
        method, form = request.path_params["method"], await request.form()
        asked = {key: _read(value) for key, value in form.items() if isinstance(value, str)}
        self.calls.append((method, asked))
        if problem := _beyond_limits(method, asked):
            self.refusals.append(problem)
            return _refused(problem)
        match method:
            case "getUpdates":
                return _good(await self._updates(asked))
            case "getFile":
                return self._file(str(asked["file_id"]))
            case "sendDocument" | "sendPhoto":
                for key, file in form.items():
                    if not isinstance(file, str):
                        self.papers.append((file.filename or key, await file.read()))
                        asked["paper"] = file.filename
                return await self._forward(
                    "sendMessage", asked | {"text": asked.get("caption", "")}
                )
            case "sendChatAction" | "setMyCommands" | "setMyDescription" | "setMyShortDescription":
                return _good(True)
            case "setWebhook" if "example" in str(asked["url"]):
                self.hook = asked
                return _good(True)
            case "getWebhookInfo":
                hook = {"url": self.hook.get("url", ""), "has_custom_certificate": False}
                return _good(hook | {"pending_update_count": len(self._unconfirmed)})
            case "deleteWebhook":
                self.hook = {}
            case "getMyCommands":
                return _good([])
            case "getMyDescription":
                return _good({"description": ""})
            case "getMyShortDescription":
                return _good({"short_description": ""})
        return await self._forward(method, asked)

    async def _forward(self, method: str, asked: dict[str, Any]) -> Response:
        answer = await self._client.post(f"{self.emulator}/bot{TOKEN}/{method}", json=asked)
        return Response(answer.content, answer.status_code, media_type="application/json")

    async def _updates(self, asked: dict[str, Any]) -> list[dict[str, Any]]:
        """Those not confirmed yet: the next request's offset confirms what is before it."""
        if self._repeated:
            repeated, self._repeated = self._repeated, []
            return repeated
        until = time.monotonic() + min(float(asked.get("timeout", 0)), 1.0)
        offset = int(asked.get("offset", 0))
        self._unconfirmed = [u for u in self._unconfirmed if u["update_id"] >= offset]
        while True:
            found = await self._client.post(f"{self.emulator}/bot{TOKEN}/getUpdates")
            new = found.json()["result"]
            self._given += new
            self._unconfirmed += new
            if self._unconfirmed or time.monotonic() > until:
                return self._unconfirmed
            await asyncio.sleep(0.03)

    def _file(self, file_id: str) -> Response:
        if file_id not in self.uploads:
            return _refused("Bad Request: invalid file_id")
        found = {"file_id": file_id, "file_unique_id": file_id, "file_path": f"files/{file_id}"}
        return _good(found)

    async def _download(self, request: Request) -> Response:
        content = self.uploads.get(request.path_params["path"].removeprefix("files/"))
        return Response(content or b"", 200 if content else 404)


def _read(value: str) -> Any:
    try:
        return json.loads(value) if value[:1] in "{[" else value
    except ValueError:
        return value


def _beyond_limits(method: str, asked: dict[str, Any]) -> str:
    """Why Telegram would refuse it; empty if it would not."""
    for key, most in _MOST.items():
        if len(str(asked.get(key, "")).encode("utf-16-le")) // 2 > most:
            return f"Bad Request: {key} is too long"
    if method == "sendMessage" and not str(asked.get("text", "")).strip():
        return "Bad Request: message text is empty"
    for row in (asked.get("reply_markup") or {}).get("inline_keyboard", []):
        if any(not 1 <= len(key.get("callback_data", "x").encode()) <= 64 for key in row):
            return "Bad Request: BUTTON_DATA_INVALID"
    return ""


def _good(result: Any) -> Response:
    return JSONResponse({"ok": True, "result": result})


def _refused(description: str) -> Response:
    return JSONResponse({"ok": False, "error_code": 400, "description": description}, 400)


@contextlib.asynccontextmanager
async def served(app: Any) -> AsyncIterator[str]:
    """An ASGI application on a free port of this machine; gives its address."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port = listening.getsockname()[1]
        config = uvicorn.Config(app, log_level="error", ws="none", timeout_graceful_shutdown=1)
        server = uvicorn.Server(config)
        running = asyncio.create_task(server.serve([listening]))
        while not server.started and not running.done():
            await asyncio.sleep(0.01)
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            server.should_exit = True
            await running


@contextlib.asynccontextmanager
async def telegram_on_this_machine() -> AsyncIterator[Telegram]:
    """The emulator and what stands in front of it, both running."""
    folder = await asyncio.to_thread(installed)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = ("node", LAUNCHER.name)
    process = await asyncio.create_subprocess_exec(
        *command,
        cwd=folder,
        env=os.environ | {"PORT": str(port)},
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    telegram = Telegram(f"http://127.0.0.1:{port}")
    try:
        await _answers(f"{telegram.emulator}/bot{TOKEN}/getMe", process)
        async with served(telegram.app()) as url:
            telegram.url = url
            yield telegram
    finally:
        await telegram.close()
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def _answers(url: str, process: asyncio.subprocess.Process) -> None:
    until = time.monotonic() + _PATIENCE
    async with httpx.AsyncClient() as client:
        while time.monotonic() < until and process.returncode is None:
            with contextlib.suppress(httpx.TransportError):
                await client.get(url)
                return
            await asyncio.sleep(0.05)
    pytest.fail("the Telegram emulator did not start")


class Phone:
    """A citizen with Telegram: writes, presses, sends, and reads what comes."""

    def __init__(self, telegram: Telegram, chat: int = 1001) -> None:
        self._telegram, self._chat = telegram, chat
        self._client = httpx.AsyncClient(base_url=telegram.emulator, timeout=30)
        self.read: list[dict[str, Any]] = []
        """Everything the bot wrote, in order: `{"messageId", "message"}`."""

    async def close(self) -> None:
        """Puts the phone away."""
        await self._client.aclose()

    async def says(self, text: str) -> None:
        """Writes a message."""
        if text.startswith("/"):
            length = len(text.split()[0])
            entities = [{"type": "bot_command", "offset": 0, "length": length}]
            await self._does("sendCommand", text=text, entities=entities)
        else:
            await self._does("sendMessage", text=text)

    async def presses(self, title: str) -> None:
        """Presses the last button with this title."""
        for item in reversed(self.read):
            under = item["message"].get("reply_markup") or {}
            for row in under.get("inline_keyboard", []):
                for key in row:
                    if key["text"].removeprefix("✓ ") == title:
                        await self._does(
                            "sendCallback", data=key["callback_data"], message=_as_seen(item)
                        )
                        return
        pytest.fail(f"there is no button {title!r}; last read: {self.texts[-3:]}")

    async def shares_number(self, phone: str, owner: int | None = None) -> None:
        """Sends a contact; its own unless another `owner` is named."""
        contact = {"phone_number": phone, "first_name": "An", "user_id": owner or self._chat}
        await self._does("sendMessage", contact=contact)

    async def sends_photo(self, content: bytes, **more: Any) -> None:
        """Sends a picture."""
        name = f"photo-{len(self._telegram.uploads)}"
        self._telegram.uploads[name] = content
        size = {"file_id": name, "file_unique_id": name, "width": 90, "height": 90}
        await self._does("sendMessage", photo=[size | {"file_size": len(content)}], **more)

    async def sends_file(self, name: str, content: bytes, mime: str) -> None:
        """Sends a document."""
        key = f"file-{len(self._telegram.uploads)}"
        self._telegram.uploads[key] = content
        document = {"file_id": key, "file_unique_id": key, "file_name": name, "mime_type": mime}
        await self._does("sendMessage", document=document | {"file_size": len(content)})

    async def sends_place(self, latitude: float, longitude: float) -> None:
        """Sends a location."""
        await self._does("sendMessage", location={"latitude": latitude, "longitude": longitude})

    async def hears(self, *parts: str, wait: float = _PATIENCE) -> str:
        """Waits for a message that holds all these parts, after the last one heard; its text."""
        until, start = time.monotonic() + wait, len(self.read)
        while time.monotonic() < until:
            await self.looks()
            for item in self.read[start:]:
                text = item["message"].get("text", "")
                if all(part in text for part in parts):
                    return str(text)
            await asyncio.sleep(0.05)
        pytest.fail(f"heard nothing with {parts}; heard: {[t[:200] for t in self.texts[start:]]}")

    async def looks(self) -> None:
        """Reads what has come."""
        asked = {"token": TOKEN, "chatId": self._chat}
        answer = await self._client.post("/getUpdates", json=asked)
        self.read += answer.json()["result"]

    @property
    def texts(self) -> list[str]:
        """The texts of everything read."""
        return [item["message"].get("text", "") for item in self.read]

    async def sees_keys(self, message_id: int, *titles: str, wait: float = _PATIENCE) -> None:
        """Waits until the keys under a message have these titles."""
        until, shown = time.monotonic() + wait, []
        while shown != list(titles):
            if time.monotonic() > until:
                pytest.fail(f"the keys are {shown}, not {titles}")
            answer = await self._client.post("/getUpdatesHistory", json={"token": TOKEN})
            found = (item for item in answer.json()["result"] if item["messageId"] == message_id)
            shown = [key["text"] for key in _keys(next(found))]

    async def _does(self, route: str, **content: Any) -> None:
        person = {"id": self._chat, "first_name": "An", "is_bot": False, "language_code": "vi"}
        chat = {"id": self._chat, "first_name": "An", "type": "private"}
        common = {"botToken": TOKEN, "date": int(time.time()), "from": person, "chat": chat}
        answer = await self._client.post(f"/{route}", json=common | content)
        answer.raise_for_status()


def _keys(item: dict[str, Any]) -> list[dict[str, Any]]:
    under = item["message"].get("reply_markup") or {}
    return [key for row in under.get("inline_keyboard", []) for key in row]


def _as_seen(item: dict[str, Any]) -> dict[str, Any]:
    """A message of the bot's as it stands in the update about one of its buttons."""
    message = item["message"]
    return {
        "message_id": item["messageId"],
        "date": int(time.time()),
        "chat": {"id": int(message["chat_id"]), "first_name": "An", "type": "private"},
        "from": {"id": 666, "is_bot": True, "first_name": "Một Cửa"},
        "text": message.get("text", ""),
        "reply_markup": message["reply_markup"],
    }
