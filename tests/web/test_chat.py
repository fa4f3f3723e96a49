"""The chat's endpoints: whose conversation it is, what is taken and refused, what may be read."""

from __future__ import annotations

import asyncio
import io
import json
import os
import re
from contextlib import redirect_stderr
from pathlib import Path
from typing import Any

import httpx
import pytest
import structlog

from bot.basics.errors import Refused, Undeliverable
from bot.basics.ids import ConversationId
from bot.basics.logs import configure
from bot.basics.messages import Kind, Outgoing, RemoteFile
from bot.channels import webchat
from bot.channels.webchat import WebSender
from bot.web.spool import Spool
from bot.web.stream import events, read_position
from tests.fake_web import A_PDF, SEALER, FakeWeb, a_web, chatty

ORIGIN = "http://testserver"


class Visitor:
    """A browser with its cookie, on our page."""

    def __init__(self, web: FakeWeb, address: str = ORIGIN) -> None:
        self.web = web
        self.http = httpx.AsyncClient(transport=httpx.ASGITransport(web.app), base_url=address)
        self.token = ""

    async def opens(self, path: str = "/") -> httpx.Response:
        page = await self.http.get(path)
        self.token = re.search(r'"token": "(\w+)"', page.text)[1]
        return page

    @property
    def headers(self) -> dict[str, str]:
        return {"origin": str(self.http.base_url).rstrip("/"), "x-motcua-token": self.token}

    async def says(self, said: Any, **headers: str) -> httpx.Response:
        return await self.http.post("/chat/say", json=said, headers=self.headers | headers)

    async def uploads(self, content: bytes, **headers: str) -> httpx.Response:
        kind = {"content-type": "application/octet-stream"}
        return await self.http.post(
            "/chat/file", content=content, headers=self.headers | kind | headers
        )

    @property
    def conversation(self) -> ConversationId:
        found = webchat.conversation_of(next(iter(self.http.cookies.values())))
        assert found
        return found


@pytest.fixture
def web(tmp_path: Path) -> FakeWeb:
    return a_web(tmp_path / "uploads")


@pytest.fixture
async def visitor(web: FakeWeb) -> Visitor:
    visitor = Visitor(web)
    await visitor.opens()
    return visitor


async def test_a_visitor_keeps_one_conversation(web, visitor):
    await visitor.says({"id": "m1", "text": "xin chào"})
    await visitor.opens()
    await visitor.says({"id": "m2", "text": "khai sinh cần gì"})
    assert {said.conversation for said in web.conversations.heard} == {visitor.conversation}


async def test_the_conversation_id_does_not_open_the_conversation(visitor):
    token = next(iter(visitor.http.cookies.values()))
    assert token not in visitor.conversation
    assert webchat.conversation_of(visitor.conversation.partition(":")[2]) is None


async def test_two_visitors_have_two_conversations(web, visitor):
    other = Visitor(web)
    await other.opens()
    assert other.conversation != visitor.conversation


async def test_a_message_sent_twice_is_taken_once(web, visitor):
    first = await visitor.says({"id": "m1", "text": "xin chào"})
    again = await visitor.says({"id": "m1", "text": "xin chào"})
    assert (first.status_code, again.status_code) == (202, 202)
    assert (first.json()["new"], again.json()["new"]) == (True, False)
    assert len(web.conversations.heard) == 1


async def test_nobody_can_use_up_the_id_of_somebody_elses_message(web, visitor):
    other = Visitor(web)
    await other.opens()
    await visitor.says({"id": "start", "start": ""})
    await other.says({"id": "start", "start": ""})
    assert [said.kind for said in web.conversations.heard] == [Kind.START, Kind.START]


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ({"text": "xin chào"}, Kind.TEXT),
        ({"click": "a-token"}, Kind.CLICK),
        ({"start": "khai-sinh"}, Kind.START),
        ({"location": {"latitude": 21.03, "longitude": 105.8}}, Kind.LOCATION),
    ],
)
async def test_everything_a_citizen_can_do_is_heard(web, visitor, said, kind):
    assert (await visitor.says({"id": "m1", **said})).status_code == 202
    assert web.conversations.heard[0].kind is kind


