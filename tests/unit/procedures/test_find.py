"""The procedure a citizen means is found in their own words, and only called certain when it is."""

from __future__ import annotations

import random
import sys

import pytest

from bot.basics.vietnamese.text import strip_marks
from bot.procedures import catalogue
from bot.procedures.find import Finder, Found
from bot.procedures.model import Tier
from tests.unit.procedures.build import CATALOGUE, MODELS, a_catalogue, a_procedure

BIRTH, AGAIN, MARRIAGE, MENDED = "1.001193", "1.004884", "1.000894", "1.004859"
RESIDENCE, STAY, LONGER, APART = "1.004222", "1.004194", "1.002755", "1.010038"
CARD, NEW_CARD, LOST_CARD = "1.014061", "1.014063", "1.014064"
SINGLE, COPY, RECORD, POOR, DEED = "1.004873", "2.000815", "3.000333", "1.011607", "1.012783"
LICENCE, LOST_LICENCE = "3.000347", "3.000348"


@pytest.fixture(scope="module")
def finder() -> Finder:
    return Finder(catalogue.read(CATALOGUE), MODELS)


def first(finder: Finder, text: str) -> str:
    return (finder.find(text).candidates or ("",))[0]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("giấy chứng minh độc thân", SINGLE),
        ("hộ khẩu", RESIDENCE),
        ("nhập khẩu cho con", RESIDENCE),
        ("tách khẩu", APART),
        ("giấy tạm trú", STAY),
        ("kt3", STAY),
        ("sao y", COPY),
        ("lý lịch tư pháp", RECORD),
        ("sổ hồng", DEED),
        ("hộ nghèo", POOR),
        ("làm lại căn cước bị mất", LOST_CARD),
        ("mat bang lai", LOST_LICENCE),
    ],
)
def test_everyday_names_lead_to_the_procedure(finder: Finder, text: str, code: str) -> None:
    assert first(finder, text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("đăng ký khai sinh", BIRTH),
        ("đăng ký lại khai sinh", AGAIN),
        ("cải chính khai sinh", MENDED),
        ("đăng ký tạm trú", STAY),
        ("gia hạn tạm trú", LONGER),
        ("làm căn cước lần đầu", CARD),
        ("đổi căn cước", NEW_CARD),
        ("cấp lại thẻ căn cước", LOST_CARD),
        ("đổi bằng lái", LICENCE),
    ],
)
def test_near_twins_are_told_apart(finder: Finder, text: str, code: str) -> None:
    for typed in (text, strip_marks(text), f"cho em hỏi {text} cần giấy tờ gì ạ"):
        assert first(finder, typed) == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "lệ phí bao nhiêu",
        "cần giấy tờ gì",
        "mất bao lâu vậy ad",
        "nop o dau",
        "cảm ơn em nhé",
        "hôm nay trời đẹp quá",
        "số điện thoại của tôi là 0900000001",
    ],
)
def test_words_of_asking_name_nothing(finder: Finder, text: str) -> None:
    assert finder.find(text) == Found()


def test_asking_about_something_does_not_change_what_it_is(finder: Finder) -> None:
    for question in ("cần giấy tờ gì", "lệ phí bao nhiêu", "mất bao lâu", "nộp ở đâu vậy ad"):
        assert first(finder, f"đăng ký kết hôn {question}") == MARRIAGE


def test_a_story_is_heard_for_what_it_asks(finder: Finder) -> None:
    story = (
        "Chào em, chị tên Lan, hai vợ chồng chị làm công nhân ở khu công nghiệp, mới sinh cháu được"
        " ba tuần, ông bà nội ở quê xa. Giờ chị muốn làm giấy khai sinh cho cháu thì sao em?"
    )
    assert first(finder, story) == BIRTH


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("đăg kí khai sih", BIRTH),
        ("dang ky ket hoon", MARRIAGE),
        ("làm lại căn cứoc công dân", LOST_CARD),
        ("ĐĂNG KÝ TẠM TRÚ", STAY),
        ("đăng ký thường trú", RESIDENCE),
    ],
)
def test_slips_of_the_finger_are_forgiven(finder: Finder, text: str, code: str) -> None:
    assert first(finder, text) == code


def test_diacritics_that_were_written_count() -> None:
    finder = Finder(
        a_catalogue(a_procedure("9.000001", "Cấp mã rồng"), a_procedure("9.000002", "Cấp má rồng"))
    )
    assert first(finder, "cấp má rồng") == "9.000002"
    assert first(finder, "cấp mã rồng") == "9.000001"
    assert set(finder.find("cap ma rong").candidates) == {"9.000001", "9.000002"}
    assert finder.find("cap ma rong").procedure is None


def test_where_the_tone_stands_does_not_matter(finder: Finder) -> None:
    assert finder.find("hoà giải xoá") == finder.find("hòa giải xóa")


@pytest.mark.parametrize("text", ["1.001193", "thủ tục 1-001193", "mã 1.001193.H29 là gì"])
def test_a_code_is_the_procedure(finder: Finder, text: str) -> None:
    found = finder.find(text)
    assert (found.procedure, found.score) == (BIRTH, 1.0)


def test_a_retired_code_leads_to_its_successor(finder: Finder) -> None:
    assert finder.find("2.000488").procedure == RECORD
    found = finder.find("thủ tục 1.002809")
    assert (found.procedure, found.candidates) == (None, (LICENCE, LOST_LICENCE))


