"""Addresses, old and new, as citizens type them."""

from __future__ import annotations

import json
import random
import sqlite3
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from bot.basics.errors import Misconfigured
from bot.basics.vietnamese.text import strip_marks
from bot.catalogue.units import build_places
from bot.procedures.places import Place, Places, Resolution

FOLDER = Path(__file__).parents[3] / "bot" / "catalogue" / "units"
HCM = "Thành phố Hồ Chí Minh"


@pytest.fixture(scope="module")
def places() -> Places:
    return Places.read(FOLDER)


def rows(name: str) -> list[list[str]]:
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines[1:]]


def sampled(items: list[list[str]], count: int) -> list[list[str]]:
    seed = random.randrange(10**6)
    sys.stdout.write(f"seed {seed}\n")
    return random.Random(seed).sample(items, count)


def names(resolution: Resolution) -> list[str]:
    return [place.commune for place in resolution.candidates]


@pytest.mark.parametrize(
    ("text", "commune", "province", "era"),
    [
        ("Số 12 Nguyễn Huệ, P. Bến Nghé, Q.1, TP.HCM", "Phường Sài Gòn", HCM, "old"),
        ("12 nguyen hue, p ben nghe, q1, tphcm", "Phường Sài Gòn", HCM, "old"),
        ("12 nguyen hue p ben nghe q1 tphcm", "Phường Sài Gòn", HCM, "old"),
        ("P.5, Q.Gò Vấp, TP HCM", "Phường An Nhơn", HCM, "old"),
        ("F5 Gò Vấp SG", "Phường An Nhơn", HCM, "old"),
        ("phường 05, quận gò vấp, sài gòn", "Phường An Nhơn", HCM, "old"),
        (
            "25 Le Loi, P. Thach Thang, Q. Hai Chau, Da Nang",
            "Phường Hải Châu",
            "Thành phố Đà Nẵng",
            "old",
        ),
        ("Phường Phú Cường, TP Thủ Dầu Một, Bình Dương", "Phường Thủ Dầu Một", HCM, "old"),
        (
            "thôn 3, xã Ea Tu, TP Buôn Ma Thuột, Đắk Lắk",
            "Phường Tân An",
            "Tỉnh Đắk Lắk",
            "old",
        ),
        ("Phường Cầu Giấy, Hà Nội", "Phường Cầu Giấy", "Thành phố Hà Nội", "new"),
        (
            "TT Gia Bình, huyện Gia Bình, Bắc Ninh",
            "Phường Gia Bình",
            "Thành phố Bắc Ninh",
            "old",
        ),
        ("X. Long Thành, Đồng Nai", "Phường Long Thành", "Thành phố Đồng Nai", "new"),
        ("P7, TX. Vũng Tàu, BRVT", "Phường Tam Thắng", HCM, "old"),
        ("p7 vt", "Phường Tam Thắng", HCM, "old"),
        ("Phường 1 Bảo Lộc, Lâm Đồng", "Phường 1 Bảo Lộc", "Tỉnh Lâm Đồng", "new"),
        ("Phường 1, Bảo Lộc, Lâm Đồng", "Phường 1 Bảo Lộc", "Tỉnh Lâm Đồng", "old"),
        ("phường IV, Vị Thanh, Hậu Giang", "Phường Vị Tân", "Thành phố Cần Thơ", "old"),
        ("P.4, TP Vị Thanh, Hậu Giang", "Phường Vị Tân", "Thành phố Cần Thơ", "old"),
        ("Huyện Côn Đảo, Bà Rịa - Vũng Tàu", "Đặc khu Côn Đảo", HCM, "old"),
        ("Lý Sơn, Quảng Ngãi", "Đặc khu Lý Sơn", "Tỉnh Quảng Ngãi", "new"),
        ("Phường: Bến Nghé; Quận: 1; Tỉnh: Hồ Chí Minh", "Phường Sài Gòn", HCM, "old"),
        ("P. Bến Nghé - Q.1 - TP.HCM", "Phường Sài Gòn", HCM, "old"),
        ("Hồ Chí Minh", "", HCM, "new"),
    ],
)
def test_an_address_leads_to_its_commune_of_today(
    places: Places, text: str, commune: str, province: str, era: str
) -> None:
    found = places.resolve(text)
    assert found.status == ("ok" if commune else "partial")
    assert found.place is not None
    assert (found.place.commune, found.place.province, found.era) == (commune, province, era)


