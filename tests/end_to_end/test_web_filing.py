"""The program as it is started, in a real browser: a birth registered, killed half-way, accepted."""

from __future__ import annotations

import io
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

from bot.basics.ids import ProcedureCode
from bot.procedures import catalogue
from bot.procedures.model import Field
from tests.end_to_end.chromium import PHONE, a_browser, needs_chromium
from tests.pictures import jpeg, photo_of
from tests.pictures import page as a_page

needs_chromium()

from playwright.sync_api import Browser, Page, expect  # noqa: E402

pytestmark = pytest.mark.end_to_end

ROOT = Path(__file__).parents[2]
BIRTH = catalogue.read(ROOT / "bot" / "catalogue").get(ProcedureCode("1.001193"))
CODE = re.compile(r"Mã hồ sơ: (H[\d.]+-\d{6}-\d{4})")
STARTS_WITHIN = 300
"""Seconds: the model may have to be trained first."""
MOST_QUESTIONS = 90
ONE_MORE = "Còn trang nào nữa"
PRESSES = {
    "Nộp hồ sơ ở đây": "Nộp hồ sơ ở đây",
    "muốn nộp hồ sơ thủ tục nào": "Đăng ký khai sinh",
    "Đúng không ạ?": "Đúng rồi",
    ONE_MORE: "Xong rồi",
    "trước khi nộp nhé": "Nộp hồ sơ",
}
"""What is pressed where something is said that is no question of the form."""
WISH = "tôi muốn đăng ký khai sinh cho con"


