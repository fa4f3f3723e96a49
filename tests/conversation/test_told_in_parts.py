"""What is wanted is told in two messages, or asked about what was talked about before."""

from __future__ import annotations

import pytest

from tests.conversation.world import Citizen


def test_two_messages_together_tell_which_paper_is_wanted(citizen: Citizen) -> None:
    citizen.says("ba muon lam cai giay cho thang chau noi")
    citizen.says("no moi de hom qua")
    offered = [shown.title for shown in citizen.last().buttons]
    assert citizen.last().key == "filing.which"
    assert offered[0] == "Đăng ký khai sinh"


def test_a_story_that_was_not_understood_is_read_again_with_the_question_that_follows(
    citizen: Citizen,
) -> None:
    citizen.says("vợ tôi vừa sinh bé gái hôm qua")
    citizen.says("cần giấy tờ gì")
    said = citizen.last()
    assert "khai sinh" in said.text.lower() or "Đăng ký khai sinh" in [
        b.title for b in said.buttons
    ]


def test_what_has_nothing_to_do_with_the_question_does_not_answer_it(citizen: Citizen) -> None:
    citizen.says("tôi muốn nộp hồ sơ")
    citizen.says("hôm nay trời nóng quá")
    assert citizen.last().key == "talk.out_of_scope"


def test_questions_go_on_about_what_is_not_in_the_catalogue(citizen: Citizen) -> None:
    citizen.says("em muốn hỏi thủ tục sang tên xe máy")
    assert citizen.last().key == "subject.elsewhere"
    citizen.says("vậy bao nhiêu tiền")
    citizen.hears("subject.elsewhere")
    assert "1.013076" in citizen.last().text
    citizen.says("đăng ký khai sinh cần giấy tờ gì")
    citizen.hears("answer.documents")
    citizen.says("bao nhiêu tiền")
    citizen.hears("answer.fee")
    assert "khai sinh" in citizen.last().text


def test_words_that_the_last_answer_speaks_of_are_about_the_same_procedure(
    citizen: Citizen,
) -> None:
    citizen.says("cấp lại giấy phép lái xe bị mất")
    citizen.says("cần khám sức khoẻ ko")
    assert citizen.last().key == "answer.documents"
    assert "khám sức khỏe" in citizen.last().text
    citizen.says("giá vàng hôm nay bao nhiêu")
    assert citizen.last().key == "talk.out_of_scope"


def test_a_yes_after_an_answer_offers_to_file_and_a_no_is_taken_as_enough(citizen: Citizen) -> None:
    citizen.says("cấp lại giấy phép lái xe bị mất")
    citizen.says("ok")
    assert citizen.last().key == "talk.go_on"
    assert [shown.title for shown in citizen.last().buttons] == ["Nộp hồ sơ ở đây"]
    citizen.says("không")
    assert citizen.last().key == "talk.nothing_more"


def test_what_is_not_known_of_a_procedure_is_said_of_that_procedure(citizen: Citizen) -> None:
    citizen.says("làm căn cước lần đầu cần gì")
    citizen.says("mặc áo gì để chụp")
    assert citizen.last().key == "talk.not_told_of"
    assert "căn cước" in citizen.last().text


@pytest.mark.parametrize("between", ["chào em", "cảm ơn nhé", "xem dữ liệu của tôi"])
def test_a_story_is_forgotten_once_something_else_was_answered(
    citizen: Citizen, between: str
) -> None:
    citizen.says("ba muon lam cai giay cho thang chau noi")
    assert citizen.context().unclear
    citizen.says(between)
    assert citizen.context().unclear == ""


def test_what_is_answered_inside_a_declaration_is_not_kept_outside_it(citizen: Citizen) -> None:
    citizen.says("tôi muốn nộp hồ sơ đăng ký khai sinh")
    citizen.says("giá vàng hôm nay bao nhiêu")
    assert citizen.context().unclear == ""
