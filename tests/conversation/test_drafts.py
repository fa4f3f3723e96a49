"""Several declarations side by side: opening another loses nothing, and each button finds its own."""

from __future__ import annotations

import pytest

from tests.build import a_form
from tests.conversation.test_filing import BIRTH, COPY, RESIDENCE, opens, reaches
from tests.conversation.world import Citizen, World, fills

EXAMPLE = a_form("CT01").example


def begins_birth_then_residence(citizen: Citizen) -> tuple[str, str]:
    """Two declarations begun, the second one open; their ids."""
    reaches(citizen, "nyc.ngay_sinh", BIRTH)
    birth = citizen.draft.id
    begins_residence(citizen)
    return birth, citizen.draft.id


def begins_residence(citizen: Citizen) -> None:
    """Opens a second declaration in the middle of the first, and comes to its second question."""
    citizen.says("em muốn nộp hồ sơ đăng ký tạm trú")
    assert citizen.draft.procedure == RESIDENCE
    fills(citizen, dict(EXAMPLE), until="ngay_sinh")


def test_opening_another_declaration_keeps_the_first_and_says_so(citizen: Citizen) -> None:
    reaches(citizen, "nyc.ngay_sinh", BIRTH)
    birth = citizen.draft.id
    citizen.says("em muốn nộp hồ sơ đăng ký tạm trú")
    citizen.hears("filing.left", "filing.opened", "declaration.ask")
    assert citizen.draft.id != birth
    citizen.says("quay lại tờ khai sinh")
    assert citizen.draft.id == birth
    assert citizen.draft.asking == "nyc.ngay_sinh"
    assert citizen.draft.answers["nyc.ho_ten"] == "Lê Thị Bình"


@pytest.mark.parametrize(
    "words",
    [
        *(
            "chuyển sang hồ sơ khai sinh",
            "quay lai to khai sinh",
            "cho em quay lại tờ khai sinh nhé",
        ),
        *("chuyển qua khai sinh đi", "làm tiếp tờ khai sinh", "mở lại hồ sơ khai sinh giúp em"),
        *("quay lại tờ kia", "trở lại hồ sơ lúc nãy", "làm tiếp khai sinh cho LÊ THỊ BÌNH"),
    ],
)
def test_a_citizen_moves_between_declarations_by_name(citizen: Citizen, words: str) -> None:
    birth, _ = begins_birth_then_residence(citizen)
    citizen.says(words)
    assert citizen.draft.id == birth, citizen.got


@pytest.mark.parametrize(
    "words", ["12/3/1995", "làm tiếp", "quay lại", "qua năm 1995", "tiếp tục đi", "mở quán phở"]
)
def test_words_that_name_no_other_declaration_stay_in_this_one(
    citizen: Citizen, words: str
) -> None:
    _, residence = begins_birth_then_residence(citizen)
    citizen.says(words)
    if citizen.got[0].key != "filing.which_draft":
        assert citizen.draft.id == residence, citizen.got


@pytest.mark.parametrize("words", ["đang có mấy tờ khai dở?", "toi co nhung to khai nao dang khai"])
def test_a_citizen_is_told_where_each_declaration_stands(citizen: Citizen, words: str) -> None:
    begins_birth_then_residence(citizen)
    citizen.says(words)
    told = citizen.got[0]
    assert told.key == "filing.which_draft"
    assert "2 tờ khai" in told.text
    assert "Đăng ký khai sinh – LÊ THỊ BÌNH: đã khai" in told.text
    assert "đang tới “Ngày, tháng, năm sinh người đi khai”" in told.text
    assert "(đang mở)" in told.text
    assert [b.title for b in told.buttons] == ["Làm tiếp: Đăng ký khai sinh – LÊ THỊ BÌNH"]


def test_two_of_one_procedure_are_told_apart_by_whom_they_are_about(citizen: Citizen) -> None:
    answers = reaches(citizen, "tre.ngay_sinh", BIRTH)
    first = citizen.draft.id
    citizen.says("để sau")
    citizen.says(f"thủ tục {BIRTH}")
    citizen.presses("Nộp hồ sơ ở đây")
    citizen.presses("Làm hồ sơ mới")
    fills(citizen, {**answers, "tre.ho_ten": "Trần Gia Bảo"}, until="tre.ngay_sinh")
    citizen.says("chuyển sang tờ khai của Minh Khôi")
    assert citizen.draft.id == first
    citizen.says("quay lại hồ sơ khai sinh cho Trần Gia Bảo")
    assert citizen.draft.answers["tre.ho_ten"] == "Trần Gia Bảo"


