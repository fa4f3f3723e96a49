"""The national export becomes procedures, whatever it holds; the running program has them at once."""

from __future__ import annotations

import json
import os
import random
import sys
import time
from pathlib import Path

import pytest

from bot.basics.errors import Misconfigured
from bot.basics.ids import ProcedureCode
from bot.procedures import catalogue, imported
from bot.procedures.importing import import_export, tables
from bot.procedures.importing.portal import Portal
from bot.procedures.importing.records import procedure
from bot.procedures.model import (
    Channel,
    Confidence,
    Procedure,
    RequirementKind,
    Tier,
    TimeUnit,
    Way,
)
from tests.unit.procedures.build import CATALOGUE, a_folder, a_record, an_export

PORTAL = Portal.read(CATALOGUE / "portal.yml")
DRAGONS = ProcedureCode("9.000001")
BY_HAND = """
code: "9.000001"
name: Nuôi rồng
official_name: Cấp phép nuôi rồng
tiers: [xa]
source: CT 2026-07 HIGH
"""


def read(**given: str) -> Procedure:
    return procedure(a_record(**given), PORTAL, lambda note: None)[0]


def ways(table: str) -> tuple[Way, ...]:
    return tables.ways("Hình thức nộpThời gianPhí, lệ phíMô tả" + table, PORTAL, lambda note: None)


def noted(**given: str) -> list[str]:
    notes: list[str] = []
    procedure(a_record(**given), PORTAL, notes.append)
    return notes


def test_a_record_answers_every_facet() -> None:
    dragons = read()
    assert (dragons.name, dragons.official_name) == (
        "Cấp Giấy phép nuôi rồng",
        "Thủ tục cấp Giấy phép nuôi rồng",
    )
    assert dragons.tiers == (Tier.COMMUNE, Tier.PROVINCE)
    assert dragons.sector == "chan-nuoi-rong"
    assert dragons.authority
    assert dragons.authority.decides == "Ủy ban nhân dân cấp xã"
    assert dragons.authority.receives
    assert dragons.applicants
    assert dragons.course
    assert dragons.course.steps == ("Nộp đơn.", "Nhận giấy phép.")
    assert [(paper.name, paper.originals, paper.copies) for paper in dragons.requirements] == [
        ("Đơn xin nuôi rồng", 1, 0),
        ("Bản sao giấy chứng sinh của rồng", 0, 2),
    ]
    assert [form.name for form in dragons.forms] == ["Đơn xin nuôi rồng"]
    assert [(result.name, result.code) for result in dragons.results] == [
        ("Giấy phép nuôi rồng", "KQ.G10.000001")
    ]
    assert dragons.legal_basis == (
        "Luật Rồng 1/2026/QH15",
        "Nghị định số 2/2026/NĐ-CP",
        "Thông tư về rồng 3/2026/TT-BCA",
    )
    assert (dragons.source.ref, dragons.source.as_of) == ("CT", "2026-07")


def test_run_together_ways_come_apart() -> None:
    in_person, online = ways(
        "Trực tiếp5 Ngày làm việc70,000 Việt Nam Đồng(/giấy)Trực tiếp: nộp tại một cửa."
        "Trực tuyến2 GiờMiễn phí"
    )
    assert (in_person.channel, online.channel) == (Channel.IN_PERSON, Channel.ONLINE)
    assert in_person.time
    assert (in_person.time.value, in_person.time.unit) == (5, TimeUnit.WORKING_DAY)
    assert in_person.time.text == "Trực tiếp: nộp tại một cửa."
    assert in_person.fee
    assert in_person.fee.amount == 70_000
    assert "giấy" in in_person.fee.text
    assert online.time
    assert (online.time.value, online.time.unit) == (2, TimeUnit.WORKING_HOUR)