@pytest.mark.parametrize(
    "said",
    [
        None,
        [],
        "xin chào",
        {"text": "không có số"},
        {"id": "m1"},
        {"id": "m1", "text": "   "},
        {"id": "m1", "text": ["x"]},
        {"id": "../etc", "text": "x"},
        {"id": "m" * 65, "text": "x"},
        {"id": "m1", "click": ""},
        {"id": "m1", "start": "<script>"},
        {"id": "m1", "location": {"latitude": 999, "longitude": 0}},
        {"id": "m1", "location": {"latitude": True, "longitude": 0}},
        {"id": "m1", "location": {}},
        {"id": "m1", "files": []},
        {"id": "m1", "files": [{"name": "a.pdf"}]},
        {"id": "m1", "files": [{"ref": "../../key", "name": "a.pdf"}]},
        {"id": "m1", "files": [{"ref": "a" * 32 + "-" + "b" * 32}]},
        {"id": "m1", "files": [{"ref": "x"}] * 11},
    ],
)
async def test_what_our_page_would_never_send_is_refused(web, visitor, said):
    assert (await visitor.says(said)).status_code == 400
    assert web.conversations.heard == []


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b"[" * 60_000])
async def test_a_body_that_is_not_json_is_refused(visitor, body):
    answer = await visitor.http.post("/chat/say", content=body, headers=visitor.headers)
    assert answer.status_code == 400


async def test_letters_no_database_could_keep_are_replaced(web, visitor):
    body = b'{"id": "m1", "text": "a\\ud800b\\u0000c"}'
    answer = await visitor.http.post("/chat/say", content=body, headers=visitor.headers)
    assert answer.status_code == 202
    assert web.conversations.heard[0].text == "a?bc"


async def test_a_saying_longer_than_any_message_is_refused(visitor):
    assert (await visitor.says({"id": "m1", "text": "x" * 70_000})).status_code == 413


async def test_a_body_longer_than_it_announced_is_cut_off(visitor):
    async def endless():
        for _ in range(1000):
            yield b"x" * 10_000

    kind = {"content-type": "application/octet-stream"}
    answer = await visitor.http.post(
        "/chat/file", content=endless(), headers=visitor.headers | kind
    )
    assert answer.status_code == 413


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"x-motcua-token": ""},
        {"x-motcua-token": "0" * 32},
        {"x-motcua-token": "Đ"},
    ],
)
@pytest.mark.parametrize("path", ["/chat/say", "/chat/file", "/chat/leave"])
async def test_another_site_cannot_speak_for_a_visitor(web, visitor, headers, path):
    sent = {name: value.encode() for name, value in (visitor.headers | headers).items()}
    answer = await visitor.http.post(path, json={"id": "m1", "text": "x"}, headers=sent)
    assert answer.status_code == 403
    assert web.conversations.heard == []


async def test_a_request_that_does_not_say_where_it_comes_from_is_refused(visitor):
    headers = {"x-motcua-token": visitor.token}
    answer = await visitor.http.post("/chat/say", json={"id": "m", "text": "x"}, headers=headers)
    assert answer.status_code == 403


@pytest.mark.parametrize("path", ["/chat/say", "/chat/file", "/chat/leave"])
async def test_nobody_speaks_without_a_cookie(web, path):
    assert (await Visitor(web).http.post(path)).status_code == 401


@pytest.mark.parametrize("cookie", ["", "x", "../../etc/passwd", "a" * 44, "é" * 43])
async def test_a_made_up_cookie_opens_nothing(web, cookie):
    visitor = Visitor(web)
    headers = {"cookie": f"motcua={cookie}".encode("latin-1")}
    assert (await visitor.http.get("/chat/events", headers=headers)).status_code == 401
    assert (await visitor.http.get("/chat/file/x", headers=headers)).status_code == 404


async def test_who_sends_too_much_waits(web, visitor):
    answers = [await visitor.says({"id": f"m{n}", "text": "x"}) for n in range(51)]
    assert [answer.status_code for answer in answers] == [202] * 50 + [429]
    web.clock.passes(seconds=int(answers[-1].headers["retry-after"]))
    assert (await visitor.says({"id": "m51", "text": "x"})).status_code == 202


async def test_an_upload_is_kept_encrypted_until_it_is_fetched(web, visitor, tmp_path):
    ref = (await visitor.uploads(A_PDF)).json()["ref"]
    kept = list((tmp_path / "uploads").iterdir())
    assert [path.name for path in kept] == [ref]
    assert A_PDF not in kept[0].read_bytes()
    assert await web.spool.fetch(RemoteFile(ref)) == A_PDF


async def test_a_message_may_hold_several_files(web, visitor):
    refs = [(await visitor.uploads(A_PDF)).json()["ref"] for _ in range(2)]
    files = [{"ref": ref, "name": "../../giấy\0 tờ.pdf", "size": len(A_PDF)} for ref in refs]
    assert (await visitor.says({"id": "m1", "files": files, "text": "đây ạ"})).status_code == 202
    heard = web.conversations.heard[0]
    assert (heard.kind, heard.text) == (Kind.FILE, "đây ạ")
    assert [file.ref for file in heard.files] == refs


