"""`motcua settings`, as somebody reads it who sets a server up."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from bot.basics.settings import PREFIX, Settings
from bot.commands.settings import settings


@pytest.fixture
def lines(monkeypatch) -> list[str]:
    """What is printed in a terminal of 80 columns, where two settings were set."""
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("MOTCUA_PUBLIC_URL", "https://dich-vu-cong.phuong-ba-dinh.hanoi.example")
    monkeypatch.setenv("MOTCUA_TELEGRAM_TOKEN", "12345:rat-bi-mat")
    return CliRunner().invoke(settings, catch_exceptions=False).output.splitlines()


def test_every_setting_can_be_copied_whole_from_a_narrow_terminal(lines):
    printed = [line.partition("=")[0] for line in lines if line.startswith(PREFIX)]
    assert printed == [PREFIX + name.upper() for name in Settings.model_fields]
    assert "MOTCUA_PUBLIC_URL=https://dich-vu-cong.phuong-ba-dinh.hanoi.example" in lines


def test_a_secret_is_said_to_be_set_and_not_shown(lines):
    assert "MOTCUA_TELEGRAM_TOKEN=•••" in lines
    assert not any("bi-mat" in line for line in lines)


def test_the_meaning_stands_below_and_fits_the_terminal(lines):
    meaning = lines[lines.index("MOTCUA_PORT=8080") + 1]
    assert meaning == "    port the web server listens on"
    assert all(len(line) <= 80 for line in lines if not line.startswith(PREFIX))
