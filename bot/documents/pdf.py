"""Looks into a PDF: how many pages, whether it opens, whether it would act by itself."""

from __future__ import annotations

import io
from typing import Any

import pypdf
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, PdfObject

_BROKEN = (PyPdfError, ValueError, KeyError, TypeError, RecursionError, AttributeError, OSError)
"""pypdf raises all of these on broken files."""
_ACTS = frozenset({"/JavaScript", "/Launch", "/ImportData", "/SubmitForm"})
_CARRIES = ("/JavaScript", "/EmbeddedFiles")
"""What a document may name that runs, or that is itself a file."""


def pdf_pages(content: bytes) -> int:
    """How many pages a PDF has; 0 if it is broken or locked."""
    return looked_at(content)[0]


def looked_at(content: bytes) -> tuple[int, str]:
    """The number of pages, and the wording key of why the file cannot be taken, empty if it can."""
    try:
        reader = pypdf.PdfReader(io.BytesIO(content), strict=False)
        if reader.is_encrypted:
            return 0, "file.locked"
        pages = list(reader.pages)
        if not pages:
            return 0, "file.broken"
        return len(pages), "file.active" if _is_active(reader, pages) else ""
    except _BROKEN:
        return 0, "file.broken"


def _is_active(reader: pypdf.PdfReader, pages: list[pypdf.PageObject]) -> bool:
    """Whether opening it, or clicking into it, does more than show pages and addresses."""
    root = reader.root_object
    named = _dictionary(root.get("/Names"))
    if any(key in named for key in _CARRIES) or "/AA" in root or _acts(root.get("/OpenAction")):
        return True
    return any("/AA" in page or any(map(_acts, _actions(page))) for page in pages)


def _actions(page: pypdf.PageObject) -> list[Any]:
    notes = page.get("/Annots")
    found = notes.get_object() if notes is not None else None
    notes = found if isinstance(found, ArrayObject) else ()
    return [_dictionary(note).get("/A") for note in notes]


def _acts(action: PdfObject | None) -> bool:
    return _dictionary(action).get("/S") in _ACTS


def _dictionary(value: PdfObject | None) -> DictionaryObject:
    found = value.get_object() if value is not None else None
    return found if isinstance(found, DictionaryObject) else DictionaryObject()
