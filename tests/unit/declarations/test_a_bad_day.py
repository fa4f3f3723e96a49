"""People who file on a bad day: what is only likely, not known, or said in their own way."""

from __future__ import annotations

import re
from typing import Any

import pytest

from bot.basics.ids import MessageId
from bot.declarations.model import Heard, Then
from bot.procedures.model import Form
from tests.unit.declarations.test_answers import answered, says, stands
from tests.walking import Citizen as Walker
from tests.walking import filed_here, typing

SHOP, RECORD, PASSPORT, LAND = "1.001612", "3.000333", "1.001456", "1.013831"
CARD, RETIRED = "1.014063", "1.014027"


def a_form_of(code: str) -> Form:
    form = next(procedure.form for procedure in filed_here() if procedure.code == code)
    assert form is not None
    return form


@pytest.mark.parametrize("reply", ["ừ", "đúng rồi", "phải", "dạ đúng ạ", "ok"])
def test_a_yes_takes_the_one_thing_that_was_asked_back(reply: str) -> None:
    asked = says(RECORD, "loai_phieu", "để xin việc làm ở công ty")
    assert asked.says[-1].key == "kinds.choice.near"
    assert len(asked.says[-1].buttons) == 1
    assert answered(RECORD, "loai_phieu", "để xin việc làm ở công ty", reply) == "so_1"


def test_a_no_to_it_puts_the_question_again_and_other_words_answer_it() -> None:
    assert answered(RECORD, "loai_phieu", "để xin việc làm ở công ty", "không") is None
    assert answered(RECORD, "loai_phieu", "để xin việc làm ở công ty", "số 2") == "so_2"


@pytest.mark.parametrize("text", ["không biết", "hông biết mã", "ko nhớ", "chưa rõ mã ngành"])
def test_what_nobody_has_to_know_is_left_out_by_whoever_does_not_know_it(text: str) -> None:
    draft = says(SHOP, "nganh_chinh.ma", text).draft
    assert draft.answers.get("nganh_chinh.ma") is None  # type: ignore[call-overload]
    assert draft.asking == "nganh_nghe[1]"


def test_what_has_to_be_known_is_explained_to_whoever_does_not_know_it() -> None:
    assert says(SHOP, "nganh_chinh.ten", "không biết ngành gì").says[-1].key == "declaration.help"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Mây & Gió ☕", "Mây & Gió"),
        ("“Mây & Gió”", "Mây & Gió"),
        ('"Mây & Gió" 🍵🍵', "Mây & Gió"),
        ('Quán "Mây" 2', 'Quán "Mây" 2'),
        ("/start", "/start"),
    ],
)
def test_pictures_and_quotation_marks_around_a_shops_name_are_no_part_of_it(
    text: str, name: str
) -> None:
    assert answered(SHOP, "ten_rieng", text) == name


def test_pictures_alone_are_no_name() -> None:
    assert answered(SHOP, "ten_rieng", "☕☕") is None


@pytest.mark.parametrize("text", ["như trên", "cũng ở chỗ đó luôn", "cũng ở đó", "ở đó luôn"])
def test_there_is_the_place_said_before(text: str) -> None:
    values = says(SHOP, "tru_so", text).draft.answers
    assert values["tru_so"] == values["chu_ho.thuong_tru"]  # type: ignore[index]


def _mine(text: str) -> Any:
    return answered(SHOP, "nop_thay", text)


@pytest.mark.parametrize("text", ["tui tự làm", "tự tôi làm", "em làm cho em", "tôi tự khai"])
def test_whoever_files_for_themselves_may_say_so_in_many_ways(text: str) -> None:
    assert _mine(text) == "chinh_minh"


