"""Taking a file from a citizen: looked at, then kept encrypted, or refused with the reason."""

from __future__ import annotations

import os
import re

from bot.basics.ids import FileId
from bot.basics.messages import RemoteFile
from bot.basics.vietnamese.text import one_line
from bot.counter.ports import Files
from bot.declarations.card import looks_like_a_card
from bot.declarations.model import ReceivedFile
from bot.documents.codes import qr_texts
from bot.documents.inspect import inspect

_LONGEST_NAME = 80
_ENDINGS = {"application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png"}


def keep(files: Files, name: str, content: bytes, max_mb: int) -> ReceivedFile:
    """The file after inspection: kept if it can be taken, else only named with its problem."""
    found = inspect(content, max_mb)
    shown = safe_name(name, found.mime)
    if found.problem:
        return ReceivedFile(FileId(""), shown, len(content), 0, found.problem)
    stored = files.put(shown, found.mime, content, found.pages)
    card = next((text for text in qr_texts(content) if looks_like_a_card(text)), "")
    return ReceivedFile(stored.id, shown, stored.size, stored.pages, card=card)


def problem_file(file: RemoteFile, problem: str) -> ReceivedFile:
    """A file that could not be fetched."""
    return ReceivedFile(FileId(""), safe_name(file.name, ""), file.size or 0, 0, problem)


def safe_name(name: str, mime: str) -> str:
    """The sender's name for a file, made harmless: no path, no control signs, the true ending."""
    plain = re.sub(r'[\\/:*?"<>|]+', " ", one_line(name))
    stem, ending = os.path.splitext(plain.strip(" ."))
    right = _ENDINGS.get(mime, ending[:6])
    return f"{stem[: _LONGEST_NAME - len(right)].strip() or 'tep'}{right}"
