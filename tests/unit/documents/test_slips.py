"""Slips: each says what the law wants it to say, and nothing in it is read as typst."""

from __future__ import annotations

import dataclasses
import functools
from datetime import date

import pytest

from bot.basics.ids import FieldId
from bot.documents.codes import qr_texts
from bot.documents.typst_documents import TypstDocuments
from bot.documents.values import printable, slip_data
from bot.dossiers import rules
from bot.dossiers.model import Dossier, Missing, Slip
from tests.build import CALENDAR, HOURS, a_dossier, an_office, an_officer, at, slip_facts
from tests.samples import BLURRED, UNCLEAR, dossiers
from tests.unit.documents.reading_pdf import (
    has_white_edges,
    letters_of,
    objects_of,
    opened,
    text_of,
)

DOCUMENTS = TypstDocuments()
DOSSIERS = dossiers()
HOSTILE = (
    '#panic("x") *đậm* _nghiêng_ $x^2$ @ref <nhãn> // chú thích /* xong */ \\ `mã` [a] {b} ~ -- '
    '= Tiêu đề #read("/etc/hostname") "trích" \'dẫn\' \u202eغ\u202c \x07 \u200b 😀 𝓐 && ; #let'
)
LONG = "Số nhà 12345, ngõ 67 đường Trần Hưng Đạo kéo dài, tổ dân phố số 8 " * 5

every_slip = pytest.mark.parametrize("slip", Slip, ids=lambda slip: slip.name)


def printed(slip: Slip, dossier: Dossier | None = None, **changes: object) -> bytes:
    """The slip as PDF, of a dossier that has just come to it."""
    return DOCUMENTS.slip(slip, dossier or DOSSIERS[slip], slip_facts(**changes))


@functools.cache
def ordinary(slip: Slip) -> bytes:
    """The slip as it mostly is."""
    return printed(slip)


@functools.cache
def words(slip: Slip) -> str:
    """What it says as it mostly is."""
    return text_of(ordinary(slip))


def refused(reason: str) -> Dossier:
    """A dossier turned away with this reason."""
    return rules.refuse(a_dossier(), an_officer(), at(20), reason)


@every_slip
def test_a_slip_names_the_office_the_dossier_and_who_filed_it(slip: Slip) -> None:
    text = words(slip)
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text
    assert "Độc lập - Tự do - Hạnh phúc" in text
    assert "ỦY BAN NHÂN DÂN PHƯỜNG BÌNH MINH" in text
    assert "H26.99-261119-0007" in text
    assert "LÊ THỊ BÌNH" in text
    assert "Đăng ký khai sinh" in text


@every_slip
def test_a_slip_is_kept_for_decades_and_can_be_read_aloud(slip: Slip) -> None:
    root = opened(ordinary(slip)).trailer["/Root"]
    about = root["/Metadata"].get_data().decode()
    assert "<pdfaid:part>2<" in about
    assert "<pdfaid:conformance>A<" in about
    assert "<pdfuaid:part>1<" in about
    assert root["/Lang"] == "vi-VN"
    assert root["/MarkInfo"]["/Marked"]


@every_slip
def test_the_title_of_a_slip_tells_no_name(slip: Slip) -> None:
    about = opened(ordinary(slip)).metadata
    assert about is not None
    assert about.title
    assert "BÌNH" not in f"{about.title} {about.subject} {about.get('/Keywords')}"


@every_slip
def test_every_font_is_in_the_file(slip: Slip) -> None:
    found = [item for item in objects_of(ordinary(slip)) if item.get("/Type") == "/FontDescriptor"]
    assert found
    assert all({"/FontFile2", "/FontFile3"} & set(item) for item in found)


@every_slip
def test_the_code_to_scan_says_where_it_leads(slip: Slip) -> None:
    found = list(objects_of(ordinary(slip)))
    assert [item["/Alt"] for item in found if "/Alt" in item and item.get("/S") == "/Figure"] == [
        "Mã QR mở trang theo dõi hồ sơ H26.99-261119-0007"
    ]
    links = {item["/A"]["/URI"] for item in found if item.get("/Subtype") == "/Link"}
    assert links == {"https://motcua.example.vn/ho-so/H26.99-261119-0007"}


@every_slip
def test_a_camera_reads_the_code(slip: Slip) -> None:
    data = slip_data(DOSSIERS[slip], slip_facts())
    last = DOCUMENTS.pictures(slip.name.lower(), data, 100)[-1]
    assert qr_texts(last) == (slip_facts().tracking_url,)


@every_slip
def test_without_an_address_to_open_there_is_no_code_to_scan(slip: Slip) -> None:
    assert "Quét mã" not in text_of(printed(slip, tracking_url=""))


@every_slip
def test_a_demonstration_says_so(slip: Slip) -> None:
    mark = "BẢN CHẠY THỬ – KHÔNG CÓ GIÁ TRỊ PHÁP LÝ"
    assert mark in text_of(printed(slip, office=an_office(is_demo=True)))
    assert mark not in words(slip)


