"""Filing for somebody else: for whom is understood, who files is asked, and the paper the law wants."""

from __future__ import annotations

import pytest

from tests.build import a_form, an_asker, filled_by_example
from tests.conversation.test_filing import opens
from tests.conversation.world import Citizen, fills

BIRTH, BIRTH_AND_MORE = "1.001193", "3.000722"
SINGLE, COPY, RECORD, BUSINESS, LAND = "1.004873", "2.000635", "3.000333", "1.001612", "1.012783"


@pytest.mark.parametrize(
    ("words", "relation"),
    [
        ("làm giúp mẹ tôi hồ sơ xin giấy xác nhận độc thân", "con"),
        ("toi muon nop ho so xin giay doc than giup me toi", "con"),
        ("em muốn nộp hồ sơ xác nhận tình trạng hôn nhân hộ con gái", "cha_me"),
        ("đăng ký khai sinh cho con của bạn tôi", "duoc_uy_quyen"),
    ],
)
def test_for_whom_it_is_was_said_already(citizen: Citizen, words: str, relation: str) -> None:
    citizen.says(words)
    told = next(heard for heard in citizen.got if heard.key == "filing.for_somebody")
    assert "uan hệ với người được" in told.text
    assert citizen.draft.answers["nyc.quan_he"] == relation
    assert citizen.draft.asking == "kinh_gui"


def test_whoever_asks_for_themselves_is_not_taken_for_another(citizen: Citizen) -> None:
    citizen.says("cho em nộp hồ sơ xin giấy xác nhận độc thân")
    assert "filing.for_somebody" not in [heard.key for heard in citizen.got]
    assert not citizen.draft.answers


def test_kin_are_asked_for_the_written_authority_and_oneself_is_not(citizen: Citizen) -> None:
    answers = opens(citizen, SINGLE)
    for_mother = {
        "nyc.quan_he": "con",
        "ndx.ho_ten": "Trần Thị Hoa",
        "ndx.so_dinh_danh": "001170067890",
        "ndx.ngay_sinh": "2/9/1970",
        "ndx.loai_giay_to": "Căn cước công dân",
        "ndx.so_giay_to": "001170067890",
        "ndx.ngay_cap": "10/5/2021",
        "ndx.noi_cap": "Cục Cảnh sát quản lý hành chính về trật tự xã hội",
        "ndx.cu_tru": answers["nyc.dia_chi"],
    }
    fills(citizen, {**answers, **for_mother}, until="van_ban_uy_quyen")
    assert citizen.draft.asking == "van_ban_uy_quyen"
    citizen.says("bỏ qua")
    citizen.hears("declaration.required", "declaration.help")
    assert "không cần chứng thực" in citizen.last().text
    citizen.sends("uy-quyen.pdf")
    citizen.says("xong")
    fills(citizen, {**answers, **for_mother})
    citizen.says("nộp")
    assert citizen.got[0].key == "submit.done"
    [dossier] = citizen.dossiers
    assert [item.name for item in dossier.attachments if item.field == "van_ban_uy_quyen"]
    assert dossier.applicant == "LÊ THỊ BÌNH"
    assert dossier.subject == "TRẦN THỊ HOA"


def acts_as(form: str, **answers: str) -> object:
    """As whom the filer acts, in the filled example with other answers; `a__b` is `a.b`."""
    draft = filled_by_example(a_form(form))
    for key, value in answers.items():
        draft = draft.answered(key.replace("__", "."), value)  # type: ignore[arg-type]
    return an_asker(a_form(form)).path(draft).values.get("uy_quyen")  # type: ignore[call-overload]