@pytest.mark.parametrize(
    "cell",
    ["Không có thông tin", "Miễn phí(Theo quy định của Hội đồng nhân dân tỉnh)"],
)
def test_a_placeholder_is_no_price(cell: str) -> None:
    (way,) = ways(f"Trực tiếp5 Ngày{cell}")
    assert way.fee
    assert way.fee.amount is None
    assert way.fee.text
    assert way.fee.source.confidence is Confidence.MED


def test_free_of_charge_is_no_fee_and_says_who_confirms_it() -> None:
    (way,) = ways("Trực tiếp5 NgàyMiễn phí")
    assert way.fee
    assert way.fee.amount == 0
    assert "cán bộ" in way.fee.text
    assert way.fee.source.confidence is Confidence.MED


def test_free_beside_a_price_is_a_placeholder() -> None:
    in_person, post = ways(
        "Trực tiếp5 Ngày70,000 Việt Nam Đồng(/thẻ)Dịch vụ bưu chính5 NgàyMiễn phí"
    )
    assert in_person.fee
    assert in_person.fee.amount == 70_000
    assert post.fee
    assert post.fee.amount is None


def test_dollars_are_no_dong() -> None:
    (way,) = ways("Trực tiếp5 Ngày25 USD(/thị thực)")
    assert way.fee
    assert (way.fee.amount, way.fee.text) == (None, "25 USD. /thị thực.")


def test_ways_that_differ_give_the_longest_time_and_no_single_fee() -> None:
    dragons = read(
        cach_thuc_thuc_hien="Hình thức nộpThời gianPhí, lệ phíMô tả"
        "Trực tiếp5 Ngày làm việc70,000 Việt Nam ĐồngTrực tuyến3 Ngày làm việc35,000 Việt Nam Đồng"
    )
    assert dragons.time_limit
    assert dragons.time_limit.value == 5
    assert dragons.time_limit.source.confidence is Confidence.MED
    assert dragons.fee
    assert dragons.fee.amount is None


def test_a_way_repeats_nothing_the_procedure_says_already() -> None:
    dragons = read(
        cach_thuc_thuc_hien="Hình thức nộpThời gianPhí, lệ phíMô tảTrực tiếp5 NgàyMiễn phí"
    )
    assert [(way.channel, way.time, way.fee) for way in dragons.ways] == [
        (Channel.IN_PERSON, None, None)
    ]


@pytest.mark.parametrize(
    "cell",
    [
        "Đơn theo Nghị định số 32/2026/NĐ-CPmau so 09.docx",
        "Đơn theo Nghị định số 32/2026/NĐ-CPMẫu số 09.QLT.doc",
        "Đơn theo Nghị định số 32/2026/NĐ-CP;Phu luc 1.pdf",
    ],
)
def test_names_of_files_are_not_part_of_a_paper(cell: str) -> None:
    table = f"--Tên giấy tờMẫu đơn, tờ khaiSố lượng{cell}1 bản chính"
    assert read(thanh_phan_ho_so=table).requirements[0].name == (
        "Đơn theo Nghị định số 32/2026/NĐ-CP"
    )


def test_days_that_the_text_calls_working_days_are_working_days() -> None:
    (way,) = ways("Trực tiếp7 NgàyMiễn phí07 ngày làm việc, kể từ ngày nhận đủ hồ sơ")
    assert way.time
    assert way.time.unit is TimeUnit.WORKING_DAY


@pytest.mark.parametrize("limit", ["3", "1,5 Ngày", "1 Ngày"])
def test_a_limit_that_is_not_plain_is_told_in_words(limit: str) -> None:
    text = "không quy định cụ thể" if limit == "1 Ngày" else "Trong thời hạn luật định."
    (way,) = ways(f"Trực tiếp{limit}Miễn phí{text}")
    assert way.time
    assert way.time.value is None
    assert text in way.time.text


