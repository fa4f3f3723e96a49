"""How people really answer a form: late, out of order, short of words and of patience."""

from __future__ import annotations

import pytest

from tests.conversation.test_filing import opens, reaches
from tests.conversation.world import Citizen, fills

GRANDMOTHER = "lam khai sinh cho chau noi toi ten tran gia bao sinh hom qua, me la nguyen thi hoa"


def said(citizen: Citizen) -> str:
    """What stands on the screen after the last message."""
    return "\n".join(heard.text for heard in citizen.got)


def test_a_name_typed_again_with_its_marks_puts_the_proposal_right(citizen: Citizen) -> None:
    citizen.says(GRANDMOTHER)
    citizen.says("Trần Gia Bảo")
    citizen.hears("proposal.message")
    assert "TRẦN GIA BẢO" in said(citizen)
    citizen.says("Nguyễn Thị Hoà")
    assert "NGUYỄN THỊ HOÀ" in said(citizen)
    citizen.says("đúng")
    assert citizen.draft.answers["tre.ho_ten"] == "Trần Gia Bảo"


@pytest.mark.parametrize("office", ["phường ba đình", "UBND phường Ba Đình"])
def test_the_answer_that_is_due_is_taken_while_a_proposal_waits(
    citizen: Citizen, office: str
) -> None:
    citizen.says(GRANDMOTHER)
    citizen.says(office)
    citizen.hears("proposal.message")
    assert "Kính gửi: Ủy ban nhân dân phường Ba Đình" in said(citizen)
    citizen.says("đúng")
    assert citizen.draft.asking == "nyc.ho_ten"


def test_another_value_typed_alone_replaces_the_only_one_of_its_kind(citizen: Citizen) -> None:
    reaches(citizen, "nyc.ho_ten")
    citizen.says("Phạm Thu Thảo sinh 3/5/1999")
    citizen.says("3/5/1998")
    citizen.hears("proposal.message")
    assert "03/05/1998" in said(citizen)


def test_what_is_no_answer_leaves_a_proposal_standing(citizen: Citizen) -> None:
    citizen.says(GRANDMOTHER)
    citizen.says("ờ thì cũng không biết nữa")
    assert citizen.last().key == "proposal.message"
    assert "TRAN GIA BAO" in citizen.last().text


def test_a_wife_to_be_is_nobody_the_paper_is_about(citizen: Citizen) -> None:
    citizen.says("nop ho so xin giay xac nhan doc than de cuoi vo")
    assert citizen.last().key == "declaration.ask"


def test_nobody_reads_how_an_answer_is_kept(citizen: Citizen) -> None:
    citizen.says("nộp hồ sơ xác nhận độc thân giúp vợ tôi tên Lê Thị Mai sinh 1990")
    assert "{" not in "".join(heard.text for heard in citizen.seen)


@pytest.mark.parametrize("words", ["mùng 5 tháng chạp năm ngoái", "5/12 âm lịch năm 2025"])
def test_a_lunar_day_is_turned_into_the_day_of_the_form_after_a_yes(
    citizen: Citizen, words: str
) -> None:
    reaches(citizen, "tre.ngay_sinh")
    citizen.says(words)
    citizen.hears("declaration.doubt")
    assert "23/01/2026" in said(citizen)
    citizen.says("đúng rồi")
    assert citizen.draft.answers["tre.ngay_sinh"] == "2026-01-23"


def test_a_day_said_in_words_is_read_from_the_opening_message(citizen: Citizen) -> None:
    citizen.says(
        "nộp hồ sơ khai sinh cho cháu nguyễn an nhiên sinh ngày mười hai tháng mười một năm hai nghìn"
        " không trăm hai mươi sáu mẹ là trần thị thu hà"
    )
    citizen.says("đúng hết")
    assert citizen.draft.answers["tre.ngay_sinh"] == "2026-11-12"


def test_a_typed_yes_takes_the_only_thing_that_was_offered(citizen: Citizen) -> None:
    reaches(citizen, "nyc.loai_giay_to")
    citizen.says("cccd gắn chíp cấp năm 2021")
    citizen.hears("kinds.choice.near")
    citizen.says("dung")
    assert citizen.draft.answers["nyc.loai_giay_to"] == "can_cuoc_cong_dan"


