"""Declarations: every answer is in print, in the ministry's layout where there is one."""

from __future__ import annotations

import dataclasses
import functools
import itertools
import re
import threading

import pytest

from bot.basics.ids import FieldId
from bot.declarations.asking import Line
from bot.documents.typst_documents import TypstDocuments, template_of
from bot.documents.values import blank_lines, declaration_data, printable
from bot.procedures.model import Form
from tests.build import a_form, at, example_lines
from tests.samples import FORMS, lines_of_a_child
from tests.unit.documents.reading_pdf import (
    has_white_edges,
    letters_of,
    objects_of,
    opened,
    text_of,
    untold,
)
from tests.unit.documents.test_slips import HOSTILE, LONG

DOCUMENTS = TypstDocuments()
_MOST_SIDE_BY_SIDE = 4
"""Values in one row of a layout."""
LINES = {name: example_lines(a_form(name)) for name in FORMS}

SWEAR_NOTHING = ("CT01", "DC02")
"""Official forms without a promise."""
OWN_WORDS = ("name", "address", "agency", "text", "date", "citizen_id", "phone", "email")
"""Kinds whose values no form has in print."""
every_form = pytest.mark.parametrize("name", FORMS)
GENERAL = ("TK_KHAI_SINH", "CT01", "HKD_M1")
every_paper = pytest.mark.parametrize(
    ("name", "is_general"),
    [*((name, False) for name in FORMS), *((name, True) for name in GENERAL)],
)
every_layout = pytest.mark.parametrize("is_general", [False, True], ids=["official", "general"])


def form_of(name: str, is_general: bool) -> Form:
    """The form, with its own layout or with the one for all."""
    form = a_form(name)
    return dataclasses.replace(form, print="") if is_general else form


def printed(name: str, lines: tuple[Line, ...] | None = None, is_general: bool = False) -> bytes:
    """The declaration as PDF."""
    return DOCUMENTS.declaration(form_of(name, is_general), lines or LINES[name], at(20))


def changed(name: str, field: str, value: str) -> tuple[Line, ...]:
    """The example's answers with another value for one field."""
    return tuple(
        dataclasses.replace(line, value=value) if line.id == field else line for line in LINES[name]
    )


@functools.cache
def words(name: str, is_general: bool = False) -> str:
    """What it says, with the example's answers."""
    return text_of(printed(name, is_general=is_general))


@every_paper
def test_every_answer_is_in_print(name: str, is_general: bool) -> None:
    assert not untold(form_of(name, is_general), LINES[name], words(name, is_general))


@every_paper
def test_a_declaration_is_addressed_sworn_and_signed(name: str, is_general: bool) -> None:
    text = words(name, is_general)
    assert a_form(name).name.upper() in text
    assert "Kính gửi: " in text
    assert re.search(r"\(Ký(,| và) ghi", text)
    assert letters_of(a_form(name).number) in letters_of(text)
    assert "ngày 20 tháng 11 năm 2026" in text
    if is_general or name not in SWEAR_NOTHING:
        assert re.search("cam (đoan|kết)", text)


@every_form
def test_before_filing_it_is_a_preview_and_afterwards_bears_the_code(name: str) -> None:
    form, lines = a_form(name), LINES[name]
    assert "BẢN XEM TRƯỚC" in words(name)
    filed = text_of(DOCUMENTS.declaration(form, lines, at(20), "H26.99-261119-0007"))
    assert "BẢN XEM TRƯỚC" not in filed
    assert "Mã hồ sơ H26.99-261119-0007" in filed


@every_form
def test_a_demonstration_says_so(name: str) -> None:
    demo = TypstDocuments(is_demo=True)
    assert "BẢN CHẠY THỬ" in text_of(demo.declaration(a_form(name), LINES[name], at(20)))
    assert "BẢN CHẠY THỬ" not in words(name)


@every_paper
def test_it_is_kept_for_decades_and_can_be_read_aloud(name: str, is_general: bool) -> None:
    about = opened(printed(name, is_general=is_general)).trailer["/Root"]["/Metadata"].get_data()
    assert b"<pdfaid:conformance>A<" in about
    assert b"<pdfuaid:part>1<" in about


@every_paper
def test_whatever_people_type_stays_text(name: str, is_general: bool) -> None:
    values = itertools.cycle((HOSTILE, LONG[:300]))
    lines = tuple(dataclasses.replace(line, value=next(values)) for line in LINES[name])
    pdf = printed(name, lines, is_general)
    text = letters_of(text_of(pdf))
    found = sum(text.count(letters_of(printable(value))) for value in (HOSTILE, LONG[:300]))
    cut_by_edges_of_pages = _MOST_SIDE_BY_SIDE * (len(opened(pdf).pages) - 1)
    assert found >= len(lines) - cut_by_edges_of_pages


