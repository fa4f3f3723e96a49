"""Zalo: an Official Account, and a bot on the Bot Platform."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import httpx

from bot.basics.ids import ConversationId
from bot.channels.zalo import ZaloDoor
from bot.channels.zalo_api import ZaloApi
from bot.channels.zalo_bot import ZaloBotApi, ZaloBotDoor
from bot.channels.zalo_bot_webhook import ZaloBotWebhook
from bot.channels.zalo_media import Media
from bot.channels.zalo_oauth import OAuth
from bot.channels.zalo_send import Office, ZaloSender
from bot.channels.zalo_template import TemplateSender
from bot.channels.zalo_tokens import Tokens
from bot.channels.zalo_webhook import ZaloWebhook
from bot.jobs.fetch import Fetch
from bot.notifications.ports import Sender
from tests.channels.fake_zalo import FakeZalo
from tests.channels.zalo_build import (
    APP,
    APP_SECRET,
    BOT_SECRET,
    OA,
    SIGNING,
    an_event,
    raw,
    shape,
    signed,
)
from tests.channels.zalo_parts import WORDS, ZALO, MemoryGrants, MemoryUploads, a_grant
from tests.contract.door import Door, Key, Seen

_FAULTS = {
    "rate limit": "rate",
    "permanent refusal": "refuse -213",
    "timeout after sending": "timeout",
    "5xx": "broken",
    "empty 200": "empty",
}


class _Wire(httpx.AsyncBaseTransport):
    """The way to a Zalo in this process; where its answer is lost, it waits for nobody."""

    def __init__(self, zalo: FakeZalo) -> None:
        self._zalo, self._inner = zalo, httpx.ASGITransport(zalo.app())

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        is_message = request.url.path.endswith(("/message/cs", "/oa/message"))
        is_lost = is_message and self._zalo.faults[:1] == ["timeout"]
        if is_lost:
            self._zalo.faults[0] = ""
        response = await self._inner.handle_async_request(request)
        if is_lost:
            raise httpx.ReadTimeout("no answer", request=request)
        return response


class ZaloOfficialAccount(Door):
    """An agency's account."""

    name = "zalo oa"
    faults = frozenset(_FAULTS)
    longest, most_buttons, longest_title = 2000, 5, 100

    def prepare(self) -> None:
        self.zalo, grants, clock = FakeZalo(), MemoryGrants(), self.world.clock
        client = httpx.AsyncClient(transport=_Wire(self.zalo))
        grants.put(OA, a_grant(clock.now()))
        tokens = Tokens(OA, grants, OAuth(client, APP, APP_SECRET, ZALO), clock)
        api = ZaloApi(client, tokens, ZALO)
        media = Media(client, ZALO)
        out = ZaloSender(
            api,
            Office(OA, WORDS),
            grants,
            MemoryUploads(),
            self.papers,
            self._last_heard,
            clock,
            TemplateSender(api, api, clock),
        )
        self.door = ZaloDoor(
            OA,
            api,
            out,
            media,
            clock,
            heard=self.hear,
            reachable=lambda *_: None,
            last_heard=self._last_heard,
            withdrawn=lambda _: None,
        )
        self.webhook = ZaloWebhook(self.door.take, SIGNING)
        self._read = 0

    @property
    def conversation(self) -> ConversationId:
        return ConversationId(f"zalo_oa:{OA}:{self.person}")

    @property
    def sender(self) -> Sender:
        return self.door.sender

    @property
    def fetch(self) -> Fetch:
        return self.door.fetch

    async def bring(self, raw: Any) -> None:
        while (status := await self.webhook(*signed(raw))) == 500:
            pass
        assert status == 200

    def refused(self) -> list[str]:
        return self.zalo.refused

    def breaks(self, fault: str) -> None:
        self.zalo.faults.append(_FAULTS[fault])

    def text(self, words: str) -> Any:
        return self._event("user_send_text", message={"text": words})

    def press(self, key: str) -> Any:
        return self.text(key)

    async def file(self, name: str, content: bytes) -> Any:
        number = f"m{self.next()}"
        self.zalo.media[number] = content
        sent = {"url": f"{ZALO}/media/{number}", "name": name, "size": str(len(content))}
        kind = "image" if name.endswith(".jpg") else "file"
        attachment = {"type": kind, "payload": sent}
        return self._event(f"user_send_{kind}", message={"text": "", "attachments": [attachment]})

    def place(self, latitude: float, longitude: float) -> Any:
        where = {"latitude": str(latitude), "longitude": str(longitude)}
        attachment = {"type": "location", "payload": {"coordinates": where}}
        return self._event("user_send_location", message={"text": "", "attachments": [attachment]})

    def start(self) -> Any:
        return self._event("follow", follower={"id": str(self.person)})

    async def looks(self) -> None:
        new, self._read = self.zalo.sent[self._read :], len(self.zalo.sent)
        self.screen += [self._shown(item["message"]) for item in new]

    def _shown(self, message: dict[str, Any]) -> Seen:
        payload = message.get("attachment", {}).get("payload", {})
        keys = tuple(Key(key["title"], key["payload"]) for key in payload.get("buttons", ()))
        element = payload.get("elements", [{}])[0]
        uploaded = payload.get("token") or element.get("attachment_id")
        return Seen(message.get("text", ""), keys, self.zalo.uploads.get(uploaded))

    def _event(self, name: str, **changes: Any) -> Any:
        event = an_event(name, **changes)
        if "sender" in event:
            event["sender"] = {"id": str(self.person)}
        if isinstance(event.get("message"), dict):
            event["message"]["msg_id"] = f"{self.person}-{self.next()}"
        event["timestamp"] = str(int(self.world.clock.now().timestamp() * 1000) + self.next())
        return event

    def _last_heard(self, conversation: ConversationId) -> datetime | None:
        with self.world.storage.look() as work:
            known = work.conversations.get(conversation)
        return known.heard_at if known else None