@pytest.mark.parametrize(
    "words", ["hỏi gì mà lắm thế", "con nhieu khong", "còn bao nhiêu câu nữa vậy em"]
)
def test_whoever_loses_patience_hears_how_much_is_left(citizen: Citizen, words: str) -> None:
    reaches(citizen, "nyc.so_dinh_danh")
    citizen.says(words)
    citizen.hears("declaration.left", "declaration.ask")


@pytest.mark.parametrize("words", ["để sau nhé em", "thôi để mai làm tiếp ạ", "tôi đang bận"])
def test_an_order_may_be_polite(citizen: Citizen, words: str) -> None:
    reaches(citizen, "nyc.so_dinh_danh")
    citizen.says(words)
    citizen.hears("filing.paused")


@pytest.mark.parametrize(
    "name", ["Huỳnh Thị Huỷ", "Lê Thôi", "Trần Không", "Đỗ Thị Dừng", "Ngô Hết"]
)
def test_a_name_that_looks_like_an_order_is_a_name(citizen: Citizen, name: str) -> None:
    reaches(citizen, "nyc.ho_ten")
    citizen.says(name)
    assert citizen.draft.answers["nyc.ho_ten"] == name


def test_a_given_name_alone_is_no_order_where_a_name_is_asked_for(citizen: Citizen) -> None:
    reaches(citizen, "nyc.ho_ten")
    citizen.says("Huy")
    citizen.hears("declaration.doubt")


def test_a_role_is_no_name(citizen: Citizen) -> None:
    reaches(citizen, "nyc.ho_ten")
    citizen.says("em là chủ hộ")
    citizen.hears("declaration.doubt")


@pytest.mark.parametrize("words", ["ủa không, 1991", "à không, sinh 1991 cơ", "ý em là 1991"])
def test_an_answer_may_be_taken_back_in_many_words(citizen: Citizen, words: str) -> None:
    reaches(citizen, "nyc.so_dinh_danh")
    citizen.says(words)
    assert citizen.draft.answers["nyc.ngay_sinh"] == "1991"


def test_yes_to_the_only_office_offered_means_that_office(citizen: Citizen) -> None:
    opens(citizen)
    citizen.says("ừ đúng rồi")
    citizen.hears("kinds.agency.ours")
    citizen.says("ừ")
    assert citizen.draft.answers["kinh_gui"] == "Ủy ban nhân dân phường Ba Đình"


def test_words_to_go_on_are_no_office(citizen: Citizen) -> None:
    opens(citizen)
    citizen.says("làm luôn")
    assert "Ý Yên" not in said(citizen)
    assert citizen.draft.asking == "kinh_gui"


@pytest.mark.parametrize("words", ["đẻ ở nhà", "o nha", "dạ tại nhà"])
def test_a_birth_at_home_takes_an_address_that_was_given(citizen: Citizen, words: str) -> None:
    reaches(citizen, "tre.noi_sinh")
    citizen.says(words)
    citizen.hears("declaration.which_like")
    citizen.says("đúng")
    assert citizen.draft.answers["tre.noi_sinh"] == citizen.draft.answers["nyc.dia_chi"]


def test_whoever_answers_for_one_of_a_couple_may_say_i(citizen: Citizen) -> None:
    reaches(citizen, "nu.ho_ten", "1.000894")
    citizen.says("em tên Nguyễn Thị Lan, 3/5/1999, cccd 001199012345")
    citizen.says("đúng")
    assert citizen.draft.answers["nu.ho_ten"] == "Nguyễn Thị Lan"
    assert citizen.draft.answers["nu.so_dinh_danh"] == "001199012345"


def test_a_name_behind_a_nationality_is_the_name(citizen: Citizen) -> None:
    reaches(citizen, "cha.ho_ten")
    citizen.says("bố cháu là người Hàn Quốc tên Kim Min Jun")
    citizen.says("đúng")
    assert citizen.draft.answers["cha.ho_ten"] == "Kim Min Jun"


def test_what_somebody_is_called_is_no_name(citizen: Citizen) -> None:
    reaches(citizen, "tre.ho_ten")
    citizen.says("con trai")
    citizen.hears("declaration.wrong")


def test_our_own_ward_without_its_marks_is_no_old_ward_elsewhere(citizen: Citizen) -> None:
    opens(citizen)
    citizen.says("p ba dinh")
    assert "Ba Đình" in citizen.draft.answers["kinh_gui"]


def test_a_yes_without_its_mark_sends_nobody_away(citizen: Citizen) -> None:
    reaches(citizen, "nyc.so_dinh_danh")
    citizen.says("dung")
    assert citizen.last().key != "filing.paused"


