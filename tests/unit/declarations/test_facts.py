"""What an opening message already says of whom: taken, read back, and nobody taken for somebody else."""

from __future__ import annotations

from functools import cache

import pytest

from bot.basics.vietnamese.text import strip_marks
from bot.declarations.asking import Line
from bot.declarations.putting import put
from tests.walking import Citizen, filed_here

BIRTH, BIRTH_AND_ALL, DEATH, MARRIAGE = "1.001193", "3.000722", "1.000656", "1.000894"
SINGLE, EXTRACT, MENDED, RECORD = "1.004873", "2.000635", "1.004859", "3.000333"
BUSINESS, HOME, LODGING, CARD, LOST_CARD = (
    "1.001612",
    "1.004222",
    "1.004194",
    "1.014063",
    "1.014064",
)
FIRST_CARD, PASSPORT, AID, DISABLED = "1.014061", "1.001456", "1.001776", "1.001699"


@cache
def somebody(code: str) -> Citizen:
    """Somebody who is about to file this."""
    return Citizen(next(procedure for procedure in filed_here() if procedure.code == code))


def read_back(code: str, text: str) -> dict[str, str]:
    """Field → value, as the citizen is shown it; what follows from an answer is left out."""
    citizen = somebody(code)
    empty = citizen.draft.having(answers={}, asking=None, proposal=None)
    draft = citizen.loop.open(empty, text).draft
    if draft.proposal is None:
        return {}
    shown = put(citizen.loop.asker, citizen.loop.proposer.offers, draft, draft.proposal)
    lines: list[Line] = list(shown.holes["lines"])
    return {line.id: line.value for line in lines if line.id in draft.proposal.words}


