"""One PDF of a whole dossier."""

from __future__ import annotations

import io

import pypdf
import pytest
from PIL import Image
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    RectangleObject,
    TextStringObject,
)

from bot.documents.bundle import Paper, bundle, sheets
from bot.documents.typst_documents import TypstDocuments
from bot.dossiers.model import Slip
from tests.build import a_form, at, example_lines, slip_facts
from tests.samples import dossiers
from tests.unit.documents.reading_pdf import opened, text_of

PDF = "application/pdf"
A4 = pytest.approx((595, 842), abs=1)


def a_picture(width: int, height: int, mode: str = "RGB", **how: object) -> bytes:
    """A picture that is dark on top and light below, as JPEG or, with transparency, as PNG."""
    picture = Image.new(mode, (width, height), "white" if mode == "RGB" else (0, 0, 0, 0))
    picture.paste("black", (0, 0, width, height // 2))
    drawn = io.BytesIO()
    picture.save(drawn, "PNG" if mode == "RGBA" else "JPEG", **how)
    return drawn.getvalue()


def a_pdf(pages: int = 1) -> bytes:
    """Empty A5 pages."""
    writer, drawn = pypdf.PdfWriter(), io.BytesIO()
    for _ in range(pages):
        writer.add_blank_page(420, 595)
    writer.write(drawn)
    return drawn.getvalue()


def size_of(page: pypdf.PageObject) -> tuple[float, float]:
    """Width and height in points."""
    return float(page.mediabox.width), float(page.mediabox.height)


def test_a_dossier_becomes_one_file_with_a_bookmark_for_every_paper() -> None:
    documents, form = TypstDocuments(), a_form("TK_TRICH_LUC")
    receipt = documents.slip(Slip.RECEIPT, dossiers()[Slip.RECEIPT], slip_facts())
    found = bundle(
        "Hồ sơ H26.99-261119-0007",
        (
            Paper("Tờ khai", PDF, documents.declaration(form, example_lines(form), at(20))),
            Paper("Giấy tiếp nhận", PDF, receipt),
            Paper("Giấy chứng sinh", "image/jpeg", a_picture(900, 1600)),
            Paper("Giấy kết hôn", PDF, a_pdf(2)),
        ),
    )
    reader = opened(found.pdf)
    marks = [(mark.title, reader.get_destination_page_number(mark)) for mark in reader.outline]
    assert marks == [
        ("Tờ khai", 0),
        ("Giấy tiếp nhận", 1),
        ("Giấy chứng sinh", 2),
        ("Giấy kết hôn", 3),
    ]
    assert len(reader.pages) == 5
    assert not found.left_out
    assert "GIẤY TIẾP NHẬN HỒ SƠ" in text_of(found.pdf)
    assert reader.metadata
    assert reader.metadata.title == "Hồ sơ H26.99-261119-0007"
    assert reader.page_mode == "/UseOutlines"
    assert reader.trailer["/Root"]["/Lang"] == "vi-VN"


def test_a_picture_fills_an_a4_page_that_lies_as_it_does() -> None:
    papers = [
        Paper("Dọc", "image/jpeg", a_picture(900, 1600)),
        Paper("Ngang", "image/jpeg", a_picture(1600, 900)),
    ]
    upright, lying = opened(bundle("", papers).pdf).pages
    assert size_of(upright) == A4
    assert size_of(lying)[::-1] == A4


def test_a_photo_made_small_by_a_messenger_fills_its_page() -> None:
    small = Image.new("RGB", (904, 1280), "black")
    drawn = io.BytesIO()
    small.save(drawn, "JPEG")
    [page] = opened(sheets("Giấy chứng sinh", [drawn.getvalue()])).pages
    picture = page.images[0].image
    assert picture is not None
    dark = sum(picture.convert("L").histogram()[:100])
    assert dark > 0.8 * picture.width * picture.height


def test_a_photo_is_turned_as_the_camera_was_held() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    photo = a_picture(1600, 900, exif=exif.tobytes())
    (page,) = opened(bundle("", [Paper("Ảnh", "image/jpeg", photo)]).pdf).pages
    assert size_of(page) == A4
    picture = page.images[0].image
    assert picture is not None
    middle = picture.height // 2
    assert picture.convert("L").getpixel((200, middle)) > 200
    assert picture.convert("L").getpixel((picture.width - 200, middle)) < 50


def test_what_is_transparent_is_printed_white() -> None:
    paper = Paper("Ảnh", "image/png", a_picture(900, 1600, "RGBA"))
    picture = opened(bundle("", [paper]).pdf).pages[0].images[0].image
    assert picture is not None
    assert picture.convert("L").getpixel((picture.width // 2, picture.height - 200)) > 200


@pytest.mark.parametrize(
    "paper",
    [
        Paper("Hỏng", PDF, b"%PDF-1.7\nnothing more"),
        Paper("Hỏng", PDF, b""),
        Paper("Hỏng", "image/jpeg", a_picture(900, 1600)[:500]),
        Paper("Hỏng", "image/png", b"\x89PNG\r\n\x1a\n" + b"\0" * 50),
    ],
)
def test_a_file_that_cannot_be_opened_is_named_and_the_rest_is_kept(paper: Paper) -> None:
    found = bundle("", [paper, Paper("Lành", PDF, a_pdf())])
    assert found.left_out == ("Hỏng",)
    assert len(opened(found.pdf).pages) == 1


def test_a_file_with_a_password_is_named_and_left_out() -> None:
    writer, drawn = pypdf.PdfWriter(clone_from=io.BytesIO(a_pdf())), io.BytesIO()
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(drawn)
    found = bundle("", [Paper("Khóa", PDF, drawn.getvalue()), Paper("Lành", PDF, a_pdf())])
    assert found.left_out == ("Khóa",)


def test_nothing_in_a_bundle_runs_by_itself() -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(a_pdf()))
    script = DictionaryObject(
        {
            NameObject("/S"): NameObject("/JavaScript"),
            NameObject("/JS"): TextStringObject("app.alert(1)"),
        }
    )
    writer.root_object[NameObject("/OpenAction")] = script
    page = writer.pages[0]
    page[NameObject("/AA")] = DictionaryObject({NameObject("/O"): script})
    page[NameObject("/Annots")] = ArrayObject(
        [
            DictionaryObject(
                {
                    NameObject("/Subtype"): NameObject("/Link"),
                    NameObject("/Rect"): RectangleObject((0, 0, 420, 595)),
                    NameObject("/A"): writer._add_object(script),
                }
            )
        ]
    )
    drawn = io.BytesIO()
    writer.write(drawn)
    assert b"/JavaScript" in drawn.getvalue()
    assert b"/JavaScript" not in bundle("", [Paper("Lạ", PDF, drawn.getvalue())]).pdf


def test_links_in_our_own_papers_still_open() -> None:
    slip = TypstDocuments().slip(Slip.RECEIPT, dossiers()[Slip.RECEIPT], slip_facts())
    (page,) = opened(bundle("", [Paper("Giấy", PDF, slip)]).pdf).pages
    links = [note.get_object()["/A"]["/URI"] for note in page["/Annots"]]
    assert links == [slip_facts().tracking_url]
