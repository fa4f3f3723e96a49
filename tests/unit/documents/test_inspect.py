"""What is found out about a file from its bytes alone."""

from __future__ import annotations

import io
import random

import pypdf
import pytest
import segno
from PIL import Image
from pypdf.annotations import Link
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from bot.declarations.marks import is_alike, is_same
from bot.documents.inspect import inspect
from tests.pictures import app, heic, jpeg, opened, page, photo_of, png

MOST = 10
PLACE = 0x8825
A_CAMERA = {0x010F: "Máy", 0x0110: "Ảnh 1"}


def exif(**tags: object) -> bytes:
    """What a phone writes into a photo."""
    written = Image.Exif()
    for tag, value in A_CAMERA.items():
        written[tag] = value
    for tag, value in tags.items():
        written[int(tag[1:])] = value
    place = written.get_ifd(PLACE)
    place[1], place[2] = "N", (21.0, 2.0, 0.0)
    return written.tobytes()


def a_pdf(pages: int = 1) -> pypdf.PdfWriter:
    writer = pypdf.PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(595, 842)
    return writer


def an_action(does: str, what: str) -> DictionaryObject:
    return DictionaryObject(
        {NameObject("/S"): NameObject(does), NameObject(what): TextStringObject("x")}
    )


def written(writer: pypdf.PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_good_photo_raises_no_question():
    found = inspect(jpeg(photo_of(page())), MOST)
    assert (found.mime, found.pages, found.problem, found.doubt) == ("image/jpeg", 1, "", "")


@pytest.mark.parametrize(
    "paper",
    [page(size=9, lines=24), page(ink=150), page(ink=190), page(lines=1), page(size=16, lines=8)],
    ids=["small print", "faint", "very faint", "one line", "large print"],
)
@pytest.mark.parametrize("noise", [1, 8])
def test_a_sharp_photo_of_any_paper_is_taken(paper, noise):
    found = inspect(jpeg(photo_of(paper, noise=noise)), MOST)
    assert (found.problem, found.doubt) == ("", "")


@pytest.mark.parametrize(
    ("blur", "problem", "doubt"),
    [
        (1.0, "", ""),
        (2.2, "", "file.maybe_blurred"),
        (6.0, "file.blurred", ""),
    ],
)
def test_a_blurred_photo_is_asked_about_and_a_hopeless_one_refused(blur, problem, doubt):
    found = inspect(jpeg(photo_of(page(), blur=blur, noise=2)), MOST)
    assert (found.problem, found.doubt) == (problem, doubt)


def test_a_faint_paper_a_little_blurred_is_never_refused():
    for blur in (0.5, 1.0, 1.5, 2.0):
        assert not inspect(jpeg(photo_of(page(ink=190), blur=blur)), MOST).problem


@pytest.mark.parametrize(
    ("picture", "problem", "doubt"),
    [
        (page().resize((180, 254)), "file.tiny", ""),
        (page().resize((480, 678)), "", "file.maybe_small"),
        (Image.new("RGB", (900, 1200), (4, 4, 6)), "file.dark", ""),
        (Image.new("RGB", (900, 1200), "white"), "file.blank", ""),
        (Image.new("L", (900, 1200), 120), "file.blank", ""),
        (photo_of(page(), light=0.2, noise=1), "", "file.maybe_dark"),
    ],
    ids=["tiny", "small", "black", "white", "grey", "dusk"],
)
def test_a_picture_in_which_nothing_can_be_read_says_why(picture, problem, doubt):
    found = inspect(png(picture), MOST)
    assert (found.problem, found.doubt) == (problem, doubt)


def test_what_a_phone_writes_into_a_photo_is_not_kept():
    found = inspect(jpeg(photo_of(page()), exif=exif()), MOST)
    kept = opened(found.content)
    assert not kept.getexif()
    assert not {"exif", "xmp", "comment", "icc_profile"} & {*kept.info}


def test_a_photo_is_kept_upright():
    lying = photo_of(page()).transpose(Image.Transpose.ROTATE_90)
    found = inspect(jpeg(lying, exif=exif(_274=6)), MOST)
    kept = opened(found.content)
    assert kept.height > kept.width


def test_keeping_a_photo_costs_it_next_to_nothing():
    sent = jpeg(photo_of(page()), quality=80)
    found = inspect(sent, MOST)
    assert len(found.content) < len(sent) * 1.1


def test_an_iphones_photo_becomes_a_jpeg():
    found = inspect(heic(page().resize((700, 990))), MOST)
    assert (found.mime, found.pages, found.problem) == ("image/jpeg", 1, "")
    assert opened(found.content).format == "JPEG"


def test_a_photo_of_a_large_sensor_is_kept_at_a_size_for_reading():
    large = photo_of(page()).resize((3200, 4300), Image.Resampling.BOX)
    found = inspect(jpeg(large, quality=40), MOST)
    assert not found.problem
    assert max(opened(found.content).size) == 4096


def test_a_black_and_white_scan_stays_a_png():
    found = inspect(png(page().convert("1")), MOST)
    assert (found.mime, found.problem) == ("image/png", "")


def test_a_picture_that_would_fill_the_memory_is_not_opened():
    bomb = png(Image.new("1", (9000, 9000)))
    assert inspect(bomb, MOST).problem == "file.broken"


@pytest.mark.parametrize("quality", [60, 85])
def test_a_screen_with_the_red_head_of_vneid_is_refused(quality):
    assert inspect(jpeg(app(), quality), MOST).problem == "file.vneid"
    assert inspect(png(app()), MOST).problem == "file.vneid"


def test_a_screen_that_shows_the_code_of_an_identity_card_is_refused():
    screen = app("#1565c0").copy()
    drawn = io.BytesIO()
    told = "001095000001||NGUYỄN VĂN THỬ|01011995|Nam|Phường Bình Minh|01012022"
    segno.make(told, error="m").save(drawn, kind="png", scale=6, border=4)
    screen.paste(opened(drawn.getvalue()).convert("RGB"), (200, 850))
    assert inspect(png(screen), MOST).problem == "file.vneid"


def test_another_screen_is_only_asked_about():
    found = inspect(jpeg(app("#1565c0", "Ngân hàng")), MOST)
    assert (found.problem, found.doubt) == ("", "file.maybe_screen")


def test_what_a_camera_took_is_no_screen():
    assert not inspect(jpeg(app(), exif=exif()), MOST).problem


def test_a_photo_as_tall_as_a_screen_is_no_screen():
    taken = photo_of(page(), noise=1)
    tall = taken.crop((0, 0, taken.height // 2, taken.height))
    assert inspect(jpeg(tall, 70), MOST).doubt == ""
    scan = page().crop((80, 60, 880, 1660))
    assert inspect(png(scan), MOST).doubt == ""


def test_a_pdf_tells_its_pages():
    found = inspect(written(a_pdf(3)), MOST)
    assert (found.mime, found.pages, found.problem) == ("application/pdf", 3, "")


def test_a_pdf_with_a_password_says_so():
    writer = a_pdf()
    writer.encrypt("secret", algorithm="RC4-128")
    assert inspect(written(writer), MOST).problem == "file.locked"


def test_a_pdf_that_would_run_something_is_refused():
    script = a_pdf()
    script.root_object[NameObject("/OpenAction")] = an_action("/JavaScript", "/JS")
    launch = a_pdf()
    launch.root_object[NameObject("/OpenAction")] = an_action("/Launch", "/F")
    carrier = a_pdf()
    carrier.add_attachment("x.exe", b"MZ")
    for writer in (script, launch, carrier):
        assert inspect(written(writer), MOST).problem == "file.active"


def test_a_pdf_with_links_is_taken():
    writer = a_pdf()
    link = Link(rect=(0, 0, 9, 9), url="https://dichvucong.gov.vn")
    writer.add_annotation(0, link)
    assert not inspect(written(writer), MOST).problem


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "file.empty"),
        (b"MZ\x90\x00" + b"\0" * 99, "file.wrong_kind"),
        (b"PK\x03\x04" + b"\0" * 99, "file.wrong_kind"),
        (b"%PDF-1.7 nothing", "file.broken"),
        (jpeg(page())[:900], "file.broken"),
        (b"\0" * (MOST * 1024 * 1024 + 1), "file.too_large"),
    ],
)
def test_a_file_that_cannot_be_taken_says_why(content, problem):
    assert inspect(content, MOST).problem == problem


