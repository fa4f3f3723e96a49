"""Reads back what was printed."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator

import pypdf
from PIL import Image
from pypdf.generic import DictionaryObject

from bot.declarations.asking import Line
from bot.procedures.model import Form

PROMISES = ("cam_doan", "cam_ket")
"""A yes to them is told by the words above the signature."""
TOLD_OTHERWISE = {
    "TK_XNTTHN": ("xac_nhan_thoi_gian", "muc_dich.loai"),
    "TK01_HOCHIEU": ("gan_chip",),
    "DON_KHUYETTAT": ("noi_dung", "dang_tat"),
    "TK_KHAI_TU": ("nct.thoi_diem_chet",),
}
"""Answers that a box is ticked for, that the next answer implies, or that the form writes at length."""
WHO_FILES = "nop_thay"
"""Told by who that is; by nothing when people file for themselves."""


def opened(pdf: bytes) -> pypdf.PdfReader:
    """The file as pypdf sees it."""
    return pypdf.PdfReader(io.BytesIO(pdf))


def text_of(pdf: bytes) -> str:
    """The words of all pages, one space between them."""
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in opened(pdf).pages))


def letters_of(text: str) -> str:
    """`text` without white space, for values that wrap in the middle of a word."""
    return re.sub(r"\s+", "", text)


def untold(form: Form, lines: Iterable[Line], text: str) -> list[str]:
    """The labels of answers that `text`, the words of the printed form, does not tell."""
    told = letters_of(text).casefold()
    otherwise = (*PROMISES, WHO_FILES, *TOLD_OTHERWISE.get(form.id, ())) if form.print else ()
    return [
        line.label
        for line in lines
        if line.id not in otherwise and letters_of(_said_by(line)).casefold() not in told
    ]


def _said_by(line: Line) -> str:
    """What a form says of the answer: of files only which paper they are."""
    return line.value if line.section else line.label


def objects_of(pdf: bytes) -> Iterator[DictionaryObject]:
    """Every dictionary in the file."""
    reader = opened(pdf)
    for number in sorted({number for table in reader.xref.values() for number in table}):
        found = reader.get_object(number)
        if isinstance(found, DictionaryObject):
            yield found


def has_white_edges(page: bytes) -> bool:
    """Whether the picture of a page shows nothing within 26 mm of the left and 15 of the right."""
    picture = Image.open(io.BytesIO(page)).convert("L")
    left, right = round(picture.width * 26 / 210), round(picture.width * 195 / 210)
    edges = ((0, 0, left, picture.height), (right, 0, picture.width, picture.height))
    return all(picture.crop(edge).getextrema()[0] > 250 for edge in edges)
