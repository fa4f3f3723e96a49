"""One citizen on several channels: a code links them, a button takes them apart."""

from __future__ import annotations

import dataclasses
import re

import pytest

from bot.basics.history import Position
from bot.basics.ids import ConversationId
from bot.citizens.profile import Consent, Profile, Remembered
from bot.counter import decide
from bot.documents.codes import qr_texts
from tests.conversation.test_filing import RESIDENCE, opens
from tests.conversation.world import Citizen, World, fills


def on(world: World, channel: str, who: str = "1") -> Citizen:
    """Somebody who has said hello on a channel."""
    citizen = Citizen(world, ConversationId(f"{channel}:{who}"))
    citizen.starts()
    return citizen


@pytest.fixture
def phone(world: World) -> Citizen:
    return on(world, "telegram", "910000001")


@pytest.fixture
def page(world: World) -> Citizen:
    return on(world, "web", "a" * 32)


def code_for(citizen: Citizen, words: str = "liên kết") -> str:
    citizen.looks()
    citizen.says(words)
    told = citizen.got[0]
    assert told.key == "link.code"
    found = re.search(r"LK \w{4} \w{4}", told.text)
    assert found
    return found[0]


def links(one: Citizen, other: Citizen) -> None:
    """Links `other` to `one`."""
    other.says(code_for(one))
    other.hears("link.sure")
    other.presses("Nối lại làm một")
    assert other.got[0].key == "link.joined"


@pytest.mark.parametrize(
    "words",
    ["liên kết", "Liên kết Zalo ạ", "lien ket telegram", "cho tôi lấy mã liên kết", "nối với zalo"],
)
def test_a_code_is_had_for_the_asking(phone: Citizen, words: str) -> None:
    code_for(phone, words)


@pytest.mark.parametrize("written", ["{}", "{lower}", "{close}", "mã {}", " {}. ", "{dash}"])
def test_a_code_is_read_however_it_is_written(phone: Citizen, page: Citizen, written: str) -> None:
    code = code_for(phone)
    forms = {"lower": code.lower(), "close": code.replace(" ", ""), "dash": code.replace(" ", "-")}
    page.says(written.format(code, **forms))
    page.hears("link.sure")


def test_what_was_filed_in_one_place_is_seen_in_the_other(phone: Citizen, page: Citizen) -> None:
    fills(page, opens(page, RESIDENCE))
    page.says("nộp")
    links(page, phone)
    phone.says("hồ sơ của tôi tới đâu rồi")
    phone.hears("track.own")
    assert page.code in phone.last().text
    page.looks()
    page.hears("link.joined_there")


def test_a_draft_moves_to_the_other_channel_and_back(phone: Citizen, page: Citizen) -> None:
    answers = opens(page, RESIDENCE)
    fills(page, answers, until="ngay_sinh")
    links(page, phone)
    phone.says("làm tiếp")
    assert phone.draft.asking == "ngay_sinh"
    phone.says(answers["ngay_sinh"])
    assert page.draft.asking == phone.draft.asking != "ngay_sinh"


def test_asking_for_a_code_does_not_lose_the_place_in_a_declaration(page: Citizen) -> None:
    fills(page, opens(page, RESIDENCE), until="ngay_sinh")
    page.says("liên kết telegram")
    page.hears("link.code", "declaration.ask")
    assert page.draft.asking == "ngay_sinh"


def test_declarations_open_in_both_places_stay_open_in_both(phone: Citizen, page: Citizen) -> None:
    for one in (phone, page):
        fills(one, opens(one, RESIDENCE), until="ngay_sinh")
    links(phone, page)
    page.hears("link.joined", "declaration.ask")
    assert phone.draft.id != page.draft.id
    assert phone.draft.citizen == page.draft.citizen
    page.says("20/10/1991")
    assert page.draft.asking != "ngay_sinh"
    assert phone.draft.asking == "ngay_sinh"


