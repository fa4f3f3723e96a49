"""Photos and PDFs inside a declaration: taken, doubted, refused, put together, erased."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace

import pypdf
import pytest
from sqlalchemy import select

from bot.basics.ids import FieldId, FileId
from bot.basics.messages import Kind
from bot.counter.expire import expire
from bot.storage import tables
from tests.conversation.test_filing import opens, reaches
from tests.conversation.world import Citizen, World, fills
from tests.pictures import app, heic, jpeg, page, photo_of

PAPER = FieldId("giay_chung_sinh")
FRONT, BACK = jpeg(photo_of(page())), jpeg(photo_of(page(lines=3, name="Vũ Thị Sau"), seed=7))
BLURRED = jpeg(photo_of(page(lines=10), blur=2.2, noise=2))


def kept(world: World) -> set[str]:
    """The ids of all files that are known, which must be those on the disk."""
    with world.storage.look() as work:
        known = set(work.inbox._connection.execute(select(tables.files.c.id)).scalars())
    assert {path.name for path in world.files.glob("??/*")} == known
    return known


@pytest.fixture
def asked(citizen: Citizen) -> Citizen:
    """Somebody who is asked for the birth certificate of the hospital."""
    reaches(citizen, PAPER)
    return citizen


def test_each_file_is_acknowledged_with_name_size_and_pages(asked: Citizen) -> None:
    asked.sends("mặt trước.jpg", FRONT)
    assert "mặt trước.jpg (" in asked.last().text
    assert " KB, 1 trang)" in asked.last().text
    asked.sends("mat-sau.pdf")
    assert "✓ Đã nhận 2: mat-sau.pdf (1 KB, 1 trang)" in asked.last().text


def test_several_photos_of_one_paper_become_one_pdf_in_order(asked: Citizen) -> None:
    asked.sends_album({"1.jpg": FRONT, "2.jpg": BACK})
    asked.says("xong")
    [item] = asked.draft.answers[PAPER]
    assert (item["name"], item["pages"]) == ("giay-chung-sinh.pdf", 2)
    with asked.world.storage.look() as work:
        reader = pypdf.PdfReader(io.BytesIO(work.files.open(FileId(item["file"]))))
    sizes = [(round(p.mediabox.width), round(p.mediabox.height)) for p in reader.pages]
    assert sizes == [(595, 842)] * 2
    first, second = (page.images[0].image.convert("L").resize((40, 60)) for page in reader.pages)
    assert sum(second.tobytes()) > sum(first.tobytes())  # the second page has fewer lines
    assert item["file"] in kept(asked.world)
    assert len(kept(asked.world)) == 1


def test_a_photo_from_an_iphone_is_acknowledged_as_what_it_became(asked: Citizen) -> None:
    asked.sends("IMG_0001.HEIC", heic(page().resize((700, 990))))
    assert "IMG_0001.jpg" in asked.last().text


def test_a_pdf_beside_photos_stays_as_it_is(asked: Citizen) -> None:
    asked.sends("1.jpg", FRONT)
    asked.sends("ky-so.pdf")
    asked.sends("2.jpg", BACK)
    asked.says("xong")
    names = [item["name"] for item in asked.draft.answers[PAPER]]
    assert names == ["giay-chung-sinh.pdf", "ky-so.pdf"]


@pytest.mark.parametrize("words", ["không", "hết rồi", "khong con nua", "bỏ qua"])
def test_no_more_pages_keeps_what_was_sent(asked: Citizen, words: str) -> None:
    asked.sends("1.jpg", FRONT)
    asked.says(words)
    assert [item["name"] for item in asked.draft.answers[PAPER]] == ["1.jpg"]


def test_a_blurred_photo_is_asked_about_and_used_if_wanted(asked: Citizen) -> None:
    asked.sends("mo.jpg", BLURRED)
    assert "hơi mờ" in asked.last().text
    asked.presses("Dùng luôn")
    assert "hơi mờ" not in asked.last().text
    asked.says("xong")
    assert [item["name"] for item in asked.draft.answers[PAPER]] == ["mo.jpg"]


@pytest.mark.parametrize("words", ["chup lai", "Gửi tấm khác", "không"])
def test_a_blurred_photo_can_be_sent_again(asked: Citizen, words: str) -> None:
    asked.sends("mo.jpg", BLURRED)
    asked.says(words)
    asked.hears("file.dropped", "declaration.ask")
    assert not asked.draft.taking
    assert not kept(asked.world)
    asked.sends("ro.jpg", FRONT)
    asked.says("xong")
    assert [item["name"] for item in asked.draft.answers[PAPER]] == ["ro.jpg"]


def test_a_doubtful_photo_among_good_ones_is_the_one_that_goes(asked: Citizen) -> None:
    asked.sends_album({"1.jpg": FRONT, "mo.jpg": BLURRED, "2.jpg": BACK})
    asked.presses("Gửi tấm khác")
    assert [item.name for item in asked.draft.taking] == ["1.jpg", "2.jpg"]


def test_the_file_sent_last_is_dropped_if_it_was_a_mistake(asked: Citizen) -> None:
    asked.sends("1.jpg", FRONT)
    asked.sends("2.jpg", BACK)
    asked.says("gửi nhầm rồi")
    assert [item.name for item in asked.draft.taking] == ["1.jpg"]


def test_a_screenshot_of_vneid_is_refused_with_what_to_do(asked: Citizen) -> None:
    asked.sends("Screenshot.jpg", jpeg(app()))
    asked.hears("file.vneid", "declaration.ask")
    assert "chụp giấy tờ thật" in asked.got[0].text
    assert not kept(asked.world)


def test_the_same_file_twice_is_kept_once(asked: Citizen) -> None:
    asked.sends("1.jpg", FRONT)
    asked.sends("lai.jpg", FRONT)
    asked.hears("file.twice", "declaration.ask")
    assert [item.name for item in asked.draft.taking] == ["1.jpg"]
    assert len(kept(asked.world)) == 1


def test_the_same_photo_compressed_anew_is_asked_about(asked: Citizen) -> None:
    asked.sends("1.jpg", FRONT)
    asked.sends("zalo.jpg", jpeg(photo_of(page()), quality=50))
    assert "trông giống ảnh anh/chị vừa gửi" in asked.last().text


def test_a_file_already_sent_as_another_paper_is_noticed_and_taken(citizen: Citizen) -> None:
    answers = opens(citizen, "1.004222")
    fills(citizen, answers, until="giay_to_cho_o")
    citizen.sends("giay.pdf")
    citizen.says("xong")
    assert citizen.draft.asking == "giay_to_quan_he"
    citizen.sends("giay.pdf")
    citizen.hears("file.also_elsewhere", "declaration.ask")
    assert len(citizen.draft.taking) == 1


def test_going_back_does_not_lose_what_was_sent(asked: Citizen) -> None:
    asked.sends("1.jpg", FRONT)
    asked.says("quay lại")
    assert not asked.draft.taking
    assert [item.name for item in asked.draft.held] == ["1.jpg"]
    assert len(kept(asked.world)) == 1


def test_a_file_sent_at_the_review_says_how_to_put_it_in(citizen: Citizen) -> None:
    fills(citizen, opens(citizen, "1.004194"))
    citizen.sends("1.jpg", FRONT)
    assert citizen.got[0].key == "declaration.held_late"


def test_an_erased_draft_takes_its_files_along(asked: Citizen) -> None:
    asked.sends("1.jpg", FRONT)
    asked.sends("2.jpg", BACK)
    asked.says("xong")
    asked.sends("khac.pdf")
    assert kept(asked.world)
    asked.says("xóa bản nháp")
    asked.presses("Xóa bản nháp")
    assert not kept(asked.world)


def test_an_expired_draft_takes_its_files_along(world: World, asked: Citizen) -> None:
    asked.sends("1.jpg", FRONT)
    world.clock.passes(days=31)
    with world.storage.work() as work:
        expire(work, world.desk)
    assert not kept(world)


def test_a_preview_is_erased_with_its_draft(citizen: Citizen) -> None:
    fills(citizen, opens(citizen, "1.004194"))
    assert kept(citizen.world)
    citizen.says("xóa bản nháp")
    citizen.presses("Xóa bản nháp")
    assert not kept(citizen.world)


def test_a_turn_that_fails_erases_nothing(world: World, asked: Citizen) -> None:
    asked.sends("1.jpg", FRONT)
    before = kept(world)

    def fails() -> None:
        with world.storage.work() as work:
            work.files.erase(map(FileId, before))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fails()
    assert kept(world) == before


def test_a_file_outside_a_declaration_is_not_kept_and_the_next_step_offered(
    citizen: Citizen,
) -> None:
    citizen.says("xin chào")
    citizen.sends("the.jpg", FRONT)
    citizen.hears("talk.file_outside")
    assert not kept(citizen.world)
    pressed = citizen.last().buttons[0]
    citizen.presses_token(pressed.token)
    assert citizen.draft


@pytest.mark.parametrize(
    ("kind", "key"),
    [
        ("voice", "input.voice"),
        ("sticker", "input.sticker"),
        ("animation", "input.sticker"),
        ("video", "input.video"),
        ("video_note", "input.video"),
        ("audio", "input.audio"),
        ("contact", "input.contact"),
        ("link", "input.link"),
        ("paid_media", "input.unsupported"),
        ("?", "input.unsupported"),
    ],
)
def test_what_cannot_be_read_is_answered_with_what_can(asked: Citizen, kind: str, key: str) -> None:
    asked.gives(Kind.UNSUPPORTED, text=kind)
    asked.hears(key, "declaration.ask")


def test_a_press_meant_for_a_photo_already_used_changes_nothing(asked: Citizen) -> None:
    asked.sends("mo.jpg", BLURRED)
    token = asked.button("Gửi tấm khác").token
    asked.says("dùng luôn")
    asked.says("xong")
    before = asked.draft.answers[PAPER]
    asked.presses_token(token)
    assert asked.draft.answers[PAPER] == before


@pytest.fixture
def by_link(world: World) -> Iterator[None]:
    """An agency that wants no papers in this chat."""
    old = world.desk
    world.desk = replace(old, upload_link=lambda conversation: f"https://x.example/{conversation}")
    world.engine._desk = world.desk
    yield
    world.desk, world.engine._desk = old, old


def test_papers_are_asked_for_by_link_where_the_agency_wants_it(
    by_link: None, citizen: Citizen
) -> None:
    reaches(citizen, PAPER)
    assert citizen.last().key == "file.by_link"
    assert "https://x.example/terminal:an" in citizen.last().text
    citizen.sends("1.pdf")
    citizen.hears("declaration.ask", "file.by_link")
    citizen.says("xong")
    assert "file.by_link" not in [heard.key for heard in citizen.got]
