"""One spelling out of many, and where every letter stood."""

from __future__ import annotations

import random
import unicodedata

import pytest

from bot.basics.vietnamese.normalise import LONGEST_TEXT, keys, normalise
from bot.basics.vietnamese.syllables import decoded, early_tones, is_syllable
from bot.basics.vietnamese.text import fold


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (
            "vk e ms sinh dc 5 ngay, lam giay khs can j v ad",
            "vợ em mới sinh được 5 ngay, lam giay khai sinh can gì vậy ad",
        ),
        ("dk kh can mang j theo z", "đăng ký kết hôn can mang gì theo vậy"),
        ("lm gplx mất gtờ j ạ", "làm giấy phép lái xe mất giấy tờ gì ạ"),
        ("hs e tới đâu r", "hồ sơ em tới đâu rồi"),
        ("LAM KS CAN J", "LAM khai sinh CAN gì"),
        ("tks ad nhìu", "cảm ơn ad nhiều"),
    ],
)
def test_abbreviations_and_teencode_are_written_out(typed, meant):
    assert normalise(typed).text == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("đăng ký tạm trú ở mô rứa anh", "đăng ký tạm trú ở đâu vậy anh"),
        ("mần giấy khai sinh cần chi rứa", "làm giấy khai sinh cần gì vậy"),
        ("chừng nào xong hông biết", "khi nào xong không biết"),
        ("má tui muốn làm", "mẹ tôi muốn làm"),
        ("khai sanh tốn nhiêu", "khai sinh tốn bao nhiêu"),
    ],
)
def test_dialects_are_understood(typed, meant):
    assert normalise(typed).text == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("chi phí bao nhiêu", "chi phí bao nhiêu"),
        ("quên mk r", "quên mật khẩu rồi"),
        ("cho mk hỏi", "cho mình hỏi"),
        ("vk ck mk", "vợ chồng mình"),
        ("ck phí qua momo dc k", "chuyển khoản phí qua momo được không"),
        ("đk để đc hưởng", "điều kiện để được hưởng"),
        ("làm online đk ạ", "làm online được không ạ"),
        ("đk tạm trú", "đăng ký tạm trú"),
        ("dc k ạ", "được không ạ"),
        ("sửa dc nhà", "sửa địa chỉ nhà"),
        ("5 ng thì có", "5 ngày thì có"),
        ("2 ng lớn", "2 ngày lớn"),
        ("ng khác", "người khác"),
        ("tt 12 nói gì", "thông tư 12 nói gì"),
        ("200 k", "200 k"),
        ("bằng lái hạng a", "bằng lái hạng a"),
        ("a ơi", "anh ơi"),
    ],
)
def test_neighbours_decide_what_an_ambiguous_word_means(typed, meant):
    assert normalise(typed).text == meant


def test_a_word_that_stays_ambiguous_is_left_and_reported():
    result = normalise("ad ơi, đk tt giúp em")
    [doubt] = result.doubts
    assert result.text[doubt.start : doubt.end] == "tt"
    assert {"thường trú", "tạm trú"} <= set(doubt.meanings)


@pytest.mark.parametrize(
    "typed",
    [
        "con tên Nguyễn Văn K",
        "nhà ở P. Bến Nghé Q.1",
        "hồ sơ H26.12-261120-0007",
        "mẫu CT01",
        'tên quán là "Ks J Z"',
        "https://dichvucong.gov.vn/k?e=1",
        "em@k.vn",
        "0912345678",
    ],
)
def test_names_addresses_codes_and_quoted_words_are_not_touched(typed):
    assert normalise(typed).text == typed


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("saooooo lâu thếeee", "sao lâu thế"),
        ("ddawng kys keets hoon caanf gif", "đăng ký kết hôn cần gì"),
        ("toi6 muon61 d9ang8 ky1", "tôi muốn đăng ký"),
        ("giayto khôgn doanhh", "giay to không doanh"),
        ("hoà thuỷ quý uỷ ban", "hòa thủy quý ủy ban"),
        ("jjjjjj", "jjj"),
        ("online zalo visa", "online zalo visa"),
    ],
)
def test_slips_of_the_keyboard_are_undone(typed, meant):
    assert normalise(typed).text == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("hộ chiêu bao lâu", "hộ chiếu bao lâu"),
        ("xin giấy phép sây nhà", "xin giấy phép xây nhà"),
        ("trứng thực ở chỗ lào", "chứng thực ở chỗ nào"),
        ("căng cước bị gãy", "căn cước bị gãy"),
        ("đăng ký kinh doah", "đăng ký kinh doanh"),
    ],
)
def test_terms_written_by_ear_or_with_wrong_marks_are_known(typed, meant):
    assert normalise(typed).text == meant