def test_no_damage_to_a_file_breaks_the_looking():
    seed = random.randrange(10**6)
    print("seed", seed)
    chance = random.Random(seed)
    whole = [jpeg(page().resize((420, 594))), png(page().resize((420, 594))), written(a_pdf(2))]
    whole += [heic(page().resize((420, 594)))]
    for _ in range(120):
        damaged = bytearray(chance.choice(whole))
        for _ in range(chance.randint(1, 30)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        inspect(bytes(damaged[: chance.randint(1, len(damaged))]), MOST)


def test_the_same_bytes_are_known_again():
    one, other = page(), page(name="Trần Thị Khác")
    first, again, else_ = (inspect(jpeg(p), MOST).marks for p in (one, one, other))
    assert is_same(first, again)
    assert not is_same(first, else_)


def test_the_same_photo_compressed_anew_looks_the_same_and_another_page_does_not():
    taken = photo_of(page(), seed=3)
    first = inspect(jpeg(taken, 90), MOST).marks
    smaller = taken.resize((taken.width * 7 // 10, taken.height * 7 // 10))
    for again in (jpeg(taken, 55), jpeg(smaller, 75), png(taken)):
        marks = inspect(again, MOST).marks
        assert is_alike(first, marks)
        assert not is_same(first, marks)
    other = photo_of(page(name="Phạm Thị Rất Khác Hẳn, số 88 tổ 4"), seed=4)
    assert not is_alike(first, inspect(jpeg(other), MOST).marks)
