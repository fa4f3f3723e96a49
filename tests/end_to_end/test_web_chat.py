"""The chat page in a real browser, with an assistant of a few fixed answers behind it."""

from __future__ import annotations

import asyncio
import io
import re
import socket
import threading
import urllib.request
from collections.abc import Callable, Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from bot.basics.clock import SystemClock
from bot.basics.messages import Kind
from bot.web.serve import WebServer
from bot.web.site import OtherDoor
from tests.end_to_end.chromium import DESKTOP, PHONE, a_browser, needs_chromium
from tests.fake_web import A_PDF, KNOWN_CODE, SEALER, FakeConversations, FakeWeb, a_web, chatty

_EXPECTED = re.compile("ERR_|Failed to load|frame-ancestors")

needs_chromium()

from axe_playwright_python.sync_playwright import Axe  # noqa: E402
from playwright.sync_api import Browser, Page, expect  # noqa: E402

pytestmark = pytest.mark.end_to_end


class Running:
    """An installation that serves on a port of its own, and can be stopped and started again."""

    def __init__(self, folder: Path, **site: Any) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.folder, self.site = folder, site
        self.clock = SystemClock()
        self.conversations = FakeConversations(self.clock, chatty)
        self.start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        self.web: FakeWeb = a_web(
            self.folder, self.clock, self.conversations, address=self.address, **self.site
        )
        self.server = WebServer(self.web.app, self.web.hub, "127.0.0.1", self.port)
        is_ready = threading.Event()
        serve = self.server.run_until_stopped(lambda _port: is_ready.set())
        self.thread = threading.Thread(target=lambda: asyncio.run(serve), daemon=True)
        self.thread.start()
        assert is_ready.wait(10)

    def stop(self) -> None:
        self.server.stop()
        self.thread.join(10)
        assert not self.thread.is_alive(), "the server waited for open pages"