def test_there_may_be_a_place_that_a_later_question_was_answered_with() -> None:
    opening = "mở quán ở 12 Nguyễn Trãi phường Ba Đình Hà Nội"
    texts = ("cho chính mình", "Nguyễn Văn An", "12/3/1995", "001095012345", "giống chỗ đó luôn")
    values = says(SHOP, "nop_thay", opening, "đúng", *texts).draft.answers
    assert values["chu_ho.thuong_tru"] == values["tru_so"]  # type: ignore[index]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("bán thêm bánh ngọt", "bán thêm bánh ngọt"),
        ("có, bán bánh ngọt nữa", "bán bánh ngọt nữa"),
        ("dạ có bán đồ ăn vặt", "bán đồ ăn vặt"),
    ],
)
def test_what_there_is_more_may_be_told_where_it_is_asked_whether(text: str, line: str) -> None:
    asked = says(SHOP, "nganh_nghe[1]", text)
    assert asked.says[-1].key == "declaration.doubt"
    draft = says(SHOP, "nganh_nghe[1]", text, "đúng").draft
    assert draft.answers["nganh_nghe[1].ten"] == line  # type: ignore[index]
    assert draft.asking == "nganh_nghe[1].ma"


def test_a_member_may_be_told_at_once_with_all_that_is_asked_of_them() -> None:
    text = "còn con gái Lê Bảo Ngọc sinh 4/4/2005 cccd 079305011112"
    taken = says(SHOP, "thanh_vien[2]", text, "đúng").draft.answers
    assert taken["thanh_vien[2].ho_ten"] == "Lê Bảo Ngọc"  # type: ignore[index]
    assert taken["thanh_vien[2].so_dinh_danh"] == "079305011112"  # type: ignore[index]


@pytest.mark.parametrize("text", ["32/13/1999", "là sao", "để xem đã", "@@@"])
def test_what_is_none_of_it_is_still_neither_yes_nor_no(text: str) -> None:
    draft = says(SHOP, "thanh_vien[2]", text).draft
    assert draft.asking == "thanh_vien[2]"


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("ten_rieng", "sao hỏi lắm thế"),
        ("nganh_nghe[1]", "sao hỏi nhiều vậy trời"),
        ("nganh_chinh.ten", "sao phải ghi cái này"),
        ("email", "hỏi email làm gì"),
        ("chu_ho.so_dinh_danh", "tại sao phải khai số này"),
    ],
)
def test_whoever_asks_why_is_told_why_and_how_much_is_left(field: str, text: str) -> None:
    outcome = says(SHOP, field, text)
    assert [said.key for said in outcome.says] == ["declaration.why", "declaration.help"]
    assert outcome.draft.asking == field


@pytest.mark.parametrize(
    ("code", "text", "field", "option"),
    [
        (RECORD, "xin phiếu lý lịch tư pháp số 1 để đi làm", "loai_phieu", "so_1"),
        ("3.000348", "bang lai xe may bi mat lam lai sao", "ly_do", "mat"),
        (CARD, "cccd của em hết hạn rồi muốn đổi", "ly_do", "den_tuoi"),
        (PASSPORT, "hộ chiếu bị rách muốn làm lại", "noi_dung", "hong"),
        ("1.001570", "quán em tạm nghỉ 3 tháng", "viec", "tam_ngung"),
    ],
)
def test_what_the_opening_words_choose_is_read_back_and_not_asked(
    code: str, text: str, field: str, option: str
) -> None:
    citizen, _ = stands(code, a_form_of(code).sections[0].fields[0].id)
    blank = citizen.draft.having(answers={}, asking=None)
    opened = citizen.loop.open(blank, text)
    assert opened.draft.answers[field] == option  # type: ignore[index]
    assert [line.id for line in opened.says[-1].holes["noted"]] == [field]


def test_what_the_form_would_refuse_is_not_chosen_by_the_way() -> None:
    citizen, _ = stands(CARD, "ly_do")
    opened = citizen.loop.open(citizen.draft.having(answers={}), "đổi thẻ căn cước bị mất")
    assert opened.draft.asking == "ly_do"


@pytest.mark.parametrize(("text", "number"), [("thửa 15", "15"), ("thửa đất số 15a", "15a")])
def test_the_name_of_a_number_is_no_part_of_it(text: str, number: str) -> None:
    assert answered("1.013225", "dat.thua", text) == number


