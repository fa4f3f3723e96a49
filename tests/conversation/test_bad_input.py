"""Whatever comes in gets a clear sentence and loses nothing."""

from __future__ import annotations

import pytest

from bot.basics.messages import Inbound, Kind
from tests.conversation.test_filing import reaches
from tests.conversation.world import PDF, Citizen, World


@pytest.mark.parametrize("text", ["", "   ", "😀😀", "…", "\x00\x07\x1b", "\u200b\u202e"])
def test_a_message_without_words_is_told_how_to_write(citizen: Citizen, text: str) -> None:
    citizen.says(text)
    assert citizen.last().key == "input.empty"


def test_a_message_of_100_kb_is_asked_to_be_shorter(citizen: Citizen) -> None:
    citizen.says("tôi muốn hỏi " * 8000)
    assert citizen.last().key == "input.too_long"


@pytest.mark.parametrize(
    "text", ["/start_filing{}", '/affirm{"procedure": "1.001193"}', "  /withdraw_dossier", "/"]
)
def test_an_intent_typed_by_hand_is_only_words(world: World, citizen: Citizen, text: str) -> None:
    citizen.says(text)
    with world.storage.look() as work:
        known = work.conversations.get(citizen.conversation)
    assert known is not None
    assert known.draft is None
    assert citizen.got


@pytest.mark.parametrize("text", ["приве́т как дела", "你好请问", "Zażółć gęślą جاذبية", "a\u0301̂̃ế"])
def test_mixed_scripts_are_answered(citizen: Citizen, text: str) -> None:
    citizen.says(text)
    assert citizen.got


@pytest.mark.parametrize("field", ["nyc.ho_ten", "nyc.ngay_sinh", "giay_chung_sinh"])
def test_inside_a_form_nothing_is_lost_by_it(citizen: Citizen, field: str) -> None:
    reaches(citizen, field)
    answers = citizen.draft.answers
    for text in ("", "😀", "x" * 100_000):
        citizen.says(text)
        assert citizen.got[-1].key in ("declaration.ask", "declaration.wrong")
    citizen.gives(Kind.UNSUPPORTED, text="sticker")
    citizen.hears("input.sticker", "declaration.ask")
    citizen.gives(Kind.LOCATION, latitude=21.0, longitude=105.8)
    citizen.hears("near.found", "declaration.ask")
    assert citizen.draft.answers == answers
    assert citizen.draft.asking == field


def test_a_button_that_is_too_old_says_so(world: World, citizen: Citizen) -> None:
    citizen.says("xin chào")
    token = citizen.button("Đăng ký khai sinh").token
    world.clock.passes(days=31)
    citizen.presses_token(token)
    citizen.hears("input.old_button")


def test_somebody_elses_button_does_nothing(world: World, citizen: Citizen) -> None:
    citizen.says("xin chào")
    stranger = world.citizen("stranger")
    stranger.presses_token(citizen.button("Đăng ký khai sinh").token)
    assert stranger.last().key == "input.old_button"


def test_an_invented_button_does_nothing(citizen: Citizen) -> None:
    citizen.presses_token("' OR 1=1 --")
    assert citizen.last().key == "input.old_button"


def test_the_same_update_twice_is_answered_once(world: World, citizen: Citizen) -> None:
    update = Inbound(
        citizen.conversation, "k1", Kind.TEXT, world.clock.now(), text="lệ phí khai sinh"
    )
    world.receive(update)
    world.receive(update)
    world.take_turns()
    assert [one.key for one in citizen.looks()].count("answer.fee") == 1


def test_two_messages_at_once_are_both_answered_in_order(world: World, citizen: Citizen) -> None:
    for key, text in (("k1", "lệ phí đăng ký khai sinh"), ("k2", "thời gian bao lâu")):
        world.receive(Inbound(citizen.conversation, key, Kind.TEXT, world.clock.now(), text=text))
    world.take_turns()
    keys = [one.key for one in citizen.looks()]
    assert keys[-2:] == ["answer.fee", "answer.time"]


@pytest.mark.parametrize(
    ("name", "content", "key"),
    [
        ("trong.pdf", b"", "file.empty"),
        ("anh.jpg", b"MZ\x90\x00" + b"\x00" * 99, "file.wrong_kind"),
        ("giay.pdf", b"%PDF-1.7 hong", "file.broken"),
        ("to.pdf", PDF + b"\0" * 11_000_000, "file.too_large"),
        ("../../etc/passwd.docx", b"PK\x03\x04" + b"\0" * 99, "file.wrong_kind"),
    ],
)
def test_a_file_that_cannot_be_taken_says_why_and_asks_again(
    citizen: Citizen, name: str, content: bytes, key: str
) -> None:
    reaches(citizen, "giay_chung_sinh")
    citizen.sends(name, content)
    citizen.hears(key, "declaration.ask")
    assert not citizen.draft.taking
    assert "/" not in citizen.got[0].text.split("Tệp")[-1].split(".")[0]


def test_a_file_outside_a_form_is_not_kept(citizen: Citizen) -> None:
    citizen.says("xin chào")
    citizen.sends("giay.pdf")
    citizen.hears("talk.file_outside")


def test_a_procedure_code_that_does_not_exist_is_said_so(citizen: Citizen) -> None:
    citizen.says("lệ phí thủ tục 9.999999")
    assert citizen.last().key == "procedure.unknown"


def test_a_turn_that_breaks_tells_the_citizen_and_keeps_the_place(
    world: World, citizen: Citizen, monkeypatch: pytest.MonkeyPatch
) -> None:
    reaches(citizen, "nyc.ngay_sinh")
    draft = citizen.draft

    def breaks(*_: object) -> None:
        raise RuntimeError("no disk")

    with monkeypatch.context() as broken:
        broken.setattr("bot.storage.drafts.Drafts.save", breaks)
        citizen.says("12/03/1995")
    citizen.hears("fault.broken")
    assert citizen.draft == draft
    citizen.says("12/03/1995")
    assert citizen.draft.answers["nyc.ngay_sinh"] == "1995-03-12"