@every_paper
def test_a_word_without_end_is_printed_whole(name: str, is_general: bool) -> None:
    endless = [dataclasses.replace(line, value="W" * 300) for line in LINES[name][:2]]
    lines = (*endless, *LINES[name][2:])
    assert text_of(printed(name, lines, is_general)).count("W") >= 300 * len(endless)


@every_paper
def test_nothing_is_printed_over_the_edges(name: str, is_general: bool) -> None:
    form = form_of(name, is_general)
    lines = tuple(dataclasses.replace(line, value="W" * 300) for line in LINES[name])
    data = declaration_data(form, lines, at(20))
    for page in DOCUMENTS.pictures(template_of(form), data, 36):
        assert has_white_edges(page)


@every_form
def test_what_the_layout_does_not_know_is_not_lost(name: str) -> None:
    new = Line("Mục mới", 0, "Câu hỏi chưa ai biết", "Câu trả lời lạ", FieldId("moi.la"))
    text = text_of(printed(name, (*LINES[name], new)))
    assert "Thông tin khác đã khai" in text
    assert re.search("Câu hỏi chưa ai biết:? Câu trả lời lạ", text)


def with_members(name: str, section: str, count: int, **values: str) -> tuple[Line, ...]:
    """The example's answers with a repeated section filled `count` times."""
    members = tuple(
        dataclasses.replace(
            line,
            number=number,
            value=f"{values.get(line.id.split('.')[-1], line.value)} {number}",
            id=FieldId(line.id.replace("[1]", f"[{number}]")),
        )
        for number in range(1, count + 1)
        for line in LINES[name]
        if line.id.startswith(f"{section}[1]")
    )
    others = tuple(line for line in LINES[name] if not line.id.startswith(section))
    return (*others, *members)


def test_members_of_a_household_fill_a_table_over_several_pages() -> None:
    lines = with_members("CT01", "thanh_vien", 15)
    members = [line for line in lines if line.id.startswith("thanh_vien")]
    pdf = printed("CT01", lines)
    text = letters_of(text_of(pdf))
    assert not [line.value for line in members if letters_of(line.value) not in text]
    pages = opened(pdf).pages
    assert len(pages) > 1
    assert f"Trang 1/{len(pages)}" in pages[0].extract_text()


@pytest.mark.parametrize(
    ("name", "section", "value"),
    [
        ("CT01", "thanh_vien", "ho_ten"),
        ("DN_HONGHEO", "thanh_vien", "ho_ten"),
        ("DAT_M18", "dong_so_huu", "ho_ten"),
        ("TK_LLTP", "qua_trinh", "noi"),
    ],
)
def test_no_page_cuts_a_person_in_two(name: str, section: str, value: str) -> None:
    long = "NGUYỄN PHƯỚC CÔNG HUYỀN TÔN NỮ THỊ HƯƠNG GIANG ANNA MARIA O'BRIEN VON WÜRTTEMBERG"
    pages = opened(printed(name, with_members(name, section, 14, **{value: long}))).pages
    assert len(pages) > 1
    whole = sum(letters_of(page.extract_text()).count(letters_of(long)) for page in pages)
    assert whole == 14


def test_repeated_parts_are_numbered_in_the_general_layout() -> None:
    text = words("CT01", is_general=True)
    assert "Thành viên hộ cùng thay đổi Thành viên 1 Họ và tên" in text


@pytest.mark.parametrize(
    ("name", "ticked", "left"),
    [
        ("HKD_M1", "Các thành viên hộ gia đình", "Cá nhân"),
        ("TK_LLTP", "Phiếu số 1", "Phiếu số 2"),
        ("TK01_HOCHIEU", "không gắn chíp điện tử", "có gắn chíp điện tử"),
        ("DON_KHUYETTAT", "Nghe, nói", "Nhìn"),
        ("TK_TROGIUP_1D", "Nặng", "Nhẹ"),
        ("DN_HUUTRI_XH", "Tài khoản ngân hàng", "Tiền mặt"),
        ("DN_HONGHEO", "Hộ nghèo", "Hộ cận nghèo"),
        ("MSNS_01", "Đơn vị sự nghiệp", "Doanh nghiệp nhà nước"),
        ("GIA_PL4_M01", "Bên mua", "Bên bán"),
        ("HKD_M3", "1. Tạm ngừng kinh doanh:", "thời hạn:"),
        ("DAT_M18", "đo đạc lại thửa đất: Có Không", "đất: Có"),
        ("TK_LIEN_THONG_KS", "căn cước cho trẻ: Có Không", "trẻ: Có"),
        ("TK_KHAI_TU", "bản sao: Có", "Có x Không"),
    ],
)
def test_the_box_of_the_answer_is_ticked_and_no_other(name: str, ticked: str, left: str) -> None:
    assert f"{ticked} x" in words(name)
    assert f"{left} x" not in words(name)