@pytest.mark.parametrize("text", ["ngay nhà em đang ở", "tại nhà em", "nhà tôi", "ở nhà mình luôn"])
def test_a_plot_may_be_where_the_house_is(text: str) -> None:
    values = says("1.013225", "dat.tai", text).draft.answers
    assert values["dat.tai"] == values["dia_chi"]  # type: ignore[index]


@pytest.mark.parametrize(
    "text", ["mẹ tôi là Lê Thị Xuân sinh năm 1950", "bà nội em tên Lê Thị Xuân sinh năm 1950"]
)
def test_whoever_a_form_is_about_may_be_called_as_the_one_who_types_calls_them(text: str) -> None:
    taken = says(RETIRED, "ho_ten", text, "đúng").draft.answers
    assert taken["ho_ten"] == "Lê Thị Xuân"  # type: ignore[index]
    assert taken["ngay_sinh"] == "1950"  # type: ignore[index]


def test_an_address_that_begins_like_people_is_still_an_address() -> None:
    said = answered("1.011607", "dia_chi", "ấp 3 xã Phong Điền Cần Thơ")
    assert said is None or said["commune"] == "Xã Phong Điền"
    assert says("1.011607", "dia_chi", "ấp 3 xã Phong Điền Cần Thơ").draft.proposal is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("đầu tháng sau", "2026-12-01"),
        ("cuối tháng này", "2026-11-30"),
        ("đầu tháng 12", "2026-12-01"),
        ("dau nam sau", "2027-01-01"),
        ("hết tháng 2", "2027-02-28"),
    ],
)
def test_a_day_may_be_said_by_where_it_stands_in_the_month(text: str, day: str) -> None:
    assert says("1.001570", "tu_ngay", text).says[-1].key == "declaration.doubt"
    assert answered("1.001570", "tu_ngay", text, "đúng") == day


@pytest.mark.parametrize(
    ("text", "day"),
    [("3 tháng", "2027-02-28"), ("ba tháng thôi", "2027-02-28"), ("2 tuần", "2026-12-14")],
)
def test_an_end_may_be_said_by_how_long_it_lasts(text: str, day: str) -> None:
    assert answered("1.001570", "den_ngay", text, "đúng") == day


def test_a_year_half_remembered_is_a_year() -> None:
    assert answered(RECORD, "me.ngay_sinh", "không nhớ rõ, hình như 1972") == "1972"


def test_figures_are_never_taken_for_talk() -> None:
    citizen, citizen.draft = stands(LAND, "gcn_ngay_cap")
    heard = Heard(MessageId(99), "12/2015", intent="rate_service", confidence=0.99)
    assert citizen.hear(heard).says[-1].key == "declaration.wrong"


@pytest.mark.parametrize("text", ["như trên", "giống địa chỉ trên"])
def test_a_plot_may_be_at_the_address_above(text: str) -> None:
    values = says(LAND, "tai", text).draft.answers
    assert values["tai"] == values["dia_chi"]  # type: ignore[index]


def test_a_yes_may_be_followed_by_its_reason_without_a_comma() -> None:
    assert answered("1.001699", "dai_dien.co", "có tôi là bố") is True


def test_one_more_may_be_named_only_by_what_they_are() -> None:
    draft = says(LAND, "dong_so_huu[2]", "thêm mẹ em").draft
    assert draft.asking == "dong_so_huu[2].ho_ten"


@pytest.mark.parametrize(
    "text", ["hai vợ chồng Nguyễn Văn Bình, Trần Thị Lụa", "Nguyễn Văn Bình và Trần Thị Lụa"]
)
def test_of_several_names_the_citizen_picks_one(text: str) -> None:
    asked = says(LAND, "ten", text).says[-1]
    assert asked.key == "kinds.name.several"
    assert [shown.holes["label"] for shown in asked.buttons] == ["NGUYỄN VĂN BÌNH", "TRẦN THỊ LỤA"]


@pytest.mark.parametrize("text", ["Nguyễn Văn Bình, sinh 1985", "Trần Gia Bảo, con trai tôi"])
def test_a_name_and_something_else_are_not_several_names(text: str) -> None:
    assert says(LAND, "ten", text).says[-1].key != "kinds.name.several"


