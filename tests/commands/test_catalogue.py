"""`motcua catalogue`: what it prints, what it leaves behind and how it ends."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.basics.errors import Misconfigured
from bot.commands.catalogue import catalogue
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
