"""A whole dossier as one PDF: its cover, its declaration, what the citizen sent, and its slips.

The result is for reading and printing. It is not PDF/A: nobody can vouch for files from outside.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import pypdf
from PIL import Image, ImageOps
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, NameObject, TextStringObject

_DOTS_PER_INCH = 150
_SHARP = 200
"""Dots an inch where the picture is all there is of the paper."""
_A4 = (8.2677, 11.6929)
_MARGIN = 0.4
"""Inches."""
_PDF = "application/pdf"
_BROKEN = (
    # Pillow and pypdf raise all of these on broken files.
    *(PyPdfError, OSError, ValueError, KeyError, TypeError, RecursionError, AttributeError),
    *(SyntaxError, Image.DecompressionBombError),
)


@dataclass(frozen=True)
class Paper:
    """One file of a dossier, as bookmarks call it."""

    title: str
    mime: str
    content: bytes


@dataclass(frozen=True)
class Bound:
    """A paper as it stands in a bundle. One without pages could not be opened and is left out."""

    title: str
    pages: tuple[pypdf.PageObject, ...] = ()


@dataclass(frozen=True)
class Bundle:
    """The dossier in one file, its number of pages, and the papers that could not be opened."""

    pdf: bytes
    pages: int
    left_out: tuple[str, ...] = ()


def bundle(
    title: str, papers: Iterable[Paper], cover: Callable[[Sequence[Bound]], Paper] | None = None
) -> Bundle:
    """All `papers` in order, each under a bookmark; pictures become A4 pages.

    `cover` makes the paper that comes first, knowing what follows.
    """
    bound = [_bind(paper) for paper in papers]
    first = [_bind(cover(bound))] if cover else []
    whole = _begun(title)
    whole.page_mode = "/UseOutlines"
    for paper in (paper for paper in (*first, *bound) if paper.pages):
        begins = len(whole.pages)
        for page in paper.pages:
            whole.add_page(page)
        whole.add_outline_item(title=paper.title, page_number=begins)
    written = io.BytesIO()
    whole.write(written)
    left_out = tuple(paper.title for paper in bound if not paper.pages)
    return Bundle(written.getvalue(), len(whole.pages), left_out)


def sheets(title: str, pictures: Iterable[bytes]) -> bytes:
    """A PDF in which each picture is an A4 page, in order. Raises what Pillow raises of broken ones."""
    whole = _begun(title)
    for picture in pictures:
        whole.append(io.BytesIO(_picture_page(picture, _SHARP)))
    written = io.BytesIO()
    whole.write(written)
    return written.getvalue()


def _begun(title: str) -> pypdf.PdfWriter:
    """An empty file with a title, to be read aloud in Vietnamese."""
    whole = pypdf.PdfWriter()
    whole.add_metadata({"/Title": title})
    whole.root_object[NameObject("/Lang")] = TextStringObject("vi-VN")
    return whole


def _bind(paper: Paper) -> Bound:
    try:
        return Bound(paper.title, tuple(_pages(paper)))
    except _BROKEN:
        return Bound(paper.title)


def _pages(paper: Paper) -> list[pypdf.PageObject]:
    """The pages, each read to its end, so that a broken one is noticed before any is added."""
    content = paper.content if paper.mime == _PDF else _picture_page(paper.content)
    reader = pypdf.PdfReader(io.BytesIO(content), strict=False)
    pages = list(reader.pages)
    if not pages:
        raise PyPdfError("no pages")
    for page in pages:
        page.get_contents()
        _disarm(page)
    return pages


def _picture_page(content: bytes, dots_per_inch: int = _DOTS_PER_INCH) -> bytes:
    """The picture, turned upright and fitted into an A4 page that lies the way the picture does."""
    with Image.open(io.BytesIO(content)) as opened:
        picture = ImageOps.exif_transpose(opened).convert("RGBA")
    upright = (round(_A4[0] * dots_per_inch), round(_A4[1] * dots_per_inch))
    size = upright if picture.height >= picture.width else upright[::-1]
    margin = 2 * round(_MARGIN * dots_per_inch)
    room = (size[0] - margin, size[1] - margin)
    picture = ImageOps.contain(picture, room, Image.Resampling.LANCZOS)
    page = Image.new("RGB", size, "white")
    corner = ((size[0] - picture.width) // 2, (size[1] - picture.height) // 2)
    page.paste(picture, corner, picture)
    drawn = io.BytesIO()
    page.save(drawn, "PDF", resolution=dots_per_inch, quality=85)
    return drawn.getvalue()


def _disarm(page: pypdf.PageObject) -> None:
    """Takes away what would act by itself or on a click, except links to addresses."""
    page.pop("/AA", None)
    notes = [note for note in page.get("/Annots") or () if _is_harmless(note.get_object())]
    if "/Annots" in page:
        page[NameObject("/Annots")] = ArrayObject(notes)


def _is_harmless(note: pypdf.generic.PdfObject | None) -> bool:
    if not isinstance(note, pypdf.generic.DictionaryObject) or "/AA" in note:
        return False
    action = note.get("/A")
    return action is None or action.get_object().get("/S") == "/URI"