def test_whoever_takes_somebody_out_without_a_name_is_asked_whom() -> None:
    outcome = says(SHOP, "thanh_vien[2]", "bỏ con gái ra")
    assert outcome.says[0].key == "declaration.remove_which"
    assert outcome.says[0].holes["names"] == ["Lê Thị Bình"]
    assert outcome.draft.asking == "thanh_vien[2]"


@pytest.mark.parametrize("text", ["có 2 đứa con", "dạ có hai đứa nhỏ với mẹ em", "còn mấy đứa em"])
def test_that_there_are_some_is_a_yes(text: str) -> None:
    assert says("1.011607", "thanh_vien[1]", text).draft.asking == "thanh_vien[1].ho_ten"


@pytest.mark.parametrize("text", ["có lẽ không", "còn không rõ nữa", "có gì đâu"])
def test_what_may_be_a_no_is_not_taken_for_a_yes(text: str) -> None:
    assert says("1.011607", "thanh_vien[1]", text).draft.asking == "thanh_vien[1]"


@pytest.mark.parametrize("text", ["tôi là bố cháu", "là bố của cháu", "bố cháu"])
def test_a_relation_may_name_the_child(text: str) -> None:
    assert answered("1.001699", "dai_dien.quan_he", text) == "Cha đẻ"


@pytest.mark.parametrize("text", ["không xài", "ko dùng email", "hông có mail", "chưa có gì"])
def test_whoever_does_not_use_it_leaves_it_out(text: str) -> None:
    draft = says(SHOP, "email", text).draft
    assert draft.asking == "ten_rieng"


def test_one_of_several_things_said_with_more_words_is_asked_back() -> None:
    asked = says("1.001699", "dang_tat", "câm điếc bẩm sinh")
    assert asked.says[-1].key == "kinds.choice.near"
    assert answered("1.001699", "dang_tat", "câm điếc bẩm sinh", "đúng") == ["nghe_noi"]


def test_anger_is_no_name() -> None:
    citizen, citizen.draft = stands(SHOP, "chu_ho.ho_ten")
    heard = Heard(MessageId(99), "đm bot ngu hỏi hoài", intent="abusive", confidence=0.95)
    assert citizen.hear(heard).then is Then.ASIDE
    name = Heard(MessageId(100), "Nguyễn Văn Ngu", intent="abusive", confidence=0.95)
    assert citizen.hear(name).draft.answers["chu_ho.ho_ten"] == "Nguyễn Văn Ngu"  # type: ignore[index]


@pytest.mark.parametrize(
    ("code", "field", "text"),
    [
        (RETIRED, "ho_ten", "số định danh là gì"),
        (SHOP, "ten_rieng", "vốn kinh doanh là gì vậy em"),
        (SHOP, "von", "trụ sở là gì"),
    ],
)
def test_whoever_asks_what_another_question_means_is_told_and_asked_again(
    code: str, field: str, text: str
) -> None:
    outcome = says(code, field, text)
    assert [said.key for said in outcome.says] == ["declaration.about", "declaration.ask"]
    assert outcome.draft.asking == field
    assert field not in outcome.draft.answers


def test_every_question_is_explained_when_its_name_comes_back_with_what_is_it() -> None:
    for procedure in filed_here():
        citizen = Walker(procedure)
        while citizen.last.then is not Then.REVIEW:
            stop = citizen.stop
            label = re.sub(r"^[0-9.]+ ", "", stop.field.label)
            if stop.field.kind != "file" and not stop.is_gate and len(label) < 40:
                asked = citizen.say(f"{label} là gì")
                assert asked.says[-1].key == "declaration.help", f"{procedure.code} {stop.id}"
            typing(citizen)


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("chieu_cao", "11m5", 11.5),
        ("chieu_cao", "mười một mét rưỡi", 11.5),
        ("dt_tang1", "5m x 12m", 60),
        ("dt_tang1", "ngang 5,5 x 12", 66),
        ("dt_tang1", "60m2", 60),
    ],
)
def test_measures_are_said_as_people_say_them(field: str, text: str, value: float) -> None:
    assert answered("1.013225", field, text) == value
