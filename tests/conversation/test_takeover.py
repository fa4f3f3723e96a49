"""An officer talks to a citizen: the assistant is quiet, nothing is lost, and one word brings it back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.basics.errors import Refused, UnknownDossier
from bot.basics.ids import ConversationId
from bot.basics.messages import Kind
from bot.counter import takeover
from bot.notifications.delivery import Fate
from tests.conversation.test_filing import RESIDENCE, opens
from tests.conversation.world import Citizen, World, fills


def officer_writes(world: World, citizen: Citizen, ago: timedelta = timedelta(0)) -> None:
    """From the desk of the platform, as Zalo tells us of it."""
    with world.storage.work() as work:
        since = world.clock.now() - ago
        takeover.take_over(work, world.desk, citizen.conversation, since)


def letters(world: World) -> list[str]:
    """What waits for an officer."""
    with world.officer() as officer:
        return [letter.text for waiting in takeover.inbox(officer) for letter in waiting.letters]


def test_where_an_officer_writes_the_assistant_says_so_once_and_is_quiet(
    world: World, citizen: Citizen
) -> None:
    citizen.starts()
    officer_writes(world, citizen)
    officer_writes(world, citizen)
    citizen.looks()
    citizen.hears("takeover.began")
    citizen.says("dạ em cảm ơn, em gửi giấy sau được không")
    citizen.hears()
    assert letters(world) == ["dạ em cảm ơn, em gửi giấy sau được không"]


@pytest.mark.parametrize("words", ["bot ơi", "Bot oi", "trợ lý ơi ạ"])
def test_one_word_brings_it_back(world: World, citizen: Citizen, words: str) -> None:
    citizen.starts()
    officer_writes(world, citizen)
    citizen.looks()
    citizen.says(words)
    citizen.hears("takeover.back")
    citizen.says("đăng ký tạm trú mất bao nhiêu tiền")
    assert citizen.got, "it answers again"
    assert letters(world) == []


def test_a_press_brings_it_back_and_is_obeyed(world: World, citizen: Citizen) -> None:
    fills(citizen, opens(citizen, RESIDENCE))
    citizen.says("nộp")
    officer_writes(world, citizen)
    citizen.looks()
    citizen.presses("Xem tình trạng")
    citizen.hears("track.own")


def test_after_two_hours_it_answers_by_itself(world: World, citizen: Citizen) -> None:
    citizen.starts()
    officer_writes(world, citizen)
    world.clock.passes(hours=1, minutes=59)
    citizen.says("lệ phí tạm trú bao nhiêu")
    assert [heard.key for heard in citizen.got] == ["takeover.began"]
    world.clock.passes(minutes=2)
    citizen.says("lệ phí tạm trú bao nhiêu")
    assert citizen.got != []
    assert letters(world) == ["lệ phí tạm trú bao nhiêu"], "the unanswered one still waits"


def test_a_declaration_stays_where_it_was(world: World, citizen: Citizen) -> None:
    fills(citizen, opens(citizen, RESIDENCE), until="ngay_sinh")
    officer_writes(world, citizen)
    citizen.looks()
    citizen.says("15/3/1990")
    citizen.hears()
    assert citizen.draft.asking == "ngay_sinh"
    citizen.says("bot ơi")
    citizen.hears("takeover.back", "declaration.ask")


def test_old_news_of_an_officer_silences_nobody(world: World, citizen: Citizen) -> None:
    citizen.starts()
    officer_writes(world, citizen, ago=timedelta(hours=3))
    assert citizen.looks() == []
    citizen.says("xin chào")
    assert citizen.got != []


def test_an_officer_answers_from_our_own_desk(world: World, citizen: Citizen) -> None:
    fills(citizen, opens(citizen, RESIDENCE))
    citizen.says("nộp")
    code = citizen.code
    with world.officer() as officer:
        takeover.answer(officer, code.lower(), "Anh/chị mang theo căn cước giúp tôi nhé.")
    citizen.looks()
    citizen.hears("takeover.officer_says", "takeover.began")
    assert "Phạm Thu Hà: Anh/chị mang theo" in citizen.got[0].text
    citizen.says("vâng ạ")
    citizen.hears()
    with world.officer() as officer:
        (waiting,) = takeover.inbox(officer)
        assert [dossier.code for dossier in waiting.dossiers] == [code]
        takeover.answer(officer, str(waiting.letters[0].id), "Cảm ơn anh/chị.")
    citizen.looks()
    citizen.hears("takeover.officer_says")
    assert letters(world) == []
    with world.officer() as officer:
        takeover.hand_back(officer, code)
    citizen.looks()
    citizen.hears("takeover.over")
    citizen.says("hồ sơ của tôi tới đâu rồi")
    citizen.hears("track.own")


def test_who_asked_to_be_called_can_be_answered_without_a_dossier(
    world: World, citizen: Citizen
) -> None:
    citizen.says("gặp cán bộ")
    citizen.presses("Nhờ cán bộ gọi lại")
    with world.officer() as officer:
        (waiting,) = takeover.inbox(officer)
        takeover.answer(officer, str(waiting.letters[0].id), "Tôi nghe đây ạ.")
    citizen.looks()
    citizen.hears("takeover.officer_says", "takeover.began")


def test_files_and_stickers_for_the_officer_are_kept(world: World, citizen: Citizen) -> None:
    citizen.starts()
    officer_writes(world, citizen)
    citizen.looks()
    citizen.sends("giay.pdf")
    citizen.gives(Kind.UNSUPPORTED, text="voice")
    citizen.hears()
    with world.officer() as officer:
        (waiting,) = takeover.inbox(officer)
        assert [len(letter.files) for letter in waiting.letters] == [1, 0]
        assert officer.work.files.open(waiting.letters[0].files[0]).startswith(b"%PDF")


def test_the_answer_goes_where_the_citizen_waits(world: World, citizen: Citizen) -> None:
    fills(citizen, opens(citizen, RESIDENCE))
    citizen.says("nộp")
    phone = Citizen(world, ConversationId("telegram:910000001"))
    phone.starts()
    citizen.says("liên kết")
    code = citizen.got[0].text.split(": ")[1].split("\n")[0]
    phone.says(code)
    phone.presses("Nối lại làm một")
    phone.says("gặp cán bộ")
    phone.presses("Nhờ cán bộ gọi lại")
    with world.officer() as officer:
        sent = takeover.answer(officer, citizen.code, "Tôi nghe đây ạ.")
    assert sent.id == phone.conversation


def test_what_cannot_be_delivered_is_refused_at_once(world: World, citizen: Citizen) -> None:
    zalo = Citizen(world, ConversationId("zalo_oa:1:2"))
    fills(zalo, opens(zalo, RESIDENCE))
    zalo.says("nộp")
    with world.officer() as officer:
        for words in ("", "  ", "x" * 2000):
            with pytest.raises(Refused, match="words_needed"):
                takeover.answer(officer, zalo.code, words)
        with pytest.raises(UnknownDossier):
            takeover.answer(officer, "999999", "chào")
    world.clock.passes(days=8)
    with world.officer() as officer, pytest.raises(Refused, match="cannot_write"):
        takeover.answer(officer, zalo.code, "chào")


def test_an_officer_who_writes_to_somebody_unknown_changes_nothing(world: World) -> None:
    officer_writes(world, world.citizen("nobody"))
    assert letters(world) == []


def test_an_answer_that_did_not_arrive_is_told_to_officers(world: World, citizen: Citizen) -> None:
    fills(citizen, opens(citizen, RESIDENCE))
    citizen.says("nộp")
    with world.officer() as officer:
        takeover.answer(officer, citizen.code, "Mời anh/chị tới nhận.")
        assert list(takeover.lost(officer)) == []
    with world.storage.work() as work:
        (row,) = [
            item
            for item in work.sending.take_all_to_send("terminal", citizen.conversation)
            if "Mời anh/chị tới nhận" in item.message.text
        ]
        work.sending.settle(row.message.id, Fate.FAILED, error="delivery.blocked")
    with world.officer() as officer:
        ((words, (dossier,)),) = takeover.lost(officer)
    assert "Mời anh/chị tới nhận." in words.text
    assert not words.may_have_arrived
    assert dossier.code == citizen.code
    world.clock.passes(days=8)
    with world.officer() as officer:
        assert list(takeover.lost(officer)) == []
