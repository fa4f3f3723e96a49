"""What Telegram shows around a conversation: the menu of commands and the bot's own page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from telegram import Bot, BotCommand

from bot.basics import yaml12
from bot.basics.errors import Misconfigured
from bot.basics.wording import Wording

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_LONGEST_DESCRIPTION = 256
_LONGEST_ABOUT = 512
_LONGEST_LINE = 120


@dataclass(frozen=True)
class Entry:
    """One line of the menu."""

    command: str
    shows: str
    """What the citizen reads beside it."""
    says: str
    """What it stands for, as if the citizen had typed it."""


@dataclass(frozen=True)
class Menu:
    """The menu, and the words that only this door needs."""

    entries: tuple[Entry, ...]
    words: Wording

    @classmethod
    def read(cls, path: Path) -> Menu:
        """The menu written in `path`. Raises `Misconfigured` with all Telegram would refuse."""
        data = yaml12.read(path)
        entries = tuple(
            Entry(name, str(entry.get("shows", "")), str(entry.get("says", "")))
            for name, entry in data["commands"].items()
        )
        if problems := list(_problems(path, entries)):
            raise Misconfigured(problems)
        return cls(entries, Wording(data["words"]))

    @property
    def spoken(self) -> Mapping[str, str]:
        """For each command, the words it stands for."""
        return {entry.command: entry.says for entry in self.entries}


async def introduce(bot: Bot, menu: Menu, office: object) -> None:
    """Shows the menu and the bot's page, where they differ from what Telegram shows already.

    Raises `telegram.error.TelegramError`.
    """
    wanted = tuple(BotCommand(entry.command, entry.shows) for entry in menu.entries)
    if await bot.get_my_commands() != wanted:
        await bot.set_my_commands(wanted)
    about = menu.words.render("about", {"office": office})[:_LONGEST_ABOUT]
    if (await bot.get_my_description()).description != about:
        await bot.set_my_description(about)
    line = menu.words.render("line")[:_LONGEST_LINE]
    if (await bot.get_my_short_description()).short_description != line:
        await bot.set_my_short_description(line)


def _problems(path: Path, entries: tuple[Entry, ...]) -> Iterator[str]:
    for entry in entries:
        if not _COMMAND.fullmatch(entry.command):
            yield f"{path}: {entry.command}: a command is 1–32 of a–z, 0–9 and _"
        if not 1 <= len(entry.shows) <= _LONGEST_DESCRIPTION:
            yield f"{path}: {entry.command}: its description has 1–{_LONGEST_DESCRIPTION} characters"
        if not entry.says:
            yield f"{path}: {entry.command}: says nothing"