async def test_somebody_elses_upload_cannot_be_claimed(web, visitor):
    ref = (await visitor.uploads(A_PDF)).json()["ref"]
    other = Visitor(web)
    await other.opens()
    answer = await other.says({"id": "m1", "files": [{"ref": ref, "name": "a.pdf"}]})
    assert answer.status_code == 400


@pytest.mark.parametrize(
    ("content", "headers", "status"),
    [
        (b"", {}, 400),
        (b"x" * (1024 * 1024 + 1), {}, 413),
        (b"x" * (1024 * 1024), {}, 201),
        (A_PDF, {"content-type": "multipart/form-data; boundary=x"}, 415),
        (A_PDF, {"content-type": "text/plain"}, 415),
    ],
)
async def test_uploads_that_cannot_be_taken(visitor, content, headers, status):
    assert (await visitor.uploads(content, **headers)).status_code == status


async def test_one_visitor_cannot_fill_the_disk(web, visitor):
    statuses = []
    for _ in range(201):
        statuses.append((await visitor.uploads(b"x")).status_code)
        web.clock.passes(seconds=10)
    assert statuses == [201] * 200 + [429]


async def test_all_visitors_together_cannot_fill_the_disk_either(visitor, tmp_path):
    small = Spool(tmp_path / "small", SEALER, most=1000)
    first = small.put(visitor.conversation, b"x" * 1000)
    with pytest.raises(Refused):
        small.put(ConversationId("web:other"), b"x")
    assert [path.name for path in (tmp_path / "small").iterdir()] == [first]


async def test_an_upload_nobody_fetched_goes_after_a_day(visitor, tmp_path):
    ref = (await visitor.uploads(A_PDF)).json()["ref"]
    path = tmp_path / "uploads" / ref
    written = path.stat().st_mtime
    os.utime(path, (written - 90_000, written - 90_000))
    await visitor.uploads(A_PDF)
    assert not path.exists()


@pytest.mark.parametrize("ref", ["", "../key", "a" * 65, "a" * 32 + "-" + "b" * 32])
async def test_what_is_not_in_the_spool_is_not_fetched(web, ref):
    with pytest.raises(Undeliverable):
        await web.spool.fetch(RemoteFile(ref))


async def test_a_file_of_the_conversation_can_be_read(web, visitor):
    file = web.conversations.add_file(
        visitor.conversation, "mẫu 01; x=.pdf", "application/pdf", A_PDF
    )
    answer = await visitor.http.get(f"/chat/file/{file}")
    assert answer.content == A_PDF
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"].startswith("inline; filename*=UTF-8''m%E1%BA%ABu")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "no-store" in answer.headers["cache-control"]


async def test_a_file_a_browser_might_run_is_only_saved(web, visitor):
    file = web.conversations.add_file(visitor.conversation, "x.html", "text/html", b"<script>")
    answer = await visitor.http.get(f"/chat/file/{file}")
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment")


async def test_somebody_elses_file_does_not_exist(web, visitor):
    file = web.conversations.add_file(ConversationId("web:other"), "a.pdf", "x", A_PDF)
    assert (await visitor.http.get(f"/chat/file/{file}")).status_code == 404


@pytest.mark.parametrize("path", ["..%2f..%2fkey", "%2e%2e/key", "a/../../key", "%00"])
async def test_a_path_instead_of_a_file_id_leads_nowhere(visitor, path):
    assert (await visitor.http.get(f"/chat/file/{path}")).status_code == 404


async def test_leaving_takes_the_cookie_away(visitor):
    before = visitor.conversation
    answer = await visitor.http.post("/chat/leave", headers=visitor.headers)
    assert answer.status_code == 204
    assert not visitor.http.cookies
    await visitor.opens()
    assert visitor.conversation != before


async def read(stream, until: str = "ready") -> list[tuple[str, str, Any]]:
    """The events of a stream, as (id, name, data), up to the first called `until`."""
    found = []
    async for block in stream:
        fields = dict(line.split(": ", 1) for line in block.strip().split("\n"))
        if "event" in fields:
            found.append((fields.get("id", ""), fields["event"], json.loads(fields["data"])))
            if fields["event"] == until:
                return found
    return found


