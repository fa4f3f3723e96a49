"""Looks at a file a citizen sent: what it really is, whatever its name says, and how many pages."""

from __future__ import annotations

import io
from dataclasses import dataclass

import filetype
import pypdf
from PIL import Image, UnidentifiedImageError
from pypdf.errors import PyPdfError

ACCEPTED = ("application/pdf", "image/jpeg", "image/png")
_MOST_PIXELS = 60_000_000
_MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Inspected:
    """What a file is. `problem` is the wording key of why it cannot be taken, empty if it can."""

    mime: str = ""
    pages: int = 0
    problem: str = ""


def inspect(content: bytes, max_mb: int) -> Inspected:
    """What `content` is, judged by its bytes alone."""
    if not content:
        return Inspected(problem="file.empty")
    if len(content) > max_mb * _MEGABYTE:
        return Inspected(problem="file.too_large")
    kind = filetype.guess(content[:8192])
    mime = kind.mime if kind else ""
    if mime not in ACCEPTED:
        return Inspected(mime, problem="file.wrong_kind")
    pages = pdf_pages(content) if mime == "application/pdf" else _image_pages(content)
    return Inspected(mime, pages, "" if pages else "file.broken")


def pdf_pages(content: bytes) -> int:
    """How many pages the PDF has; 0 for one that cannot be read."""
    try:
        reader = pypdf.PdfReader(io.BytesIO(content), strict=False)
        return 0 if reader.is_encrypted else len(reader.pages)
    except (PyPdfError, ValueError, KeyError, TypeError, RecursionError, AttributeError):
        return 0  # pypdf raises all of these on broken files


def _image_pages(content: bytes) -> int:
    try:
        with Image.open(io.BytesIO(content)) as image:
            if image.width * image.height > _MOST_PIXELS:
                return 0
            image.verify()
        return 1
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return 0
