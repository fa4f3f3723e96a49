"""A whole birth registration over Telegram: asked, filed, accepted, tracked."""

from __future__ import annotations

import asyncio
import contextlib
import io
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from pypdf import PdfReader

from bot import wiring
from bot.basics import settings
from bot.basics.ids import DossierCode, ProcedureCode
from bot.channels.telegram import TelegramDoor, connect
from bot.channels.telegram_menu import Menu
from bot.channels.telegram_poll import WANTED
from bot.channels.telegram_webhook import PATH, TelegramWebhook
from bot.counter import decide
from bot.procedures.model import Field, Form
from bot.running import Assistant
from tests.conversation.world import PDF
from tests.end_to_end.telegram_emulator import (
    ROOT,
    TOKEN,
    Phone,
    Telegram,
    served,
    telegram_on_this_machine,
)
from tests.end_to_end.test_telegram_emulator import SECRET, endpoint, hurried
from tests.pictures import jpeg, page, photo_of

pytestmark = pytest.mark.end_to_end
BIRTH = ProcedureCode("1.001193")
CODE = re.compile(r"Mã hồ sơ: (H[\d.]+-\d{6}-\d{4})")
MOST_MESSAGES = 90
ONE_MORE = "Còn trang nào nữa"
PRESSES = {
    "muốn nộp hồ sơ thủ tục nào": "Đăng ký khai sinh",
    "Đúng không ạ?": "Đúng rồi",
    ONE_MORE: "Xong rồi",
    "trước khi nộp nhé": "Nộp hồ sơ",
}
"""What is pressed where something is asked that is no question of the form."""


@contextlib.asynccontextmanager
async def assistant_on(telegram: Telegram, folder: Path, mode: str) -> AsyncIterator[wiring.Parts]:
    """The whole program behind the door, on a Friday morning."""
    chosen = settings.read(data_dir=folder, models_dir=ROOT / "models", now="2026-11-20T09:15:00")
    parts = wiring.assemble(chosen)
    bot = connect(TOKEN, telegram.url)
    menu = Menu.read(chosen.catalogue_dir / "telegram.yml")
    files = wiring.OutgoingFiles(parts.storage)
    door = TelegramDoor(
        bot,
        menu,
        parts.desk.office,
        files,
        parts.clock,
        heard=lambda inbound: assistant.hear(inbound),
        membership=lambda who, reachable: assistant.reachable(who, reachable),
        pace=hurried(),
    )
    assistant = Assistant(parts, {"telegram": door.sender}, {"telegram": door.fetch})
    stop = asyncio.Event()
    running = asyncio.create_task(assistant.run(stop, door.run(stop, polls=mode == "polling")))
    async with contextlib.AsyncExitStack() as stack:
        if mode == "webhook":
            web = endpoint(TelegramWebhook(door.take, SECRET))
            url = await stack.enter_async_context(served(web))
            await bot.set_webhook(url + PATH, secret_token=SECRET, allowed_updates=WANTED)
        yield parts
        stop.set()
        await running