@pytest.mark.parametrize(
    ("text", "province", "old"),
    [
        ("tỉnh Hà Giang", "Tỉnh Tuyên Quang", "Tỉnh Hà Giang"),
        ("Thái Bình", "Tỉnh Hưng Yên", "Tỉnh Thái Bình"),
        ("Bình Dương", HCM, "Tỉnh Bình Dương"),
        ("Quảng Trị", "Tỉnh Quảng Trị", ""),
        ("Hà Nội 100000, Việt Nam", "Thành phố Hà Nội", ""),
    ],
)
def test_a_province_alone_asks_for_the_commune(
    places: Places, text: str, province: str, old: str
) -> None:
    found = places.resolve(text)
    assert (found.status, found.asks, found.candidates) == ("partial", "commune", ())
    assert found.place is not None
    assert (found.place.province, found.place.old) == (province, old)


def test_a_divided_commune_gives_its_parts_and_chooses_none(places: Places) -> None:
    found = places.resolve("144 Xuân Thủy, Dịch Vọng Hậu, Cầu Giấy, Hà Nội")
    assert (found.status, found.place, found.era) == ("ambiguous", None, "old")
    assert names(found) == ["Phường Cầu Giấy", "Phường Nghĩa Đô"]
    assert {place.detail for place in found.candidates} == {"144 Xuân Thủy"}
    assert {place.old for place in found.candidates} == {
        "Phường Dịch Vọng Hậu, Quận Cầu Giấy, Thành phố Hà Nội"
    }


def test_what_packages_answer_differently_is_asked(places: Places) -> None:
    found = places.resolve("xã Tân Lập, huyện Đan Phượng, Hà Nội")
    assert (found.status, found.asks) == ("ambiguous", "commune")
    assert len(found.candidates) > 1


def test_a_number_without_a_district_asks_for_the_province(places: Places) -> None:
    found = places.resolve("phường 1")
    assert (found.status, found.asks, found.place) == ("ambiguous", "province", None)
    assert len({place.province_code for place in found.candidates}) > 1


def test_a_name_that_exists_once_in_the_country_is_still_asked(places: Places) -> None:
    found = places.resolve("Phường Bến Nghé")
    assert (found.status, found.asks, names(found)) == (
        "ambiguous",
        "province",
        ["Phường Sài Gòn"],
    )


@pytest.mark.parametrize(
    "text", ["xã X huyện Y", "", "tôi không biết", "12 Nguyễn Huệ", "12 nguyen hue", "12 Phố Huế"]
)
def test_nothing_is_found_where_nothing_is_named(places: Places, text: str) -> None:
    assert places.resolve(text) == Resolution("not_found", None)


def test_the_place_keeps_what_was_typed_and_what_was_mapped(places: Places) -> None:
    found = places.resolve("Số 12 Nguyễn Huệ, P. Bến Nghé, Q.1, TP.HCM, Việt Nam")
    assert found.place == Place(
        province_code="79",
        province=HCM,
        commune_code="26740",
        commune="Phường Sài Gòn",
        detail="Số 12 Nguyễn Huệ",
        old="Phường Bến Nghé, Quận 1, Thành phố Hồ Chí Minh",
    )


@pytest.mark.parametrize(
    ("text", "detail"),
    [
        ("thôn 3, xã Ea Tu, TP Buôn Ma Thuột, Đắk Lắk", "thôn 3"),
        ("12 nguyen hue p ben nghe q1 tphcm", "12 nguyen hue"),
        ("p5 khu pho 3 q go vap tphcm", "khu pho 3"),
        ("Số 1, đường 3/2, P.12, tổ 5, Q.10, TP.HCM", "Số 1, đường 3/2, tổ 5"),
        ("Căn A12.05 (Tòa B),\nPhường Sài Gòn, TPHCM.", "Căn A12.05 (Tòa B)"),
        ("Phường Cầu Giấy, Hà Nội", ""),
    ],
)
def test_everything_else_is_detail(places: Places, text: str, detail: str) -> None:
    place = places.resolve(text).place
    assert place is not None
    assert place.detail == detail


