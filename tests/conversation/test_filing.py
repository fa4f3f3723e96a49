"""From the first word to the dossier, for each procedure that can be filed here."""

from __future__ import annotations

import pytest

from bot.basics.codes import find_dossier_code
from bot.dossiers.model import State
from tests.conversation.at_a_step import stands_at
from tests.conversation.world import Citizen, World, fills

BIRTH, COPY, RESIDENCE = "1.001193", "2.000635", "1.004194"


def opens(citizen: Citizen, code: str = BIRTH) -> dict[str, str]:
    """Begins a declaration; returns the answers of its example."""
    citizen.says(f"thủ tục {code}")
    citizen.presses("Nộp hồ sơ ở đây")
    form = citizen.world.desk.catalogue.get(citizen.draft.procedure).form
    assert form is not None
    return dict(form.example)


def reaches(citizen: Citizen, field: str, code: str = BIRTH) -> dict[str, str]:
    """Answers everything before `field`; returns the answers of the example."""
    answers = opens(citizen, code)
    fills(citizen, answers, until=field)
    assert citizen.draft.asking == field
    return answers


@pytest.mark.parametrize("code", [BIRTH, COPY, RESIDENCE])
def test_a_dossier_is_filed_by_talking(citizen: Citizen, code: str) -> None:
    fills(citizen, opens(citizen, code))
    citizen.says("nộp")
    citizen.hears("submit.done", "memory.ask")
    assert find_dossier_code(citizen.code) == citizen.code
    assert citizen.code in citizen.got[0].text
    assert citizen.got[0].files == (f"phieu-xac-nhan-nop-ho-so-{citizen.code}.pdf",)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("tôi muốn nộp hồ sơ đăng ký khai sinh cho con", BIRTH),
        ("nop ho so xin trich luc khai sinh", COPY),
        ("em muốn nộp hồ sơ đăng ký tạm trú", RESIDENCE),
    ],
)
def test_saying_what_to_file_opens_its_declaration(citizen: Citizen, words: str, code: str) -> None:
    citizen.says(words)
    assert citizen.draft.procedure == code
    assert citizen.last().key == "declaration.ask"


def test_naming_the_procedure_that_is_to_be_filed_opens_its_declaration(citizen: Citizen) -> None:
    citizen.says("tôi muốn nộp hồ sơ")
    assert citizen.last().key == "subject.unknown"
    citizen.says("đăng ký khai sinh")
    assert citizen.draft.procedure == BIRTH


def test_beginning_once_more_only_goes_on_with_the_question(citizen: Citizen) -> None:
    opens(citizen)
    before = citizen.draft.asking
    citizen.says("bat dau di")
    citizen.hears("declaration.ask")
    assert citizen.draft.asking == before


@pytest.mark.parametrize("words", ["dân tộc là gì", "dan toc la gi vay", "dân tộc là sao hả em"])
def test_asking_what_the_question_means_is_no_answer(citizen: Citizen, words: str) -> None:
    stands_at(citizen, BIRTH, "tre.dan_toc")
    citizen.says(words)
    assert citizen.last().key == "declaration.help"


def test_a_question_in_the_middle_does_not_lose_the_place(citizen: Citizen) -> None:
    reaches(citizen, "nyc.ngay_sinh")
    citizen.says("lệ phí bao nhiêu vậy em?")
    citizen.hears("answer.fee", "declaration.ask")
    assert citizen.draft.asking == "nyc.ngay_sinh"
    citizen.says("12/03/1995")
    assert citizen.draft.answers["nyc.ngay_sinh"] == "1995-03-12"


def test_a_name_that_sounds_like_a_question_is_a_name(citizen: Citizen) -> None:
    reaches(citizen, "nyc.ho_ten")
    citizen.says("Lê Thị Lệ Phí")
    assert citizen.draft.answers["nyc.ho_ten"] == "Lê Thị Lệ Phí"


def test_yesterday_is_a_date_and_not_an_order(citizen: Citizen) -> None:
    reaches(citizen, "tre.ngay_sinh")
    citizen.says("hôm qua")
    assert citizen.draft.answers["tre.ngay_sinh"] == "2026-11-22"


def test_going_back_asks_the_question_before_and_shows_what_was_said(citizen: Citizen) -> None:
    reaches(citizen, "nyc.ngay_sinh")
    citizen.says("quay lại")
    assert citizen.draft.asking == "nyc.ho_ten"
    assert "LÊ THỊ BÌNH" in citizen.last().text
    citizen.says("Lê Thị Hòa Bình")
    assert citizen.draft.answers["nyc.ho_ten"] == "Lê Thị Hòa Bình"
    assert citizen.draft.asking == "nyc.ngay_sinh"


def test_a_required_question_says_why_it_cannot_be_skipped(citizen: Citizen) -> None:
    reaches(citizen, "nyc.so_dinh_danh")
    citizen.says("bỏ qua")
    citizen.hears("declaration.required", "declaration.help")
    assert citizen.draft.asking == "nyc.so_dinh_danh"


def test_an_answer_nobody_can_read_is_asked_again_then_helped_then_shown_the_ways_out(
    citizen: Citizen,
) -> None:
    reaches(citizen, "nyc.ngay_sinh")
    citizen.says("32/13/1995")
    citizen.hears("declaration.wrong")
    citizen.says("qwertyuiop zxcvb")
    citizen.says("asdfgh hjkl")
    assert citizen.got[-1].key == "declaration.ways_out"
    assert citizen.draft.asking == "nyc.ngay_sinh"


def test_one_correction_in_the_review_comes_back_to_the_review(citizen: Citizen) -> None:
    fills(citizen, opens(citizen, RESIDENCE))
    citizen.says("sửa số điện thoại thành 0987654321")
    citizen.hears("declaration.review")
    assert citizen.draft.answers["dien_thoai"] == "0987654321"