@every_slip
def test_an_ordinary_slip_fits_one_page(slip: Slip) -> None:
    text = words(slip)
    assert len(opened(ordinary(slip)).pages) == 1
    assert "Trang 1/1" in text


@every_slip
def test_the_number_of_the_form_is_in_the_corner(slip: Slip) -> None:
    text = words(slip)
    if slip is Slip.SUBMISSION:
        assert "Mẫu số" not in text
    else:
        assert f"Mẫu số 0{slip.value} – Thông tư số 03/2025/TT-VPCP" in text


def test_a_submission_tells_what_comes_next_and_that_it_is_no_receipt() -> None:
    text = words(Slip.SUBMISSION)
    assert "PHIẾU XÁC NHẬN ĐÃ NỘP HỒ SƠ" in text
    assert "10:15 ngày 19/11/2026" in text
    assert "08 giờ làm việc" in text
    assert "Phiếu này không thay cho giấy đó" in text
    assert "Hẹn trả dự kiến: thứ tư, ngày 25/11/2026" in text


def test_a_receipt_holds_papers_times_fee_and_who_took_it() -> None:
    text = words(Slip.RECEIPT)
    for fact in (
        "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
        "0912 345 678",
        "binh.le@example.vn",
        "TRẦN MINH KHÔI",
        "Giấy chứng sinh Bản điện tử 2",
        "số lượng 01 bộ",
        "Tiếp nhận lúc: 09:00 ngày 20/11/2026",
        "3 ngày làm việc",
        "thứ năm, ngày 26/11/2026",
        "Miễn lệ phí",
        "Trực tuyến (bản điện tử)",
        "Phạm Thu Hà",
    ):
        assert fact in text


def test_a_supplement_asks_for_everything_at_once_and_says_why_until_when_and_whom_to_ask() -> None:
    text = words(Slip.SUPPLEMENT)
    for fact in (
        "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ",
        "một lần",
        BLURRED.name,
        BLURRED.note,
        "Gửi giấy tờ",
        UNCLEAR.name,
        UNCLEAR.note,
        "Khai lại mục",
        "Giấy chứng sinh không đọc được ngày sinh.",
        "Nghị định số 118/2025/NĐ-CP",
        "Luật Hộ tịch 60/2014/QH13",
        "thứ ba, ngày 01/12/2026",
        "024 0000 0000",
        "07:30–11:30 và 13:00–17:00",
        "Số 1 phố Thử Nghiệm",
    ):
        assert fact in text


def test_before_acceptance_a_supplement_says_that_the_clock_has_not_started() -> None:
    dossier = rules.request_supplement(
        a_dossier(), an_officer(), at(20), "Thiếu giấy chứng sinh.", (BLURRED,), None
    )
    text = text_of(printed(Slip.SUPPLEMENT, dossier))
    assert "bắt đầu tính sau khi hồ sơ được tiếp nhận" in text
    assert "Hạn bổ sung" not in text
    assert "tạm dừng" in words(Slip.SUPPLEMENT)


def test_a_refusal_gives_reason_grounds_and_whom_to_turn_to() -> None:
    text = words(Slip.REFUSAL)
    for fact in (
        "PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ",
        "Hồ sơ không thuộc thẩm quyền giải quyết",
        "Nghị định số 118/2025/NĐ-CP",
        "khiếu nại đến Ủy ban nhân dân phường Bình Minh",
        "024 0000 0000",
        "Phạm Thu Hà",
    ):
        assert fact in text


def test_an_apology_gives_reason_old_day_and_new_day() -> None:
    text = words(Slip.APOLOGY)
    for fact in (
        "VĂN BẢN XIN LỖI VÀ ĐỀ NGHỊ GIA HẠN THỜI GIAN GIẢI QUYẾT",
        "chân thành xin lỗi",
        "Cần xác minh việc đăng ký kết hôn",
        "Ngày hẹn cũ: thứ năm, ngày 26/11/2026",
        "Ngày hẹn mới: thứ tư, ngày 02/12/2026",
        "THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ",
        "Nơi nhận:",
    ):
        assert fact in text


def test_a_stop_gives_reason_moment_and_what_follows() -> None:
    text = words(Slip.STOP)
    for fact in (
        "THÔNG BÁO DỪNG GIẢI QUYẾT HỒ SƠ",
        "Gia đình đề nghị tạm dừng",
        "15:30 ngày 25/11/2026",
        "ngừng tính",
        "26/11/2026 không còn áp dụng",
        "hoàn trả",
        "THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ",
    ):
        assert fact in text