def test_a_button_of_another_declaration_goes_back_to_it_and_answers_there(
    citizen: Citizen,
) -> None:
    reaches(citizen, "nyc.loai_cu_tru", BIRTH)
    birth, button = citizen.draft.id, citizen.button("Thường trú")
    begins_residence(citizen)
    citizen.presses_token(button.token)
    assert [heard.key for heard in citizen.got][:1] == ["filing.back_to"]
    assert citizen.draft.id == birth
    assert citizen.draft.answers["nyc.loai_cu_tru"] == "thuong_tru"


def test_a_button_of_a_declaration_put_aside_opens_it_again(citizen: Citizen) -> None:
    reaches(citizen, "nyc.loai_cu_tru", BIRTH)
    button = citizen.button("Thường trú")
    citizen.says("để sau")
    citizen.presses("Xóa bản nháp")
    citizen.hears("filing.back_to", "declaration.delete_sure")
    citizen.presses_token(button.token)
    assert citizen.draft.answers["nyc.loai_cu_tru"] == "thuong_tru"


def test_a_button_of_a_declaration_already_filed_tells_its_code(citizen: Citizen) -> None:
    fills(citizen, opens(citizen, RESIDENCE))
    button = citizen.button("Nộp hồ sơ")
    citizen.says("nộp")
    citizen.presses_token(button.token)
    citizen.hears("submit.already")
    reaches(citizen, "nyc.ngay_sinh", BIRTH)
    citizen.presses_token(button.token)
    citizen.hears("submit.already", "declaration.ask")


def test_a_button_of_an_erased_declaration_says_that_it_is_gone(citizen: Citizen) -> None:
    reaches(citizen, "nyc.loai_cu_tru", BIRTH)
    button = citizen.button("Thường trú")
    citizen.says("xóa bản nháp")
    citizen.presses("Xóa bản nháp")
    citizen.presses_token(button.token)
    citizen.hears("filing.gone")


def test_a_declaration_begun_in_one_conversation_goes_on_in_another(world: World) -> None:
    first, second = world.citizen("an"), world.citizen("an-on-the-web")
    reaches(first, "nyc.ngay_sinh", BIRTH)
    draft = first.draft.id
    second.says("xin chào")
    same_person(world, first, second)
    second.says("đang có mấy tờ khai dở")
    second.presses("Làm tiếp: Đăng ký khai sinh – LÊ THỊ BÌNH")
    assert second.draft.id == draft
    second.says("12/3/1996")
    assert first.draft.answers["nyc.ngay_sinh"] == "1996-03-12"


def test_filing_in_one_conversation_closes_it_in_all(world: World) -> None:
    first, second = world.citizen("an"), world.citizen("an-on-the-web")
    fills(first, opens(first, RESIDENCE))
    second.says("xin chào")
    same_person(world, first, second)
    second.says("làm tiếp")
    assert second.draft.id == first.draft.id
    first.says("nộp")
    first.hears("submit.done", "memory.ask")
    second.says("nộp")
    assert len(first.dossiers) == 1
    assert "submit.done" not in [heard.key for heard in second.got]


def same_person(world: World, first: Citizen, second: Citizen) -> None:
    """Both conversations are one citizen's."""
    with world.storage.work() as work:
        one, other = (work.conversations.get(c.conversation) for c in (first, second))
        assert one is not None
        assert other is not None
        work.conversations.save(other.having(citizen=one.citizen))


def test_an_empty_declaration_is_left_without_a_word(citizen: Citizen) -> None:
    opens(citizen, COPY)
    citizen.says("em muốn nộp hồ sơ đăng ký tạm trú")
    assert "filing.left" not in [heard.key for heard in citizen.got], "nothing was answered yet"


@pytest.mark.parametrize("words", ["12/3/1996", "làm tiếp"])
def test_a_citizen_is_told_when_the_form_changed_and_asked_only_what_no_longer_fits(
    world: World, citizen: Citizen, words: str
) -> None:
    reaches(citizen, "nyc.ngay_sinh", BIRTH)
    with world.storage.work() as work:
        answers = {**citizen.draft.answers, "kinh_gui": 7, "gone": "x"}
        work.drafts.save(citizen.draft.having(answers=answers, form_version="older"))
    citizen.says(words)
    changed = next(heard for heard in citizen.got if heard.key == "filing.form_changed")
    assert "hỏi lại: Kính gửi." in changed.text
    assert citizen.draft.asking == "kinh_gui"
    assert citizen.draft.answers["nyc.ho_ten"] == "Lê Thị Bình"
    citizen.says("UBND phường Ba Đình")
    assert "filing.form_changed" not in [heard.key for heard in citizen.got]