def test_a_correction_that_may_mean_several_fields_asks_which(citizen: Citizen) -> None:
    fills(citizen, opens(citizen))
    citizen.says("sửa ngày sinh")
    citizen.hears("declaration.edit_which")
    citizen.presses("Ngày, tháng, năm sinh cha")
    assert citizen.draft.asking == "cha.ngay_sinh"


def test_an_answer_that_changes_the_path_asks_what_now_applies(citizen: Citizen) -> None:
    answers = opens(citizen)
    fills(citizen, answers)
    citizen.says("sửa loại khai sinh thành chưa xác định được cha")
    fills(citizen, answers)
    assert "Cha của bé" not in citizen.last().text


def test_putting_it_aside_keeps_everything_and_resuming_goes_on(citizen: Citizen) -> None:
    reaches(citizen, "nyc.ngay_sinh")
    citizen.says("để sau")
    citizen.hears("filing.paused")
    citizen.says("xin chào")
    assert "Làm tiếp" in [button.title for button in citizen.last().buttons]
    citizen.presses("Làm tiếp")
    assert citizen.draft.asking == "nyc.ngay_sinh"
    assert citizen.draft.answers["nyc.ho_ten"] == "Lê Thị Bình"


def test_starting_the_same_procedure_again_offers_to_go_on(citizen: Citizen) -> None:
    reaches(citizen, "nyc.ngay_sinh")
    first = citizen.draft.id
    citizen.says("để sau")
    citizen.says(f"thủ tục {BIRTH}")
    citizen.presses("Nộp hồ sơ ở đây")
    citizen.hears("filing.begun")
    citizen.presses("Làm hồ sơ mới")
    assert citizen.draft.id != first


def test_a_late_button_corrects_its_own_field(citizen: Citizen) -> None:
    reaches(citizen, "nyc.quan_he")
    late = citizen.button("Thường trú")
    citizen.says("Mẹ")
    citizen.presses_token(late.token)
    assert citizen.draft.answers["nyc.loai_cu_tru"] == "thuong_tru"
    assert citizen.draft.asking == "loai_khai_sinh"


def test_the_same_button_twice_is_one_answer(citizen: Citizen) -> None:
    reaches(citizen, "nyc.loai_giay_to")
    token = citizen.button("Thẻ căn cước").token
    citizen.presses_token(token)
    asking = citizen.draft.asking
    citizen.presses_token(token)
    assert citizen.draft.asking == asking


def test_files_are_taken_until_done_and_acknowledged_by_name(citizen: Citizen) -> None:
    reaches(citizen, "giay_chung_sinh")
    citizen.sends("mat-truoc.pdf")
    assert "mat-truoc.pdf" in citizen.last().text
    citizen.sends("mat-sau.pdf")
    citizen.says("xong")
    names = [item["name"] for item in citizen.draft.answers["giay_chung_sinh"]]
    assert names == ["mat-truoc.pdf", "mat-sau.pdf"]


def test_a_file_sent_early_is_held_for_its_question(citizen: Citizen) -> None:
    answers = reaches(citizen, "nyc.ho_ten")
    citizen.sends("chung-sinh.pdf")
    citizen.hears("declaration.held", "declaration.ask")
    fills(citizen, answers, until="giay_chung_sinh")
    citizen.presses("Dùng giấy tờ đã gửi")
    citizen.says("xong")
    assert citizen.draft.answers["giay_chung_sinh"][0]["name"] == "chung-sinh.pdf"


def test_a_shared_contact_answers_the_phone_question(citizen: Citizen) -> None:
    reaches(citizen, "lien_he.dien_thoai")
    citizen.shares_phone("0912345678")
    assert citizen.draft.answers["lien_he.dien_thoai"] == "0912345678"


def test_filing_twice_yields_one_dossier(citizen: Citizen) -> None:
    fills(citizen, opens(citizen, RESIDENCE))
    token = citizen.button("Nộp hồ sơ").token
    citizen.presses_token(token)
    citizen.hears("submit.done", "memory.ask")
    citizen.presses_token(token)
    assert len(citizen.dossiers) == 1


def test_a_draft_is_erased_only_after_a_second_yes(citizen: Citizen) -> None:
    reaches(citizen, "nyc.ngay_sinh")
    citizen.says("xóa bản nháp")
    citizen.hears("declaration.delete_sure")
    citizen.presses("Xóa bản nháp")
    citizen.hears("filing.deleted")
    citizen.says("làm tiếp")
    citizen.hears("filing.nothing_begun")


def test_an_accepted_dossier_is_due_by_the_rules_and_tells_the_citizen(
    world: World, citizen: Citizen
) -> None:
    from bot.counter import decide

    fills(citizen, opens(citizen, RESIDENCE))
    citizen.says("nộp")
    with world.officer() as officer:
        dossier = decide.accept(officer, citizen.code)
    assert dossier.state is State.ACCEPTED
    assert str(dossier.due) == "2026-11-27"  # Monday 23/11 and three working days; the 24th is off
    citizen.looks()
    citizen.hears("notice.accepted")
    assert citizen.last().files[0].startswith("mau-01")


def test_a_yes_to_a_question_put_again_by_a_late_button_does_not_file(citizen: Citizen) -> None:
    answers = opens(citizen)
    fills(citizen, answers, until="cam_doan")
    refuses = citizen.button("Không")
    citizen.says("có")
    citizen.hears("declaration.review")
    citizen.presses_token(refuses.token)
    citizen.hears("declaration.wrong")
    citizen.says("có")
    citizen.hears("declaration.review")
    assert not citizen.dossiers
