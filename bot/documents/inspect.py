"""Looks at a file a citizen sent: what it really is, whatever its name says, and whether it will do.

A pure function over bytes. What comes out is what is kept: a photo upright, without the place and the
phone that a camera writes into it, an iPhone's photo as JPEG. What is hopeless is a problem; what a person
may well accept is a doubt, and the citizen is asked.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import filetype

from bot.declarations.marks import DIGEST
from bot.documents import legible, pdf, photo, screen
from bot.documents.codes import qr_texts
from bot.documents.likeness import look_of

PDF = "application/pdf"
PHOTOS = frozenset({"image/jpeg", "image/png", "image/heic", "image/heif", "image/webp"})
_MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Inspected:
    """What a file is, and the content to keep of it."""

    mime: str = ""
    pages: int = 0
    problem: str = ""
    """The wording key of why it cannot be taken; empty if it can."""
    doubt: str = ""
    """The wording key of what is to be asked about it; empty if nothing is."""
    content: bytes = b""
    marks: tuple[str, ...] = ()
    """By what it is known again: see `declarations.marks`."""
    codes: tuple[str, ...] = ()
    """What the QR codes in a photo say, of a refused one too."""


def inspect(content: bytes, max_mb: int) -> Inspected:
    """What `content` is, judged by its bytes alone; at most `max_mb` are taken. Never raises."""
    if not content:
        return Inspected(problem="file.empty")
    if len(content) > max_mb * _MEGABYTE:
        return Inspected(problem="file.too_large")
    kind = filetype.guess(content[:8192])
    mime = kind.mime if kind else ""
    marks = (DIGEST + hashlib.sha256(content).hexdigest(),)
    if mime == PDF:
        pages, problem = pdf.looked_at(content)
        return Inspected(mime, pages, problem, content=content, marks=marks)
    if mime in PHOTOS:
        return _photo(content, marks)
    return Inspected(mime, problem="file.wrong_kind")


def _photo(content: bytes, marks: tuple[str, ...]) -> Inspected:
    try:
        taken = photo.develop(content)
    except photo.Unreadable:
        return Inspected(problem="file.broken")
    verdict, codes = legible.judge(taken.image), qr_texts(taken.content)
    if not verdict.problem and not taken.is_from_camera:
        verdict = screen.judge(taken.image, codes) or verdict
    return Inspected(
        mime=taken.mime,
        pages=1,
        problem=verdict.problem,
        doubt=verdict.doubt,
        content=taken.content,
        marks=(*marks, look_of(taken.image)),
        codes=codes,
    )
