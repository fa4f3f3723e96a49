"""Declarations: every answer is in print, in the ministry's layout where there is one."""

from __future__ import annotations

import dataclasses
import functools
import itertools
import threading

import pytest

from bot.basics.ids import FieldId
from bot.declarations.asking import Line
from bot.documents.typst_documents import (
    TypstDocuments,
    blank_lines,
    declaration_data,
    printable,
    template_of,
)
from bot.procedures.model import Form
from tests.build import a_form, at, example_lines
from tests.samples import FORMS
from tests.unit.documents.reading_pdf import has_white_edges, letters_of, opened, text_of
from tests.unit.documents.test_slips import HOSTILE, LONG

DOCUMENTS = TypstDocuments()
_MOST_SIDE_BY_SIDE = 4
"""Values in one row of a layout."""
LINES = {name: example_lines(a_form(name)) for name in FORMS}

every_form = pytest.mark.parametrize("name", FORMS)
every_layout = pytest.mark.parametrize("is_general", [False, True], ids=["official", "general"])


def form_of(name: str, is_general: bool) -> Form:
    """The form, with its own layout or with the one for all."""
    form = a_form(name)
    return dataclasses.replace(form, print="") if is_general else form


def printed(name: str, lines: tuple[Line, ...] | None = None, is_general: bool = False) -> bytes:
    """The declaration as PDF."""
    return DOCUMENTS.declaration(form_of(name, is_general), lines or LINES[name], at(20))


@functools.cache
def words(name: str, is_general: bool = False) -> str:
    """What it says, with the example's answers."""
    return text_of(printed(name, is_general=is_general))


@every_layout
@every_form
def test_every_answer_is_in_print(name: str, is_general: bool) -> None:
    text = letters_of(words(name, is_general))
    missing = [line.label for line in LINES[name] if letters_of(line.value) not in text]
    assert not missing


@every_layout
@every_form
def test_a_declaration_is_addressed_sworn_and_signed(name: str, is_general: bool) -> None:
    text = words(name, is_general)
    assert a_form(name).name.upper() in text
    assert "Kính gửi: " in text
    assert "(Ký, ghi rõ họ" in text
    assert "Thông tư" in text
    if is_general or name != "CT01":
        assert "Tôi cam đoan" in text
        assert "ngày 20 tháng 11 năm 2026" in text


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


@every_layout
@every_form
def test_it_is_kept_for_decades_and_can_be_read_aloud(name: str, is_general: bool) -> None:
    about = opened(printed(name, is_general=is_general)).trailer["/Root"]["/Metadata"].get_data()
    assert b"<pdfaid:conformance>A<" in about
    assert b"<pdfuaid:part>1<" in about


@every_layout
@every_form
def test_whatever_people_type_stays_text(name: str, is_general: bool) -> None:
    values = itertools.cycle((HOSTILE, LONG[:300]))
    lines = tuple(dataclasses.replace(line, value=next(values)) for line in LINES[name])
    pdf = printed(name, lines, is_general)
    text = letters_of(text_of(pdf))
    found = sum(text.count(letters_of(printable(value))) for value in (HOSTILE, LONG[:300]))
    cut_by_edges_of_pages = _MOST_SIDE_BY_SIDE * (len(opened(pdf).pages) - 1)
    assert found >= len(lines) - cut_by_edges_of_pages


@every_layout
@every_form
def test_a_word_without_end_is_printed_whole(name: str, is_general: bool) -> None:
    endless = [dataclasses.replace(line, value="W" * 300) for line in LINES[name][:2]]
    lines = (*endless, *LINES[name][2:])
    assert text_of(printed(name, lines, is_general)).count("W") >= 300 * len(endless)


@every_layout
@every_form
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
    assert "Câu hỏi chưa ai biết Câu trả lời lạ" in text


def test_members_of_a_household_fill_a_table_over_several_pages() -> None:
    members = tuple(
        dataclasses.replace(
            line,
            number=number,
            value=f"{line.value} {number}",
            id=FieldId(line.id.replace("[1]", f"[{number}]")),
        )
        for number in range(1, 16)
        for line in LINES["CT01"]
        if line.id.startswith("thanh_vien[1]")
    )
    others = tuple(line for line in LINES["CT01"] if not line.id.startswith("thanh_vien"))
    pdf = printed("CT01", (*others, *members))
    text = letters_of(text_of(pdf))
    assert not [line.value for line in members if letters_of(line.value) not in text]
    pages = opened(pdf).pages
    assert len(pages) > 1
    assert f"Trang 1/{len(pages)}" in pages[0].extract_text()


def test_repeated_parts_are_numbered_in_the_general_layout() -> None:
    text = words("CT01", is_general=True)
    assert "Thành viên hộ cùng thay đổi Thành viên 1 Họ và tên" in text


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


@every_layout
@every_form
def test_a_blank_form_has_labels_and_no_answers(name: str, is_general: bool) -> None:
    form = form_of(name, is_general)
    text = text_of(DOCUMENTS.blank(form))
    assert form.name.upper() in text
    assert "BẢN XEM TRƯỚC" not in text
    assert "Mẫu để in và điền tay." in text
    answers = {line.value for line in LINES[name] if len(line.value) > 4} - {"Thường trú"}
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
