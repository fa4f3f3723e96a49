"""What was not understood is kept for a person to review, without what tells who wrote it."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from bot.commands import review as reviewing
from tests.conversation.world import Citizen, World


def kept(world: World) -> list[tuple[str, str]]:
    with world.storage.look() as work:
        return [(one.reason, one.facts["text"]) for one in work.misunderstood.waiting()]


def test_a_message_out_of_scope_is_kept_masked(world: World, citizen: Citizen) -> None:
    citizen.says("Nguyễn Thị Tuyết Mai 0912345678 hỏi mai trời Hà Nội có mưa không vậy")
    [(reason, text)] = kept(world)
    assert reason == "unsure"
    assert "Tuyết" not in text
    assert "0912345678" not in text


def test_a_thumb_down_keeps_the_question_that_was_answered_wrongly(
    world: World, citizen: Citizen
) -> None:
    citizen.says("lệ phí đăng ký khai sinh bao nhiêu")
    with world.storage.work() as work:
        known = work.conversations.get(citizen.conversation)
        assert known is not None
        work.conversations.save(known.about(asked="lệ phí đăng ký khai sinh bao nhiêu"))
    citizen.says("👎")
    citizen.hears("talk.thumbs_down")
    assert kept(world) == [("thumbs_down", "lệ phí đăng ký khai sinh bao nhiêu")]


def test_what_was_understood_is_not_kept(world: World, citizen: Citizen) -> None:
    citizen.says("lệ phí đăng ký khai sinh bao nhiêu")
    citizen.says("cảm ơn em")
    assert kept(world) == []


def test_a_person_teaches_and_nothing_waits_any_more(
    world: World, citizen: Citizen, tmp_path: Path, monkeypatch
) -> None:
    citizen.says("mai trời có mưa không")
    parts = type("Parts", (), {"storage": world.storage})()
    monkeypatch.setattr(reviewing.wiring, "assemble", lambda _settings: parts)
    monkeypatch.setattr(reviewing, "_LESSONS", tmp_path / "reviewed.yml")
    listed = CliRunner().invoke(reviewing.review, ["--list"])
    assert "mưa" in listed.output
    taught = CliRunner().invoke(reviewing.review, input="out_of_scope\n\n")
    assert taught.exit_code == 0, taught.output
    assert "mưa" in (tmp_path / "reviewed.yml").read_text()
    assert kept(world) == []