def test_a_code_works_once(world: World, phone: Citizen, page: Citizen) -> None:
    code = code_for(phone)
    page.says(code)
    page.presses("Nối lại làm một")
    on(world, "zalo_oa", "1:2").says(code)
    again = on(world, "zalo_oa", "1:3")
    again.says(code)
    again.hears("link.wrong_code")
    page.presses("Nối lại làm một")
    assert page.last().key == "link.wrong_code"


def test_a_code_belongs_to_the_first_who_types_it(
    world: World, phone: Citizen, page: Citizen
) -> None:
    code = code_for(phone)
    page.says(code)
    thief = on(world, "zalo_oa", "1:2")
    thief.says(code)
    thief.hears("link.wrong_code")
    page.says(code)
    page.hears("link.sure")


def test_a_code_dies_after_fifteen_minutes_and_with_the_next_one(
    world: World, phone: Citizen, page: Citizen
) -> None:
    old = code_for(phone)
    new = code_for(phone)
    page.says(old)
    page.hears("link.wrong_code")
    page.says(new)
    page.hears("link.sure")
    world.clock.passes(minutes=16)
    page.presses("Nối lại làm một")
    page.hears("link.wrong_code")


def test_saying_no_uses_the_code_up(phone: Citizen, page: Citizen) -> None:
    code = code_for(phone)
    page.says(code)
    page.says("không")
    page.hears("link.left")
    page.says(code)
    page.hears("link.wrong_code")


def test_a_typed_yes_is_enough(phone: Citizen, page: Citizen) -> None:
    page.says(code_for(phone))
    page.says("đồng ý")
    page.hears("link.joined")


def test_nobody_links_to_themselves(phone: Citizen, page: Citizen) -> None:
    phone.says(code_for(phone))
    phone.hears("link.typed_here")
    links(phone, page)
    page.says(code_for(phone))
    page.hears("link.already")


def test_guessing_codes_is_slowed_down(page: Citizen, phone: Citizen) -> None:
    for number in range(4):
        page.says(f"LK 2222 333{number + 2}")
    page.hears("link.too_many")
    page.says(code_for(phone))
    page.hears("link.too_many")


def test_three_channels_make_one_citizen(world: World, phone: Citizen, page: Citizen) -> None:
    third = on(world, "zalo_oa", "1:2")
    fills(third, opens(third, RESIDENCE))
    third.says("nộp")
    links(phone, page)
    links(third, page)
    assert phone.code == page.code == third.code


def test_a_deep_link_types_the_code_and_whoever_comes_by_it_hears_who_answers(
    world: World, page: Citizen
) -> None:
    phone = Citizen(world, ConversationId("telegram:910000002"))
    phone.starts(code_for(page).replace(" ", ""))
    phone.hears("talk.introduction", "link.sure")


def test_a_conversation_that_leaves_takes_what_was_filed_in_it(
    world: World, phone: Citizen, page: Citizen
) -> None:
    for one in (phone, page):
        fills(one, opens(one, RESIDENCE))
        one.says("nộp")
    links(phone, page)
    assert len(page.dossiers) == 2
    page.says("hủy liên kết")
    page.hears("link.shown")
    assert "1 hồ sơ" in page.last().text
    page.presses("Tách nơi này")
    page.hears("link.parted")
    assert [d.conversation for d in page.dossiers] == [page.conversation]
    assert [d.conversation for d in phone.dossiers] == [phone.conversation]
    phone.looks()
    assert phone.last().key == "link.parted_there"
    with world.officer() as officer:
        decide.accept(officer, page.code)
    page.looks()
    page.hears("notice.accepted")


def test_who_was_linked_by_a_thief_takes_them_apart_with_one_press(
    phone: Citizen, page: Citizen
) -> None:
    fills(phone, opens(phone, RESIDENCE))
    phone.says("nộp")
    links(phone, page)
    phone.looks()
    phone.hears("link.joined_there")
    phone.presses("Tách trang web")
    phone.hears("link.parted")
    page.says("hồ sơ của tôi")
    assert phone.code not in page.last().text
    assert page.dossiers == []


