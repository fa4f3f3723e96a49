"""`motcua catalogue`: what it prints, what it leaves behind and how it ends."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.basics.errors import Misconfigured
from bot.commands.catalogue import catalogue
from tests.build import CATALOGUE
from tests.unit.documents.reading_pdf import text_of
from tests.unit.procedures.build import a_folder, a_record, an_export


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = a_folder(tmp_path)
    monkeypatch.setenv("MOTCUA_CATALOGUE_DIR", str(path))
    return path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(catalogue, arguments)


def test_a_new_procedure_passes_the_check(folder: Path) -> None:
    assert run("new", "ho-tich", "Nuôi rồng", "--code", "9.000001").exit_code == 0
    checked = run("check")
    assert (checked.exit_code, checked.output) == (0, "1 files, 0 problems\n")


def test_a_mistake_is_printed_and_ends_with_1(folder: Path) -> None:
    run("new", "ho-tich", "Nuôi rồng", "--code", "9.000001")
    path = folder / "ho-tich" / "nuoi-rong.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("[xa]", "[xom]"), encoding="utf-8")
    checked = run("check")
    assert checked.exit_code == 1
    assert "nuoi-rong.yml:6: tiers.0" in checked.output


def test_an_import_says_what_it_did_and_where_its_problems_stand(folder: Path) -> None:
    an_export(folder / "export.jsonl.gz", a_record(), *["broken"] * 50)
    done = run("import", str(folder / "export.jsonl.gz"))
    assert done.exit_code == 0
    assert "51 lines, 1 procedures kept" in done.output
    assert "export.jsonl.gz:2: no JSON" in done.output
    assert "10 more in" in done.output
    told = folder / "imported" / "export.jsonl.gz.problems.txt"
    assert len(told.read_text(encoding="utf-8").splitlines()) == 50
    assert "more in" not in run("import", "--all", str(folder / "export.jsonl.gz")).output


def test_an_unknown_sector_is_refused_with_the_nearest(folder: Path) -> None:
    refused = run("new", "ho-tic", "Nuôi rồng")
    assert isinstance(refused.exception, Misconfigured)
    assert "did you mean ho-tich?" in str(refused.exception)


def test_every_mistake_of_a_form_is_printed_with_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "catalogue"
    shutil.copytree(CATALOGUE, folder)
    monkeypatch.setenv("MOTCUA_CATALOGUE_DIR", str(folder))
    path = folder / "forms" / "CT01_GIA_HAN.yml"
    text = path.read_text(encoding="utf-8")
    broken = text.replace("kind: integer", "kind: intger").replace("print: ct01", "print: ct02")
    path.write_text(broken, encoding="utf-8")
    checked = run("check")
    assert checked.exit_code == 1
    line = 1 + broken.splitlines().index("      - id: tam_tru.thoi_han")
    said = f"{path}:{line}: tam_tru.thoi_han: there is no kind intger — did you mean integer?"
    assert said in checked.output
    assert f"{path}:4: there is no layout ct02" in checked.output


def test_a_procedure_is_talked_through_by_its_example(tmp_path: Path) -> None:
    tried = run("try", "1.002755", "-y", "--out", str(tmp_path))
    assert tried.exit_code == 0, tried.output
    assert "Enter: Nguyễn Văn An »" in tried.output
    assert "✓ Địa chỉ đang tạm trú: Số 5 ngõ 10 phố A" in tried.output
    assert "NGUYỄN VĂN AN" in text_of((tmp_path / "1.002755.pdf").read_bytes())


def test_an_author_may_type_other_answers_and_press_buttons_by_number(tmp_path: Path) -> None:
    words = ["1", "Trần Thị Mây", "abc xyz", "2/9/1990", *[""] * 30]
    tried = CliRunner().invoke(
        catalogue, ["try", "1.002755", "--out", str(tmp_path)], "\n".join(words)
    )
    assert "✓ 1. Họ, chữ đệm và tên: TRẦN THỊ MÂY" in tried.output
    assert "✓ 2. Ngày, tháng, năm sinh: 02/09/1990" in tried.output


def test_a_file_that_is_no_part_of_the_catalogue_can_be_tried(tmp_path: Path) -> None:
    path = tmp_path / "gia-han.yml"
    text = (CATALOGUE / "cu-tru" / "gia-han-tam-tru.yml").read_text(encoding="utf-8")
    path.write_text(f"sector: cu-tru\n{text}", encoding="utf-8")
    assert run("try", str(path), "-y", "--out", str(tmp_path)).exit_code == 0
    assert (tmp_path / "1.002755.pdf").exists()


def test_every_paper_of_a_procedure_is_written_and_drawn(tmp_path: Path) -> None:
    drawn = run("render", "1.002755", "--out", str(tmp_path))
    assert drawn.exit_code == 0, drawn.output
    papers = {path.stem for path in tmp_path.glob("*.pdf")}
    assert {"to-khai-de-trong", "to-khai-da-khai", "mau-01-giay-tiep-nhan-va-hen-tra"} <= papers
    assert len(papers) == 9
    assert {path.stem.rpartition("-")[0] for path in tmp_path.glob("*.png")} == papers
    filled = text_of((tmp_path / "to-khai-da-khai.pdf").read_bytes())
    assert "NGUYỄN VĂN AN" in filled
    assert "BẢN CHẠY THỬ" in filled


@pytest.mark.parametrize(
    ("named", "why"),
    [("1.002756", "did you mean 1.002755?"), ("2.000815", "2.000815 has no form")],
)
def test_what_cannot_be_tried_is_refused_in_words(named: str, why: str) -> None:
    refused = run("try", named, "-y")
    assert isinstance(refused.exception, Misconfigured)
    assert why in str(refused.exception)