def test_an_answer_to_a_paper_put_aside_hears_which_paper_that_is(citizen: Citizen) -> None:
    reaches(citizen, "nyc.ngay_sinh")
    citizen.says("để sau")
    citizen.says("12/3/1996")
    citizen.hears("talk.outside_a_form")
    assert "đăng ký khai sinh" in said(citizen)
    citizen.presses("Làm tiếp")
    citizen.says("12/3/1996")
    assert citizen.draft.answers["nyc.ngay_sinh"] == "1996-03-12"


@pytest.mark.parametrize("order", ["dừng", "dừng lại", "dung lai", "thoat"])
def test_an_order_to_stop_still_stops(citizen: Citizen, order: str) -> None:
    reaches(citizen, "nyc.so_dinh_danh")
    citizen.says(order)
    citizen.hears("filing.paused")


CARD = (
    "Số / No.: 001095012345\nHọ và tên / Full name: NGUYỄN VĂN AN\nNgày sinh / Date of birth: 12/03/1995\n"
    "Giới tính / Sex: Nam Quốc tịch / Nationality: Việt Nam\nQuê quán / Place of origin: Đan Phượng, Hà Nội\n"
    "Nơi thường trú / Place of residence: Số 5, tổ 3, phường Ba Đình, Hà Nội\n"
    "Có giá trị đến / Date of expiry: 12/03/2035"
)


@pytest.mark.parametrize("card", [CARD, CARD.replace("\n", " ")])
def test_the_text_of_an_identity_card_may_be_pasted(citizen: Citizen, card: str) -> None:
    reaches(citizen, "nyc.ho_ten")
    citizen.says(card)
    citizen.hears("proposal.message")
    citizen.says("ok")
    answers = citizen.draft.answers
    assert answers["nyc.ho_ten"] == "NGUYỄN VĂN AN"
    assert answers["nyc.ngay_sinh"] == "1995-03-12"
    assert answers["nyc.so_dinh_danh"] == "001095012345"
    assert answers["nyc.dia_chi"]["commune"] == "Phường Ba Đình"


def test_twins_have_a_form_each(citizen: Citizen) -> None:
    reaches(citizen, "tre.ho_ten")
    citizen.says("Trần Gia An và Trần Gia Bình")
    citizen.hears("kinds.name.several")


def test_a_grandmothers_address_is_called_hers(citizen: Citizen) -> None:
    answers = reaches(citizen, "nyc.quan_he")
    citizen.says("bà nội")
    of_the_mother = {"me.ho_ten": "Lê Thị Mai", "me.ngay_sinh": "1996", "me.quoc_tich": "Việt Nam"}
    fills(citizen, answers | of_the_mother, until="me.dia_chi")
    citizen.says("nhu ba noi")
    assert citizen.draft.answers["me.dia_chi"] == citizen.draft.answers["nyc.dia_chi"]


def test_a_hospital_and_its_ward_come_in_two_messages_without_marks(citizen: Citizen) -> None:
    reaches(citizen, "tre.noi_sinh")
    citizen.says("benh vien bach mai")
    citizen.says("phuong bach mai")
    citizen.says("dung")
    assert citizen.draft.answers["tre.noi_sinh"]["detail"] == "benh vien bach mai"
    citizen.says("quê ở xã Đan Phượng, Hà Nội")
    assert citizen.draft.answers["tre.que_quan"]["detail"] == ""


@pytest.mark.parametrize("words", ["vẫn ở", "hiện vẫn ở", "van o", "vn ở"])
def test_words_of_living_somewhere_are_no_part_of_the_address(citizen: Citizen, words: str) -> None:
    reaches(citizen, "nyc.dia_chi")
    citizen.says(f"{words} số 5, tổ 3, phường Ba Đình, Hà Nội")
    assert citizen.draft.answers["nyc.dia_chi"]["detail"] == "số 5, tổ 3"


def test_a_new_value_may_be_told_while_everything_is_shown(citizen: Citizen) -> None:
    answers = opens(citizen, "2.000635")
    fills(citizen, answers)
    citizen.says("số bản sao là 3")
    assert citizen.draft.answers["so_luong"] == 3


def test_anger_is_heard_and_printed_nowhere(citizen: Citizen) -> None:
    reaches(citizen, "nyc.ho_ten")
    citizen.says("đm hỏi lắm vcl")
    citizen.hears("talk.calm", "declaration.ask")