class Mother:
    """Somebody who registers a child: answers what stands in the example."""

    def __init__(self, phone: Phone, parts: wiring.Parts) -> None:
        procedure = parts.desk.catalogue.get(BIRTH)
        assert procedure.form is not None
        self.phone, self.form = phone, procedure.form
        self.asks = {field.ask: field for field in fields(self.form) if field.ask}
        self.papers = {r.upload.ask for r in procedure.requirements if r.upload}
        self.detours = {
            "tre.dan_toc": lambda: phone.says("lệ phí bao nhiêu?"),
            "lien_he.email": lambda: phone.presses("Nữ"),  # the button of a question long answered
            "cam_doan": lambda: phone.presses("Nam"),
        }
        """What she does first when she comes to a question."""
        self.answered: list[str] = []
        self.pages = [
            lambda: phone.sends_photo(a_photo()),
            lambda: phone.sends_file("trang 2.pdf", PDF, "application/pdf"),
        ]
        """What she has of the one paper that is asked for: a photo of its front, a scan of its back."""
        self._seen = 0

    async def files(self) -> DossierCode:
        """Answers until the dossier is in; its code."""
        for _ in range(MOST_MESSAGES):
            text = await self._question()
            if found := CODE.search(text):
                return DossierCode(found[1])
            await self._answer(text)
        pytest.fail(f"no end to the questions; last: {text}")

    async def _question(self) -> str:
        """The next message that wants something."""
        for _ in range(400):
            await self.phone.looks()
            while self._seen < len(self.phone.read):
                text = self.phone.texts[self._seen]
                self._seen += 1
                if self._wants(text):
                    return text
            await asyncio.sleep(0.05)
        pytest.fail(f"nothing was asked; last heard: {self.phone.texts[-3:]}")

    def _wants(self, text: str) -> bool:
        known = (*PRESSES, *self.asks, *self.papers)
        return bool(CODE.search(text)) or any(ask in text for ask in known)

    async def _answer(self, text: str) -> None:
        wants_paper = any(ask in text for ask in self.papers) or ONE_MORE in text
        if wants_paper and self.pages:
            await self.pages.pop(0)()
        elif said := next((words for words in PRESSES if words in text), ""):
            await self.phone.presses(PRESSES[said])
        else:
            await self._fill(next(field for ask, field in self.asks.items() if ask in text))

    async def _fill(self, field: Field) -> None:
        if detour := self.detours.pop(field.id, None):
            await detour()
            return
        self.answered.append(field.id)
        if field.kind == "phone":
            under = self.phone.read[-1]["message"]["reply_markup"]
            assert under["keyboard"][0][0]["request_contact"] is True
            await self.phone.shares_number("+84912345678")
        elif field.kind == "gender":
            await self.phone.presses("Nam")
        elif field.id in self.form.example:
            await self.phone.says(self.form.example[field.id])
        else:
            await self.phone.says("bỏ qua")


def fields(form: Form) -> list[Field]:
    return [field for section in form.sections for field in section.fields]


def a_photo() -> bytes:
    """A photograph of a paper, as far as a program can tell."""
    return jpeg(photo_of(page()))


def words_in(pdf: bytes) -> str:
    """What stands on a paper."""
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


@pytest.mark.parametrize("mode", ["polling", "webhook"])
async def test_a_birth_is_registered_from_the_first_word_to_the_receipt(mode, tmp_path):
    async with (
        telegram_on_this_machine() as telegram,
        assistant_on(telegram, tmp_path, mode) as parts,
    ):
        phone = Phone(telegram)
        await phone.says("/start")
        await phone.hears("trợ lý AI", wait=120)  # the model may have to be trained first
        await phone.says("tôi muốn đăng ký khai sinh cho con")
        mother = Mother(phone, parts)
        code = await mother.files()
        assert not mother.detours
        assert any("miễn phí" in text for text in phone.texts)
        assert any("Giới tính: Nữ" in text for text in phone.texts)
        with parts.storage.work() as work:
            officer = decide.Officer(work, parts.desk, "Phạm Thu Hà")
            dossier = decide.get(officer, code)
            assert dossier.subject == "TRẦN MINH KHÔI"
            assert dossier.answers["tre.gioi_tinh"] == "nam"
            assert dossier.answers["lien_he.dien_thoai"] == "0912345678"
            assert [item.pages for item in dossier.attachments] == [1, 1]  # the photo, the PDF
            decide.accept(officer, code)
        await phone.hears(code)
        papers = [content for _, content in telegram.papers if content.startswith(b"%PDF")]
        assert len(papers) >= 2  # the declaration to look through, and the receipt
        assert code in words_in(papers[-1])
        await phone.says("/tracuu")
        await phone.hears(code)
        await phone.close()
        assert telegram.refusals == []