def test_todays_name_wins_unless_a_district_or_the_past_is_named(places: Places) -> None:
    today = places.resolve("phường Nghĩa Đô, Hà Nội")
    district = places.resolve("phường Nghĩa Đô, quận Cầu Giấy, Hà Nội")
    past = places.resolve("phường Nghĩa Đô (cũ), Hà Nội")
    assert (today.status, today.era) == ("ok", "new")
    assert (district.status, district.era) == ("ambiguous", "old")
    assert past == district


def test_a_bare_name_of_a_district_and_a_commune_is_asked(places: Places) -> None:
    found = places.resolve("12 Trần Thái Tông, Cầu Giấy, Hà Nội")
    assert (found.status, found.asks) == ("ambiguous", "commune")
    assert names(found)[0] == "Phường Cầu Giấy"
    assert {"Phường Nghĩa Đô", "Phường Yên Hòa"} <= set(names(found))


def test_an_unknown_commune_of_a_known_district_narrows_the_question(places: Places) -> None:
    found = places.resolve("Phường 06, Quận Bình Thạnh, TP.HCM")
    assert (found.status, found.asks) == ("partial", "commune")
    assert "Phường Gia Định" in names(found)
    assert len(found.candidates) < 10
    assert found.place is not None
    assert (found.place.detail, found.place.commune) == ("Phường 06", "")


def test_a_district_dissolved_long_ago_is_known(places: Places) -> None:
    found = places.resolve("Phường Tăng Nhơn Phú A, Quận 9, TP.HCM")
    assert found.place is not None
    assert found.place.commune == "Phường Tăng Nhơn Phú"


def test_a_commune_of_today_may_stand_beside_a_former_province_or_district(
    places: Places,
) -> None:
    province = places.resolve("Phường Thủ Dầu Một, Bình Dương").place
    district = places.resolve("Phường Sài Gòn, Quận 1, TP.HCM").place
    assert province is not None
    assert district is not None
    assert (province.commune, province.old) == ("Phường Thủ Dầu Một", "Tỉnh Bình Dương")
    assert (district.commune, district.old) == ("Phường Sài Gòn", f"Quận 1, {HCM}")


@pytest.mark.parametrize(
    "text",
    ["12 Lý Thái Tổ, Hà Nội", "Số 5, Trần Hưng Đạo, Hà Nội", "ngõ 3, Trần Hưng Đạo, Hà Nội"],
)
def test_a_street_is_not_taken_for_the_ward_of_its_name(places: Places, text: str) -> None:
    assert places.resolve(text).status == "partial"


def test_diacritics_choose_between_communes_that_differ_by_nothing_else(places: Places) -> None:
    one = places.resolve("Xã Nga Thanh, Huyện Nga Sơn, Thanh Hóa").place
    other = places.resolve("Xã Nga Thành, Huyện Nga Sơn, Thanh Hóa").place
    neither = places.resolve("xa nga thanh, huyen nga son, thanh hoa")
    assert one is not None
    assert other is not None
    assert one.commune != other.commune
    assert set(names(neither)) == {one.commune, other.commune}


def test_a_name_with_other_diacritics_is_confirmed_first(places: Places) -> None:
    found = places.resolve("xã Quí Đức, huyện Bình Chánh, TP.HCM")
    assert (found.status, names(found)) == ("ambiguous", ["Xã Hưng Long"])


def test_the_place_of_the_tone_and_y_for_i_do_not_matter(places: Places) -> None:
    assert places.resolve("phường Hoà Bình, Phú Thọ") == places.resolve("phường Hòa Bình, Phú Thọ")
    place = places.resolve("xã Quy Đức, huyện Bình Chánh, TP.HCM").place
    assert place is not None
    assert place.commune == "Xã Hưng Long"


def test_another_kind_than_the_commune_ever_had_is_confirmed_first(places: Places) -> None:
    assert places.resolve("Xã Côn Đảo, TP.HCM").status == "ambiguous"
    assert places.resolve("Phường Đan Phượng, Hà Nội").status == "ambiguous"


