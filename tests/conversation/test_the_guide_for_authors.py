"""`docs/add-a-procedure.md` does what it says: its example is written, checked, filed and printed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.commands.catalogue import catalogue
from bot.declarations import checks, derive
from bot.declarations.kinds import KINDS, ROLES
from bot.procedures.read import read_form
from bot.procedures.shelf import Shelf
from tests.conversation.test_fourth_procedure import folder as folder
from tests.conversation.world import Citizen, fills
from tests.unit.documents.reading_pdf import text_of

GUIDE = Path(__file__).parents[2] / "docs" / "add-a-procedure.md"
BLOCK = re.compile(r"```yaml\n# bot/catalogue/(\S+)\n(.*?)```", re.DOTALL)
CODE = "1.010041"


def follow(folder: Path) -> list[Path]:
    """Writes the guide's files into the catalogue, each from its blocks in order."""
    files: dict[Path, str] = {}
    for path, text in BLOCK.findall(GUIDE.read_text(encoding="utf-8")):
        files[folder / path] = files.get(folder / path, "") + text
    for path, text in sorted(files.items(), reverse=True):  # the form, then who files with it
        path.write_text(text, encoding="utf-8")
    return list(files)


def run(*words: str) -> str:
    """What a command prints, when it does well."""
    done = CliRunner().invoke(catalogue, words)
    assert done.exit_code == 0, done.output
    return done.output


@pytest.fixture
def own(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The catalogue in a folder of its own, for commands too."""
    monkeypatch.setenv("MOTCUA_CATALOGUE_DIR", str(folder))
    return folder


def test_the_file_begins_where_the_guide_says(own: Path) -> None:
    begun = run("new", "cu-tru", "Xác nhận thông tin về cư trú", "--code", CODE)
    written = own / "cu-tru" / "xac-nhan-thong-tin-ve-cu-tru.yml"
    assert str(written) in begun
    assert written in follow(own)


def test_the_example_passes_the_check_and_is_talked_through(own: Path, tmp_path: Path) -> None:
    follow(own)
    assert "40 files, 0 problems" in run("check")
    assert "Ngày chuyển đi" not in run("try", CODE, "-y", "--out", str(tmp_path / "thu"))
    assert "trước đây" in text_of((tmp_path / "thu" / f"{CODE}.pdf").read_bytes())
    assert "mau-01" in run("render", CODE, "--out", str(tmp_path / "thu"))


def test_the_example_is_asked_about_and_filed(own: Path, citizen: Citizen) -> None:
    follow(own)
    citizen.says("xin giấy xác nhận cư trú cần giấy tờ gì")
    assert citizen.last().key == "answer.documents"
    assert "CT01" in citizen.last().text
    citizen.presses("Nộp hồ sơ ở đây")
    example = read_form("CT01_XAC_NHAN", Shelf(own)).example
    fills(citizen, {key: str(value) for key, value in example.items()})
    citizen.says("nộp")
    assert citizen.last().key == "submit.done"
    assert citizen.dossiers[0].procedure == CODE
    assert citizen.dossiers[0].subject == "NGUYỄN VĂN AN"


def test_the_guide_lists_every_kind_role_rule_and_check() -> None:
    told = set(re.findall(r"`([a-z_]+)`", GUIDE.read_text(encoding="utf-8")))
    told |= set(re.findall(r"`role: ([a-z_]+)`", GUIDE.read_text(encoding="utf-8")))
    roles = {role for roles in ROLES.values() for role in roles}
    assert {*KINDS, *roles, *derive.RULES, *checks.RULES} <= told