TAKEN = [
    (
        BIRTH,
        "làm khai sinh cho cháu nội tên Trần Gia Bảo sinh ngày 3/11/2026",
        {
            "nyc.quan_he": "Ông/Bà",
            "tre.ho_ten": "TRẦN GIA BẢO",
            "tre.ngay_sinh": "03/11/2026",
        },
    ),
    (
        BIRTH,
        "làm khai sinh cho con tôi là Nguyễn Minh Anh, sinh hôm qua ở bệnh viện Từ Dũ",
        {"tre.ho_ten": "NGUYỄN MINH ANH", "tre.ngay_sinh": "20/11/2026"},
    ),
    (
        BIRTH,
        "đăng ký khai sinh cho bé gái Lê Ngọc Hân sinh 3/11/2026, mẹ nó là Lê Thị Hoa",
        {
            "tre.ho_ten": "LÊ NGỌC HÂN",
            "tre.ngay_sinh": "03/11/2026",
            "tre.gioi_tinh": "Nữ",
            "me.ho_ten": "LÊ THỊ HOA",
        },
    ),
    (
        BIRTH,
        "tôi là bà ngoại, đi làm khai sinh cho cháu tên Phạm Minh Khôi, mẹ cháu tên Nguyễn Thị Lan",
        {"nyc.quan_he": "Ông/Bà", "tre.ho_ten": "PHẠM MINH KHÔI", "me.ho_ten": "NGUYỄN THỊ LAN"},
    ),
    (
        BIRTH,
        "vợ tôi Trần Thị Lan sinh năm 1995 vừa sinh con trai hôm 5/11/2026",
        {
            "nyc.quan_he": "Cha",
            "tre.ngay_sinh": "05/11/2026",
            "tre.gioi_tinh": "Nam",
            "me.ho_ten": "TRẦN THỊ LAN",
            "me.ngay_sinh": "1995",
        },
    ),
    (
        BIRTH,
        "tôi là mẹ bé Trần Gia Bảo sinh 3/11/2026",
        {"nyc.quan_he": "Mẹ", "tre.ho_ten": "TRẦN GIA BẢO", "tre.ngay_sinh": "03/11/2026"},
    ),
    (
        BIRTH_AND_ALL,
        "làm khai sinh, nhập hộ khẩu và thẻ bảo hiểm cho cháu ngoại Trần Gia Bảo",
        {"nyc.quan_he": "Ông/Bà", "tre.ho_ten": "TRẦN GIA BẢO"},
    ),
    (
        MARRIAGE,
        "em với anh Nguyễn Văn Bình sinh 1995 muốn đăng ký kết hôn",
        {"nam.ho_ten": "NGUYỄN VĂN BÌNH", "nam.ngay_sinh": "1995"},
    ),
    (
        MARRIAGE,
        "em tên Lê Thị Hoa sinh 1998, chồng em là Trần Văn Nam sinh 12/3/1995",
        {
            "nu.ho_ten": "LÊ THỊ HOA",
            "nu.ngay_sinh": "1998",
            "nam.ho_ten": "TRẦN VĂN NAM",
            "nam.ngay_sinh": "12/03/1995",
        },
    ),
    (
        MARRIAGE,
        "tôi là Trần Văn Nam muốn đăng ký kết hôn với chị Lê Thị Hoa",
        {"nu.ho_ten": "LÊ THỊ HOA", "nam.ho_ten": "TRẦN VĂN NAM"},
    ),
    (
        DEATH,
        "ông nội tôi tên Nguyễn Văn Thành mất hôm qua, tôi cần khai tử",
        {
            "nyc.quan_he": "Cháu",
            "nct.ho_ten": "NGUYỄN VĂN THÀNH",
            "nct.gioi_tinh": "Nam",
            "nct.thoi_diem_chet": "20/11/2026",
        },
    ),
    (
        DEATH,
        "tôi là con trai của bà Lê Thị Sáu, mẹ tôi mất lúc 14h hôm qua",
        {
            "nyc.quan_he": "Con",
            "nct.ho_ten": "LÊ THỊ SÁU",
            "nct.gioi_tinh": "Nữ",
            "nct.thoi_diem_chet": "14:00 ngày 20/11/2026",
        },
    ),
    (
        DEATH,
        "bố tôi mất năm 1990, nay làm khai tử cho mẹ tôi tên Lê Thị Sáu sinh năm 1945",
        {
            "nyc.quan_he": "Con",
            "nct.ho_ten": "LÊ THỊ SÁU",
            "nct.ngay_sinh": "1945",
            "nct.gioi_tinh": "Nữ",
        },
    ),
    (
        SINGLE,
        "mẹ tôi tên Lê Thị Hoa sinh 1970 cần giấy xác nhận độc thân, tôi tên Trần Văn Nam",
        {
            "nyc.ho_ten": "TRẦN VĂN NAM",
            "nyc.quan_he": "Con",
            "ndx.ho_ten": "LÊ THỊ HOA",
            "ndx.ngay_sinh": "1970",
            "ndx.gioi_tinh": "Nữ",
        },
    ),
    (
        EXTRACT,
        "xin trích lục khai tử của bố tôi tên Nguyễn Văn Thành",
        {"nyc.quan_he": "Con", "hs.ho_ten": "NGUYỄN VĂN THÀNH", "hs.gioi_tinh": "Nam"},
    ),
    (
        MENDED,
        "con tôi tên Trần Gia Bảo bị sai ngày sinh 3/11/2015 trong khai sinh",
        {"nyc.quan_he": "Cha/Mẹ", "hs.ho_ten": "TRẦN GIA BẢO"},
    ),
    (
        RECORD,
        "xin lý lịch tư pháp, tôi là Nguyễn Văn An sinh 12/3/1990, bố tên Nguyễn Văn Thành",
        {
            "nyc.ho_ten": "NGUYỄN VĂN AN",
            "nyc.ngay_sinh": "12/03/1990",
            "cha.ho_ten": "NGUYỄN VĂN THÀNH",
        },
    ),
    (
        LOST_CARD,
        "tôi bị mất căn cước, tên Nguyễn Văn An, số cccd 001090012345",
        {"ho_ten": "NGUYỄN VĂN AN", "so_dinh_danh": "001090012345"},
    ),
    (
        CARD,
        "đổi thẻ căn cước, em là Lê Thị Hoa sinh 12/3/1998",
        {"ho_ten": "LÊ THỊ HOA", "ngay_sinh": "12/03/1998"},
    ),
    (
        FIRST_CARD,
        "làm căn cước lần đầu cho con trai tên Trần Gia Bảo sinh 3/11/2012",
        {"ho_ten": "TRẦN GIA BẢO", "ngay_sinh": "03/11/2012", "gioi_tinh": "Nam"},
    ),
    (
        PASSPORT,
        "em tên Lê Thị Hoa, làm hộ chiếu cho con gái em tên Trần Mai Anh, bố là Trần Văn Nam",
        {"nyc.ho_ten": "TRẦN MAI ANH", "gioi_tinh": "Nữ", "cha.ho_ten": "TRẦN VĂN NAM"},
    ),
    (
        AID,
        "làm trợ cấp cho mẹ tôi tên Lê Thị Hoa sinh 1940",
        {
            "ho_ten": "LÊ THỊ HOA",
            "ngay_sinh": "1940",
            "gioi_tinh": "Nữ",
            "nguoi_khai.quan_he": "Con",
        },
    ),
    (
        DISABLED,
        "tôi tên Nguyễn Văn An sinh 1980 muốn làm giấy khuyết tật",
        {"ho_ten": "NGUYỄN VĂN AN", "ngay_sinh": "1980"},
    ),
    (
        LODGING,
        "đăng ký tạm trú, tôi tên Nguyễn Văn An, chủ nhà là bà Trần Thị Bảy",
        {"ho_ten": "NGUYỄN VĂN AN", "chu_ho": "TRẦN THỊ BẢY"},
    ),
]