def test_a_syllable_like_a_kind_ends_a_name(places: Places) -> None:
    for text in ("xã Tân Lập Đan Phượng Hà Nội", "xa tan lap dan phuong ha noi"):
        assert names(places.resolve(text)) == ["Xã Hoài Đức", "Xã Ô Diên"]


def test_the_longest_name_wins(places: Places) -> None:
    found = places.resolve("phuong hiep binh chanh tphcm").place
    assert found is not None
    assert found.old.startswith("Phường Hiệp Bình Chánh")
    assert places.resolve("Phường Lâm Viên - Đà Lạt, Lâm Đồng").status == "ok"


def test_units_named_from_the_largest_to_the_smallest_are_read_too(places: Places) -> None:
    found = places.resolve("Thành phố Hồ Chí Minh, Quận 1, Phường Bến Nghé")
    assert found.place is not None
    assert found.place.commune == "Phường Sài Gòn"


def test_namesakes_in_one_merged_province_are_told_apart(places: Places) -> None:
    one = places.resolve("xã Phú Hữu, huyện Châu Thành, Hậu Giang").place
    other = places.resolve("xã Phú Hữu, huyện Long Phú, Sóc Trăng").place
    assert one is not None
    assert other is not None
    assert (one.commune, other.commune) == ("Xã Phú Hữu", "Xã Trường Khánh")


@pytest.mark.parametrize(
    "text",
    [
        "P. Bến Nghé, Q.1, TP.HCM" * 4_000,
        "\x00\x01\x1b" * 100,
        "phuong 1 xa " * 8_000,
        "\u200b" * 300,
        "(" * 400,
    ],
)
def test_hostile_text_names_nothing(places: Places, text: str) -> None:
    assert places.resolve(text).status == "not_found"


def test_any_text_is_answered(places: Places) -> None:
    seed = random.randrange(10**6)
    sys.stdout.write(f"seed {seed}\n")
    chance = random.Random(seed)
    pieces = ["xã", "P.", "q", "tp", "1", "Hà Nội", "hcm", "Tân", "Phú", ",", "-", "(", "cũ", "\n"]
    for _ in range(300):
        found = places.resolve(" ".join(chance.choices(pieces, k=chance.randrange(12))))
        assert (found.place is None) == (found.status in ("ambiguous", "not_found"))
        assert bool(found.asks) == (found.status in ("partial", "ambiguous"))
        assert bool(found.candidates) or found.status != "ambiguous"


@pytest.mark.parametrize(
    ("text", "province"),
    [
        ("hcm", HCM),
        ("sài gòn", HCM),
        ("Bình Dương", HCM),
        ("vt", HCM),
        ("tỉnh Hà Giang", "Tỉnh Tuyên Quang"),
        ("hn", "Thành phố Hà Nội"),
        ("đn", "Thành phố Đà Nẵng"),
        ("hp", "Thành phố Hải Phòng"),
        ("daklak", "Tỉnh Đắk Lắk"),
        ("Thừa Thiên Huế", "Thành phố Huế"),
        ("tp Bắc Ninh", "Thành phố Bắc Ninh"),
    ],
)
def test_a_province_is_found_by_any_of_its_names(places: Places, text: str, province: str) -> None:
    found = places.find_province(text)
    assert found is not None
    assert found.province == province


@pytest.mark.parametrize("text", ["", "Quận 1", "TP Thái Bình", "12 Lê Lợi Hà Nội", "x" * 9_999])
def test_no_province_is_found_in_anything_else(places: Places, text: str) -> None:
    assert places.find_province(text) is None


def test_there_are_34_provinces_and_3321_communes_of_three_kinds(places: Places) -> None:
    provinces = places.provinces()
    communes = [c for place in provinces for c in places.communes(place.province_code)]
    kinds = [sum(c.commune.startswith(kind) for c in communes) for kind in ("Ph", "X", "Đ")]
    assert (len(provinces), len({c.commune_code for c in communes})) == (34, 3321)
    assert kinds == [709, 2599, 13]
    assert sum(place.province.startswith("Thành phố") for place in provinces) == 9
    assert places.communes("99") == ()