class Agency(SimpleHTTPRequestHandler):
    """Somebody else's web site, of one page."""

    page = ""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("content-type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(f"<!doctype html>{type(self).page}".encode())

    def log_message(self, *_args: Any) -> None:
        """Says nothing."""

    @classmethod
    def shows(cls, page: str) -> None:
        cls.page = page


@pytest.fixture
def agency() -> Iterator[type[Agency]]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Agency) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        Agency.origin = f"http://127.0.0.1:{server.server_port}"
        yield Agency
        server.shutdown()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with a_browser() as browser:
        yield browser


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    running = Running(tmp_path)
    yield running
    running.stop()


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens a page as a new visitor; whatever the page complains of fails the test."""
    contexts: list[Any] = []
    complaints: list[str] = []

    def open_page(address: str, **options: Any) -> Page:
        context = browser.new_context(locale="vi-VN", **(DESKTOP | options))
        context.set_default_timeout(8000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: _complain(complaints, said))
        page.goto(address)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def _complain(complaints: list[str], said: Any) -> None:
    # A lost connection is what some tests are about; the browser reports each as an error.
    if said.type == "error" and not _EXPECTED.search(said.text):
        complaints.append(said.text)


def says(page: Page, text: str) -> None:
    page.get_by_label("Nhập tin nhắn").fill(text)
    page.get_by_label("Nhập tin nhắn").press("Enter")


def bubbles(page: Page) -> list[str]:
    """What is on the screen, oldest first, each with who said it."""
    expect(page.locator("#log[aria-busy=false]")).to_be_attached()
    return [re.sub(r"\s+", " ", text) for text in page.locator(".bubble").all_text_contents()]


def test_a_first_visit_is_greeted_and_a_button_is_answered(running, visit):
    page = visit(running.address)
    page.get_by_role("button", name="Đăng ký khai sinh").click()
    expect(page.get_by_text("Giấy chứng sinh (bản chính)")).to_be_visible()
    assert [said.kind for said in running.conversations.heard] == [Kind.START, Kind.CLICK]
    expect(page.get_by_role("button", name="Đăng ký khai sinh (Đã chọn)")).to_be_visible()
    expect(page.locator("#typing")).to_be_empty()


def test_what_is_asked_and_what_is_only_an_example_are_quieter_than_the_answers(running, visit):
    page = visit(running.address)
    says(page, "tờ khai.\n\nMẹ của bé\n• Dân tộc mẹ: Kinh\n\nCần có:\n• Thẻ căn cước: bản chính")
    says(page, "Cha ở đâu ạ? Ghi cả phường, xã. (ví dụ: phường Ba Đình)")
    expect(page.locator(".heading")).to_have_text("Mẹ của bé")
    expect(page.locator(".asked")).to_have_text("Dân tộc mẹ:")
    expect(page.locator(".example")).to_have_text("(ví dụ: phường Ba Đình)")


def test_a_button_tapped_twice_counts_once(running, visit):
    page = visit(running.address)
    page.get_by_role("button", name="Đăng ký khai sinh").dblclick()
    expect(page.get_by_text("Giấy chứng sinh (bản chính)")).to_be_visible()
    says(page, "xong")
    expect(page.get_by_text("Anh/chị vừa nói: xong")).to_be_visible()
    kinds = [said.kind for said in running.conversations.heard]
    assert kinds == [Kind.START, Kind.CLICK, Kind.TEXT]


def test_a_browser_that_keeps_no_cookie_is_told_so(running, visit):
    with urllib.request.urlopen(f"{running.address}/chat?embed=1") as answer:
        html = answer.read().decode()  # the browser itself sees no cookie set
    page = visit(f"{running.address}/healthz")
    page.route("**/chat?embed=1", lambda route: route.fulfill(body=html, content_type="text/html"))
    page.goto(f"{running.address}/chat?embed=1")
    expect(page.get_by_role("link", name="Mở trang riêng")).to_be_visible()


def test_after_a_reload_everything_is_there_and_nothing_twice(running, visit):
    page = visit(running.address)
    page.get_by_role("button", name="Đăng ký khai sinh").click()
    says(page, "con tôi sinh ngày 2/11")
    expect(page.get_by_text("Anh/chị vừa nói")).to_be_visible()
    before = bubbles(page)
    page.reload()
    expect(page.get_by_text("Anh/chị vừa nói")).to_be_visible()
    assert bubbles(page) == before
    assert len([said for said in running.conversations.heard if said.kind is Kind.START]) == 1


def test_the_page_comes_back_after_the_server_was_restarted(running, visit):
    page = visit(running.address)
    says(page, "một")
    expect(page.get_by_text("Anh/chị vừa nói: một")).to_be_visible()
    running.stop()
    expect(page.get_by_text("Mất kết nối")).to_be_visible()
    says(page, "hai")
    says(page, "ba")
    expect(page.get_by_text("Chờ có mạng để gửi").first).to_be_visible()
    running.start()
    expect(page.get_by_text("Anh/chị vừa nói: ba")).to_be_visible(timeout=20_000)
    expect(page.get_by_text("Mất kết nối")).not_to_be_visible()
    texts = [said.text for said in running.conversations.heard if said.kind is Kind.TEXT]
    assert texts == ["một", "hai", "ba"]
    mine = [text for text in bubbles(page) if text.startswith("Anh/chị: ")]
    assert mine == ["Anh/chị: một", "Anh/chị: hai", "Anh/chị: ba"]


def test_behind_a_proxy_that_holds_streams_back_the_page_asks_again_and_again(running, visit):
    page = visit(f"{running.address}/healthz")
    page.route(re.compile(r"/chat/events\?after=[0-9.]*$"), lambda _route: None)
    page.goto(running.address)
    expect(page.get_by_text("em chào anh/chị")).to_be_visible(timeout=30_000)
    says(page, "vẫn nghe")
    expect(page.get_by_text("Anh/chị vừa nói: vẫn nghe")).to_be_visible()
    expect(page.get_by_text("Mất kết nối")).not_to_be_visible()


def test_what_could_not_be_sent_survives_a_reload(running, visit):
    page = visit(running.address)
    expect(page.get_by_text("em chào anh/chị")).to_be_visible()
    page.route("**/chat/say", lambda route: route.abort())
    says(page, "gửi lúc mất mạng")
    expect(page.get_by_text("Chờ có mạng để gửi")).to_be_visible()
    page.reload()
    expect(page.get_by_text("gửi lúc mất mạng")).to_be_visible()
    page.unroute("**/chat/say")
    expect(page.get_by_text("Anh/chị vừa nói: gửi lúc mất mạng")).to_be_visible(timeout=20_000)


def test_an_answer_lost_on_the_way_back_does_not_send_the_message_twice(running, visit):
    page = visit(running.address)
    expect(page.get_by_text("em chào anh/chị")).to_be_visible()
    times = []

    def lose_the_first_answer(route: Any) -> None:
        times.append(1)
        answer = route.fetch()
        route.abort() if len(times) == 1 else route.fulfill(response=answer)

    page.route("**/chat/say", lose_the_first_answer)
    says(page, "chỉ một lần")
    expect(page.get_by_text("Anh/chị vừa nói: chỉ một lần")).to_have_count(1)
    says(page, "tiếp")  # waits in the page until the one before it was taken
    expect(page.get_by_text("Anh/chị vừa nói: tiếp")).to_have_count(1)
    assert len(times) == 3
    texts = [said.text for said in running.conversations.heard if said.kind is Kind.TEXT]
    assert texts == ["chỉ một lần", "tiếp"]


def test_files_are_sent_together_and_shown_with_name_and_size(running, visit):
    page = visit(running.address)
    page.get_by_label("Gửi ảnh, tệp hoặc vị trí").click()
    page.get_by_label("Chọn ảnh hoặc tệp PDF").set_input_files(
        [a_file("giấy chứng sinh.pdf"), a_file("căn cước.pdf")]
    )
    expect(page.get_by_text("Em đã nhận giấy chứng sinh.pdf, căn cước.pdf")).to_be_visible()
    expect(page.locator(".file")).to_have_count(2)
    assert [file.name for file in running.conversations.heard[-1].files] == [
        "giấy chứng sinh.pdf",
        "căn cước.pdf",
    ]


def test_a_failed_upload_can_be_tried_again(running, visit):
    page = visit(running.address)
    page.route("**/chat/file", lambda route: route.fulfill(status=429))
    page.get_by_label("Chọn ảnh hoặc tệp PDF").set_input_files([a_file("a.pdf")])
    expect(page.get_by_text("Chưa gửi được")).to_be_visible()
    page.unroute("**/chat/file")
    page.get_by_role("button", name="Gửi lại").click()
    expect(page.get_by_text("Em đã nhận a.pdf")).to_be_visible()


def test_files_that_cannot_be_taken_are_refused_before_they_are_sent(running, visit):
    page = visit(running.address)
    page.get_by_label("Chọn ảnh hoặc tệp PDF").set_input_files(
        [
            a_file("to.pdf", b"x" * 1_100_000),
            a_file("rỗng.pdf", b""),
            a_file("a.txt", mime="text/plain"),
        ]
    )
    for problem in ("to.pdf: Tệp lớn hơn 1 MB", "rỗng.pdf: Tệp không có", "a.txt: Em chỉ nhận"):
        expect(page.get_by_text(problem)).to_be_visible()
    assert all(said.kind is not Kind.FILE for said in running.conversations.heard)


def test_a_large_photo_is_made_lighter_before_it_is_sent(running, visit):
    running.stop()
    running.site["max_file_mb"] = 3
    running.start()
    photo = io.BytesIO()
    fine = Image.effect_noise((2000, 1500), 60).resize((4000, 3000), Image.Resampling.NEAREST)
    fine.save(photo, "JPEG", quality=95)
    assert len(photo.getvalue()) > 3 * 1024 * 1024
    page = visit(running.address)
    page.get_by_label("Chọn ảnh hoặc tệp PDF").set_input_files(
        [a_file("IMG_0001.jpeg", photo.getvalue(), "image/jpeg")]
    )
    expect(page.get_by_text("Em đã nhận IMG_0001.jpg")).to_be_visible()
    ref = running.conversations.heard[-1].files[0].ref
    with Image.open(io.BytesIO(SEALER.unseal_bytes((running.folder / ref).read_bytes()))) as sent:
        assert sent.size == (2600, 1950)


def test_a_file_we_send_can_be_opened(running, visit):
    page = visit(running.address)
    expect(page.get_by_text("em chào anh/chị")).to_be_visible()
    conversation = running.conversations.heard[0].conversation
    running.conversations.add_file(conversation, "mau-01.pdf", "application/pdf", A_PDF)
    link = page.get_by_role("link", name="Mở mau-01.pdf")
    expect(link).to_be_visible()
    answer = page.request.get(running.address + link.get_attribute("href"))
    assert answer.body() == A_PDF


def test_a_place_is_sent_only_when_asked_for(running, visit):
    page = visit(
        running.address,
        geolocation={"latitude": 21.03, "longitude": 105.83},
        permissions=["geolocation"],
    )
    page.get_by_label("Gửi ảnh, tệp hoặc vị trí").click()
    page.get_by_role("button", name="Gửi vị trí của tôi").click()
    expect(page.get_by_text("Em đã thấy vị trí: 21.03, 105.83")).to_be_visible()


def test_where_a_place_is_asked_for_one_press_sends_it(running, visit):
    page = visit(
        running.address,
        geolocation={"latitude": 21.03, "longitude": 105.83},
        permissions=["geolocation"],
    )
    says(page, "nơi gần nhất")
    page.get_by_role("button", name="Gửi vị trí của tôi").click()
    expect(page.get_by_text("Em đã thấy vị trí: 21.03, 105.83")).to_be_visible()


def test_where_a_paper_is_asked_for_the_camera_and_the_files_are_one_press_away(running, visit):
    page = visit(running.address, **PHONE)
    says(page, "gửi giấy tờ")
    expect(page.locator("#log").get_by_role("button", name="Chụp ảnh giấy tờ")).to_be_visible()
    with page.expect_file_chooser() as chooser:
        page.locator("#log").get_by_role("button", name="Chọn ảnh hoặc tệp PDF").click()
    chooser.value.set_files([a_file("a.pdf")])
    expect(page.get_by_text("Em đã nhận a.pdf")).to_be_visible()


def test_letters_made_larger_stay_so_on_the_device(running, visit):
    page = visit(running.address, **PHONE)
    size = "getComputedStyle(document.documentElement).fontSize"
    page.get_by_role("button", name="Tùy chọn").click()
    page.get_by_role("button", name="Chữ to").click()
    page.reload()
    expect(page.locator("html.large")).to_be_attached()
    assert page.evaluate(size) == "20px"
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    page.get_by_role("button", name="Tùy chọn").click()
    page.get_by_role("button", name="Chữ to").click()
    expect(page.locator("html.large")).to_have_count(0)
    assert page.evaluate(size) == "16px"


def test_the_conversation_can_be_taken_to_another_door(running, visit):
    running.stop()
    running.site["other_doors"] = (OtherDoor("Zalo", "https://zalo.me/1", "<svg/>"),)
    running.start()
    page = visit(running.address, **PHONE)
    page.get_by_role("button", name="Tùy chọn").click()
    expect(page.get_by_role("link", name="Trò chuyện trên Zalo")).to_be_visible()
    expect(page.locator("dialog img")).to_be_hidden()  # a phone cannot look at itself
    page.get_by_role("button", name="Làm tiếp việc này").click()
    expect(page.get_by_text("Anh/chị vừa nói: liên kết")).to_be_visible()


def test_on_a_phone_the_letters_come_up_only_for_who_wants_to_write(running, visit):
    page = visit(running.address, **PHONE)
    page.get_by_role("button", name="Đăng ký khai sinh").click()
    expect(page.get_by_text("Giấy chứng sinh (bản chính)")).to_be_visible()
    expect(page.get_by_label("Nhập tin nhắn")).not_to_be_focused()


def test_what_a_citizen_writes_is_never_markup(running, visit):
    page = visit(running.address)
    says(page, "<img src=x onerror=alert(1)> <i>nghiêng</i>")
    expect(page.get_by_text("Anh/chị vừa nói: <img src=x")).to_be_visible()
    expect(page.locator("#log img, #log i")).to_have_count(0)


def test_everything_can_be_done_with_the_keyboard(running, visit):
    page = visit(running.address)
    expect(page.get_by_role("button", name="Đăng ký khai sinh")).to_be_visible()
    page.get_by_label("Nhập tin nhắn").focus()
    page.keyboard.type("dòng một")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("dòng hai")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Anh/chị vừa nói: dòng một")).to_be_visible()
    assert running.conversations.heard[-1].text == "dòng một\ndòng hai"
    page.get_by_role("button", name="Đăng ký thường trú").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Giấy chứng sinh (bản chính)")).to_be_visible()
    page.get_by_label("Gửi ảnh, tệp hoặc vị trí").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Gửi vị trí của tôi")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_label("Gửi ảnh, tệp hoặc vị trí")).to_be_focused()


def test_the_conversation_can_be_taken_off_the_device(running, visit):
    page = visit(running.address)
    says(page, "điều riêng tư")
    expect(page.get_by_text("Anh/chị vừa nói")).to_be_visible()
    page.get_by_role("button", name="Tùy chọn").click()
    page.get_by_role("button", name="Xóa cuộc trò chuyện khỏi máy này").click()
    page.get_by_role("button", name="Xóa", exact=True).click()
    expect(page.get_by_text("em chào anh/chị")).to_be_visible()
    expect(page.get_by_text("điều riêng tư")).to_have_count(0)


def test_an_agencys_page_shows_the_chat_in_a_frame(running, visit, agency):
    running.stop()
    running.site["embed_origins"] = (agency.origin,)
    running.start()
    agency.shows(f'<h1>UBND</h1><script src="{running.address}/embed.js"></script>')
    page = visit(agency.origin)
    page.get_by_role("button", name="Hỏi trợ lý Một Cửa").click()
    frame = page.frame_locator("iframe")
    frame.get_by_role("button", name="Đăng ký khai sinh").click()
    expect(frame.get_by_text("Giấy chứng sinh (bản chính)")).to_be_visible()
    page.get_by_role("button", name="Đóng trợ lý").click()
    expect(page.locator("iframe")).to_be_hidden()


def test_no_other_page_may_frame_the_chat(running, visit, agency):
    agency.shows(f'<iframe src="{running.address}/chat?embed=1"></iframe>')
    page = visit(agency.origin)
    for _ in range(400):
        if len(page.frames) > 1 and page.frames[1].url.startswith("chrome-error:"):
            break
        page.wait_for_timeout(50)
    assert page.frames[1].url.startswith("chrome-error:")
    assert running.conversations.heard == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("device", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_nothing_stands_in_the_way_of_people_with_disabilities(running, visit, scheme, device):
    page = visit(running.address, color_scheme=scheme, **device)
    page.get_by_role("button", name="Đăng ký khai sinh").click()
    says(page, "con tôi sinh ngày 2/11")
    expect(page.get_by_text("Anh/chị vừa nói")).to_be_visible()
    assert_accessible(page)
    page.get_by_label("Gửi ảnh, tệp hoặc vị trí").click()
    assert_accessible(page)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Tùy chọn").click()
    assert_accessible(page)
    for path in (f"/ho-so/{KNOWN_CODE}", "/ho-so", "/ho-so/H26.99-261120-9999", "/khong-co"):
        page.goto(running.address + path)
        assert_accessible(page)


def test_at_twice_the_size_nothing_is_cut_off(running, visit):
    page = visit(running.address, viewport={"width": 320, "height": 512})
    page.get_by_role("button", name="Đăng ký khai sinh").click()
    expect(page.get_by_text("Giấy chứng sinh (bản chính)")).to_be_visible()
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert not wide
    expect(page.get_by_label("Nhập tin nhắn")).to_be_in_viewport()


def a_file(name: str, content: bytes = A_PDF, mime: str = "application/pdf") -> Any:
    return {"name": name, "mimeType": mime, "buffer": content}


def assert_accessible(page: Page) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
