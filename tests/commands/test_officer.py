"""`motcua officer`: what waits, and every decision from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot import wiring
from bot.basics import settings
from bot.basics.clock import SystemClock
from bot.basics.ids import CitizenId
from bot.citizens.model import Conversation
from bot.commands.officer import officer
from tests.build import a_dossier, at

CODE = "H26.99-261119-0007"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installation with one dossier."""
    monkeypatch.setenv("MOTCUA_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("MOTCUA_NOW", "2026-11-23T09:00")
    parts = wiring.assemble(settings.read(), SystemClock.starting_at(at(19, 10)))
    dossier = a_dossier()
    with parts.storage.work() as work:
        who = Conversation(
            dossier.conversation, CitizenId(dossier.citizen), created_at=at(19), heard_at=at(19)
        )
        work.conversations.save(who)
        work.dossiers.add(dossier)
    return tmp_path


def run(*words: str) -> Result:
    return CliRunner().invoke(officer, ["--as", "Phạm Thu Hà", *words])


def test_what_waits_is_listed(folder: Path) -> None:
    listed = run("list")
    assert listed.exit_code == 0, listed.output
    assert CODE in listed.output


def test_a_dossier_goes_from_acceptance_to_hand_over(folder: Path) -> None:
    for words in (
        ("accept", CODE),
        ("process", CODE),
        ("extend", CODE, "-r", "cần xác minh", "--due", "2026-12-31"),
        ("finish", CODE, "-n", "mời anh chị tới nhận"),
        ("hand-over", CODE.lower()),
    ):
        done = run(*words)
        assert done.exit_code == 0, done.output
        assert CODE in done.output
    shown = run("show", CODE)
    assert "Phạm Thu Hà" in shown.output
    assert "đã trả kết quả" in shown.output


def test_what_the_rules_forbid_is_said_in_words_and_fails(folder: Path) -> None:
    refused = run("hand-over", CODE)
    assert refused.exit_code == 1
    assert "chờ tiếp nhận" in refused.output
    assert run("accept", "H26.99-261119-9999").exit_code == 1


def test_a_supplement_names_what_is_missing(folder: Path) -> None:
    asked = run("supplement", CODE, "-r", "ảnh mờ", "-m", "giay_chung_sinh: chụp lại")
    assert asked.exit_code == 0, asked.output
    wrong = run("supplement", CODE, "-r", "ảnh mờ", "-m", "giay_chung_sin")
    assert wrong.exit_code == 1


def test_slips_and_papers_are_saved_to_a_folder(folder: Path) -> None:
    run("accept", CODE)
    saved = run("files", CODE, str(folder / "out"))
    assert saved.exit_code == 0, saved.output
    assert [path.name for path in (folder / "out").iterdir()] == [
        f"01 mau-01-giay-tiep-nhan-va-hen-tra-{CODE}.pdf"
    ]