def test_any_commune_of_today_is_found_by_its_own_name(places: Places) -> None:
    provinces = {place.province_code: place.province for place in places.provinces()}
    for province, code, _ in sampled(rows("places_2025.tsv"), 150):
        name = next(c.commune for c in places.communes(province) if c.commune_code == code)
        found = places.resolve(f"số 5 {name}, {provinces[province]}")
        assert found.place is not None, name
        assert (found.status, found.place.commune_code, found.era) == ("ok", code, "new"), name


def test_any_former_commune_leads_to_just_where_it_went(places: Places) -> None:
    provinces = {row[0]: row[1] for row in rows("places_provinces.tsv")}
    for province, district, _, name, now in sampled(rows("places_before_2025.tsv"), 250):
        text = ", ".join(filter(None, (name, district, provinces[province])))
        found = places.resolve(text)
        went = {place.commune_code for place in (found.place, *found.candidates) if place}
        assert went >= set(now.split()), text
        assert (found.status == "ok") == (len(went) == 1), text
        plain = places.resolve(strip_marks(text).lower())
        assert (
            plain.place is None
            or not plain.place.commune_code
            or {plain.place.commune_code} == went
        ), text


def test_nothing_is_read_before_the_first_question(tmp_path: Path) -> None:
    places = Places.read(tmp_path / "nowhere")
    with pytest.raises(Misconfigured):
        places.resolve("Hà Nội")


def test_the_tables_are_built_from_the_package_alike_every_time(tmp_path: Path) -> None:
    wheel = a_wheel(tmp_path)
    build_places.main(wheel, tmp_path)
    first = (tmp_path / "places_before_2025.tsv").read_text(encoding="utf-8")
    build_places.main(wheel, tmp_path)
    assert (tmp_path / "places_before_2025.tsv").read_text(encoding="utf-8") == first
    assert first.splitlines()[1:] == [
        "02\tThị xã Đông\t00003\tXã Hoa\t00011",
        "02\tThị xã Đông\t00004\tXã Bèo\t00011",
        "03\tHuyện Tây\t00005\tXã Hoa\t00012",
        "03\tHuyện Tây\t00006\tXã Sen\t00011 00012",
        "03\tHuyện Tây\t00007\tXã Súng\t00012",
    ]


def a_wheel(folder: Path) -> Path:
    """Two communes named Hoa, which the package sends both to both successors; one truly split."""
    database = sqlite3.connect(":memory:")
    database.execute(
        "CREATE TABLE admin_units (provinceKey, wardKey, wardCode, ward, provinceCode, province)"
    )
    database.execute(
        "CREATE TABLE admin_units_legacy (provinceKey, districtKey, wardKey, wardCode, ward,"
        " district, provinceCode, province)"
    )
    database.executemany(
        "INSERT INTO admin_units VALUES ('p', ?, ?, ?, '02', 'Tỉnh P')",
        [("dong", "00011", "Xã Đông"), ("tay", "00012", "Xã Tây")],
    )
    east = ("p", "thixadong", "Thị Xã Đông", "02", "Tỉnh P")
    west = ("q", "huyentay", "Huyện Tây", "03", "Tỉnh Q")
    for (province, key, district, code, label), commune, number, name in [
        (east, "hoa", "00003", "Xã Hoa"),
        (east, "beo", "00004", "Xã Bèo"),
        (west, "hoa", "00005", "Xã Hoa"),
        (west, "sen", "00006", "Xã Sen"),
        (west, "sung", "00007", "Xã Súng"),
    ]:
        values = (province, key, commune, number, name, district, code, label)
        database.execute("INSERT INTO admin_units_legacy VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values)
    database.commit()
    both = [{"newWardKey": "dong"}, {"newWardKey": "tay"}]
    divided = dict.fromkeys(("p_thixadong_hoa", "q_huyentay_hoa", "q_huyentay_sen"), both)
    whole = {"dong": ["p_thixadong_beo"], "tay": ["q_huyentay_sung"]}
    conversion = {
        "DICT_PROVINCE_WARD_NO_DIVIDED": {"p": whole},
        "DICT_PROVINCE_WARD_DIVIDED": {"p": divided},
    }
    wheel = folder / "package.whl"
    with ZipFile(wheel, "w") as archive:
        archive.writestr(build_places.DATA + "converter_2025.json", json.dumps(conversion))
        archive.writestr(build_places.DATA + "dataset.db", database.serialize())
    return wheel