def test_a_code_nobody_knows_names_nothing(finder: Finder) -> None:
    assert finder.find("9.999999") == Found()


def test_foreigners_are_meant_only_when_said() -> None:
    here = a_procedure("9.000001", "Đăng ký kết hôn")
    abroad = a_procedure("9.000002", "Đăng ký kết hôn có yếu tố nước ngoài")
    finder = Finder(a_catalogue(here, abroad))
    assert first(finder, "tôi muốn đăng ký kết hôn") == here.code
    assert first(finder, "đăng ký kết hôn với người Hàn Quốc") == abroad.code
    assert first(finder, "dang ky ket hon voi nguoi nuoc ngoai") == abroad.code


def test_twins_of_other_levels_are_offered_together() -> None:
    name = "Trình báo mất rồng"
    twins = [
        a_procedure("9.000001", f"{name} (thực hiện tại cấp tỉnh)", tiers=(Tier.PROVINCE,)),
        a_procedure("9.000002", f"{name} (thực hiện tại cấp xã)", tiers=(Tier.COMMUNE,)),
    ]
    finder = Finder(a_catalogue(*twins))
    found = finder.find("báo mất rồng")
    assert (found.procedure, len(found.candidates)) == (None, 2)
    assert first(finder, "trình báo mất rồng cấp xã") == "9.000002"


def test_at_most_five_are_offered() -> None:
    finder = Finder(
        a_catalogue(
            *(a_procedure(f"9.00000{n}", f"Cấp giấy phép nuôi rồng màu {n}") for n in range(9))
        )
    )
    found = finder.find("giấy phép nuôi rồng")
    assert found.procedure is None
    assert len(found.candidates) == 5


def test_the_words_that_named_it_are_pointed_out(finder: Finder) -> None:
    text = "Dạ cho em hỏi làm lại căn cước công dân bị mất ở đâu?"
    named = [text[start:end] for start, end in finder.find(text).spans]
    assert "căn cước công dân" in " ".join(named)
    assert not any(word in " ".join(named) for word in ("Dạ", "hỏi", "ở đâu"))


def test_spans_hold_in_text_with_parted_diacritics(finder: Finder) -> None:
    import unicodedata

    text = unicodedata.normalize("NFD", "cần hỏi tách khẩu nhé")
    (span,) = finder.find(text).spans
    assert unicodedata.normalize("NFC", text[slice(*span)]) == "tách khẩu"


def test_everyday_words_help_imported_titles_too() -> None:
    finder = Finder(
        a_catalogue(
            a_procedure("9.000001", "Xóa đăng ký thường trú"),
            a_procedure("9.000002", "Cấp lại Giấy chứng nhận do bị mất"),
        )
    )
    assert first(finder, "cắt khẩu cho con gái") == "9.000001"
    assert first(finder, "làm lại sổ đỏ") == "9.000002"


def test_it_is_found_by_part_of_a_long_title() -> None:
    finder = Finder(
        a_catalogue(
            a_procedure(
                "9.000001", "Đăng ký lập đàn rồng, liên hiệp đàn rồng; đăng ký chia đàn rồng"
            ),
            a_procedure("9.000002", "Đăng ký lập đàn hổ đối với người có hổ"),
        )
    )
    assert first(finder, "đăng ký chia đàn rồng") == "9.000001"
    assert first(finder, "đăng ký lập đàn hổ") == "9.000002"


@pytest.mark.parametrize(
    "text",
    [
        "khai sinh " * 5_000,
        "\x00\x01" * 500,
        "1." * 3_000,
        "(" * 3_000,
        "ạ" * 5_000,
        "\u0301" * 900,
    ],
)
def test_hostile_text_is_survived(finder: Finder, text: str) -> None:
    found = finder.find(text)
    assert 0.0 <= found.score <= 1.0
    assert all(0 <= start < end <= 2000 for start, end in found.spans)


def test_any_text_gives_a_fair_answer(finder: Finder) -> None:
    seed = random.randrange(10**6)
    sys.stdout.write(f"seed {seed}\n")
    chance = random.Random(seed)
    pieces = [
        "đăng ký",
        "khai",
        "sinh",
        "mất",
        "lại",
        "đổi",
        "x",
        "1",
        ".",
        "?",
        "ơi",
        "thẻ",
        "cccd",
    ]
    for _ in range(200):
        found = finder.find(" ".join(chance.choices(pieces, k=chance.randrange(10))))
        assert found.procedure in (None, *found.candidates[:1])
        assert len(set(found.candidates)) == len(found.candidates) <= 5
        assert 0.0 <= found.score <= 1.0


def test_an_empty_catalogue_finds_nothing() -> None:
    assert Finder(a_catalogue()).find("đăng ký khai sinh") == Found()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("bé hơn hai tháng mà em bận chưa kịp ra phường", BIRTH),
        ("tụi em ngoài Bắc vào đây kiếm việc, vừa mướn được phòng", STAY),
    ],
)
def test_what_a_story_means_is_offered_though_it_says_no_name(
    finder: Finder, text: str, code: str
) -> None:
    found = finder.find(text)
    assert found.procedure is None
    assert code in found.candidates
