"""Which questions come on other ways through the forms than that of the example, and what follows."""

from __future__ import annotations

from typing import Any

from bot.basics.ids import FieldId
from bot.declarations.path import Path
from tests.build import a_draft, a_form, an_asker, filled_by_example


def path(name: str, **answers: Any) -> Path:
    """The path of the filled example with other answers; `a__b` stands for the field `a.b`."""
    form = a_form(name)
    draft = filled_by_example(form)
    for field, value in answers.items():
        draft = draft.answered(FieldId(field.replace("__", ".")), value)
    return an_asker(form).path(draft)


def asked(found: Path) -> set[str]:
    """The ids of the questions on the path that nobody could answer for the citizen."""
    return {stop.id for stop in found.stops if stop.id not in found.values}


def test_a_paper_for_marrying_says_with_whom_and_where() -> None:
    found = path("TK_XNTTHN", muc_dich__loai="ket_hon")
    who = {f"muc_dich.{part}" for part in ("voi", "ngay_sinh", "quoc_tich", "giay_to", "noi")}
    assert who <= asked(found)
    found = path(
        "TK_XNTTHN",
        muc_dich__loai="ket_hon",
        muc_dich__voi="Trần Văn Cường",
        muc_dich__ngay_sinh="1993-07-20",
        muc_dich__quoc_tich="Việt Nam",
        muc_dich__giay_to="Thẻ căn cước 001093034567",
        muc_dich__noi="Ủy ban nhân dân phường Láng",
    )
    purpose = "Để đăng ký kết hôn với TRẦN VĂN CƯỜNG, sinh ngày 20/07/1993, quốc tịch Việt Nam"
    assert str(found.values[FieldId("muc_dich.ket_hon")]).startswith(purpose)


def test_whoever_lives_in_a_marriage_names_the_time_before_it() -> None:
    found = path("TK_XNTTHN", tinh_trang="tu_den")
    assert found.values[FieldId("xac_nhan_thoi_gian")] is True


def test_whoever_asks_for_somebody_else_is_asked_about_them() -> None:
    for_mother = path("TK_XNTTHN", nyc__quan_he="con")
    assert {"ndx.ho_ten", "ndx.so_dinh_danh", "ndx.loai_giay_to", "ndx.cu_tru"} <= asked(for_mother)
    assert not asked(path("TK_XNTTHN"))


def test_a_divorce_asks_for_its_judgment_and_the_count_of_marriages() -> None:
    found = path("TK_KET_HON", nu__tinh_trang="ly_hon")
    assert asked(found) == {"nu.lan_ket_hon", "nu.ban_an_so", "nu.ban_an_ngay", "nu.ban_an_cq"}


def test_a_death_told_in_time_is_not_late() -> None:
    late = path("TK_KHAI_TU", nct__thoi_diem_chet="2026-11-02T14:30")
    in_time = path("TK_KHAI_TU", nct__thoi_diem_chet="2026-11-10")
    assert late.values[FieldId("loai_dang_ky")] == "qua_han"
    assert in_time.values[FieldId("loai_dang_ky")] == "dung_han"


def test_a_child_gets_a_passport_through_somebody_who_stands_for_it() -> None:
    found = path("TK01_HOCHIEU", nyc__ngay_sinh="2016-03-12")
    shown = {stop.id for stop in found.stops}
    assert {"dai_dien.ho_ten", "dai_dien.so_dinh_danh", "dai_dien.quan_he"} <= asked(found)
    assert not {"nyc.loai_giay_to", "nghe_nghiep", "vo_chong.co"} & shown


def test_the_parent_who_stands_for_a_child_is_not_asked_about_twice() -> None:
    stands = {
        "nyc.ngay_sinh": "2016-03-12",
        "dai_dien.quan_he": "me",
        "dai_dien.ho_ten": "Lê Thị Bình",
        "dai_dien.ngay_sinh": "1990-02-01",
    }
    answers = {FieldId(name): value for name, value in stands.items()}
    found = an_asker(a_form("TK01_HOCHIEU")).path(a_draft(answers=answers))
    assert found.values[FieldId("me.ho_ten")] == "Lê Thị Bình"
    assert found.values[FieldId("me.ngay_sinh")] == "1990-02-01"
    assert {"cha.ho_ten", "dai_dien.thuong_tru", "dai_dien.ngay_cap"} <= asked(found)


def test_whoever_tells_of_a_death_gives_their_own_birthday() -> None:
    assert "nyc.ngay_sinh" in {stop.id for stop in path("TK_KHAI_TU").stops}


def test_a_child_under_14_comes_with_somebody_for_an_identity_card() -> None:
    assert asked(path("DC02", ngay_sinh="2015-03-12")) == {"nguoi_dai_dien"}


def test_a_minor_moves_with_the_consent_of_a_parent() -> None:
    for name in ("CT01", "CT01_THUONG_TRU", "CT01_GIA_HAN", "CT01_TACH_HO"):
        assert asked(path(name, ngay_sinh="2012-03-12")) == {"y_kien_cha_me"}


def test_the_head_of_the_household_needs_nobody_elses_consent_to_live_at_home() -> None:
    found = path("CT01_THUONG_TRU", quan_he_chu_ho="Chủ hộ", thuong_tru__cho_o="cua_minh")
    assert not {"y_kien_chu_ho", "y_kien_chu_so_huu"} & {stop.id for stop in found.stops}


def test_each_change_of_a_business_is_asked_by_itself() -> None:
    found = path("HKD_M2", loai_thay_doi=["ten", "chu_ho", "thue"])
    assert asked(found) == {"moi.ten", "moi.chu_ho", "moi.thue"}


def test_an_old_tax_code_does_not_tell_the_owners_number() -> None:
    assert "cccd" in asked(path("HKD_M2", ma_so="0100233488"))


def test_whoever_speaks_for_a_disabled_person_gives_their_own_name() -> None:
    found = path("TK_TROGIUP_1D", nguoi_khai__quan_he="con")
    assert asked(found) == {"nguoi_khai.ho_ten", "nguoi_khai.so_dinh_danh"}


def test_a_name_changed_after_the_ninth_birthday_is_agreed_to_by_its_bearer() -> None:
    child = path("TK_CAI_CHINH", nyc__quan_he="cha_me", loai="thay_doi", hs__ngay_sinh="2014-02-01")
    assert {"y_kien_cha_me", "y_kien_nguoi_con"} <= asked(child)
    small = path("TK_CAI_CHINH", nyc__quan_he="cha_me", loai="thay_doi", hs__ngay_sinh="2020-02-01")
    assert "y_kien_nguoi_con" not in asked(small)