def test_a_childs_passport_is_asked_for_on_the_form_for_children() -> None:
    form, lines = a_form("TK01_HOCHIEU"), lines_of_a_child()
    text = text_of(DOCUMENTS.declaration(form, lines, at(20)))
    assert "TK01a, dành cho người chưa đủ 14 tuổi" in text
    assert "A. THÔNG TIN NGƯỜI ĐẠI DIỆN HỢP PHÁP 1. Họ và tên: LÊ THỊ BÌNH" in text
    assert re.search(r"NGƯỜI ĐẠI DIỆN HỢP PHÁP \(Ký, ghi rõ họ tên\).* LÊ THỊ BÌNH", text)
    assert not untold(form, lines, text)
    assert "dành cho người chưa đủ 14 tuổi" not in words("TK01_HOCHIEU")


def test_the_form_for_children_has_room_for_anything_too() -> None:
    form = a_form("TK01_HOCHIEU")
    lines = tuple(dataclasses.replace(line, value=LONG[:300]) for line in lines_of_a_child())
    text = letters_of(text_of(DOCUMENTS.declaration(form, lines, at(20))))
    assert text.count(letters_of(printable(LONG[:300]))) >= len(lines) - _MOST_SIDE_BY_SIDE


def test_a_blank_for_a_passport_has_a_sheet_for_either_age() -> None:
    sheets = opened(DOCUMENTS.blank(a_form("TK01_HOCHIEU"))).pages
    told = [sheet.extract_text() for sheet in sheets]
    assert [("từ 14 tuổi trở lên" in one, "chưa đủ 14 tuổi" in one) for one in told] == [
        (True, False),
        (False, True),
    ]


def test_an_answer_that_is_none_of_the_boxes_is_written_after_them() -> None:
    lines = changed("HKD_M1", "chu_the", "Hợp tác xã")
    text = text_of(printed("HKD_M1", lines))
    assert "Các thành viên hộ gia đình Hợp tác xã" in text


def test_both_who_marry_stand_side_by_side_and_both_sign() -> None:
    text = words("TK_KET_HON")
    assert "Thông tin Bên nữ Bên nam Họ, chữ đệm, tên LÊ THỊ BÌNH TRẦN VĂN CƯỜNG" in text
    assert text.count("(Ký, ghi rõ họ, chữ đệm, tên)") == 2


@pytest.mark.parametrize(
    ("figures", "in_words"),
    [
        ("50.000.000 đ", "Năm mươi triệu đồng"),
        ("1.205.015.000 đ", "Một tỷ hai trăm linh năm triệu không trăm mười lăm nghìn đồng"),
        ("21.000 đ", "Hai mươi mốt nghìn đồng"),
        ("105 đ", "Một trăm linh năm đồng"),
        ("2.000.500.000 đ", "Hai tỷ năm trăm nghìn đồng"),
        ("1.200.000.000.000 đ", "Một nghìn hai trăm tỷ đồng"),
    ],
)
def test_capital_is_written_in_words_too(figures: str, in_words: str) -> None:
    text = text_of(printed("HKD_M1", changed("HKD_M1", "von", figures)))
    assert f"(bằng số): {figures} Bằng chữ: {in_words}" in text


def test_a_card_number_that_is_the_personal_number_is_told_once() -> None:
    assert "Số định danh cá nhân người đi khai" not in words("TK_KHAI_TU")
    other = changed("TK_KHAI_TU", "nyc.so_giay_to", "C1234567")
    assert "Số định danh cá nhân người đi khai" in text_of(printed("TK_KHAI_TU", other))


@pytest.mark.parametrize("name", ["HKD_M1", "DAT_M18", "TK_LLTP"])
def test_who_files_for_themselves_is_not_told_so(name: str) -> None:
    assert "Cho chính mình" not in words(name)
    who = Line("Người nộp hồ sơ", 0, "Tên người nộp thay", "LÊ BA", FieldId("nop_thay.ho_ten"))
    text = text_of(printed(name, (*changed(name, "nop_thay", "Làm thay người khác"), who)))
    assert "Tên người nộp thay: LÊ BA" in text
    assert "Làm thay người khác" not in text


