"""Facts said in passing, read from a card, remembered with consent: none is taken silently."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.storage import tables
from tests.conversation.cards import FATHER, MOTHER, RUN_OUT, photo
from tests.conversation.test_filing import opens, reaches
from tests.conversation.world import Citizen, World, fills

OPENING = (
    "làm khai sinh cho con trai tên Nguyễn Gia Bảo sinh ngày 3/11/2026 tại BV Từ Dũ,"
    " mẹ là Trần Thị Lan cccd 079190001234"
)


def test_what_the_opening_message_says_is_read_back_and_not_asked_again(citizen: Citizen) -> None:
    citizen.says(OPENING)
    assert citizen.last().key == "proposal.message"
    for said in ("NGUYỄN GIA BẢO", "03/11/2026", "Nam", "TRẦN THỊ LAN", "079190001234"):
        assert said in citizen.last().text
    assert not citizen.draft.answers
    citizen.says("đúng")
    assert citizen.draft.asking == "kinh_gui"
    assert citizen.draft.answers["tre.ho_ten"] == "Nguyễn Gia Bảo"
    assert citizen.draft.answers["me.so_dinh_danh"] == "079190001234"


def test_the_same_without_accents_is_understood_and_says_that_names_lack_them(
    citizen: Citizen,
) -> None:
    citizen.says(
        "lam khai sinh cho be gai ten nguyen gia han sinh ngay 3/11/2026 me la tran thi lan"
    )
    assert citizen.last().key == "proposal.message"
    assert citizen.last().text.count("phải có dấu") == 1
    citizen.says("khong")
    assert citizen.draft.asking == "kinh_gui"
    assert not citizen.draft.answers


def test_an_answer_that_says_more_than_was_asked_fills_the_rest(citizen: Citizen) -> None:
    reaches(citizen, "nyc.ho_ten")
    citizen.says("Nguyễn Văn Bình, sinh 12/3/1990, cccd 079090001234, số đt 0909123456")
    assert citizen.last().key == "proposal.message"
    citizen.presses("Đúng hết rồi")
    answers = citizen.draft.answers
    assert answers["nyc.ho_ten"] == "Nguyễn Văn Bình"
    assert answers["nyc.ngay_sinh"] == "1990-03-12"
    assert answers["nyc.so_dinh_danh"] == "079090001234"
    assert answers["lien_he.dien_thoai"] == "0909123456"
    assert citizen.draft.asking == "nyc.loai_giay_to"


@pytest.mark.parametrize(
    "correction",
    [
        "sửa ngày sinh thành 4/11/2026",
        "không, bé sinh ngày 4/11/2026",
        "be sinh ngay 4/11/2026 moi dung",
    ],
)
def test_what_was_read_wrongly_is_put_right_before_it_is_taken(
    citizen: Citizen, correction: str
) -> None:
    citizen.says(OPENING)
    citizen.says(correction)
    assert citizen.last().key == "proposal.message"
    assert "04/11/2026" in citizen.last().text
    citizen.says("ok")
    assert citizen.draft.answers["tre.ngay_sinh"] == "2026-11-04"
    assert citizen.draft.answers["tre.ho_ten"] == "Nguyễn Gia Bảo"


def test_a_wrong_line_is_asked_anew_and_the_others_are_kept(citizen: Citizen) -> None:
    citizen.says(OPENING)
    citizen.presses("Sửa")
    citizen.hears("proposal.fix_which")
    citizen.presses("Họ, chữ đệm, tên mẹ")
    assert "me.ho_ten" not in citizen.draft.answers
    assert citizen.draft.answers["tre.ho_ten"] == "Nguyễn Gia Bảo"


def test_a_question_leaves_what_was_read_standing(citizen: Citizen) -> None:
    citizen.says(OPENING)
    citizen.says("lệ phí bao nhiêu vậy em?")
    citizen.hears("answer.fee", "proposal.message")
    citizen.says("có")
    assert citizen.draft.answers["tre.ho_ten"] == "Nguyễn Gia Bảo"


def test_what_was_read_waits_while_the_declaration_is_put_aside(citizen: Citizen) -> None:
    citizen.says(OPENING)
    citizen.says("để sau")
    citizen.hears("filing.paused")
    citizen.says("làm tiếp")
    assert citizen.last().key == "proposal.message"


def test_the_citizens_own_mother_is_not_the_mother_of_the_child(citizen: Citizen) -> None:
    citizen.says("nộp hồ sơ đăng ký khai sinh, mẹ tôi tên Phạm Thị Tư sinh 1960")
    assert citizen.last().key == "declaration.ask"
    assert not citizen.draft.answers


@pytest.mark.parametrize(
    "words", ["tôi tên Nguyễn Văn Bình sinh 12/3/1990", "chào em, chị tên Lan sinh năm 1990"]
)
def test_facts_that_name_no_procedure_open_none(citizen: Citizen, words: str) -> None:
    citizen.says(words)
    assert not citizen.last().key.startswith(("proposal.", "declaration."))


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("nyc.dia_chi", "Số 5, tổ 3, phường Ba Đình, Hà Nội"),
        ("nyc.ho_ten", "Lê Thị Lệ Phí"),
        ("tre.noi_sinh", "Bệnh viện Phụ sản Hà Nội, phường Láng, Hà Nội"),
        ("nyc.ngay_cap", "cấp ngày 10/5/2025"),
    ],
)
def test_an_answer_that_says_no_more_than_was_asked_is_taken_at_once(
    citizen: Citizen, field: str, words: str
) -> None:
    reaches(citizen, field)
    citizen.says(words)
    assert citizen.draft.proposal is None
    assert field in citizen.draft.answers


def opens_by_button(citizen: Citizen) -> None:
    """The procedure is named only afterwards, and its declaration opened by the button."""
    citizen.says("khai sinh")
    citizen.presses("Nộp hồ sơ ở đây")


@pytest.mark.parametrize(
    "words",
    [
        "làm giấy cho cháu nội tên Trần Gia Bảo sinh ngày 3/11/2026",
        "lam giay cho chau noi ten tran gia bao sinh ngay 3/11/2026",
    ],
)
def test_what_was_told_before_the_procedure_was_chosen_is_not_lost(
    citizen: Citizen, words: str
) -> None:
    citizen.says(words)
    opens_by_button(citizen)
    assert citizen.last().key == "proposal.message"
    citizen.says("đúng")
    assert citizen.draft.answers["nyc.quan_he"] == "ong_ba"
    assert citizen.draft.answers["tre.ngay_sinh"] == "2026-11-03"


def test_what_was_told_is_taken_into_the_new_declaration_where_another_was_begun(
    citizen: Citizen,
) -> None:
    citizen.says("làm khai sinh cho con tên Trần Gia Bảo sinh 3/11/2026")
    citizen.says("đúng")
    citizen.says("để sau")
    citizen.says("làm khai sinh cho con gái tên Trần Minh Châu sinh 4/11/2026")
    citizen.presses("Làm hồ sơ mới")
    assert citizen.last().key == "proposal.message"
    assert "TRẦN MINH CHÂU" in citizen.last().text
    assert "TRẦN GIA BẢO" not in citizen.last().text


def test_what_was_told_is_read_once(citizen: Citizen) -> None:
    citizen.says("làm khai sinh cho con tên Trần Gia Bảo sinh 3/11/2026")
    citizen.says("không")
    citizen.says("để sau")
    opens_by_button(citizen)
    assert citizen.last().key == "declaration.ask"


def test_what_was_told_days_ago_is_not_read(world: World, citizen: Citizen) -> None:
    citizen.says("làm giấy cho cháu nội tên Trần Gia Bảo sinh ngày 3/11/2026")
    world.clock.set(world.clock.now() + timedelta(days=2))
    opens_by_button(citizen)
    assert citizen.last().key == "declaration.ask"


def kept_photos(world: World) -> int:
    """How many photos the installation keeps."""
    with world.storage.look() as work:
        rows = work.inbox._connection.execute(
            select(tables.files).where(tables.files.c.mime == "image/jpeg")
        )
        return len(rows.all())


# --- a card -----------------------------------------------------------------------------------------


def test_a_photo_of_a_card_fills_what_stands_on_it_after_a_yes(citizen: Citizen) -> None:
    reaches(citizen, "nyc.ho_ten")
    citizen.sends("the.jpg", photo(MOTHER))
    assert citizen.last().key == "proposal.card"
    assert "0011•••••456" in citizen.last().text
    assert "001196023456" not in citizen.last().text
    citizen.says("đúng rồi em")
    answers = citizen.draft.answers
    assert answers["nyc.ho_ten"] == "Lê Thị Bình"
    assert answers["nyc.ngay_sinh"] == "1996-03-12"
    assert answers["nyc.so_dinh_danh"] == "001196023456"
    assert answers["nyc.loai_giay_to"] == "the_can_cuoc"
    assert answers["nyc.ngay_cap"] == "2025-05-10"
    assert answers["nyc.dia_chi"]["commune"] == "Phường Ba Đình"
    assert citizen.draft.asking == "nyc.loai_cu_tru"
    assert not citizen.draft.held
    assert not kept_photos(citizen.world)


@pytest.mark.parametrize(
    "spoilt",
    [
        {"angle": 17},
        {"angle": 90},
        {"angle": 200},
        {"blur": 1.2},
        {"light": 0.2},
        {"angle": 33, "blur": 1, "light": 0.15},
        {"scale": 2, "angle": 5},
    ],
)
def test_a_card_is_read_at_an_angle_out_of_focus_and_in_poor_light(
    citizen: Citizen, spoilt: dict[str, float]
) -> None:
    reaches(citizen, "nyc.ho_ten")
    citizen.sends("the.jpg", photo(MOTHER, **spoilt))  # type: ignore[arg-type]
    assert citizen.last().key == "proposal.card"


def test_whose_card_it_is_is_asked_where_it_is_not_clear(citizen: Citizen) -> None:
    reaches(citizen, "kinh_gui")
    citizen.sends("the.jpg", photo(FATHER))
    assert citizen.last().key == "proposal.whose"
    titles = [button.title for button in citizen.last().buttons]
    assert "Cha của bé" in titles
    assert "Mẹ của bé" not in titles
    citizen.says("của cha")
    assert citizen.last().key == "proposal.card"
    citizen.says("có")
    assert citizen.draft.answers["cha.so_dinh_danh"] == "001093034567"
    assert citizen.draft.asking == "kinh_gui"


def test_a_womans_card_is_not_taken_for_the_fathers(citizen: Citizen) -> None:
    reaches(citizen, "cha.ho_ten")
    citizen.sends("the.jpg", photo(MOTHER))
    assert citizen.last().key == "proposal.card"
    assert "người đi khai" in citizen.last().text


def test_a_card_that_ran_out_is_read_and_said_to_have_run_out(citizen: Citizen) -> None:
    reaches(citizen, "cha.ho_ten")
    citizen.sends("the.jpg", photo(RUN_OUT))
    assert "hết hạn từ 02/02/2025" in citizen.last().text


def test_a_card_nobody_can_read_gets_advice(citizen: Citizen) -> None:
    reaches(citizen, "nyc.so_dinh_danh")
    citizen.sends("the.jpg", photo(MOTHER, blur=9))
    assert "proposal.card_unread" in [heard.key for heard in citizen.got]
    assert citizen.draft.asking == "nyc.so_dinh_danh"


def test_where_a_paper_is_asked_for_a_card_is_a_paper(citizen: Citizen) -> None:
    reaches(citizen, "giay_chung_sinh")
    citizen.sends("the.jpg", photo(MOTHER))
    assert citizen.draft.proposal is None
    assert len(citizen.draft.taking) == 1


def test_a_code_that_is_no_cards_is_only_a_picture(citizen: Citizen) -> None:
    reaches(citizen, "nyc.ho_ten")
    citizen.sends("ve.jpg", photo("https://example.vn/|||||||"))
    assert citizen.draft.proposal is None


# --- what is remembered -------------------------------------------------------------------------------


def files_birth(citizen: Citizen, **changes: str) -> int:
    """Registers a birth, pressing what can be pressed; how many messages it took."""
    answers = {**opens(citizen), **changes}
    before = citizen.sent
    while citizen.last().key != "declaration.review":
        if citizen.last().key == "proposal.known":
            citizen.presses("Dùng lại")
        else:
            fills_one(citizen, answers)
    count = citizen.sent - before
    citizen.says("nộp")
    return count


def fills_one(citizen: Citizen, answers: dict[str, str]) -> None:
    """Answers one question."""
    asking = str(citizen.draft.asking)
    if citizen.last().key == "declaration.doubt":
        citizen.presses("Đúng rồi")
    else:
        citizen.says(answers.get(asking, "bỏ qua"))


def test_nothing_is_remembered_without_consent(citizen: Citizen) -> None:
    files_birth(citizen)
    assert citizen.last().key == "memory.ask"
    for told in ("họ tên Lê Thị Bình", "0011•••••456", "dân tộc", "12 tháng", "xóa"):
        assert told in citizen.last().text
    assert "001196023456" not in citizen.last().text
    opens(citizen)
    citizen.says("UBND phường Ba Đình")
    assert citizen.last().key == "declaration.ask"


def test_consent_is_asked_for_once(citizen: Citizen) -> None:
    files_birth(citizen)
    citizen.presses("Không cần nhớ")
    citizen.hears("memory.refused")
    files_birth(citizen)
    citizen.hears("submit.done")


def test_the_second_birth_of_a_family_needs_less_than_half_the_questions(citizen: Citizen) -> None:
    first = files_birth(citizen)
    citizen.presses("Đồng ý cho nhớ")
    citizen.hears("memory.agreed")
    second = files_birth(citizen, **{"tre.ho_ten": "Trần Minh Châu", "tre.gioi_tinh": "gái"})
    assert second * 2 < first, f"{second} of {first}"
    one, other = citizen.dossiers
    for field in ("nyc.so_dinh_danh", "me.dan_toc", "cha.ho_ten", "cha.dia_chi", "ket_hon.noi"):
        assert one.answers[field] == other.answers[field] or field.endswith("ho_ten")
    assert one.subject == "TRẦN MINH CHÂU"


def test_yes_typed_is_consent_too(citizen: Citizen) -> None:
    files_birth(citizen)
    citizen.says("đồng ý")
    citizen.hears("memory.agreed")


def test_an_address_that_changed_is_asked_again(citizen: Citizen) -> None:
    files_birth(citizen)
    citizen.says("đồng ý")
    reaches(citizen, "kinh_gui")
    citizen.says("UBND phường Ba Đình")
    assert citizen.last().key == "proposal.known"
    assert "Số 5, tổ 3, phường Ba Đình" in citizen.last().text
    citizen.presses("Dùng lại, đổi địa chỉ")
    assert citizen.draft.asking == "nyc.dia_chi"
    assert citizen.draft.answers["nyc.ho_ten"] == "Lê Thị Bình"


def test_a_card_that_ran_out_since_is_asked_for_again(world: World, citizen: Citizen) -> None:
    files_birth(citizen)
    citizen.says("đồng ý")
    world.clock.set(world.clock.now().replace(year=2036))
    reaches(citizen, "kinh_gui")
    citizen.says("UBND phường Ba Đình")
    citizen.presses("Dùng lại")
    assert "nyc.so_dinh_danh" in citizen.draft.answers
    assert citizen.draft.asking == "nyc.loai_giay_to"


def test_what_is_remembered_can_be_seen_and_erased(citizen: Citizen) -> None:
    files_birth(citizen)
    citizen.says("đồng ý")
    citizen.says("xem thông tin em đang giữ")
    assert citizen.last().key == "privacy.kept"
    assert "Trần Văn Cường" in citizen.last().text
    citizen.says("xóa thông tin")
    citizen.presses("Xóa thông tin đã nhớ")
    citizen.hears("memory.forgotten")
    citizen.says("xem thông tin em đang giữ")
    assert "Trần Văn Cường" not in citizen.last().text
    reaches(citizen, "kinh_gui")
    citizen.says("UBND phường Ba Đình")
    assert citizen.last().key == "declaration.ask"


def test_another_person_than_the_one_remembered_is_asked_about(citizen: Citizen) -> None:
    files_birth(citizen)
    citizen.says("đồng ý")
    reaches(citizen, "kinh_gui")
    citizen.says("UBND phường Ba Đình")
    citizen.presses("Người khác")
    assert citizen.last().key == "declaration.ask"
    assert citizen.draft.asking == "nyc.ho_ten"
    citizen.says("Phạm Thu Hà")
    assert citizen.last().key == "declaration.ask"


def test_what_nobody_used_for_a_year_is_erased(world: World, citizen: Citizen) -> None:
    from bot.jobs.tidy import Tidier

    files_birth(citizen)
    citizen.says("đồng ý")
    world.clock.set(world.clock.now().replace(year=2028))
    Tidier(world.storage, world.desk).tidy()
    with world.storage.look() as work:
        known = work.conversations.get(citizen.conversation)
        assert known is not None
        assert work.profiles.get(known.citizen) is None


# --- a correction -------------------------------------------------------------------------------------


def test_what_follows_from_a_correction_is_told_where_something_else_was_typed(
    citizen: Citizen,
) -> None:
    answers = opens(citizen)
    fills(
        citizen,
        {
            **answers,
            "nyc.quan_he": "bà",
            "me.ho_ten": "Lê Thị Hòa",
            "me.ngay_sinh": "1995",
            "me.so_dinh_danh": "001195023456",
            "me.dia_chi": "Số 9, phường Láng, Hà Nội",
        },
    )
    citizen.says("sửa quan hệ với người được khai sinh thành mẹ")
    assert citizen.last().key == "proposal.follows"
    assert "LÊ THỊ BÌNH" in citizen.last().text
    citizen.says("ừ")
    assert citizen.draft.answers["me.ho_ten"] == "Lê Thị Bình"


def test_what_was_typed_stays_if_the_citizen_says_so(citizen: Citizen) -> None:
    answers = opens(citizen)
    fills(
        citizen,
        {
            **answers,
            "nyc.quan_he": "bà",
            "me.ho_ten": "Lê Thị Hòa",
            "me.ngay_sinh": "1995",
            "me.so_dinh_danh": "001195023456",
            "me.dia_chi": "Số 9, phường Láng, Hà Nội",
        },
    )
    citizen.says("sửa quan hệ với người được khai sinh thành mẹ")
    citizen.presses("Giữ như đã khai")
    citizen.hears("declaration.review")
    assert citizen.draft.answers["me.ho_ten"] == "Lê Thị Hòa"


@pytest.mark.parametrize("yes", ["đúng", "dung"])
def test_right_is_not_taken_for_stop_where_a_yes_is_waited_for(citizen: Citizen, yes: str) -> None:
    reaches(citizen, "nyc.ho_ten")
    citizen.says("le thi binh")
    citizen.hears("declaration.doubt")
    citizen.says(yes)
    assert citizen.draft.answers["nyc.ho_ten"] == "le thi binh"


def test_a_yes_that_goes_on_files_nothing(citizen: Citizen) -> None:
    fills(citizen, opens(citizen))
    citizen.says("ok, sửa lại số điện thoại giúp em")
    assert not citizen.dossiers
    citizen.says("được, em muốn thêm một bản sao nữa")
    assert not citizen.dossiers


def test_facts_are_taken_from_a_message_that_files_for_somebody_else_too(citizen: Citizen) -> None:
    citizen.says(
        "nộp hồ sơ đăng ký khai sinh giúp con gái tôi, bé tên Nguyễn Gia Bảo sinh 3/11/2026"
    )
    assert citizen.last().key == "proposal.message"
    assert "NGUYỄN GIA BẢO" in citizen.last().text
