"""Sending papers over our own page instead of a messenger, and reading them there."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.basics.errors import Misconfigured, Undeliverable
from bot.basics.ids import ConversationId, FileId
from bot.basics.messages import Kind, RemoteFile
from bot.basics.settings import Settings
from bot.storage.vault import Vault
from bot.web.tickets import Purpose, Ticket, Tickets
from bot.wiring_papers import PaperLinks, from_here_only
from tests.fake_web import A_PDF, SEALER, FakeWeb, Now, a_web

MAI = ConversationId("telegram:910000001")
NAM = ConversationId("telegram:910000002")


class Phone:
    """A browser on a phone without scripts, and the server it talks to."""

    def __init__(self, folder: Path) -> None:
        self.web: FakeWeb = a_web(folder)
        self.client = httpx.AsyncClient(
            transport=httpx.ASGITransport(self.web.app), base_url="http://testserver"
        )

    def ticket(self, purpose: Purpose = Purpose.SEND, whose: ConversationId = MAI) -> str:
        return self.web.tickets.issue(purpose, Ticket(whose))

    async def form_id(self, ticket: str) -> str:
        page = (await self.client.get(f"/gui-giay-to/{ticket}")).text
        found = re.search(r'name="id" value="([^"]+)"', page)
        assert found
        return found[1]

    async def sends(
        self, ticket: str, *files: tuple[str, bytes], form_id: str = ""
    ) -> httpx.Response:
        form_id = form_id or await self.form_id(ticket)
        parts: list[Any] = [("files", (name, content)) for name, content in files]
        return await self.client.post(
            f"/gui-giay-to/{ticket}", data={"id": form_id}, files=parts or [("files", ("", b""))]
        )


@pytest.fixture
def phone(tmp_path: Path) -> Phone:
    return Phone(tmp_path)


async def test_files_sent_on_the_page_come_in_as_if_the_chat_had_sent_them(phone):
    answer = await phone.sends(phone.ticket(), ("mặt trước.jpg", b"one"), ("2.pdf", A_PDF))
    assert answer.status_code == 200
    assert "Em đã nhận 2 tệp" in answer.text
    [heard] = phone.web.conversations.heard
    assert (heard.conversation, heard.kind) == (MAI, Kind.FILE)
    assert [file.name for file in heard.files] == ["mặt trước.jpg", "2.pdf"]
    fetch = from_here_only(phone.web.spool)
    assert [await fetch(file) for file in heard.files] == [b"one", A_PDF]


async def test_the_same_form_sent_twice_is_taken_once(phone):
    ticket = phone.ticket()
    form_id = await phone.form_id(ticket)
    for _ in range(2):
        assert (await phone.sends(ticket, ("1.pdf", A_PDF), form_id=form_id)).status_code == 200
    assert len(phone.web.conversations.heard) == 1


async def test_a_link_that_is_too_old_says_so_and_takes_nothing(phone):
    ticket = phone.ticket()
    form_id = await phone.form_id(ticket)
    phone.web.clock.passes(minutes=31)
    page = await phone.client.get(f"/gui-giay-to/{ticket}")
    assert page.status_code == 410
    assert "hết hạn" in page.text
    assert (await phone.sends(ticket, ("1.pdf", A_PDF), form_id=form_id)).status_code == 410
    assert not phone.web.conversations.heard


@pytest.mark.parametrize("spoilt", ["x", "gAAAA", "a" * 5000, "%20", "é"])
async def test_a_link_that_nobody_issued_opens_nothing(phone, spoilt):
    assert (await phone.client.get(f"/gui-giay-to/{spoilt}")).status_code == 410
    assert (await phone.client.get(f"/giay-to/{spoilt}")).status_code == 410


async def test_a_link_is_good_for_one_thing_only(phone):
    assert (await phone.client.get(f"/giay-to/{phone.ticket()}")).status_code == 410
    to_read = phone.ticket(Purpose.READ)
    assert (await phone.client.get(f"/gui-giay-to/{to_read}")).status_code == 410


def test_a_ticket_says_nothing_and_cannot_be_changed():
    tickets = Tickets(SEALER, Now())
    written = tickets.issue(Purpose.SEND, Ticket(MAI))
    assert re.fullmatch(r"[A-Za-z0-9_-]+", written)
    assert "910000001" not in written
    for place in range(0, len(written), 7):
        other = "A" if written[place] != "A" else "B"
        spoilt = written[:place] + other + written[place + 1 :]
        assert tickets.check(Purpose.SEND, spoilt) is None


async def test_a_paper_is_read_by_the_link_of_its_own_conversation(phone):
    file = phone.web.conversations.add_file(MAI, "mau-01.pdf", "application/pdf", A_PDF)
    tickets = phone.web.tickets
    found = await phone.client.get(f"/giay-to/{tickets.issue(Purpose.READ, Ticket(MAI, file))}")
    assert (found.status_code, found.content) == (200, A_PDF)
    assert found.headers["cache-control"] == "private, no-store"
    foreign = tickets.issue(Purpose.READ, Ticket(NAM, file))
    assert (await phone.client.get(f"/giay-to/{foreign}")).status_code == 410
    unknown = tickets.issue(Purpose.READ, Ticket(MAI, FileId("f" * 32)))
    assert (await phone.client.get(f"/giay-to/{unknown}")).status_code == 410


@pytest.mark.parametrize(
    ("files", "status", "says"),
    [
        ([], 400, "chưa chọn tệp nào"),
        ([("rong.pdf", b"")], 400, "chưa chọn tệp nào"),
        ([("to.pdf", b"x" * 1_100_000)], 413, "Tệp lớn quá"),
        ([(f"{n}.pdf", b"x" * 900_000) for n in range(4)], 413, "Tệp lớn quá"),
    ],
)
async def test_what_cannot_be_taken_is_said_on_the_page(phone, files, status, says):
    answer = await phone.sends(phone.ticket(), *files)
    assert answer.status_code == status
    assert says in answer.text
    assert not phone.web.conversations.heard


async def test_a_body_that_is_no_form_is_answered(phone):
    for kind in ("multipart/form-data; boundary=x", "multipart/form-data", "text/plain"):
        answer = await phone.client.post(
            f"/gui-giay-to/{phone.ticket()}", content=b"--y", headers={"content-type": kind}
        )
        assert answer.status_code == 400


async def test_somebody_who_sends_without_end_is_slowed_down(phone):
    ticket = phone.ticket()
    statuses = [(await phone.sends(ticket, ("1.pdf", A_PDF))).status_code for _ in range(31)]
    assert statuses == [200] * 30 + [429]


async def test_what_was_sent_into_the_chat_is_not_fetched_from_there(phone):
    with pytest.raises(Undeliverable, match="by_link_only"):
        await from_here_only(phone.web.spool)(RemoteFile("AgACAgUAAxkBAAI", "the.jpg"))


def test_links_are_made_only_where_papers_go_by_link_and_only_over_tls(tmp_path):
    vault, clock = Vault.open_with("", tmp_path), Now()

    def links(**chosen: str) -> PaperLinks | None:
        return PaperLinks.of(Settings(_env_file=None, **chosen), vault, clock)

    assert links() is None
    with pytest.raises(Misconfigured):
        links(telegram_papers="link", public_url="http://dvc.example.vn")
    made = links(telegram_papers="link", public_url="https://dvc.example.vn")
    assert made.upload(MAI).startswith("https://dvc.example.vn/gui-giay-to/")
    assert made.upload(ConversationId("zalo_oa:1:2")) == ""
    assert made.paper(MAI, FileId("f")).startswith("https://dvc.example.vn/giay-to/")
