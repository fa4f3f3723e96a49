"""`motcua notices` and `motcua officer calls`: the fate of notices, from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot import wiring
from bot.basics import settings
from bot.basics.clock import SystemClock
from bot.commands.notices import notices
from bot.commands.officer import officer
from bot.notifications.delivery import Fate
from tests.build import at
from tests.commands.test_officer import CODE, folder, run

__all__ = ["folder"]


def shown(*words: str) -> Result:
    return CliRunner().invoke(notices, words)


def block(folder: Path) -> None:
    """The citizen's only account can no longer be written to."""
    parts = wiring.assemble(settings.read(), SystemClock.starting_at(at(23, 9)))
    with parts.storage.work() as work:
        dossier = work.dossiers.get(CODE)
        assert dossier is not None
        work.conversations.mark(dossier.conversation, reachable=False)


def test_every_notice_is_listed_with_its_fate_and_nobody_can_be_told_from_it(folder: Path) -> None:
    run("accept", CODE)
    listed = shown("--json")
    assert listed.exit_code == 0, listed.output
    (notice,) = map(json.loads, listed.output.splitlines())
    assert (notice["dossier"], notice["kind"], notice["fate"]) == (CODE, "accepted", "under_way")
    assert [attempt["way"] for attempt in notice["attempts"]] == ["chat"]
    assert "910000001" not in listed.output
    assert "BÌNH" not in listed.output
    assert CODE in shown().output
    assert shown("--dossier", "H26.99-261119-9999", "--json").output == ""


def test_whom_nothing_reaches_is_on_the_list_of_calls_until_called(folder: Path) -> None:
    block(folder)
    run("accept", CODE)
    calls = run("calls")
    assert calls.exit_code == 0, calls.output
    assert CODE in calls.output
    assert "LÊ THỊ BÌNH" in calls.output
    assert "tiếp nhận" in calls.output
    assert run("called", CODE.lower()).exit_code == 0
    assert run("calls").output == ""
    assert '"fate": "called"' in shown("--json").output
    assert run("called", CODE).exit_code == 1


@pytest.mark.parametrize("command", [["calls"], ["called", CODE]])
def test_with_nobody_to_call_nothing_breaks(folder: Path, command: list[str]) -> None:
    done = CliRunner().invoke(officer, command)
    assert done.exception is None or isinstance(done.exception, SystemExit)


def test_an_officer_writes_reads_and_hands_back_from_the_command_line(folder: Path) -> None:
    said = run("reply", CODE.lower(), "Anh/chị mang theo căn cước nhé.")
    assert said.exit_code == 0, said.output
    assert "Telegram" in said.output
    assert run("inbox").output == ""
    assert run("reply", "77", "chào").exit_code == 1
    assert run("hand-back", CODE).exit_code == 0
    parts = wiring.assemble(settings.read(), SystemClock.starting_at(at(23, 10)))
    with parts.storage.work() as work:
        (words, *_) = work.sending.take_to_send(["telegram"])
        work.sending.settle(words.message.id, Fate.FAILED, error="delivery.blocked")
    assert "KHÔNG TỚI" in run("inbox").output