def test_a_control_sheet_tells_every_step_and_whether_the_day_was_kept() -> None:
    text = words(Slip.CONTROL)
    for event in DOSSIERS[Slip.CONTROL].history:
        assert f"{event.at:%H:%M %d/%m/%Y}" in text
    assert "Vũ Đức Long" in text
    assert "Đã xử lý xong – Trước hạn" in text
    assert "Yêu cầu bổ sung giấy tờ" in text


def test_a_control_sheet_tells_what_the_citizen_added_apart_from_what_officers_decided() -> None:
    text = words(Slip.CONTROL)
    assert text.count("Được tiếp nhận") == 1
    assert "20:05 23/11/2026 Người nộp hồ sơ Đã bổ sung hồ sơ" in text


def test_a_stop_is_addressed_before_it_gives_its_grounds() -> None:
    text = words(Slip.STOP)
    assert text.index("Kính gửi: Ông/bà LÊ THỊ BÌNH") < text.index("Căn cứ Nghị định")


def test_the_lines_of_a_reason_stay_apart() -> None:
    pdf = printed(Slip.REFUSAL, refused("Thứ nhất, sai nơi nộp.\n\nThứ hai, thiếu chữ ký."))
    lines = [line.strip() for line in opened(pdf).pages[0].extract_text().splitlines()]
    first = lines.index("Thứ nhất, sai nơi nộp.")
    assert lines[first + 1] == "Thứ hai, thiếu chữ ký."


def test_a_reason_with_the_marks_of_typst_is_printed_as_it_was_typed() -> None:
    text = text_of(printed(Slip.REFUSAL, refused(HOSTILE)))
    assert letters_of(printable(HOSTILE)) in letters_of(text)


@every_slip
def test_whatever_people_type_stays_text(slip: Slip) -> None:
    dossier = DOSSIERS[slip]
    last = dataclasses.replace(dossier.last, note=HOSTILE)
    dossier = dossier.having(
        applicant=HOSTILE,
        subject=f"{HOSTILE} 2",
        procedure_name=HOSTILE,
        history=(*dossier.history[:-1], last),
        missing=(Missing(FieldId("a"), HOSTILE, HOSTILE),),
    )
    pdf = printed(slip, dossier, papers=((HOSTILE, 1),), fee=HOSTILE, phone=HOSTILE, email=HOSTILE)
    assert letters_of(printable(HOSTILE)) in letters_of(text_of(pdf))


@every_slip
def test_long_values_are_printed_whole(slip: Slip) -> None:
    dossier = DOSSIERS[slip].having(applicant=LONG[:300], procedure_name="Ư" * 100)
    text = letters_of(text_of(printed(slip, dossier)))
    assert letters_of(LONG[:300]) in text
    assert "Ư" * 100 in text


@every_slip
def test_nothing_is_printed_over_the_edges(slip: Slip) -> None:
    dossier = DOSSIERS[slip].having(applicant="W" * 300, procedure_name=f"{'W' * 90} " * 3)
    for page in DOCUMENTS.pictures(slip.name.lower(), slip_data(dossier, slip_facts()), 36):
        assert has_white_edges(page)


def test_many_papers_go_on_numbered_pages_under_the_same_head() -> None:
    papers = tuple((f"Giấy tờ thứ {number}", number) for number in range(1, 90))
    pages = opened(printed(Slip.RECEIPT, papers=papers)).pages
    assert len(pages) > 2
    for number, page in enumerate(pages, start=1):
        text = page.extract_text()
        assert f"Trang {number}/{len(pages)}" in text
        assert "Mẫu số 01" in text
        assert "Tên giấy tờ" in text or "Giấy tờ thứ" not in text


def test_a_signature_is_never_alone_on_a_page() -> None:
    for length in range(500, 3000, 600):
        last = opened(printed(Slip.REFUSAL, refused("Chưa đủ điều kiện. " * (length // 18 + 1))))
        text = last.pages[-1].extract_text()
        assert "NGƯỜI TIẾP NHẬN HỒ SƠ" in text
        assert "Mọi thắc mắc xin liên hệ" in text


def test_a_date_that_is_not_fixed_is_not_invented() -> None:
    filed = a_dossier(time_limit=dataclasses.replace(a_dossier().time_limit, value=None), due=None)
    accepted = rules.accept(filed, an_officer(), at(20), CALENDAR, HOURS)
    text = text_of(printed(Slip.RECEIPT, accepted))
    assert accepted.due is None
    assert "Cán bộ sẽ báo ngày hẹn ngay khi xác định được." in text
    assert "Thời hạn giải quyết" not in text


@pytest.mark.parametrize(
    ("day", "written"),
    [(date(2026, 1, 5), "ngày 05 tháng 01"), (date(2026, 3, 15), "ngày 15 tháng 3")],
)
def test_a_day_is_written_as_state_papers_do(day: date, written: str) -> None:
    facts = {"made_at": at(day.day, month=day.month)}
    assert f"Bình Minh, {written} năm 2026" in text_of(printed(Slip.REFUSAL, **facts))
