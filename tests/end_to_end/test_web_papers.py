"""The page that papers are sent on, in a real browser, with scripts and without."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.end_to_end.chromium import PHONE, a_browser, needs_chromium

needs_chromium()

from playwright.sync_api import expect  # noqa: E402

from bot.basics.ids import ConversationId  # noqa: E402
from bot.web.tickets import Purpose, Ticket, Tickets  # noqa: E402
from tests.end_to_end.test_web_chat import Running, assert_accessible  # noqa: E402
from tests.fake_web import SEALER  # noqa: E402
from tests.pictures import jpeg, page, photo_of  # noqa: E402

pytestmark = pytest.mark.end_to_end
MAI = ConversationId("telegram:910000001")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_papers_are_sent_and_acknowledged(tmp_path: Path, scripts: bool) -> None:
    photo = tmp_path / "giấy chứng sinh.jpg"
    photo.write_bytes(jpeg(photo_of(page())))
    running = Running(tmp_path / "spool")
    address = f"{running.address}/gui-giay-to/"
    ticket = Tickets(SEALER, running.clock).issue(Purpose.SEND, Ticket(MAI))
    with a_browser() as browser:
        context = browser.new_context(locale="vi-VN", java_script_enabled=scripts, **PHONE)
        phone = context.new_page()
        phone.goto(address + ticket)
        phone.get_by_role("button", name="Gửi").click()
        expect(phone.get_by_text("Anh/chị chưa chọn tệp nào").first).to_be_visible()
        phone.get_by_label("Hoặc chọn ảnh, tệp PDF có sẵn").set_input_files([photo])
        if scripts:
            for scheme in ("light", "dark"):
                phone.emulate_media(color_scheme=scheme)
                assert_accessible(phone)
        phone.screenshot(path=tmp_path / "send.png", full_page=True)
        phone.get_by_role("button", name="Gửi").click()
        expect(phone.get_by_role("heading", name="Đã nhận")).to_be_visible()
        expect(phone.get_by_text("Em đã nhận 1 tệp")).to_be_visible()
        if scripts:
            assert_accessible(phone)
        phone.get_by_role("link", name="Gửi thêm").click()
        expect(phone.get_by_role("heading", name="Gửi giấy tờ")).to_be_visible()
        context.close()
    running.stop()
    [heard] = running.conversations.heard
    assert heard.conversation == MAI
    assert [file.name for file in heard.files] == ["giấy chứng sinh.jpg"]