def test_whoever_writes_for_a_disabled_person_signs() -> None:
    assert re.search(r"NGƯỜI VIẾT ĐƠN \(Ký, ghi rõ họ tên\) TRẦN VĂN CƯỜNG", words("DON_KHUYETTAT"))
    alone = tuple(line for line in LINES["DON_KHUYETTAT"] if "dai_dien" not in line.id)
    text = text_of(printed("DON_KHUYETTAT", alone))
    assert re.search(r"NGƯỜI VIẾT ĐƠN \(Ký, ghi rõ họ tên\) TRẦN VĂN SƠN", text)


@pytest.mark.parametrize(
    ("moment", "written"),
    [
        ("14:30 ngày 02/11/2026", "14 giờ 30 phút, ngày 02 tháng 11 năm 2026"),
        ("12/03/2026", "ngày 12 tháng 3 năm 2026"),
        ("Không rõ", "Không rõ"),
    ],
)
def test_the_hour_of_death_is_written_as_the_form_has_it(moment: str, written: str) -> None:
    text = text_of(printed("TK_KHAI_TU", changed("TK_KHAI_TU", "nct.thoi_diem_chet", moment)))
    assert f"Đã chết vào lúc: {written} " in text
    assert "Thông tin khác đã khai Loại đăng ký" in text


@pytest.mark.parametrize("name", ["TK_KHAI_SINH", "TK_KHAI_SINH_LAI", "TK_KET_HON", "TK_KHAI_TU"])
def test_an_ordinary_civil_declaration_needs_one_sheet(name: str) -> None:
    pages = opened(printed(name)).pages
    assert len(pages) == 1
    assert "Thông tin khác đã khai" in pages[0].extract_text()


@pytest.mark.parametrize("name", ["TK_KHAI_SINH_LAI", "TK_KET_HON", "TK_KHAI_TU", "TK_CAI_CHINH"])
def test_a_signature_stands_with_what_is_sworn(name: str) -> None:
    for length in range(20, 300, 40):
        lines = tuple(
            dataclasses.replace(line, value=f"{line.value} {LONG[:length]}")
            if line.id.endswith(("dia_chi", "noi_sinh", "noi_chet", "noi_cap"))
            else line
            for line in LINES[name]
        )
        for page in opened(printed(name, lines)).pages:
            text = page.extract_text()
            assert ("Làm tại" in text) is ("cam đoan" in text)


@every_form
def test_no_label_of_a_form_ends_in_two_colons(name: str) -> None:
    for text in (words(name), text_of(DOCUMENTS.blank(a_form(name)))):
        assert not re.search(r": số:|::", text)


def test_what_the_request_tells_already_is_not_told_again() -> None:
    assert "Thông tin khác đã khai" not in words("CT01")
    own_words = changed("CT01", "noi_dung", "Xin tạm trú")
    assert "Địa chỉ đăng ký tạm trú" in text_of(printed("CT01", own_words))


@every_layout
@pytest.mark.parametrize("name", ["TK_KHAI_SINH", "HKD_M1", "DN_HONGHEO"])
def test_a_form_that_was_not_compared_says_so_and_no_other(name: str, is_general: bool) -> None:
    form = form_of(name, is_general)
    pdf = DOCUMENTS.declaration(form, example_lines(form), at(20))
    for text in (text_of(pdf), text_of(DOCUMENTS.blank(form))):
        assert ("chưa so với bản gốc của mẫu" in text) is (name == "HKD_M1")
        assert ("chưa đọc được mẫu chính thức" in text) is (name == "DN_HONGHEO")
        asks = "Tờ này xếp theo các mục đã biết" in text and "đề nghị ký trên mẫu của mình" in text
        assert asks is (name != "TK_KHAI_SINH")


@every_paper
def test_it_is_in_vietnamese_in_fonts_of_its_own_with_its_parts_named(
    name: str, is_general: bool
) -> None:
    pdf = printed(name, is_general=is_general)
    root = opened(pdf).trailer["/Root"]
    assert root["/Lang"].startswith("vi")
    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]["/K"]
    fonts = [found for found in objects_of(pdf) if found.get("/Type") == "/FontDescriptor"]
    assert fonts
    assert all({"/FontFile2", "/FontFile3"} & set(font) for font in fonts)


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("DC02", "III. NỘI DUNG ĐỀ NGHỊ"),
        ("TK_LLTP", "PHẦN KHAI VỀ CHA, MẸ, VỢ/CHỒNG"),
        ("TK_KHAI_SINH", "Thông tin khác đã khai"),
    ],
)
def test_the_parts_of_a_form_are_headings_to_go_to(name: str, part: str) -> None:
    [title, parts] = opened(printed(name)).outline
    assert title.title == a_form(name).name.upper()
    assert part in [mark.title for mark in parts]