def test_each_case_keeps_its_papers() -> None:
    head = "Tên giấy tờMẫu đơn, tờ khaiSố lượng"
    dragons = read(
        thanh_phan_ho_so=f"* Rồng con:{head}Đơn A1 bản chính* Rồng già:{head}"
        "Xuất trình thẻ rồng1 bản chính,1 bản sao"
    )
    assert [(paper.name, paper.condition) for paper in dragons.requirements] == [
        ("Đơn A", "Rồng con"),
        ("Xuất trình thẻ rồng", "Rồng già"),
    ]
    assert dragons.requirements[1].kind is RequirementKind.SHOW


def test_whoever_is_still_sent_to_a_district_is_warned() -> None:
    assert read(trinh_tu_thuc_hien="Nộp tại Ủy ban nhân dân huyện.").warnings
    assert not read().warnings


def test_what_cannot_be_read_is_noted() -> None:
    assert noted(cach_thuc_thuc_hien="Nộp thế nào cũng được") == [
        "the table of ways is in no known form — left out"
    ]
    assert noted(cap_thuc_hien="Cấp thiên đình")


@pytest.mark.parametrize(
    "nasty",
    [
        "<script>alert(1)</script>Rồng",
        "<b onclick='x'>Rồng</b>",
        "&lt;img src=x onerror=alert(1)&gt;Rồng",
        "Rồng\x00\x07\u202e\u200b",
        "Rồng" * 300_000,
    ],
)
def test_hostile_cells_are_cleaned_and_bounded(nasty: str) -> None:
    cells = dict.fromkeys(set(a_record()) - {"ma_thu_tuc"}, nasty)
    dragons = read(**cells)
    told = json.dumps(catalogue_text(dragons), ensure_ascii=False)
    assert "Rồng" in told
    assert "<" not in told
    assert not [letter for letter in told if letter in "\x00\x07\u202e\u200b"]
    assert len(told) < 20_000


def catalogue_text(known: Procedure) -> str:
    return imported.as_line(known, "")


def test_any_table_is_survived() -> None:
    seed = random.randrange(10**6)
    sys.stdout.write(f"seed {seed}\n")
    chance = random.Random(seed)
    pieces = [*a_record().values(), "1 bản chính", "(", "Trực tiếp3", "Mã:", "<", "\n", "Bước 1"]
    for _ in range(100):
        mixed = {
            key: "".join(chance.choices(pieces, k=chance.randrange(5)))
            for key in a_record()
            if key not in ("ma_thu_tuc", "ten_thu_tuc")
        }
        assert read(**mixed).code == DRAGONS


def test_an_export_is_kept_and_read_back(tmp_path: Path) -> None:
    folder = a_folder(tmp_path)
    export = an_export(tmp_path / "export.jsonl.gz", a_record(), a_record(ma_thu_tuc="9.000002"))
    shares: list[float] = []
    report = import_export(export, folder, progress=shares.append)
    assert (report.read, report.kept, report.problems) == (2, 2, [])
    assert shares[-1] == 1.0
    known = catalogue.read(folder)
    assert len(known) == 2
    assert known.get(DRAGONS) == read()
    assert known.sectors["chan-nuoi-rong"] == "Chăn nuôi rồng"
    assert [one.name for one in known.summaries.values()] == [known.get(DRAGONS).name] * 2


def test_importing_again_changes_nothing_and_doubles_nothing(tmp_path: Path) -> None:
    folder = a_folder(tmp_path)
    export = an_export(tmp_path / "export.jsonl", a_record())
    import_export(export, folder)
    first = (folder / imported.FOLDER / imported.FILE).read_bytes()
    assert import_export(export, folder).changed == 0
    assert (folder / imported.FOLDER / imported.FILE).read_bytes() == first
    changed = an_export(tmp_path / "new.jsonl", a_record(linh_vuc="Hộ tịch"))
    assert import_export(changed, folder).changed == 1
    assert [one.sector for one in catalogue.read(folder).summaries.values()] == ["ho-tich"]