@pytest.mark.parametrize(
    ("form", "relation", "birth", "as_whom"),
    [
        ("TK_XNTTHN", "ban_than", "1996-03-12", "chinh_minh"),
        ("TK_XNTTHN", "cha_me", "1996-03-12", "nguoi_than"),
        ("TK_XNTTHN", "em ruột", "1996-03-12", "nguoi_than"),
        ("TK_XNTTHN", "Cháu ruột", "1940-03-12", "nguoi_khac"),
        ("TK_XNTTHN", "hàng xóm", "1996-03-12", "nguoi_khac"),
        ("TK_XNTTHN", "cô ruột", "1996-03-12", None),
        ("TK_XNTTHN", "khac", "1996-03-12", None),
    ],
)
def test_as_whom_somebody_files(form: str, relation: str, birth: str, as_whom: object) -> None:
    assert acts_as(form, nyc__quan_he=relation, ndx__ngay_sinh=birth) == as_whom


def test_parents_act_for_a_child_under_18_in_their_own_right() -> None:
    assert (
        acts_as("TK_CAI_CHINH", nyc__quan_he="cha_me", hs__ngay_sinh="2014-02-01") == "chinh_minh"
    )
    assert (
        acts_as("TK_CAI_CHINH", nyc__quan_he="cha_me", hs__ngay_sinh="1990-02-01") == "nguoi_than"
    )


def test_a_stranger_who_registers_a_birth_anew_needs_a_paper() -> None:
    stranger = {"nyc__quan_he": "duoc_uy_quyen", "tre__ngay_sinh": "1985-03-12"}
    assert acts_as("TK_KHAI_SINH_LAI", **stranger) == "nguoi_khac"


def test_a_neighbour_who_tells_of_a_death_needs_a_paper_and_a_cousin_does_not() -> None:
    assert acts_as("TK_KHAI_TU", nyc__quan_he="hàng xóm") == "nguoi_khac"
    assert acts_as("TK_KHAI_TU", nyc__quan_he="em họ") == "nguoi_than"


@pytest.mark.parametrize(
    ("words", "paper"),
    [("hàng xóm", True), ("em được ủy quyền", True), ("bà ngoại", False), ("dì", False)],
)
@pytest.mark.parametrize("code", [BIRTH, BIRTH_AND_MORE])
def test_a_stranger_registers_a_birth_with_the_written_authority_of_the_parents(
    citizen: Citizen, code: str, words: str, paper: bool
) -> None:
    answers = opens(citizen, code)
    mother = {
        "me.ho_ten": "Lê Thị Bình",
        "me.ngay_sinh": "12/3/1996",
        "me.so_dinh_danh": "001196023456",
        "me.dia_chi": "Số 5, tổ 3, phường Ba Đình, Hà Nội",
        "thuong_tru.cung_nguoi_khai": "không",
        "thuong_tru.dia_chi": "Số 5, tổ 3, phường Ba Đình, Hà Nội",
    }
    stranger = {"nyc.ho_ten": "Phạm Thu Hà", "nyc.so_dinh_danh": "001196098765"}
    fills(citizen, {**answers, **mother, **stranger, "nyc.quan_he": words})
    assert ("van_ban_uy_quyen" in citizen.draft.answers) is paper


@pytest.mark.parametrize(
    ("code", "relation", "paper"),
    [
        (RECORD, "con", False),
        (RECORD, "anh ruột", True),
        (BUSINESS, "bạn", True),
    ],
)
def test_who_files_is_asked_where_the_form_has_no_place_for_it(
    citizen: Citizen, code: str, relation: str, paper: bool
) -> None:
    answers = opens(citizen, code)
    proxy = {
        "nop_thay": "làm thay",
        "nop_thay.ho_ten": "Trần Văn Cường",
        "nop_thay.so_dinh_danh": "001093034567",
        "nop_thay.quan_he": relation,
    }
    fills(citizen, {**answers, **proxy})
    assert "TRẦN VĂN CƯỜNG" in citizen.last().text
    wanted = {"van_ban_uy_quyen", "uy_quyen_nop"} & set(citizen.draft.answers)
    assert bool(wanted) is paper