def test_the_day_of_birth_is_written_in_words_too() -> None:
    text = words("TK_KHAI_SINH")
    assert "ngày năm tháng mười một năm hai nghìn không trăm hai mươi sáu" in text


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("01/01/1991", "ngày một tháng một năm một nghìn chín trăm chín mươi mốt"),
        ("15/10/2005", "ngày mười lăm tháng mười năm hai nghìn không trăm linh năm"),
        ("21/12/1900", "ngày hai mươi mốt tháng mười hai năm một nghìn chín trăm"),
        ("24/04/2000", "ngày hai mươi bốn tháng bốn năm hai nghìn"),
        ("30/06/2015", "ngày ba mươi tháng sáu năm hai nghìn không trăm mười lăm"),
    ],
)
def test_days_in_words(day: str, words: str) -> None:
    lines = tuple(
        dataclasses.replace(line, value=day) if line.id == "tre.ngay_sinh" else line
        for line in LINES["TK_KHAI_SINH"]
    )
    assert f"bằng chữ: {words} Giới tính" in text_of(printed("TK_KHAI_SINH", lines))


def test_a_number_of_another_length_is_not_cut_into_boxes() -> None:
    lines = tuple(
        dataclasses.replace(line, value="12345") if line.id == "so_dinh_danh" else line
        for line in LINES["CT01"]
    )
    assert "4. Số định danh cá nhân: 12345" in text_of(printed("CT01", lines))


@every_paper
def test_a_blank_form_has_labels_and_no_answers(name: str, is_general: bool) -> None:
    form = form_of(name, is_general)
    text = text_of(DOCUMENTS.blank(form))
    assert form.name.upper() in text
    assert "BẢN XEM TRƯỚC" not in text
    assert "Mẫu để in và điền tay." in text
    own = {field.id for field in form.fields if field.kind in OWN_WORDS}
    answers = {line.value for line in LINES[name] if line.id in own and len(line.value) > 4}
    assert answers
    assert not [value for value in answers if value in text]
    if is_general:
        assert not [line.label for line in blank_lines(form)[1:] if line.label not in text]


@pytest.mark.parametrize(
    ("name", "labels"),
    [
        ("TK_KHAI_SINH", ("Họ, chữ đệm, tên người yêu cầu:", "Quê quán:", "người cha:", "Có")),
        ("TK_TRICH_LUC", ("Giấy tờ tùy thân:", "Đã đăng ký tại:", "Quyển số:")),
        ("CT01", ("1. Họ, chữ đệm và tên:", "10. Nội dung đề nghị:", "Ý KIẾN CỦA CHỦ HỘ")),
    ],
)
def test_a_blank_form_is_the_ministrys_form_on_one_page(name: str, labels: tuple[str]) -> None:
    pdf = DOCUMENTS.blank(a_form(name))
    text = text_of(pdf)
    assert all(label in text for label in labels)
    assert len(opened(pdf).pages) == 1


@pytest.mark.parametrize(
    ("name", "first", "second"),
    [
        ("GPLX_PL12", "lái xe hạng: , số", "do cấp ngày"),
        ("TK_KHAI_TU", "thay thế Giấy báo tử:", "do cấp ngày"),
        ("TK_TROGIUP_1D", "khuyết tật (nếu có): số", "cấp ngày do"),
        ("MSNS_01", "Văn bản thành lập: số", "ngày của"),
    ],
)
def test_a_hand_has_room_to_name_an_office(name: str, first: str, second: str) -> None:
    text = opened(DOCUMENTS.blank(a_form(name))).pages[0].extract_text()
    lines = [re.sub(r"\s+", " ", line).strip() for line in text.splitlines()]
    [place] = [place for place, line in enumerate(lines) if line.endswith(first)]
    assert lines[place + 1] == second


def test_the_same_answers_at_the_same_moment_make_the_same_file() -> None:
    assert printed("CT01") == printed("CT01")
    assert DOCUMENTS.blank(a_form("CT01")) == DOCUMENTS.blank(a_form("CT01"))


def test_many_threads_share_one_compiler() -> None:
    wanted, found = printed("CT01"), []
    threads = [threading.Thread(target=lambda: found.append(printed("CT01"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [wanted] * 8
