"""Settings: a wrong one is reported with all others, each with its meaning."""

from __future__ import annotations

import pytest

from bot.basics import settings
from bot.basics.errors import Misconfigured


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_everything_has_a_default_that_runs_on_one_machine() -> None:
    chosen = settings.read()
    assert chosen.database.startswith("sqlite:///")
    assert chosen.address.startswith("http://127.0.0.1")


def test_all_wrong_settings_are_reported_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOTCUA_PORT", "ninety")
    monkeypatch.setenv("MOTCUA_TELEGRAM_MODE", "carrier pigeon")
    monkeypatch.setenv("MOTCUA_TELEGRAM_TOKN", "1:a")
    with pytest.raises(Misconfigured) as told:
        settings.read()
    problems = "\n".join(told.value.problems)
    assert "MOTCUA_PORT" in problems
    assert "MOTCUA_TELEGRAM_MODE" in problems
    assert "did you mean MOTCUA_TELEGRAM_TOKEN?" in problems
    assert "polling or webhook" in problems


def test_a_misspelt_name_in_the_env_file_is_reported(tmp_path) -> None:
    (tmp_path / ".env").write_text("MOTCUA_PROT=80\n")
    with pytest.raises(Misconfigured) as told:
        settings.read()
    assert "did you mean MOTCUA_PORT?" in str(told.value)
