"""Takes the pictures of the web pages that the documentation shows: `python -m` this module.

The program runs as it is; the people in the pictures are the example's, invented.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PIL import Image

from tests.end_to_end.chromium import DESKTOP, PHONE, a_browser
from tests.end_to_end.test_web_filing import ROOT, WISH, Mother, Program
from tests.pictures import page as a_page
from tests.pictures import photo_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PICTURES = ROOT / "docs" / "img"
_COLOURS = 256
"""A page has few colours; with a palette a picture is a quarter of its size."""


def main() -> None:
    """Takes all of them."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        program = Program(Path(folder))
        program.start()
        try:
            with a_browser() as browser:
                _on_a_phone(browser, program, Path(folder))
                _at_night_and_at_a_desk(browser, program)
        finally:
            program.stop()


def _on_a_phone(browser: Browser, program: Program, folder: Path) -> None:
    page = _visit(browser, program, **PHONE, device_scale_factor=2)
    mother = Mother(page)
    mother.waits()
    _take(page, "web-chat-phone")
    mother.says(WISH)
    mother.before = {"tre.gioi_tinh": lambda: _asked(mother)}
    photo = folder / "giay-chung-sinh.jpg"
    photo_of(a_page()).save(photo)
    code = mother.files(photo)
    _take(page, "web-chat-filed")
    program.does("officer", "accept", code)
    page.goto(f"{program.address}/ho-so/{code}")
    _take(page, "web-track-phone")


def _asked(mother: Mother) -> None:
    mother.page.wait_for_timeout(300)
    _take(mother.page, "web-chat-declaration")
    mother.says("lệ phí bao nhiêu?")


def _at_night_and_at_a_desk(browser: Browser, program: Program) -> None:
    night = PHONE | {"device_scale_factor": 2, "color_scheme": "dark"}
    for name, device in (("web-chat-phone-dark", night), ("web-chat-desktop", DESKTOP)):
        page = _visit(browser, program, **device)
        mother = Mother(page)
        mother.says("khai sinh cho con cần giấy tờ gì")
        _take(page, name)


def _visit(browser: Browser, program: Program, **device: Any) -> Page:
    page = browser.new_context(locale="vi-VN", **device).new_page()
    page.goto(program.address)
    return page


def _take(page: Page, name: str) -> None:
    path = PICTURES / f"{name}.png"
    page.mouse.move(0, 0)
    page.screenshot(path=path)
    with Image.open(path) as taken:
        taken.convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)


if __name__ == "__main__":
    main()
