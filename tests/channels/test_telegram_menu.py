"""The menu of commands, and what Telegram would not take."""

from __future__ import annotations

import pytest

from bot.basics.errors import Misconfigured
from bot.channels.telegram_menu import Menu
from tests.build import an_office
from tests.channels.test_telegram_send import MENU


def test_our_own_menu_is_one_telegram_takes():
    assert {"nophoso", "tracuu", "canbo", "trogiup"} <= set(MENU.spoken)
    assert len(MENU.words.render("about", {"office": an_office()})) <= 512
    assert len(MENU.words.render("line")) <= 120


def test_start_is_not_a_command_of_ours():
    assert "start" not in MENU.spoken


def test_everything_telegram_would_refuse_is_named(tmp_path):
    path = tmp_path / "telegram.yml"
    path.write_text(
        "commands:\n"
        "  Tra-Cứu: {shows: Xem hồ sơ, says: xem hồ sơ}\n"
        "  tracuu: {says: xem hồ sơ}\n"
        "  canbo: {shows: Gặp cán bộ}\n"
        "words: {}\n"
    )
    with pytest.raises(Misconfigured) as caught:
        Menu.read(path)
    assert len(caught.value.problems) == 3
    assert all(str(path) in problem for problem in caught.value.problems)