def test_another_export_adds_to_what_is_there(tmp_path: Path) -> None:
    folder = a_folder(tmp_path)
    import_export(an_export(tmp_path / "a.jsonl", a_record()), folder)
    import_export(an_export(tmp_path / "b.jsonl", a_record(ma_thu_tuc="9.000002")), folder)
    assert len(catalogue.read(folder)) == 2


def test_a_hand_written_file_stands_above_an_imported_one(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, [BY_HAND])
    export = an_export(tmp_path / "export.jsonl", a_record())
    report = import_export(export, folder, frozenset({DRAGONS}))
    known = catalogue.read(folder)
    assert report.written_by_hand == 1
    assert (len(known), known.get(DRAGONS).name) == (1, "Nuôi rồng")
    assert known.summaries[DRAGONS].is_written


def test_bad_lines_are_reported_by_number_and_the_rest_is_kept(tmp_path: Path) -> None:
    export = an_export(
        tmp_path / "export.jsonl",
        "{not json",
        a_record(),
        "[1, 2]",
        a_record(ma_thu_tuc="abc"),
        a_record(ma_thu_tuc="9.000003", ten_thu_tuc=" "),
        a_record(),
    )
    report = import_export(export, a_folder(tmp_path))
    assert (report.read, report.kept) == (6, 1)
    assert [problem.partition(": ")[0] for problem in report.problems] == [
        f"export.jsonl:{line}" for line in (1, 3, 4, 5, 6)
    ]
    assert all(" — " in problem for problem in report.problems)


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\x1f\x8bbroken", b'{"a": 1}\n'])
def test_a_file_without_procedures_changes_nothing(tmp_path: Path, content: bytes) -> None:
    folder = a_folder(tmp_path)
    import_export(an_export(tmp_path / "good.jsonl", a_record()), folder)
    (tmp_path / "bad.jsonl").write_bytes(content)
    with pytest.raises(Misconfigured):
        import_export(tmp_path / "bad.jsonl", folder)
    assert len(catalogue.read(folder)) == 1


def test_the_running_program_has_an_import_within_a_second(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    live = catalogue.LiveCatalogue(a_folder(tmp_path))
    before = live.current()
    import_export(an_export(tmp_path / "export.jsonl", a_record()), tmp_path)
    now[0] += 1.1
    assert DRAGONS in live.current()
    assert live.current().get(DRAGONS).time_limit
    assert DRAGONS not in before


def test_whoever_holds_the_old_catalogue_goes_on_reading_it(tmp_path: Path) -> None:
    import_export(an_export(tmp_path / "a.jsonl", a_record()), a_folder(tmp_path))
    old = catalogue.read(tmp_path)
    import_export(an_export(tmp_path / "b.jsonl", a_record(linh_vuc="Hộ tịch")), tmp_path)
    assert old.get(DRAGONS).sector == "chan-nuoi-rong"


def test_a_damaged_file_says_what_to_do(tmp_path: Path) -> None:
    import_export(an_export(tmp_path / "a.jsonl", a_record()), a_folder(tmp_path))
    kept = tmp_path / imported.FOLDER / imported.FILE
    kept.write_text("{", encoding="utf-8")
    with pytest.raises(Misconfigured, match="import it again"):
        catalogue.read(tmp_path)
    import_export(tmp_path / "a.jsonl", tmp_path)
    assert len(catalogue.read(tmp_path)) == 1


def test_an_interrupted_import_leaves_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_export(an_export(tmp_path / "a.jsonl", a_record()), a_folder(tmp_path))

    def full(source: str, target: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(Misconfigured, match="nothing was changed"):
        import_export(an_export(tmp_path / "b.jsonl", a_record(ma_thu_tuc="9.000002")), tmp_path)
    assert len(catalogue.read(tmp_path)) == 1
    assert [path.name for path in (tmp_path / imported.FOLDER).iterdir()] == [imported.FILE]