@pytest.mark.parametrize(("code", "text", "said"), TAKEN, ids=[text for _, text, _ in TAKEN])
def test_what_an_opening_message_says_is_taken_for_whom_it_is_said_of(
    code: str, text: str, said: dict[str, str]
) -> None:
    assert read_back(code, text) == said


@pytest.mark.parametrize(("code", "text", "said"), TAKEN, ids=[text for _, text, _ in TAKEN])
def test_it_is_taken_just_so_without_marks_and_capitals(
    code: str, text: str, said: dict[str, str]
) -> None:
    without = strip_marks(text).lower()
    bare = {field: strip_marks(value) for field, value in said.items()}
    assert {field: strip_marks(value) for field, value in read_back(code, without).items()} == bare


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "mở quán phở tên Phở Hà ở 12 Lý Thường Kiệt, vốn 50 triệu",
            {"ten_rieng": "Phở Hà", "von": "50.000.000 đ"},
        ),
        (
            "tôi tên Lê Thị Hoa sinh 1985, bán tạp hóa tại số 5 tổ 3 phường Ba Đình Hà Nội",
            {
                "chu_ho.ho_ten": "LÊ THỊ HOA",
                "chu_ho.ngay_sinh": "1985",
                "tru_so": "5 tổ 3, phường Ba Đình, thành phố Hà Nội",
            },
        ),
    ],
)
def test_a_shop_has_a_name_an_address_and_a_capital_of_its_own(
    text: str, said: dict[str, str]
) -> None:
    assert read_back(BUSINESS, text) == said


@pytest.mark.parametrize(
    ("code", "text"),
    [
        (BIRTH, "mẹ tôi tên Phạm Thị Tư sinh 1960, nộp hồ sơ khai sinh cho con tôi"),
        (BIRTH, "hàng xóm tôi là chị Lê Thị Hoa nhờ làm khai sinh"),
        (BIRTH, "bé tên gì cũng được, sinh ngày mấy thì được làm khai sinh"),
        (MARRIAGE, "bố em tên Lê Văn Tám, em muốn đăng ký kết hôn"),
        (MARRIAGE, "chị ơi em tên Lê Thị Hoa muốn đăng ký kết hôn"),
        (HOME, "đăng ký thường trú cho con tôi tên Trần Gia Bảo sinh 3/11/2020"),
        ("1.001570", "tạm ngừng kinh doanh quán cà phê tên An Phúc"),
    ],
)
def test_nobody_is_taken_for_somebody_else(code: str, text: str) -> None:
    assert read_back(code, text) == {}


def test_whoever_files_for_their_husband_is_not_the_one_it_is_about() -> None:
    text = "làm lý lịch tư pháp cho chồng tôi tên Trần Văn Nam sinh 1990, tôi tên Lê Thị Hoa"
    said = read_back(RECORD, text)
    assert said["nyc.ho_ten"] == "TRẦN VĂN NAM"
    assert "LÊ THỊ HOA" not in said.values()
