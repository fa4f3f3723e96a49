"""The parts of the door to Zalo, at a Zalo in the same process."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx

import bot
from bot.basics import yaml12
from bot.basics.errors import Undeliverable
from bot.basics.ids import ConversationId, FileId
from bot.basics.messages import Outgoing, ShownButton
from bot.basics.wording import Wording
from bot.channels.zalo_api import ZaloApi
from bot.channels.zalo_oauth import OAuth
from bot.channels.zalo_send import Office, ZaloSender
from bot.channels.zalo_template import TemplateSender
from bot.channels.zalo_tokens import Tokens
from bot.notifications.grants import Grant
from bot.notifications.ports import FileToSend
from tests.channels.fake_zalo import FakeZalo
from tests.channels.zalo_build import AN, APP, APP_SECRET, NOW, OA
from tests.fake_clock import FakeClock

ZALO, BUSINESS = "http://zalo.test", "http://zalo.test/business"
CATALOGUE = Path(bot.__file__).parent / "catalogue"
WORDS = Wording(yaml12.read(CATALOGUE / "zalo.yml")["words"])
PDF = FileToSend("giay-tiep-nhan.pdf", "application/pdf", b"%PDF-1.7 thu")
PHOTO = FileToSend("qr.png", "image/png", b"\x89PNG thu")


def a_grant(at: datetime = NOW, number: int = 1, life: timedelta = timedelta(hours=25)) -> Grant:
    """A pair of tokens that Zalo has just given."""
    return Grant(f"ACCESS-{number}", f"REFRESH-{number}", at, at + life, at)


class MemoryGrants:
    """See `bot.notifications.grants.Grants`; passes the same tests as the stored ones."""

    def __init__(self) -> None:
        self.grants: dict[str, Grant] = {}
        self.endpoints: dict[str, str] = {}
        self._locks: dict[str, tuple[str, datetime]] = {}

    def read(self, account: str) -> Grant | None:
        return self.grants.get(account)

    def put(self, account: str, grant: Grant) -> None:
        self.grants[account] = grant

    def lock(self, account: str, owner: str, now: datetime, until: datetime) -> bool:
        held = self._locks.get(account)
        if account not in self.grants or (held and held[1] > now):
            return False
        self._locks[account] = (owner, until)
        return True

    def unlock(self, account: str, owner: str) -> None:
        if self._locks.get(account, ("",))[0] == owner:
            del self._locks[account]

    def replace(self, account: str, spent: str, grant: Grant) -> bool:
        if account not in self.grants or self.grants[account].refresh != spent:
            return False
        self.grants[account] = grant
        return True

    def refuse(self, account: str, refused: str, at: datetime) -> None:
        if (known := self.grants.get(account)) and known.refresh == refused:
            self.grants[account] = known.refused(at)

    def endpoint(self, account: str) -> str:
        return self.endpoints.get(account, "")

    def pin(self, account: str, endpoint: str) -> None:
        self.endpoints[account] = endpoint


class MemoryUploads:
    """See `bot.notifications.uploads.Uploads`; passes the same tests as the stored ones."""

    def __init__(self) -> None:
        self._ids: dict[tuple[str, str], tuple[datetime, str]] = {}

    def find(self, account: str, digest: str, since: datetime) -> str:
        at, uploaded = self._ids.get((account, digest), (since, ""))
        return uploaded if at >= since else ""

    def keep(self, account: str, digest: str, uploaded: str, at: datetime) -> None:
        self._ids[account, digest] = (at, uploaded)

    def forget(self, account: str, before: datetime, digest: str = "") -> None:
        self._ids = {
            (owner, content): (at, uploaded)
            for (owner, content), (at, uploaded) in self._ids.items()
            if owner != account or (content != digest and at >= before)
        }


class Papers:
    """The files of messages, by number."""

    def __init__(self, *files: FileToSend) -> None:
        self._files = files

    def fetch(self, file: FileId) -> FileToSend:
        if int(file) >= len(self._files):
            raise Undeliverable("file.gone")
        return self._files[int(file)]


class Desk:
    """A sender with everything it needs, and the Zalo it sends to."""

    def __init__(self, *files: FileToSend, **office: Any) -> None:
        self.zalo, self.clock, self.grants = FakeZalo(), FakeClock(NOW), MemoryGrants()
        self.heard_at: datetime | None = NOW
        self.client = client_of(self.zalo)
        self.grants.put(OA, a_grant())
        self.uploads = MemoryUploads()
        self.oauth = OAuth(self.client, APP, APP_SECRET, ZALO)
        self.tokens = Tokens(OA, self.grants, self.oauth, self.clock, self.sleep)
        self.api = ZaloApi(self.client, self.tokens, ZALO)
        self.slept = 0.0
        self._papers, self._office = Papers(*files), Office(OA, WORDS, **office)
        self.restarts()

    def restarts(self) -> None:
        """The program ends and begins anew: what is only in memory is gone."""
        self.sender = ZaloSender(
            self.api,
            self._office,
            self.grants,
            self.uploads,
            self._papers,
            lambda _conversation: self.heard_at,
            self.clock,
            TemplateSender(self.api, ZaloApi(self.client, self.tokens, BUSINESS), self.clock),
            chance=lambda: 0.5,
        )

    async def sleep(self, seconds: float) -> None:
        self.slept += seconds

    async def says(self, text: str, *titles: str, number: int = 1, **more: Any) -> str:
        """Sends a message to An; each title becomes a button."""
        buttons = tuple(ShownButton(title, f"token-{n}") for n, title in enumerate(titles))
        message = Outgoing(number, ConversationId(more.pop("to", AN)), text, buttons, **more)
        return await self.sender.send(message)

    @property
    def shown(self) -> list[dict[str, Any]]:
        """What reached An."""
        return [item["message"] for item in self.zalo.sent]


def client_of(zalo: FakeZalo) -> httpx.AsyncClient:
    """A client for whom this Zalo is the whole internet."""
    return httpx.AsyncClient(transport=httpx.ASGITransport(zalo.app()))
