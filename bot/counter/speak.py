"""Puts what is said into words, at the moment it leaves the counter."""

from __future__ import annotations

from bot.basics.say import Say
from bot.basics.wording import Wording
from bot.counter.ports import Spoken


def spoken(message: Say, wording: Wording) -> Spoken:
    """The message in Vietnamese, with the titles and meanings of its buttons."""
    return Spoken(
        key=message.key,
        text=wording.render(message.key, message.holes),
        buttons=tuple((wording.render(b.key, b.holes), b.command) for b in message.buttons),
        files=message.files,
        phone_button=wording.render("button.share_phone") if message.asks_phone else "",
        asks_file=message.asks_file,
        place_button=wording.render("button.share_place") if message.asks_place else "",
    )
