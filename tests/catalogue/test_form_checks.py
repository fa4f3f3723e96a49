"""What the forms refuse, and what they ask about once more (FORMATS §9, LEGAL)."""

from __future__ import annotations

from typing import Any

import pytest

from bot.basics.ids import FieldId, MessageId
from bot.basics.say import Say
from bot.declarations.model import Draft, Heard, Outcome
from tests.build import a_form, a_loop, an_asker, filled_by_example

REFUSED = [
    ("TK_KET_HON", "nu.ngay_sinh", "1/12/2008", "chưa đủ 18 tuổi"),
    ("TK_KET_HON", "nam.ngay_sinh", "1/12/2006", "chưa đủ 20 tuổi"),
    ("TK_KET_HON", "nam.so_dinh_danh", "001196023456", "đang trùng nhau"),
    ("TK_KET_HON", "nu.tinh_trang", "đang có chồng", "đang có chồng"),
    ("TK_KET_HON", "cung_den_ky", "không", "cùng có mặt"),
    ("TK_KET_HON", "nam.quoc_tich", "Pháp", "2.000806"),
    ("TK_KET_HON", "cam_doan", "không", "cam đoan"),
    ("TK_KHAI_TU", "nct.thoi_diem_chet", "1/1/1930", "Ngày mất phải sau ngày sinh"),
    ("TK_KHAI_TU", "giay_bao_tu.ngay", "1/11/2026", "sau khi người ấy mất"),
    ("TK_KHAI_SINH", "cha.so_dinh_danh", "001196023456", "đang trùng nhau"),
    ("TK_LIEN_THONG_KS", "tre.ngay_sinh", "5/11/2019", "dưới 6 tuổi"),
    ("TK_XNTTHN", "ndx.den_ngay", "1/1/2010", "sau ngày bắt đầu"),
    ("DC02_CAP", "ngay_sinh", "1/12/2014", "1.014062"),
    ("DC02", "ly_do", "mất thẻ", "1.014064"),
    ("DC02", "phai_den", "không", "phải đến Công an"),
    ("TK01_HOCHIEU", "gan_chip", "có gắn chíp", "Phòng Quản lý xuất nhập cảnh"),
    ("TK_LLTP", "qua_trinh[1].tu", "1990", "trước ngày sinh"),
    ("HKD_M1", "chu_ho.ngay_sinh", "1/12/2008", "đủ 18 tuổi"),
    ("HKD_M1", "ten_rieng", "Công ty An Phúc", "công ty"),
    ("HKD_M1", "nganh_chinh.ma", "47", "bốn chữ số"),
    ("HKD_M1", "thanh_vien[1].so_dinh_danh", "001095012345", "chủ hộ kinh doanh"),
    ("HKD_M3", "tu_ngay", "23/11/2026", "3 ngày làm việc"),
    ("HKD_M3", "den_ngay", "30/11/2026", "sau ngày bắt đầu"),
    ("GPXD_M01", "tong_dt_san", "60", "diện tích tầng 1"),
    ("DN_HUUTRI_XH", "ngay_sinh", "15/6/1960", "đủ 75 tuổi"),
    ("DN_HUUTRI_XH", "ngay_sinh", "15/6/1954", "hộ nghèo hoặc hộ cận nghèo"),
    ("DN_HUUTRI_XH", "luong_huu", "có", "lương hưu"),
    ("MSNS_01", "chuong", "62", "ba chữ số"),
    ("DAT_M18", "nop_ban_goc", "không", "bản gốc"),
]
ASKED = [
    ("TK_KET_HON", "nu.so_dinh_danh", "001096023456", "của nam giới"),
    ("TK_KHAI_SINH", "cha.ho_ten", "Phạm Văn Cường", "khác cả họ cha và họ mẹ"),
    ("TK_KHAI_SINH", "cha.ngay_sinh", "2016", "chưa đủ 12 tuổi"),
    ("TK_KHAI_SINH", "cha.quoc_tich", "Pháp", "2.000528"),
    ("TK_KHAI_SINH_LAI", "truoc_day.ngay", "20/3/2018", "01/01/2016"),
    ("DC02", "thoi_gian", "20 giờ ngày 27/11/2026", "giờ hành chính"),
    ("DC02", "thoi_gian", "9 giờ ngày 29/11/2026", "giờ hành chính"),
    ("TK_LLTP", "qua_trinh[1].tu", "2012", "năm đủ 14 tuổi"),
    ("TK_LLTP", "qua_trinh[1].den", "2014", "khoảng trống"),
    ("TK_LLTP", "qua_trinh[2].tu", "2019", "khoảng trống"),
    ("GPLX_PL12", "nyc.ngay_sinh", "12/3/2009", "chưa đủ tuổi"),
    ("GPLX_PL12", "hang", "B1", "nay là hạng B"),
    ("GPLX_PL12", "so_gplx", "AB 123456", "12 chữ số"),
    ("GPXD_M01", "dt_tang1", "100", "lớn hơn diện tích lô đất"),
    ("DAT_M18", "gcn_so", "123", "hai chữ cái"),
    ("CT01_GIA_HAN", "tam_tru.het_han", "31/12/2026", "15 ngày"),
    ("TK_TROGIUP_1D", "muc_do", "nhẹ", "nặng và đặc biệt nặng"),
]


def hears(name: str, field: str, words: str) -> Outcome:
    """What the filled example of the form says to another answer."""
    form = a_form(name)
    draft: Draft = filled_by_example(form).having(asking=FieldId(field), revisiting=FieldId(field))
    return a_loop(an_asker(form)).hear(draft, Heard(MessageId("m"), words))


def messages(said: Any) -> str:
    """The words of the checks in what was said."""
    if isinstance(said, Say):
        return messages(list(said.holes.values()))
    if isinstance(said, list | tuple):
        return " ".join(map(messages, said))
    return said if isinstance(said, str) else ""


@pytest.mark.parametrize(("name", "field", "words", "told"), REFUSED)
def test_what_the_law_does_not_allow_is_refused_with_the_reason(
    name: str, field: str, words: str, told: str
) -> None:
    outcome = hears(name, field, words)
    assert outcome.says[0].key == "declaration.wrong"
    assert told in messages(outcome.says[0].holes["reason"])


@pytest.mark.parametrize(("name", "field", "words", "told"), ASKED)
def test_what_is_unusual_is_taken_after_a_yes(name: str, field: str, words: str, told: str) -> None:
    outcome = hears(name, field, words)
    assert outcome.says[0].key == "declaration.doubt"
    assert told in messages(outcome.says[0].holes["doubts"])
    assert outcome.draft.pending
