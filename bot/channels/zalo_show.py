"""How a message looks in Zalo: plain text in pieces that fit, at most five buttons, lists by number."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.basics.errors import Undeliverable
from bot.basics.messages import ShownButton
from bot.basics.wording import Wording
from bot.channels.cut import pieces, short
from bot.channels.zalo_read import CLICK
from bot.notifications.ports import FileToSend

LONGEST_TEXT = 2000
MOST_BUTTONS = 5
LONGEST_TITLE = 100
LARGEST_IMAGE = 1024 * 1024
LARGEST_FILE = 5 * 1024 * 1024
_IMAGES = ("image/jpeg", "image/png")
_FILES = (
    "application/pdf",
    "application/msword",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "text/csv",
)


@dataclass(frozen=True)
class Card:
    """Asks the citizen to fill in name and phone in a form of Zalo's; `image` is a public address."""

    title: str
    subtitle: str
    image: str


@dataclass(frozen=True)
class Part:
    """What one call sends: a text with its buttons, or a file, or a card."""

    text: str = ""
    buttons: tuple[ShownButton, ...] = ()
    file: FileToSend | None = None
    card: Card | None = None


def parts(
    text: str, buttons: Sequence[ShownButton], files: Sequence[FileToSend], words: Wording
) -> tuple[Part, ...]:
    """The parts of a message, in order; its buttons stand under the last.

    More choices than fit become lines. Raises `Undeliverable` if there is
    nothing to send.
    """
    if len(buttons) > MOST_BUTTONS:
        text, buttons = numbered(text, buttons, words), ()
    texts = [Part(piece) for piece in plain(text)]
    if buttons and not texts:
        raise Undeliverable("delivery.empty")
    if buttons:
        texts[-1] = replace(texts[-1], buttons=tuple(buttons))
    found = (*(Part(file=file) for file in files), *texts)
    if not found:
        raise Undeliverable("delivery.empty")
    return found


def plain(text: str) -> Iterator[str]:
    """The text in pieces that Zalo takes, its letters composed, for that is how Zalo counts them."""
    return pieces(unicodedata.normalize("NFC", text).strip(), LONGEST_TEXT)


def numbered(text: str, buttons: Sequence[ShownButton], words: Wording) -> str:
    """The text with its choices as lines; the citizen answers with a number, or with the words.

    A single choice gets no number: where it stands alone, a number may be the answer itself.
    """
    titles = [" ".join(button.title.split()) for button in buttons]
    if len(titles) == 1:
        return f"{text}\n\n{words.render('choose_one', {'title': titles[0]})}".strip()
    lines = "\n".join(f"{count}. {title}" for count, title in enumerate(titles, start=1))
    return f"{text}\n\n{lines}\n\n{words.render('choose')}".strip()


def upload_kind(file: FileToSend) -> str | None:
    """As what Zalo takes the file, `image` or `file`; None for what it would not take."""
    if file.mime in _IMAGES and len(file.content) <= LARGEST_IMAGE:
        return "image"
    return "file" if file.mime in _FILES and len(file.content) <= LARGEST_FILE else None


def text_message(part: Part) -> Mapping[str, Any]:
    """A text, with its buttons if it has any."""
    if not part.buttons:
        return {"text": part.text}
    buttons = [
        {
            "title": short(unicodedata.normalize("NFC", button.title), LONGEST_TITLE),
            "type": "oa.query.hide",  # "show" would put the token into the citizen's mouth
            "payload": CLICK + button.token,
        }
        for button in part.buttons
    ]
    payload = {"buttons": buttons}
    return {"text": part.text, "attachment": {"type": "template", "payload": payload}}


def file_message(kind: str, uploaded: str) -> Mapping[str, Any]:
    """A file that was uploaded as `kind`; no text can stand beside a document."""
    if kind == "file":
        return {"attachment": {"type": "file", "payload": {"token": uploaded}}}
    element = {"media_type": "image", "attachment_id": uploaded}
    return _template("media", element)


def card_message(card: Card) -> Mapping[str, Any]:
    """The card that asks for name and phone."""
    shown = {"title": card.title, "subtitle": card.subtitle, "image_url": card.image}
    return _template("request_user_info", shown)


def _template(name: str, element: Mapping[str, str]) -> Mapping[str, Any]:
    payload = {"template_type": name, "elements": [element]}
    return {"attachment": {"type": "template", "payload": payload}}
