"""`motcua officer`: what waits, and every decision from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot import wiring
from bot.basics import settings
from bot.basics.clock import SystemClock
from bot.basics.ids import CitizenId, DossierCode, FieldId
from bot.citizens.model import Conversation
from bot.commands.officer import officer
from bot.dossiers.model import Attachment
from tests.build import a_dossier, at
from tests.unit.documents.reading_pdf import opened, text_of
from tests.unit.documents.test_bundle import a_pdf

CODE = "H26.99-261119-0007"
UNSURE = DossierCode("H26.99-261119-0008")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installation with a birth to be registered, and a shop whose form was not compared."""
    monkeypatch.setenv("MOTCUA_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("MOTCUA_NOW", "2026-11-23T09:00")
    parts = wiring.assemble(settings.read(), SystemClock.starting_at(at(19, 10)))
    with parts.storage.work() as work:
        paper = work.files.put("giay.pdf", "application/pdf", a_pdf(), 1)
        sent = Attachment(paper.id, FieldId("giay_chung_sinh"), paper.name, paper.size, 1)
        dossier = a_dossier(attachments=(sent,))
        who = Conversation(
            dossier.conversation, CitizenId(dossier.citizen), created_at=at(19), heard_at=at(19)
        )
        work.conversations.save(who)
        work.dossiers.add(dossier)
        answers = {FieldId("pp_thue"): "Nhận thông báo tại nhà"}
        shop = a_dossier(code=UNSURE, procedure="1.001612", answers=answers)
        work.dossiers.add(shop)
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
    assert sorted(path.name for path in (folder / "out").iterdir()) == [
        "01 giay.pdf",
        f"02 mau-01-giay-tiep-nhan-va-hen-tra-{CODE}.pdf",
    ]


def test_a_dossier_is_bound_into_one_pdf_that_begins_with_what_is_in_it(folder: Path) -> None:
    run("accept", CODE)
    bound = run("bundle", CODE, str(folder / "ho-so.pdf"))
    assert bound.exit_code == 0, bound.output
    pdf = (folder / "ho-so.pdf").read_bytes()
    reader = opened(pdf)
    assert f"{len(reader.pages)} pages" in bound.output
    assert [mark.title for mark in reader.outline] == [
        "Phiếu tóm tắt hồ sơ",
        "Tờ khai",
        "Giấy chứng sinh",
        "Mẫu 01 – Giấy tiếp nhận hồ sơ và hẹn trả kết quả",
        "Mẫu 06 – Phiếu kiểm soát quá trình giải quyết hồ sơ",
    ]
    cover = reader.pages[0].extract_text()
    assert "mức tham khảo" not in cover
    assert "Giấy chứng sinh" in cover
    assert "Đã tiếp nhận" in cover
    assert f"Mã hồ sơ {CODE}" in text_of(pdf)
    assert "BẢN XEM TRƯỚC" not in text_of(pdf)


def test_a_paper_that_cannot_be_opened_is_named_and_the_rest_is_bound(folder: Path) -> None:
    for file in (folder / "files").rglob("*"):
        if file.is_file():
            file.unlink()
    bound = run("bundle", CODE, str(folder / "ho-so.pdf"))
    assert "cannot be opened: Giấy chứng sinh" in bound.output
    cover = opened((folder / "ho-so.pdf").read_bytes()).pages[0].extract_text()
    assert "không mở được" in cover


def test_nobody_else_may_read_a_bound_dossier(folder: Path) -> None:
    run("bundle", CODE, str(folder / "ho-so.pdf"))
    assert (folder / "ho-so.pdf").stat().st_mode & 0o077 == 0


def test_what_the_catalogue_is_not_sure_of_is_told_to_the_officer(folder: Path) -> None:
    shown = run("show", UNSURE)
    assert "Mẫu “Giấy đề nghị đăng ký hộ kinh doanh”: mới thấy ở một nguồn" in shown.output
    assert "Mục “Thông tin đăng ký thuế”: chưa có nguồn xác nhận" in shown.output
    run("bundle", UNSURE, str(folder / "ho-so.pdf"))
    cover = text_of((folder / "ho-so.pdf").read_bytes())
    assert "Điểm cần cán bộ đối chiếu" in cover
    assert "(mức tham khảo, nơi tiếp nhận xác nhận)" in cover
    assert "Thông tin đăng ký thuế" in cover


def test_slips_know_how_many_pages_they_have(folder: Path) -> None:
    run("refuse", CODE, "-r", "Chưa đủ điều kiện. " * 200)
    parts = wiring.assemble(settings.read(), SystemClock.starting_at(at(19, 10)))
    with parts.storage.look() as work:
        dossier = work.dossiers.get(DossierCode(CODE))
        assert dossier
        assert dossier.last.slip
        slip = work.files.get(dossier.last.slip)
        assert slip
        assert slip.pages == len(opened(work.files.open(slip.id)).pages) > 1
