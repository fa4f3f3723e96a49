"""How a message looks in Telegram: cut into pieces that fit, and buttons in rows.

Sentences go out as plain text, without a parse mode: our wording has no marks, so there is nothing
to escape, nothing a citizen wrote can become a tag, and no message is refused for its marks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

from bot.basics.errors import Undeliverable
from bot.basics.messages import ShownButton
from bot.channels.cut import pieces, short, units
from bot.notifications.ports import FileToSend

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
LONGEST_TOKEN = 64
"""Bytes of `callback_data`."""
_LONGEST_TITLE = 60
_LONGEST_IN_A_PAIR = 18
_CHOSEN = "✓ "
Under = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove


@dataclass(frozen=True)
class Part:
    """What one call to Telegram sends: a text, or a file with its caption."""

    text: str
    file: FileToSend | None = None
    under: Under | None = None


def parts(text: str, files: Sequence[FileToSend], under: Under | None) -> tuple[Part, ...]:
    """The parts of a message, in order; its buttons stand under the last, next to the thumb.

    Raises `Undeliverable` if there is nothing to send.
    """
    text = text.strip()
    if len(files) == 1 and units(text) <= LONGEST_CAPTION:
        return (Part(text, files[0], under),)
    found = [
        *(Part("", file) for file in files),
        *(Part(piece) for piece in pieces(text, LONGEST_TEXT)),
    ]
    if not found:
        raise Undeliverable("delivery.empty")
    return (*found[:-1], replace(found[-1], under=under))


def keyboard(buttons: Sequence[ShownButton]) -> InlineKeyboardMarkup | None:
    """The buttons under a message, short ones two in a row. Raises `Undeliverable`."""
    if not buttons:
        return None
    shown = []
    for button in buttons:
        if not 1 <= len(button.token.encode()) <= LONGEST_TOKEN:
            raise Undeliverable("delivery.button_refused")
        shown.append(
            InlineKeyboardButton(short(button.title, _LONGEST_TITLE), callback_data=button.token)
        )
    return InlineKeyboardMarkup(list(_rows(shown)))


def share_keyboard(title: str, *, place: bool = False) -> ReplyKeyboardMarkup:
    """The one key in place of the letters that sends the citizen's own number, or their place."""
    title = short(title, _LONGEST_TITLE)
    key = KeyboardButton(title, request_contact=not place or None, request_location=place or None)
    return ReplyKeyboardMarkup([[key]], resize_keyboard=True, one_time_keyboard=True)


def marked(rows: Sequence[Sequence[tuple[str, str]]], token: str) -> InlineKeyboardMarkup | None:
    """The same buttons with the pressed one ticked; all stay, for a late press corrects an answer.

    None where nothing would change.
    """
    shown = [
        [(_CHOSEN * (data == token) + title.removeprefix(_CHOSEN), data) for title, data in row]
        for row in rows
    ]
    known = [data for row in shown for _title, data in row]
    if token not in known or not all(known) or shown == [list(row) for row in rows]:
        return None
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(title, callback_data=data) for title, data in row] for row in shown]
    )


def _rows(buttons: Sequence[InlineKeyboardButton]) -> Iterator[list[InlineKeyboardButton]]:
    row: list[InlineKeyboardButton] = []
    for button in buttons:
        if row and (len(button.text) > _LONGEST_IN_A_PAIR or len(row[0].text) > _LONGEST_IN_A_PAIR):
            yield row
            row = []
        row.append(button)
        if len(row) == 2:
            yield row
            row = []
    if row:
        yield row
