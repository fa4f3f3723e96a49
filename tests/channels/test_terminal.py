"""The door for a terminal or a script: JSON lines in, JSON lines out."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from bot.basics.errors import Undeliverable
from bot.basics.ids import ConversationId, FileId
from bot.basics.messages import Kind, Outgoing, RemoteFile, ShownButton
from bot.channels import terminal
from bot.notifications.ports import FileToSend
from tests.build import at

NOW = at(23)


class Papers:
    """Has one paper."""

    def fetch(self, file: FileId) -> FileToSend:
        return FileToSend("phieu.pdf", "application/pdf", b"%PDF")


@pytest.mark.parametrize(
    ("line", "kind", "what"),
    [
        ({"text": "xin chào"}, Kind.TEXT, {"text": "xin chào"}),
        ({"click": "token"}, Kind.CLICK, {"token": "token"}),
        ({"file": "/tmp/a.pdf"}, Kind.FILE, {"files": (RemoteFile("/tmp/a.pdf", "a.pdf"),)}),
        ({"location": [21.0, 105.8]}, Kind.LOCATION, {"latitude": 21.0, "longitude": 105.8}),
        ({"location": {"lat": 21, "lon": 105}}, Kind.LOCATION, {"latitude": 21.0}),
        ({"location": {"latitude": 21, "longitude": 105}}, Kind.LOCATION, {"longitude": 105.0}),
        ({"contact": "0912345678"}, Kind.CONTACT, {"phone": "0912345678", "own_phone": True}),
        ({"contact": {"phone": "0912345678", "own": False}}, Kind.CONTACT, {"own_phone": False}),
        ({"contact": {"phone_number": "0912345678"}}, Kind.CONTACT, {"phone": "0912345678"}),
        ({"start": "abc"}, Kind.START, {"text": "abc"}),
        ({}, Kind.TEXT, {"text": ""}),
    ],
)
def test_a_line_is_heard_as_what_it_is(line: dict, kind: Kind, what: dict) -> None:
    heard = terminal.read({"from": "an", **line}, "k1", NOW)
    assert (heard.conversation, heard.kind, heard.key) == ("terminal:an", kind, "k1")
    assert {name: getattr(heard, name) for name in what} == what


def test_a_line_with_an_id_keeps_it() -> None:
    assert terminal.read({"from": "an", "text": "a", "id": "7"}, "k1", NOW).key == "7"


@pytest.mark.parametrize("place", ["here", [1], [1, 2, 3], {"lat": "x"}, None, 7])
def test_a_place_of_another_shape_is_refused(place: object) -> None:
    with pytest.raises(ValueError, match=r".+"):
        terminal.read({"location": place}, "k1", NOW)


async def test_a_message_is_one_line_and_its_files_are_saved(tmp_path: Path) -> None:
    out = io.StringIO()
    door = terminal.JsonTerminal(out, Papers(), tmp_path)
    buttons = (ShownButton("Nam", "token"),)
    message = Outgoing(1, ConversationId("terminal:an"), "Hai\ndòng", buttons, (FileId("f"),), "k1")
    await door.send(message)
    assert out.getvalue().count("\n") == 1
    line = json.loads(out.getvalue())
    assert line == {
        "to": "an",
        "text": "Hai\ndòng",
        "buttons": [{"title": "Nam", "payload": "token"}],
        "files": [str(tmp_path / "1" / "phieu.pdf")],
        "in_reply_to": "k1",
    }
    assert (tmp_path / "1" / "phieu.pdf").read_bytes() == b"%PDF"


async def test_papers_of_the_same_name_do_not_take_each_others_place(tmp_path: Path) -> None:
    out = io.StringIO()
    door = terminal.JsonTerminal(out, Papers(), tmp_path)
    for number, who in ((1, "an"), (2, "binh")):
        await door.send(
            Outgoing(number, ConversationId(f"terminal:{who}"), "Đây ạ", files=(FileId("f"),))
        )
    first, second = (json.loads(line)["files"] for line in out.getvalue().splitlines())
    assert first != second


async def test_a_file_that_is_not_there_cannot_be_fetched(tmp_path: Path) -> None:
    with pytest.raises(Undeliverable):
        await terminal.fetch(RemoteFile(str(tmp_path / "no.pdf")))
