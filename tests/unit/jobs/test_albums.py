"""Photos sent together become one message."""

from __future__ import annotations

from datetime import timedelta

from bot.basics.ids import ConversationId, FileId
from bot.basics.messages import Inbound, Kind, RemoteFile
from bot.counter.receive import receive
from bot.declarations.model import ReceivedFile
from bot.storage import database
from bot.storage.storage import Storage
from bot.storage.vault import Vault
from tests.build import at


class Clock:
    moment = at(20)

    def now(self):
        return self.moment

    def today(self):
        return self.moment.date()


def a_photo(number: int, album: str = "a", who: str = "1", text: str = "") -> Inbound:
    return Inbound(
        ConversationId(f"telegram:{who}"),
        f"update:{number}",
        Kind.FILE,
        at(20),
        text=text,
        files=(RemoteFile(f"f{number}"),),
        locale={"album": album} if album else {},
    )


def test_an_album_is_one_message_once_it_has_come(tmp_path):
    clock = Clock()
    engine = database.connect(f"sqlite:///{tmp_path}/x.db")
    database.migrate(engine)
    storage = Storage(engine, Vault.open_with("", tmp_path), clock, tmp_path / "files")
    with storage.work() as work:
        for inbound in (
            a_photo(1),
            a_photo(2, text="giấy chứng sinh"),
            a_photo(3, album=""),
            a_photo(4, who="2"),
        ):
            receive(work, work.inbox, inbound, clock.now())
    with storage.look() as work:
        assert [[p.inbound.key for p in parts] for parts in work.inbox.to_fetch("telegram")] == [
            ["update:3"]
        ]
    clock.moment += timedelta(seconds=2)
    with storage.look() as work:
        found = work.inbox.to_fetch("telegram")
    assert [[part.inbound.key for part in parts] for parts in found] == [
        ["update:1", "update:2"],
        ["update:3"],
        ["update:4"],
    ]
    files = tuple(ReceivedFile(FileId(name), name, 1, 1) for name in ("x", "y"))
    with storage.work() as work:
        work.inbox.fetched(found[0], files)
    with storage.work() as work:
        unread = work.inbox.claim()
        assert unread.inbound.text == "giấy chứng sinh"
        assert unread.files == files
        work.inbox.done(unread.id)
        assert work.inbox.claim() is None
        assert receive(work, work.inbox, a_photo(2), clock.now()) is None
