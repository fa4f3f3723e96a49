"""A web installation without a database: an assistant of a few fixed answers, in memory."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from starlette.types import ASGIApp

import bot
from bot.basics.clock import VIETNAM
from bot.basics.errors import Misconfigured, TooManyTries, Undeliverable
from bot.basics.history import Position, Said, SaidFile
from bot.basics.ids import ConversationId, DossierCode, FileId, ProcedureCode
from bot.basics.messages import Inbound, Kind, ShownButton
from bot.basics.wording import Wording
from bot.channels.webchat import Hub
from bot.counter.look_up import Glimpse
from bot.notifications.ports import FileToSend
from bot.web.app import Doors, make_app
from bot.web.ports import BlankForm
from bot.web.site import Site
from bot.web.spool import Spool
from bot.web.tickets import Tickets

WORDING = Wording.read(Path(bot.__file__).parent / "catalogue" / "wording")
KNOWN_CODE = "H26.99-261120-0007"
A_FORM = ProcedureCode("1.001193")
A_PDF = b"%PDF-1.7 nothing to see"


class Now:
    """A clock that stands still until it is moved."""

    def __init__(self, moment: datetime = datetime(2026, 11, 20, 9, 30, tzinfo=VIETNAM)) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment

    def today(self) -> date:
        return self.moment.date()

    def passes(self, **time: float) -> None:
        self.moment += timedelta(**time)


@dataclass
class FakeConversations:
    """Keeps everything in lists; `answer` is asked for what to say to each message."""

    clock: Any
    answer: Callable[[Inbound], list[dict[str, Any]]] = lambda _inbound: []
    said: list[tuple[ConversationId, Said]] = field(default_factory=list)
    heard: list[Inbound] = field(default_factory=list)
    contents: dict[FileId, FileToSend] = field(default_factory=dict)
    lock: Any = field(default_factory=threading.RLock)

    def receive(self, inbound: Inbound) -> bool:
        with self.lock:
            if any(known.key == inbound.key for known in self.heard):
                return False
            self.heard.append(inbound)
            files = tuple(SaidFile(None, f.name, f.size or 0, f.mime) for f in inbound.files)
            self.add(
                inbound.conversation,
                by_citizen=True,
                kind=inbound.kind,
                text=inbound.text,
                token=inbound.token,
                key=inbound.key,
                files=files,
            )
            for answer in self.answer(inbound):
                self.add(inbound.conversation, key=inbound.key, **answer)
            return True

    def add(self, conversation: ConversationId, by_citizen: bool = False, **facts: Any) -> None:
        """Something is said, by the assistant unless told otherwise."""
        at = Position()
        if self.said:
            at = self.said[-1][1].position
        at = replace_position(at, by_citizen)
        self.said.append((conversation, Said(at, self.clock.now(), by_citizen, **facts)))

    def add_file(
        self, conversation: ConversationId, name: str, mime: str, content: bytes
    ) -> FileId:
        """The assistant sends a file."""
        file = FileId(f"{len(self.contents):032x}")
        self.contents[file] = FileToSend(name, mime, content)
        self.add(conversation, text="", files=(SaidFile(file, name, len(content), mime),))
        return file

    def after(self, conversation: ConversationId, position: Position) -> list[Said]:
        with self.lock:
            return [
                said
                for owner, said in self.said
                if owner == conversation
                and (said.position.heard > position.heard or said.position.said > position.said)
            ]

    def news(self, position: Position | None) -> tuple[Position, frozenset[ConversationId]]:
        with self.lock:
            end = self.said[-1][1].position if self.said else Position()
            if position is None:
                return end, frozenset()
            new = [owner for owner, said in self.said if sum(said.position) > sum(position)]
            return end, frozenset(new)

    def file(self, conversation: ConversationId, file: FileId) -> FileToSend:
        for owner, said in self.said:
            if owner == conversation and any(sent.id == file for sent in said.files):
                return self.contents[file]
        raise Undeliverable("file.gone")


def replace_position(at: Position, by_citizen: bool) -> Position:
    """The position one message further."""
    return Position(at.heard + by_citizen, at.said + (not by_citizen))


class FakeTracking:
    """Knows one dossier; three wrong codes are too many."""

    def __init__(self) -> None:
        self.wrong: dict[str, int] = {}
        self.known = Glimpse(
            code=DossierCode(KNOWN_CODE),
            procedure="Đăng ký khai sinh",
            applicant="Nguyễn T. H.",
            submitted=date(2026, 11, 20),
            state="state.processing",
            accepted=date(2026, 11, 20),
            due=date(2026, 11, 20),
        )

    def look_up(self, code: DossierCode, client: str) -> Glimpse | None:
        if self.wrong.get(client, 0) >= 3:
            raise TooManyTries("track.too_many", wait=30)
        if code != KNOWN_CODE:
            self.wrong[client] = self.wrong.get(client, 0) + 1
            return None
        return self.known


class FakeBlankForms:
    """One form."""

    def listed(self) -> list[BlankForm]:
        return [BlankForm(A_FORM, "Đăng ký khai sinh", "Tờ khai đăng ký khai sinh", "Mẫu A")]

    def pdf(self, code: ProcedureCode) -> FileToSend | None:
        known = code == A_FORM
        return FileToSend("to-khai.pdf", "application/pdf", A_PDF) if known else None


@dataclass
class FakeWeb:
    """Everything of one installation that a test may look at."""

    app: ASGIApp
    conversations: FakeConversations
    clock: Any
    spool: Spool
    hub: Hub
    updates: list[tuple[bytes, str | None]]
    tickets: Tickets


def a_site(**changes: Any) -> Site:
    """An office that does not exist."""
    site = Site(
        address="http://testserver",
        office="Trung tâm Phục vụ hành chính công phường Bình Minh",
        phone="024 0000 0000",
        is_demo=True,
        max_file_mb=1,
    )
    return replace(site, **changes)


def a_web(
    folder: Path,
    clock: Any = None,
    conversations: FakeConversations | None = None,
    is_healthy: bool = True,
    **site: Any,
) -> FakeWeb:
    """An installation with these parts."""
    clock = clock or Now()
    conversations = conversations or FakeConversations(clock)
    spool, hub, updates = Spool(folder, SEALER), Hub(), []

    async def telegram(body: bytes, secret: str | None) -> int:
        updates.append((body, secret))
        return 200 if secret == "right" else 403

    tickets = Tickets(SEALER, clock)
    doors = Doors(
        conversations,
        spool,
        hub,
        lambda: is_healthy,
        FakeTracking(),
        telegram,
        blank_forms=FakeBlankForms(),
        tickets=tickets,
    )
    app = make_app(a_site(**site), doors, WORDING, clock)
    return FakeWeb(app, conversations, clock, spool, hub, updates, tickets)


class _Sealer:
    def __init__(self) -> None:
        self._fernet = Fernet(Fernet.generate_key())

    def seal_bytes(self, content: bytes) -> bytes:
        return self._fernet.encrypt(content)

    def unseal_bytes(self, sealed: bytes) -> bytes:
        try:
            return self._fernet.decrypt(sealed)
        except InvalidToken as error:
            raise Misconfigured(["the key"]) from error


SEALER = _Sealer()


def chatty(inbound: Inbound) -> list[dict[str, Any]]:
    """Greets, echoes, and knows one procedure: enough to try the page with."""
    if inbound.kind is Kind.START:
        hello = WORDING.render("talk.hello", {"office": _Office()})
        return [
            {
                "text": hello,
                "buttons": (
                    ShownButton("Đăng ký khai sinh", "t-khai-sinh"),
                    ShownButton("Đăng ký thường trú", "t-thuong-tru"),
                    ShownButton("Bản sao trích lục hộ tịch", "t-trich-luc"),
                    ShownButton("Xem danh mục thủ tục", "t-danh-muc"),
                ),
            }
        ]
    if inbound.kind is Kind.CLICK:
        return [
            {
                "text": "Đăng ký khai sinh cho con, anh/chị chuẩn bị:\n"
                "• Giấy chứng sinh (bản chính)\n"
                "• Căn cước của cha hoặc mẹ\n• Giấy chứng nhận kết hôn, nếu có\n\n"
                "Đăng ký đúng hạn không mất lệ phí. Xem thêm tại dichvucong.gov.vn.",
                "buttons": (
                    ShownButton("Nộp hồ sơ ở đây", "t-nop"),
                    ShownButton("Bao lâu có?", "t-bao-lau"),
                    ShownButton("Gặp cán bộ", "t-can-bo"),
                ),
            }
        ]
    if inbound.kind is Kind.FILE:
        names = ", ".join(file.name for file in inbound.files)
        return [{"text": f"Em đã nhận {names}. Còn trang nào nữa không ạ?"}]
    if inbound.kind is Kind.LOCATION:
        return [{"text": f"Em đã thấy vị trí: {inbound.latitude}, {inbound.longitude}."}]
    if inbound.text == "gửi giấy tờ":
        return [{"text": "Anh/chị gửi ảnh giấy chứng sinh ạ.", "asks_file": True}]
    if inbound.text == "nơi gần nhất":
        return [{"text": "Anh/chị đang ở đâu ạ?", "asks_place": True}]
    return [{"text": f"Anh/chị vừa nói: {inbound.text}"}]


class _Office:
    name = "Trung tâm Phục vụ hành chính công phường Bình Minh"
