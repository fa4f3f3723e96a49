"""How a message looks in Telegram: cut into pieces that fit, and buttons in rows.

Sentences go out as plain text, without a parse mode: our wording has no marks, so there is nothing
to escape, nothing a citizen wrote can become a tag, and no message is refused for its marks.
"""

from __future__ import annotations

import re
import unicodedata
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
from bot.notifications.ports import FileToSend

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
LONGEST_TOKEN = 64
"""Bytes of `callback_data`."""
_LONGEST_TITLE = 60
_LONGEST_IN_A_PAIR = 18
# Where a text is cut, best first: between paragraphs, lines, sentences, words.
_ENDS = tuple(map(re.compile, (r"\n\s*\n", r"\n", r"(?<=[.!?…:;])\s", r"\s")))
_JOINER = "\u200d"
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
    found = [*(Part("", file) for file in files), *(Part(piece) for piece in pieces(text))]
    if not found:
        raise Undeliverable("delivery.empty")
    return (*found[:-1], replace(found[-1], under=under))


def pieces(text: str, most: int = LONGEST_TEXT) -> Iterator[str]:
    """The text in pieces of at most `most` UTF-16 units, cut where a reader would pause."""
    while units(text) > most:
        cut = _cut(text, _fitting(text, most))
        if piece := text[:cut].rstrip():
            yield piece
        text = text[cut:].lstrip()
    if text:
        yield text


def units(text: str) -> int:
    """The length as Telegram counts it: in UTF-16 units, an emoji being two."""
    return len(text) + sum(sign > "\uffff" for sign in text)


def keyboard(buttons: Sequence[ShownButton]) -> InlineKeyboardMarkup | None:
    """The buttons under a message, short ones two in a row. Raises `Undeliverable`."""
    if not buttons:
        return None
    shown = []
    for button in buttons:
        if not 1 <= len(button.token.encode()) <= LONGEST_TOKEN:
            raise Undeliverable("delivery.button_refused")
        shown.append(InlineKeyboardButton(short(button.title), callback_data=button.token))
    return InlineKeyboardMarkup(list(_rows(shown)))


def phone_keyboard(title: str) -> ReplyKeyboardMarkup:
    """The one key in place of the letters that sends the citizen's own number."""
    key = KeyboardButton(short(title), request_contact=True)
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


def short(title: str, most: int = _LONGEST_TITLE) -> str:
    """The title as it fits on a button, ended at a word."""
    title = " ".join(title.split()) or "…"
    if len(title) <= most:
        return title
    kept = title[: most - 1]
    words, space, _ = kept.rpartition(" ")
    return (words if space and len(words) > most // 2 else kept).rstrip(" ,;:–-") + "…"


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


def _fitting(text: str, most: int) -> int:
    """How many signs of the text fit into `most` units."""
    used = 0
    for count, sign in enumerate(text):
        used += 2 if sign > "\uffff" else 1
        if used > most:
            return count
    return len(text)


def _cut(text: str, most: int) -> int:
    """Where to cut, at most there: at the best end in the second half, else between letters."""
    for end in _ENDS:
        found = [match.end() for match in end.finditer(text, most // 2, most)]
        if found:
            return found[-1]
    cut = most
    while cut > 1 and (unicodedata.combining(text[cut]) or _JOINER in text[cut - 1 : cut + 1]):
        cut -= 1  # a tone mark stays on its letter, an emoji in one piece
    return cut if cut > 1 else most