class ZaloBot(Door):
    """A bot for trials: words and photos only."""

    name = "zalo bot"
    lacks = frozenset(("buttons", "pdf", "place", "papers"))
    faults = frozenset(_FAULTS)
    longest, most_buttons = 2000, 0

    def prepare(self) -> None:
        self._faults: list[str] = []
        self._wrong: list[str] = []
        self._media: dict[str, bytes] = {}
        client = httpx.AsyncClient(transport=httpx.MockTransport(self._platform))
        api, media = ZaloBotApi(client, "1:token", ZALO), Media(client, ZALO)
        self.door = ZaloBotDoor(api, media, WORDS, self.world.clock, self.hear)
        self.webhook = ZaloBotWebhook(self.door.take, BOT_SECRET)

    @property
    def conversation(self) -> ConversationId:
        return ConversationId(f"zalo_bot:{self.person}")

    @property
    def sender(self) -> Sender:
        return self.door

    @property
    def fetch(self) -> Fetch:
        return self.door.fetch

    async def bring(self, raw_update: Any) -> None:
        while (status := await self.webhook(raw(raw_update), BOT_SECRET)) == 500:
            pass
        assert status == 200

    async def looks(self) -> None:
        """What was sent is on the screen."""

    def refused(self) -> list[str]:
        return self._wrong

    def breaks(self, fault: str) -> None:
        self._faults.append(fault)

    def text(self, words: str) -> Any:
        return self._update("text_flat", text=words)

    def press(self, key: str) -> Any:
        raise AssertionError("there are no buttons")

    async def file(self, name: str, content: bytes) -> Any:
        if not name.endswith(".jpg"):
            return self._update("unsupported")
        path = f"/media/{self.next()}"
        self._media[path] = content
        return self._update("image_real", photo_url=ZALO + path, caption="")

    def place(self, latitude: float, longitude: float) -> Any:
        return self._update("unsupported")

    def start(self) -> Any:
        return self.text("xin chào")

    def _update(self, name: str, **content: Any) -> Any:
        update = shape(f"bot_{name}")["body"]
        chat = {"id": str(self.person), "chat_type": "PRIVATE"}
        message = update["message"] | {"message_id": f"{self.person}-{self.next()}", "chat": chat}
        return update | {"message": message | content}

    def _platform(self, request: httpx.Request) -> httpx.Response:
        if content := self._media.get(request.url.path):
            return httpx.Response(200, content=content)
        asked, fault = json.loads(request.content), self._faults.pop(0) if self._faults else ""
        if fault == "rate limit":
            return self._answer("err_429")
        if fault == "permanent refusal":
            return self._answer("err_403")
        if not 1 <= len(asked["text"]) <= self.longest:
            self._wrong.append(f"a text of {len(asked['text'])}")
        self.screen.append(Seen(asked["text"]))
        if fault == "timeout after sending":
            raise httpx.ReadTimeout("no answer", request=request)
        if fault == "5xx":
            return httpx.Response(502, text="<html>Bad Gateway</html>")
        return httpx.Response(200) if fault == "empty 200" else self._answer("sendMessage")

    def _answer(self, name: str) -> httpx.Response:
        found = shape(f"bot_api_{name}")
        return httpx.Response(found["status"], json=found["body"])
