"""Following a dossier, deciding on it, completing it, taking it back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.basics.errors import ForbiddenMove, StaleView
from bot.basics.ids import DossierCode
from bot.basics.say import Command
from bot.counter import decide
from bot.dossiers.model import State
from tests.conversation.test_filing import BIRTH, RESIDENCE, opens
from tests.conversation.world import PDF, Citizen, World, fills


@pytest.fixture
def owner(citizen: Citizen) -> Iterator[Citizen]:
    """Somebody who has just filed a temporary residence."""
    fills(citizen, opens(citizen, RESIDENCE))
    citizen.says("nộp")
    return citizen


def test_its_owner_sees_the_whole_timeline(owner: Citizen) -> None:
    owner.says(owner.code)
    owner.hears("track.own")
    assert "NGUYỄN VĂN AN" in owner.last().text
    assert "chờ tiếp nhận" in owner.last().text


@pytest.mark.parametrize("written", ["{code}", "{lower}", "mã hs {spaced} ạ", "#{code}", "{dash}"])
def test_a_stranger_sees_the_state_and_a_masked_name_however_the_code_is_written(
    world: World, owner: Citizen, written: str
) -> None:
    stranger = world.citizen("stranger")
    code = owner.code
    forms = {"code": code, "lower": code.lower(), "spaced": code.replace("-", " ")}
    stranger.says(written.format(dash=code.replace("-", "–"), **forms))
    assert stranger.last().key == "track.stranger"
    assert code in stranger.last().text
    assert "NGUYỄN VĂN AN" not in stranger.last().text
    assert "N•••••" in stranger.last().text


def test_a_code_that_does_not_exist_is_said_so(owner: Citizen) -> None:
    owner.says("H26.99-261123-0999")
    owner.hears("track.unknown")


def test_half_a_code_is_never_guessed(owner: Citizen) -> None:
    for part in ("0001", "hồ sơ H26.99-0001 tới đâu rồi"):
        owner.says(part)
        assert owner.last().key in ("track.partial", "talk.outside_a_form", "talk.out_of_scope")
        assert owner.code not in owner.last().text


def test_guessing_codes_is_slowed_down_and_a_wait_ends_it(world: World, owner: Citizen) -> None:
    stranger = world.citizen("guesser")
    for number in range(900, 904):
        stranger.says(f"H26.99-261123-0{number}")
    assert stranger.last().key == "track.too_many"
    stranger.says(owner.code)
    assert stranger.last().key == "track.too_many"
    world.clock.passes(minutes=5)
    stranger.says(owner.code)
    assert stranger.last().key == "track.stranger"


def test_a_deep_link_opens_its_dossier(world: World, owner: Citizen) -> None:
    with world.storage.work() as work:
        command = Command("check_status_by_code", {"dossier_code": owner.code})
        token = work.buttons.link(command)
    owner.starts(token)
    owner.hears("track.own")
    stranger = world.citizen("stranger")
    stranger.starts(token)
    assert stranger.last().key == "track.stranger"


def test_every_move_is_told_with_the_slip_that_belongs_to_it(world: World, owner: Citizen) -> None:
    code = owner.code
    with world.officer() as officer:
        decide.accept(officer, code)
    with world.officer() as officer:
        decide.start_processing(officer, code)
    with world.officer() as officer:
        decide.extend(officer, code, "Cần xác minh thêm", world.clock.today().replace(day=30))
    with world.officer() as officer:
        decide.finish(officer, code, "", ("ket-qua.pdf", "application/pdf", PDF))
    with world.officer() as officer:
        decide.hand_over(officer, code)
    owner.looks()
    owner.hears(
        "notice.accepted",
        "notice.processing",
        "notice.extended",
        "notice.finished",
        "notice.handed_over",
    )
    assert [file[:6] for heard in owner.got for file in heard.files] == [
        "mau-01",
        "mau-04",
        "ket-qu",
    ]


def test_a_refusal_gives_its_reason_and_form_03(world: World, owner: Citizen) -> None:
    with world.officer() as officer:
        decide.refuse(officer, owner.code, "Không thuộc thẩm quyền")
    owner.looks()
    owner.hears("notice.refused")
    assert "Không thuộc thẩm quyền" in owner.last().text
    assert owner.last().files[0].startswith("mau-03")


def test_a_move_the_rules_forbid_changes_nothing_and_tells_nobody(
    world: World, owner: Citizen
) -> None:
    with pytest.raises(ForbiddenMove), world.officer() as officer:
        decide.hand_over(officer, owner.code)
    with pytest.raises(ForbiddenMove), world.officer() as officer:
        decide.refuse(officer, owner.code, "  ")
    assert owner.dossiers[0].state is State.SUBMITTED
    assert owner.looks() == []


def test_deciding_on_an_old_view_is_refused(world: World, owner: Citizen) -> None:
    with world.officer() as officer:
        decide.accept(officer, owner.code, seen=1)
    with pytest.raises(StaleView), world.officer() as officer:
        decide.accept(officer, owner.code, seen=1)


def ask_for_more(world: World, code: DossierCode, *missing: str) -> None:
    """An officer asks for what is missing."""
    with world.officer() as officer:
        dossier = decide.get(officer, code)
        items = [decide.missing_item(officer, dossier, words, "ảnh mờ") for words in missing]
        decide.request_supplement(officer, code, "Cần rõ hơn", items)


def test_a_supplement_request_asks_for_exactly_what_is_missing_and_sends_it_back(
    world: World, owner: Citizen
) -> None:
    with world.officer() as officer:
        due = decide.accept(officer, owner.code).due
    ask_for_more(world, owner.code, "dien_thoai", "Hợp đồng thuê nhà viết tay")
    owner.looks()
    owner.hears("notice.accepted", "notice.supplement", "declaration.ask")
    world.clock.passes(days=2)
    owner.says("0987654321")
    owner.sends("hop-dong.pdf")
    owner.says("xong")
    owner.hears("declaration.review")
    owner.presses("Nộp hồ sơ")
    owner.hears("supplement.sent")
    dossier = owner.dossiers[0]
    assert dossier.state is State.ACCEPTED
    assert dossier.answers["dien_thoai"] == "0987654321"
    assert "hop-dong.pdf" in [item.name for item in dossier.attachments]
    assert due is not None
    assert dossier.due is not None
    assert dossier.due > due


def test_what_an_officer_demands_cannot_be_skipped(world: World, owner: Citizen) -> None:
    ask_for_more(world, owner.code, "email")
    owner.looks()
    owner.says("bỏ qua")
    assert owner.got[0].key == "declaration.required"


def test_a_question_while_completing_keeps_the_place(world: World, owner: Citizen) -> None:
    ask_for_more(world, owner.code, "dien_thoai")
    owner.looks()
    owner.says("gặp cán bộ")
    owner.hears("talk.officer", "declaration.ask")
    assert owner.draft.asking == "dien_thoai"


def test_a_misspelt_field_of_a_supplement_request_is_named_with_what_was_meant(
    world: World, owner: Citizen
) -> None:
    dossier = owner.dossiers[0]
    with pytest.raises(ForbiddenMove) as refused, world.officer() as officer:
        decide.missing_item(officer, dossier, "dien_thoia")
    assert "dien_thoai" in str(refused.value.facts["fields"])


def test_a_dossier_is_taken_back_after_a_second_yes(owner: Citizen) -> None:
    owner.says("tôi muốn rút hồ sơ")
    owner.hears("withdraw.sure")
    owner.presses("Chắc chắn rút")
    owner.hears("withdraw.done")
    assert owner.dossiers[0].state is State.WITHDRAWN


def test_nobody_can_take_back_somebody_elses(world: World, owner: Citizen) -> None:
    stranger = world.citizen("stranger")
    stranger.says(f"rút hồ sơ {owner.code}")
    assert stranger.last().key in ("withdraw.not_yours", "track.stranger")
    assert owner.dossiers[0].state is State.SUBMITTED


def test_a_notice_in_the_middle_of_another_form_waits_for_it(world: World, owner: Citizen) -> None:
    opens(owner, BIRTH)
    ask_for_more(world, owner.code, "dien_thoai")
    owner.looks()
    owner.hears("notice.supplement")
    assert owner.draft.procedure == BIRTH
    owner.presses("Bổ sung ngay")
    assert owner.draft.asking == "dien_thoai"