def test_a_draft_goes_with_the_conversation_it_was_opened_in_last(
    phone: Citizen, page: Citizen
) -> None:
    fills(page, opens(page, RESIDENCE), until="ngay_sinh")
    links(page, phone)
    phone.says("làm tiếp")
    phone.says("hủy liên kết")
    phone.presses("Tách nơi này")
    assert phone.draft.asking == "ngay_sinh"
    page.looks()
    page.says("làm tiếp")
    page.hears("filing.nothing_begun")


def test_a_button_that_parts_does_nothing_once_they_are_apart(
    phone: Citizen, page: Citizen
) -> None:
    links(phone, page)
    page.says("hủy liên kết")
    page.presses("Tách nơi này")
    page.presses("Tách nơi này")
    page.hears("link.not_linked")
    page.says("hủy liên kết")
    page.hears("link.none")


@pytest.mark.parametrize(("own", "kept"), [(True, "0912345678"), (False, "")])
def test_only_a_number_that_the_platform_vouches_for_is_remembered_as_the_citizens_own(
    world: World, phone: Citizen, own: bool, kept: str
) -> None:
    phone.shares_phone("0912345678", own=own)
    phone.says("0987654321")
    with world.storage.look() as work:
        known = work.conversations.get(phone.conversation)
    assert known is not None
    assert known.context.phone == kept


def test_notices_follow_to_the_linked_channel_and_stand_on_the_page_too(
    world: World, phone: Citizen, page: Citizen
) -> None:
    fills(page, opens(page, RESIDENCE))
    page.says("nộp")
    links(page, phone)
    page.looks()
    with world.officer() as officer:
        decide.accept(officer, page.code)
    for one in (page, phone):
        one.looks()
        one.hears("notice.accepted")


def test_what_an_officer_asks_for_is_asked_in_one_place(
    world: World, phone: Citizen, page: Citizen
) -> None:
    fills(phone, opens(phone, RESIDENCE))
    phone.says("nộp")
    links(phone, page)
    phone.looks()
    with world.officer() as officer:
        dossier = decide.get(officer, phone.code)
        missing = [decide.missing_item(officer, dossier, "ngay_sinh")]
        decide.request_supplement(officer, phone.code, "ngày sinh chưa rõ", missing)
    phone.looks()
    assert phone.got[0].key == "notice.supplement"
    assert phone.got[-1].key == "declaration.ask"
    assert page.looks() == []
    phone.says("15/3/1990")
    assert phone.last().key == "declaration.review"


def remembers(world: World, citizen: Citizen) -> Profile | None:
    """What is remembered of whom this conversation belongs to."""
    with world.storage.look() as work:
        known = work.conversations.get(citizen.conversation)
        assert known is not None
        return work.profiles.get(known.citizen)


def test_what_was_remembered_stays_with_neither_side_when_they_part(
    world: World, phone: Citizen, page: Citizen
) -> None:
    with world.storage.work() as work:
        known = work.conversations.get(page.conversation)
        assert known is not None
        now = world.clock.now()
        mother = Remembered("p1", "self", {"ho_ten": "LÊ THỊ BÌNH"}, now.date())
        work.profiles.save(Profile(known.citizen, Consent.GIVEN, now, now, (mother,)))
    links(phone, page)
    shared = remembers(world, phone)
    assert shared is not None
    assert shared.known
    page.says("hủy liên kết")
    page.presses("Tách nơi này")
    assert remembers(world, phone) is None
    assert remembers(world, page) is None


def test_on_the_web_the_link_is_a_picture_for_the_telephone_too(world: World) -> None:
    world.desk = dataclasses.replace(world.desk, telegram_url="https://t.me/motcua_bot")
    page = on(world, "web", "a" * 32)
    code = code_for(page).replace(" ", "")
    assert page.got[0].files == ("ma-lien-ket-telegram.png",)
    with world.storage.look() as work:
        said = work.history.after(page.conversation, Position())[-1]
        assert said.files[0].id is not None
        content = work.files.open(said.files[0].id)
    assert qr_texts(content) == (f"https://t.me/motcua_bot?start={code}",)
    assert code_for(on(world, "telegram", "1"))
