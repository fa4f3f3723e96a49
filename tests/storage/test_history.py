"""What was said on the web, as it is kept: in order, from a position on, and to nobody else."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from bot.basics.errors import TooManyTries
from bot.basics.history import Position
from bot.basics.ids import ConversationId, DossierCode, FileId
from bot.basics.messages import Inbound, Kind, RemoteFile
from bot.basics.say import Command
from bot.counter.look_up import look_up
from bot.counter.ports import Spoken
from bot.counter.receive import receive
from bot.declarations.model import ReceivedFile
from bot.storage import database
from bot.storage.storage import Storage
from bot.storage.vault import Vault
from tests.fake_web import Now

MINE, OTHER = ConversationId("web:mine"), ConversationId("web:other")


@pytest.fixture
def clock() -> Now:
    return Now()


@pytest.fixture
def storage(tmp_path: Path, clock: Now) -> Storage:
    engine = database.connect(f"sqlite:///{tmp_path / 'motcua.db'}")
    database.migrate(engine)
    return Storage(engine, Vault([Fernet.generate_key().decode()]), clock, tmp_path / "files")


def hears(storage: Storage, clock: Now, key: str, conversation=MINE, **facts) -> int:
    clock.passes(seconds=1)
    inbound = Inbound(conversation, key, facts.pop("kind", Kind.TEXT), clock.now(), **facts)
    with storage.work() as work:
        return receive(work, work.inbox, inbound, clock.now())


def says(storage: Storage, clock: Now, text: str, conversation=MINE, **facts) -> None:
    clock.passes(seconds=1)
    with storage.work() as work:
        work.outbox.add(
            conversation,
            Spoken("a.key", text, facts.get("buttons", ()), facts.get("files", ())),
            facts.get("reply_to"),
        )


def after(storage: Storage, position: Position | None = None, conversation=MINE):
    with storage.look() as work:
        return work.history.after(conversation, position or Position())


def test_both_sides_are_given_in_the_order_they_spoke(storage, clock):
    number = hears(storage, clock, "web-mine-m1", text="xin chào")
    says(storage, clock, "Dạ em chào anh/chị!", reply_to=number)
    hears(storage, clock, "web-mine-m2", text="khai sinh")
    found = after(storage)
    assert [said.text for said in found] == ["xin chào", "Dạ em chào anh/chị!", "khai sinh"]
    assert [said.by_citizen for said in found] == [True, False, True]
    assert [said.key for said in found] == ["web-mine-m1", "web-mine-m1", "web-mine-m2"]


def test_reading_on_from_anywhere_misses_nothing_and_repeats_nothing(storage, clock):
    for number in range(3):
        hears(storage, clock, f"web-mine-{number}", text=f"hỏi {number}")
        says(storage, clock, f"đáp {number}")
    everything = after(storage)
    for at, said in enumerate(everything):
        assert after(storage, said.position) == everything[at + 1 :]


def test_nothing_of_other_conversations_is_given(storage, clock):
    hears(storage, clock, "web-other-m1", OTHER, text="của người khác")
    says(storage, clock, "cho người khác", OTHER)
    assert after(storage) == []


def test_a_message_waits_until_it_was_dealt_with(storage, clock):
    number = hears(storage, clock, "web-mine-m1", text="xin chào")
    assert after(storage)[0].waits
    with storage.work() as work:
        work.inbox.done(number)
    assert not after(storage)[0].waits


def test_buttons_are_given_by_token_and_say_nothing_of_what_they_do(storage, clock):
    says(storage, clock, "Chọn ạ", buttons=(("Lệ phí?", Command("ask_fee", {"bí mật": "x"})),))
    (button,) = after(storage)[0].buttons
    assert button.title == "Lệ phí?"
    with storage.look() as work:
        assert work.buttons.press(MINE, button.token) == Command("ask_fee", {"bí mật": "x"})


def test_files_come_with_name_and_size_whoever_sent_them(storage, clock):
    with storage.work() as work:
        slip = work.files.put("mau-01.pdf", "application/pdf", b"%PDF-1", pages=1)
        photo = work.files.put("căn cước.jpg", "image/jpeg", b"JPEG", pages=1)
    says(storage, clock, "Em gửi phiếu", files=(slip.id,))
    hears(storage, clock, "web-mine-f", kind=Kind.FILE, files=(RemoteFile("ref", "cc.jpg", "", 9),))
    on_its_way = after(storage)[-1].files[0]
    assert (on_its_way.id, on_its_way.name, on_its_way.size) == (None, "cc.jpg", 9)
    with storage.work() as work:
        taken = ReceivedFile(photo.id, photo.name, photo.size, 1)
        refused = ReceivedFile(FileId(""), "hỏng.pdf", 3, 0, "file.broken")
        work.inbox.fetched(work.inbox.to_fetch("web")[0], (taken, refused))
    ours, theirs = after(storage)
    assert [(file.id, file.name, file.size) for file in ours.files] == [(slip.id, "mau-01.pdf", 6)]
    assert [(file.id, file.name) for file in theirs.files] == [
        (photo.id, "căn cước.jpg"),
        (None, "hỏng.pdf"),
    ]


def test_only_files_of_the_conversation_are_held_by_it(storage, clock):
    with storage.work() as work:
        slip = work.files.put("mau-01.pdf", "application/pdf", b"%PDF-1")
    says(storage, clock, "Em gửi phiếu", OTHER, files=(slip.id,))
    with storage.look() as work:
        assert work.history.holds(OTHER, slip.id)
        assert not work.history.holds(MINE, slip.id)
        assert not work.history.holds(OTHER, FileId(""))


def test_news_names_the_conversations_that_moved_since(storage, clock):
    hears(storage, clock, "web-mine-m1", text="một")
    with storage.look() as work:
        end = work.history.end()
    says(storage, clock, "hai", OTHER)
    says(storage, clock, "trên Telegram", ConversationId("telegram:1"))
    with storage.look() as work:
        position, moved = work.history.news("web", end)
        assert moved == {OTHER}
        assert work.history.news("web", position)[1] == frozenset()


def test_guessing_codes_on_the_web_is_slowed_down_and_forgiven(storage, clock):
    code = DossierCode("H26.99-261120-0001")

    def tries(client: str = "a"):
        with storage.work() as work:
            return look_up(work, code, client, clock.now())

    assert [tries() for _ in range(10)] == [None] * 10
    with pytest.raises(TooManyTries) as refused:
        tries()
    assert refused.value.facts["wait"] == 30
    assert tries("b") is None
    clock.passes(seconds=31)
    assert tries() is None
    with pytest.raises(TooManyTries) as refused:
        tries()
    assert refused.value.facts["wait"] == 60
    clock.passes(hours=2)
    assert tries() is None


def test_a_dossier_looked_up_by_code_shows_no_name_and_no_reason(storage, clock):
    from tests.build import a_dossier

    dossier = a_dossier()
    hears(storage, clock, "web-mine-m1", text="x")
    with storage.work() as work:
        mine = work.conversations.get(MINE)
        work.dossiers.add(dossier.having(citizen=mine.citizen, conversation=MINE))
        seen = look_up(work, dossier.code, "a", clock.now())
    assert seen.code == dossier.code
    assert dossier.applicant not in str(seen)
    assert seen.applicant[0] == dossier.applicant[0]
    assert all(event.note not in str(seen) for event in dossier.history if event.note)
