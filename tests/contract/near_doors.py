"""The doors without a platform between: the chat in a browser, and the terminal."""

from __future__ import annotations

import io
import json
import re
import tempfile
from pathlib import Path
from typing import Any

import httpx

from bot.basics.ids import ConversationId
from bot.basics.settings import Settings
from bot.channels import terminal, webchat
from bot.jobs.fetch import Fetch
from bot.notifications.ports import Sender
from bot.web.spool import Spool
from bot.wiring import Parts
from bot.wiring_web import WebDoor
from tests.contract.door import Door, Key, Seen
from tests.conversation.world import vault

ADDRESS = "http://testserver"
_MOST_IN_TEN_SECONDS = 50


class Browser(Door):
    """Sends and reads as the page does, with its cookie and its headers."""

    name = "web"
    faults = frozenset(("rate limit", "timeout after sending", "5xx", "empty 200"))

    def prepare(self) -> None:
        chosen = Settings(_env_file=None, public_url=ADDRESS)  # type: ignore[call-arg]
        parts = Parts(chosen, self.world.clock, self.world.storage, self.world.desk)
        self.door = WebDoor(parts, Spool(Path(tempfile.mkdtemp(prefix="motcua-")), vault()))
        app = self.door.server(self.hear).config.app
        self.http = httpx.AsyncClient(
            transport=httpx.ASGITransport(app, raise_app_exceptions=False),  # type: ignore[arg-type]
            base_url=ADDRESS,
        )
        self._token = webchat.new_token()
        self._reached, self._faults, self._headers = "", [], dict[str, str]()

    @property
    def conversation(self) -> ConversationId:
        found = webchat.conversation_of(self._token)
        assert found
        return found

    @property
    def sender(self) -> Sender:
        return self.door.sender

    @property
    def fetch(self) -> Fetch:
        return self.door.fetch

    async def bring(self, raw: Any) -> None:
        """Says it until it was taken, as the page does."""
        for _ in range(100):
            fault = self._faults[0] if self._faults else ""
            if fault == "rate limit":
                self._faults.pop(0)
                for _ in range(_MOST_IN_TEN_SECONDS):
                    await self.http.post("/chat/say", json=None, headers=await self._page())
            answer = await self.http.post("/chat/say", json=raw, headers=await self._page())
            if fault == "timeout after sending":  # the page never saw that it was taken
                self._faults.pop(0)
                continue
            if answer.status_code == 202:
                return
            assert answer.status_code in (429, 500), answer.status_code
            self.world.clock.passes(seconds=float(answer.headers.get("retry-after", 1)))
        raise AssertionError("never taken")

    def refused(self) -> list[str]:
        return []

    def breaks(self, fault: str) -> None:
        if fault == "5xx":
            self.disk_is_full()
        else:
            self._faults.append(fault)

    def text(self, words: str) -> Any:
        return {"id": f"m{self.next()}", "text": words}

    def press(self, key: str) -> Any:
        return {"id": f"m{self.next()}", "click": key}

    async def file(self, name: str, content: bytes) -> Any:
        kind = {"content-type": "application/octet-stream"}
        answer = await self.http.post(
            "/chat/file", content=content, headers=await self._page() | kind
        )
        kept = {"ref": answer.json()["ref"], "name": name, "size": len(content)}
        return {"id": f"m{self.next()}", "files": [kept]}

    def place(self, latitude: float, longitude: float) -> Any:
        where = {"latitude": latitude, "longitude": longitude}
        return {"id": f"m{self.next()}", "location": where}

    def start(self) -> Any:
        return {"id": "start", "start": ""}

    async def looks(self) -> None:
        """Reads the stream from where it stopped; a stream that breaks off is read again."""
        is_cut = self._faults[:1] == ["empty 200"]
        headers = {"last-event-id": self._reached} if self._reached else {}
        stream = (await self.http.get("/chat/events?leave=1", headers=headers)).text
        for block in stream.split("\n\n"):
            if found := re.search(r"^id: (\S+)\nevent: said\ndata: (.*)$", block, re.MULTILINE):
                self._reached = found[1]
                await self._show(json.loads(found[2]))
                if is_cut:
                    self._faults.pop(0)
                    return await self.looks()

    async def _show(self, said: dict[str, Any]) -> None:
        if said["by"] != "bot":
            return
        keys = tuple(Key(button["title"], button["token"]) for button in said["buttons"])
        self.screen.append(Seen(said["text"], keys))
        for file in said["files"]:
            content = (await self.http.get(f"/chat/file/{file['id']}")).content
            self.screen.append(Seen(file=content))

    async def _page(self) -> dict[str, str]:
        if not self._headers:
            self.http.cookies.set("motcua", self._token)
            page = (await self.http.get("/")).text
            token = re.search(r'"token": "(\w+)"', page)
            assert token
            self._headers = {"origin": ADDRESS, "x-motcua-token": token[1]}
        return self._headers


class Terminal(Door):
    """JSON lines in and out."""

    name = "terminal"
    faults = frozenset[str]()

    def prepare(self) -> None:
        self._out = io.StringIO()
        folder = Path(tempfile.mkdtemp(prefix="motcua-"))
        self._folder = folder
        self._sender = terminal.JsonTerminal(self._out, self.papers, folder / "out")
        self._read = 0

    @property
    def conversation(self) -> ConversationId:
        return terminal.conversation(str(self.person))

    @property
    def sender(self) -> Sender:
        return self._sender

    @property
    def fetch(self) -> Fetch:
        return terminal.fetch

    async def bring(self, raw: Any) -> None:
        self.hear(terminal.read(json.loads(json.dumps(raw)), "key", self.world.clock.now()))

    def refused(self) -> list[str]:
        return []

    def breaks(self, fault: str) -> None:
        raise AssertionError(fault)

    def text(self, words: str) -> Any:
        return self._line(text=words)

    def press(self, key: str) -> Any:
        return self._line(click=key)

    async def file(self, name: str, content: bytes) -> Any:
        path = self._folder / name
        path.write_bytes(content)
        return self._line(file=str(path))

    def place(self, latitude: float, longitude: float) -> Any:
        return self._line(location=[latitude, longitude])

    def start(self) -> Any:
        return self._line(start="")

    async def looks(self) -> None:
        lines = self._out.getvalue().splitlines()
        new, self._read = lines[self._read :], len(lines)
        for line in map(json.loads, new):
            keys = tuple(Key(button["title"], button["payload"]) for button in line["buttons"])
            self.screen.append(Seen(line["text"], keys))
            self.screen += [Seen(file=Path(path).read_bytes()) for path in line["files"]]

    def _line(self, **said: Any) -> Any:
        return {"from": str(self.person), "id": f"{self.person}-{self.next()}", **said}