async def test_the_whole_conversation_comes_first(web, visitor):
    web.conversations.answer = chatty
    await visitor.says({"id": "m1", "text": "xin chào"})
    stream = events(visitor.conversation, read_position(""), web.conversations, web.hub)
    *said, (_, name, data) = await read(stream)
    assert (name, data) == ("ready", {"isEmpty": False})
    assert [(item["by"], item["id"]) for _, _, item in said] == [("citizen", "m1"), ("bot", "m1")]


async def test_a_page_that_comes_back_gets_what_it_missed(web, visitor):
    web.conversations.add(visitor.conversation, text="một")
    web.conversations.add(visitor.conversation, text="hai")
    first, *_ = await read(
        events(visitor.conversation, read_position(""), web.conversations, web.hub)
    )
    stream = events(visitor.conversation, read_position(first[0]), web.conversations, web.hub)
    assert [data.get("text") for _, _, data in await read(stream)] == ["hai", None]


async def test_a_new_message_comes_as_soon_as_it_is_sent(web, visitor):
    stream = events(visitor.conversation, read_position(""), web.conversations, web.hub, beat=60)
    await read(stream)
    waiting = asyncio.create_task(read(stream, until="said"))
    await asyncio.sleep(0)
    web.conversations.add(visitor.conversation, text="Hồ sơ đã được tiếp nhận.")
    await WebSender(web.hub).send(Outgoing(1, visitor.conversation, ""))
    assert (await waiting)[0][2]["text"] == "Hồ sơ đã được tiếp nhận."


async def test_nothing_of_other_conversations_comes(web, visitor):
    web.conversations.add(ConversationId("web:other"), text="của người khác")
    stream = events(visitor.conversation, read_position(""), web.conversations, web.hub)
    assert [name for _, name, _ in await read(stream)] == ["ready"]


async def test_a_message_overtaken_by_a_later_one_still_comes(web, visitor):
    for text in ("một", "hai"):
        web.conversations.add(visitor.conversation, text=text)
    late = web.conversations.said.pop(0)
    stream = events(visitor.conversation, read_position(""), web.conversations, web.hub, beat=0.01)
    assert (await read(stream))[0][2]["text"] == "hai"
    web.conversations.said.insert(0, late)
    number, _, said = (await read(stream, until="said"))[-1]
    assert said["text"] == "một"
    assert number == "0.2"


async def test_a_silent_line_gives_a_sign_of_life(web, visitor):
    stream = events(visitor.conversation, read_position(""), web.conversations, web.hub, beat=0.01)
    assert (await read(stream, until="beat"))[-1][1] == "beat"


async def test_where_too_many_watch_a_page_looks_and_leaves(web, visitor):
    staying = [
        events(visitor.conversation, read_position(""), web.conversations, web.hub, beat=60)
        for _ in range(10)
    ]
    for stream in staying:
        await read(stream)
    crowded = events(visitor.conversation, read_position(""), web.conversations, web.hub)
    assert [name async for name in crowded][-1].startswith("event: ready")
    for stream in staying:
        await stream.aclose()
    assert not web.hub.is_watched


async def test_the_stream_ends_when_the_server_stops(web, visitor):
    stream = events(visitor.conversation, read_position(""), web.conversations, web.hub, beat=60)
    await read(stream)
    rest = asyncio.create_task(read(stream))
    await asyncio.sleep(0)
    web.hub.close()
    assert await rest == []
    assert not web.hub.is_watched


@pytest.mark.parametrize("text", ["", "x", "1", "1.", ".1", "-1.2", "1.2.3", "9" * 30 + ".1", "²."])
async def test_a_position_that_is_none_means_the_beginning(text):
    assert read_position(text) == (0, 0)


async def test_the_logs_hold_nothing_a_citizen_wrote(web, visitor):
    out = io.StringIO()
    configure("info", out)
    try:
        with redirect_stderr(out):
            await visitor.says({"id": "m1", "text": "Tên tôi là Lò Thị Mẩy"})
            await visitor.says({"id": "m2", "text": "Lò Thị Mẩy"}, origin="https://evil.example")
            await visitor.uploads(b"")
            web.conversations.receive = _broken
            answer = await visitor.says({"id": "m3", "text": "Lò Thị Mẩy"})
    finally:
        structlog.reset_defaults()
    assert answer.status_code == 500
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "web.broke" in out.getvalue()
    assert "web.foreign_request_refused" in out.getvalue()
    assert "Mẩy" not in out.getvalue()
    assert next(iter(visitor.http.cookies.values())) not in out.getvalue()


def _broken(inbound: Any) -> bool:
    raise ValueError(inbound.text)