@pytest.mark.parametrize(
    "typed",
    [
        "cho cấp lại thẻ",
        "ban lai nha",
        "bàn lại sau",
        "tên đường ghi tren so do",
        "xin Kiệt Hôn",
        "em bận lắm",
        "nguyễn văn đặng",
        "lãnh đạo phường",
    ],
)
def test_words_that_only_sound_like_a_term_are_left(typed):
    assert normalise(typed).text == typed


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("giay khaisinh", "giay khai sinh"),
        ("giaykhaisinh", "giay khai sinh"),
        ("dangky tamtru", "dang ky tam tru"),
        ("ho so huong tro cap", "hồ sơ hưởng tro cap"),
        ("manulife", "manulife"),
    ],
)
def test_words_run_together_are_taken_apart(typed, meant):
    assert normalise(typed).text == meant


def test_every_letter_knows_where_it_stood():
    typed = "ad oi 😀😀 hs H26.12-261120-0007 tới đâu r"
    result = normalise(typed)
    start = result.text.index("H26")
    left, right = result.original(start, start + len("H26.12-261120-0007"))
    assert typed[left:right] == "H26.12-261120-0007"
    start = result.text.index("hồ sơ")
    left, right = result.original(start, start + len("hồ sơ"))
    assert typed[left:right] == "hs"


def test_decomposed_letters_keep_their_places():
    typed = unicodedata.normalize("NFD", "đăng ký tạm trú tại Huế")
    result = normalise(typed)
    start = result.text.index("Huế")
    left, right = result.original(start, start + 3)
    assert unicodedata.normalize("NFC", typed[left:right]) == "Huế"


@pytest.mark.parametrize("typed", ["", " ", "\n\n", "😀", "\ud800", "\x00\x01", "́́́", "=" * 50])
def test_nothing_makes_it_fail(typed):
    assert isinstance(normalise(typed).text, str)


def test_a_very_long_text_is_cut():
    assert len(normalise("k " * 50_000).text) < 5 * LONGEST_TEXT


def test_random_letters_never_fail_and_offsets_stay_inside():
    seed = 20261121
    chance = random.Random(seed)
    alphabet = "kjzehs đăừ1.,?!\"'😀\u0301\n=ABc"
    for _ in range(500):
        typed = "".join(chance.choice(alphabet) for _ in range(chance.randrange(40)))
        result = normalise(typed)
        for start in range(len(result.text)):
            left, right = result.original(start, start + 1)
            assert 0 <= left <= right <= len(typed), seed


def test_keys_of_spellings_of_one_thing_meet():
    first, second = keys(["đk tạm trú cần j", "dang ky tam tru can gi"])
    assert first == second


@pytest.mark.parametrize(
    "word", ["nghiêng", "khuya", "quyết", "gì", "uống", "đường", "yêu", "oanh"]
)
def test_syllables_are_recognised(word):
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["online", "zxc", "giayto", "phpa", "has"])
def test_other_words_are_no_syllables(word):
    assert not is_syllable(word)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("giaays", "giấy"),
        ("dduwowcj", "được"),
        ("gia61y", "giấy"),
        ("d9u7o7c5", "được"),
        ("ban", None),
    ],
)
def test_telex_and_vni_keys_are_decoded(typed, meant):
    assert decoded(typed) == meant


def test_late_tones_move_forward():
    assert early_tones("hoà xoè thuỷ quý hoàn") == "hòa xòe thủy quý hoàn"
    assert fold(early_tones("Hoà")) == "hoa"