class Program:
    """`motcua` with a database and a port of its own."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}"
        self.log = folder / "log"
        self.data = folder / "var"
        self._environment = os.environ | {
            "MOTCUA_DATA_DIR": str(self.data),
            "MOTCUA_MODELS_DIR": str(ROOT / "models"),
            "MOTCUA_PORT": str(port),
            "MOTCUA_NOW": "2026-11-20T09:15:00",
        }

    def start(self) -> None:
        """Starts it and waits until the web server answers."""
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command("up"), cwd=ROOT, env=self._environment, stdout=log, stderr=log
            )
        for _ in range(STARTS_WITHIN * 4):
            assert self._process.poll() is None, self.log.read_text(encoding="utf-8")[-2000:]
            try:
                urllib.request.urlopen(f"{self.address}/healthz").close()
            except urllib.error.URLError:
                time.sleep(0.25)
            else:
                return
        pytest.fail("the program did not start")

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """Ends it, kindly or not."""
        if self._process.poll() is None:
            self._process.send_signal(how)
        self._process.wait(30)

    def does(self, *arguments: str) -> str:
        """Runs another command of the program on the same data; what it printed."""
        done = subprocess.run(
            self._command(*arguments), cwd=ROOT, env=self._environment, capture_output=True
        )
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode()

    def _command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-c", "from bot.cli import main; main()", *arguments]


class Mother:
    """Somebody who registers a child on her phone, and answers what stands in the example."""

    def __init__(self, page: Page) -> None:
        self.page = page
        fields = BIRTH.form.fields if BIRTH.form else ()
        self.asks = {field.ask: field for field in fields if field.ask}
        self.papers = {r.upload.ask for r in BIRTH.requirements if r.upload}
        self.before: dict[str, Callable[[], None]] = {}
        """What happens when she comes to a question for the first time."""
        self.answered: list[str] = []

    def files(self, *pages: Path) -> str:
        """Answers until the dossier is in; its code. `pages` are sent where a paper is asked for."""
        left = list(pages)
        for _ in range(MOST_QUESTIONS):
            text = self.hears()
            if found := CODE.search(text):
                return found[1]
            self._answers(text, left)
        pytest.fail(f"no end to the questions; last: {text}")

    def says(self, text: str) -> None:
        """Writes a message and waits for the answer."""
        self.page.get_by_label("Nhập tin nhắn").fill(text)
        self.page.get_by_label("Nhập tin nhắn").press("Enter")
        self.waits()

    def presses(self, title: str) -> None:
        """Presses the last button of this name and waits for the answer."""
        self.presses_without_answer(title)
        self.waits()

    def presses_without_answer(self, title: str) -> None:
        """Presses the last button of this name in the conversation."""
        self.page.locator("#log").get_by_role("button", name=title, exact=True).last.click()

    def sends(self, file: Path) -> None:
        """Sends a photo or a PDF and waits for the answer."""
        with self.page.expect_file_chooser() as chooser:
            self.presses_without_answer("Chọn ảnh hoặc tệp PDF")
        chooser.value.set_files(file)
        self.waits()

    def waits(self) -> None:
        """Until everything was sent and answered."""
        self.page.wait_for_function(
            """() => !document.querySelector(".unsent, #log[aria-busy=true]")
                && document.querySelector("#typing").textContent === ""
                && document.querySelector("#log > .turn:last-child:not(.mine)")""",
            timeout=60_000,
        )

    def hears(self) -> str:
        """What was said since her last message."""
        self.waits()
        return str(
            self.page.evaluate(
                """() => {
                    const turns = [...document.querySelectorAll("#log .turn")];
                    const mine = turns.findLastIndex((turn) => turn.matches(".mine"));
                    return turns.slice(mine + 1).map((turn) => turn.innerText).join("\\n");
                }"""
            )
        )

    def _answers(self, text: str, pages: list[Path]) -> None:
        wants_paper = any(ask in text for ask in self.papers) or ONE_MORE in text
        if wants_paper and pages:
            self.sends(pages.pop(0))
        elif said := next((words for words in PRESSES if words in text), ""):
            self.presses(PRESSES[said])
        else:
            field = next((field for ask, field in self.asks.items() if ask in text), None)
            assert field, f"she does not know what to say to: {text}"
            self._fills(field)

    def _fills(self, field: Field) -> None:
        if before := self.before.pop(field.id, None):
            before()
            return
        self.answered.append(field.id)
        example = BIRTH.form.example if BIRTH.form else {}
        if field.kind == "gender":
            self.presses("Nam")
        else:
            self.says(example.get(field.id, "bỏ qua"))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with a_browser() as browser:
        yield browser


@pytest.fixture
def program(tmp_path: Path) -> Iterator[Program]:
    program = Program(tmp_path)
    program.start()
    yield program
    program.stop()


def test_a_birth_is_registered_whatever_happens_on_the_way(program, browser, tmp_path):
    photo = tmp_path / "giấy chứng sinh.jpg"
    photo.write_bytes(jpeg(photo_of(a_page())))
    scan = tmp_path / "giấy chứng sinh, trang 2.pdf"
    Image.new("RGB", (1200, 1600), "white").save(scan)
    context = browser.new_context(locale="vi-VN", **PHONE)
    page = context.new_page()
    page.goto(program.address)
    mother = Mother(page)
    mother.says(WISH)
    mother.before = {
        "nyc.ngay_sinh": lambda: _reload(mother),
        "tre.ngay_sinh": lambda: _kill_while_she_writes(program, mother, "5/11/2026"),
        "tre.dan_toc": lambda: mother.says("lệ phí bao nhiêu?"),
    }
    code = mother.files(photo, scan)
    assert mother.before == {}
    expect(page.locator(".mine .file")).to_have_count(2)
    _takes_the_slip(page, code)
    _is_told_of_the_officers_decision(program, page, code)
    _shows_strangers_little(browser, program, code)
    _logs_hold_nothing_personal(program)
    context.close()


def _reload(mother: Mother) -> None:
    """She closes the page by mistake, and finds everything where it was."""
    before = mother.page.locator("#log .turn").all_inner_texts()
    mother.page.reload()
    mother.waits()
    assert mother.page.locator("#log .turn").all_inner_texts() == before


def _kill_while_she_writes(program: Program, mother: Mother, text: str) -> None:
    """The machine dies under her answer: it waits in the page, and counts once."""
    program.stop(signal.SIGKILL)
    mother.page.get_by_label("Nhập tin nhắn").fill(text)
    mother.page.get_by_label("Nhập tin nhắn").press("Enter")
    expect(mother.page.get_by_text("Mất kết nối")).to_be_visible()
    expect(mother.page.get_by_text("Chờ có mạng để gửi")).to_be_visible()
    program.start()
    mother.waits()
    expect(mother.page.locator(".mine").get_by_text(text)).to_have_count(1)
    assert "05/11/2026" in mother.hears()


def _takes_the_slip(page: Page, code: str) -> None:
    link = page.get_by_role("link", name=re.compile("^Mở phieu-xac-nhan")).get_attribute("href")
    slip = page.request.get(page.url.rstrip("/") + str(link))
    pages = PdfReader(io.BytesIO(slip.body())).pages
    assert code in "".join(page.extract_text() for page in pages)


def _is_told_of_the_officers_decision(program: Program, page: Page, code: str) -> None:
    program.does("officer", "accept", code)
    expect(page.get_by_text(re.compile("đã được .* tiếp nhận")).last).to_be_visible(timeout=20_000)
    expect(page.get_by_role("link", name=re.compile("^Mở mau-01"))).to_be_visible()


def _shows_strangers_little(browser: Browser, program: Program, code: str) -> None:
    stranger = browser.new_context(locale="vi-VN")
    page = stranger.new_page()
    page.goto(f"{program.address}/ho-so/{code}")
    expect(page.locator(".state")).to_contain_text("Đã tiếp nhận")
    text = page.locator("main").inner_text().upper()
    assert "LÊ THỊ BÌNH" not in text
    assert "TRẦN MINH KHÔI" not in text
    stranger.close()


def _logs_hold_nothing_personal(program: Program) -> None:
    log = program.log.read_text(encoding="utf-8").upper()
    for secret in ("LÊ THỊ BÌNH", "KHÔI", "001196023456", "0912345678", "GIẤY CHỨNG SINH"):
        assert secret not in log
    for path in program.data.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        assert "Trần Minh Khôi".encode() not in content, path
        assert b"001196023456" not in content, path
