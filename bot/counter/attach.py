"""Taking files from a citizen: kept encrypted or refused with the reason, put together, let go."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable

from bot.basics.ids import FileId
from bot.basics.messages import RemoteFile
from bot.basics.vietnamese.text import fold, one_line
from bot.counter.ports import Files, Work
from bot.declarations.card import looks_like_a_card
from bot.declarations.files import all_of
from bot.declarations.model import Draft, ReceivedFile
from bot.documents.bundle import sheets
from bot.documents.inspect import PDF, Inspected

_LONGEST_NAME = 80
_ENDINGS = {PDF: ".pdf", "image/jpeg": ".jpg", "image/png": ".png"}
_NAMELESS = {"image/jpeg": "anh", "image/png": "anh"}


def keep(files: Files, name: str, seen: Inspected) -> ReceivedFile:
    """The file after inspection: kept if it can be taken, else only named with its problem."""
    shown = safe_name(name, seen.mime)
    card = next(filter(looks_like_a_card, seen.codes), "")
    if seen.problem:
        return ReceivedFile(FileId(""), shown, len(seen.content), 0, seen.problem, card=card)
    stored = files.put(shown, seen.mime, seen.content, seen.pages)
    return ReceivedFile(
        file=stored.id,
        name=shown,
        size=stored.size,
        pages=stored.pages,
        doubt=seen.doubt,
        mime=seen.mime,
        marks=seen.marks,
        card=card,
    )


def problem_file(file: RemoteFile, problem: str) -> ReceivedFile:
    """A file that could not be fetched."""
    return ReceivedFile(FileId(""), safe_name(file.name, ""), file.size or 0, 0, problem)


def safe_name(name: str, mime: str) -> str:
    """The sender's name for a file, made harmless: no path, no control characters, the true ending."""
    plain = re.sub(r'[\\/:*?"<>|]+', " ", one_line(name))
    stem, ending = os.path.splitext(plain.strip(" ."))
    right = _ENDINGS.get(mime, ending[:6])
    kept = stem[: _LONGEST_NAME - len(right)].strip()
    return f"{kept or _NAMELESS.get(mime, 'tep')}{right}"


def bind(files: Files, paper: str, taken: tuple[ReceivedFile, ...]) -> tuple[ReceivedFile, ...]:
    """Several photos of one paper as one PDF of A4 pages, in the order they came; PDFs as they are.

    A PDF may bear a signature, which holds only while nothing is added to it.
    """
    photos = [item for item in taken if item.mime.startswith("image/")]
    if len(photos) < 2:
        return taken
    pdf = sheets(paper, [files.open(item.file) for item in photos])
    stem = fold(paper)[: _LONGEST_NAME - 4].strip().replace(" ", "-")
    stored = files.put(safe_name(f"{stem}.pdf", PDF), PDF, pdf, len(photos))
    marks = tuple(mark for item in photos for mark in item.marks)
    bound = ReceivedFile(stored.id, stored.name, stored.size, stored.pages, mime=PDF, marks=marks)
    return (bound, *(item for item in taken if item not in photos))


def let_go(work: Work, had: Iterable[FileId], draft: Draft) -> None:
    """Erases those of the files that neither the draft nor the dossier it completes holds any more."""
    _erase(work, {*had} - all_of(draft), draft)


def erase(work: Work, draft: Draft) -> None:
    """Erases a draft, and the files that nobody but the draft holds."""
    _erase(work, all_of(draft), draft)
    work.drafts.delete(draft.id)


def _erase(work: Work, files: Iterable[FileId], draft: Draft) -> None:
    dossier = work.dossiers.get(draft.dossier) if draft.dossier else None
    filed = work.drafts.filed(draft.dossier) if draft.dossier else None
    stay = {item.file for item in dossier.attachments} if dossier else set()
    work.files.erase({*files} - stay - (all_of(filed) if filed else frozenset()))
