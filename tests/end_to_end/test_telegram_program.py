"""The program as it is started, with Telegram: `motcua up`, killed and started again."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from bot.channels.telegram import connect
from bot.channels.telegram_webhook import PATH
from tests.end_to_end.telegram_emulator import (
    ROOT,
    TOKEN,
    Phone,
    Telegram,
    telegram_on_this_machine,
)

pytestmark = pytest.mark.end_to_end
SECRET = "s3cret-Token_1"
_STARTS_WITHIN = 240.0
"""Seconds: the model may have to be trained first."""


class Program:
    """`motcua up` on a database of its own."""

    def __init__(self, telegram: Telegram, folder: Path, mode: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.url = f"http://127.0.0.1:{free.getsockname()[1]}"
        self.log = folder / "log"
        self._env = os.environ | {
            "MOTCUA_DATA_DIR": str(folder / "var"),
            "MOTCUA_MODELS_DIR": str(ROOT / "models"),
            "MOTCUA_PORT": self.url.rpartition(":")[2],
            "MOTCUA_TELEGRAM_TOKEN": TOKEN,
            "MOTCUA_TELEGRAM_API": telegram.url,
            "MOTCUA_TELEGRAM_MODE": mode,
            "MOTCUA_TELEGRAM_SECRET": SECRET,
        }
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Starts it and waits until its web server answers."""
        with self.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-c",
                "from bot.cli import main; main()",
                "up",
                cwd=ROOT,
                env=self._env,
                stdout=log,
                stderr=log,
            )
        async with asyncio.timeout(_STARTS_WITHIN), httpx.AsyncClient() as client:
            while self._process.returncode is None:
                with contextlib.suppress(httpx.TransportError):
                    await client.get(f"{self.url}/healthz")
                    return
                await asyncio.sleep(0.2)
        pytest.fail(f"the program did not start: {self.log.read_text()[-2000:]}")

    async def kill(self) -> None:
        """Ends it as a power cut would."""
        assert self._process is not None
        self._process.kill()
        await self._process.wait()

    async def stop(self) -> int:
        """Asks it to end; its exit code."""
        assert self._process is not None
        if self._process.returncode is None:
            self._process.terminate()
        return await self._process.wait()


@contextlib.asynccontextmanager
async def running(telegram: Telegram, folder: Path, mode: str) -> AsyncIterator[Program]:
    """The program, started."""
    program = Program(telegram, folder, mode)
    try:
        await program.start()
        yield program
    finally:
        await program.stop()


async def test_what_is_written_while_the_program_is_down_is_answered_once_after(tmp_path):
    async with (
        telegram_on_this_machine() as telegram,
        running(telegram, tmp_path, "polling") as program,
    ):
        phone = Phone(telegram)
        await phone.says("/start")
        await phone.hears("Anh/chị cần làm giấy tờ gì", wait=60)
        await program.kill()
        await phone.says("lệ phí đăng ký khai sinh bao nhiêu")
        await program.start()
        await phone.hears("miễn phí", wait=60)
        before = len(phone.read)
        telegram.repeat_everything()
        await phone.says("cho gặp cán bộ")
        await phone.hears("Giờ làm việc", wait=60)
        assert len(phone.read) == before + 1
        assert await program.stop() == 0
        await phone.close()
        written = program.log.read_text()
        assert TOKEN not in written
        assert "khai sinh" not in written  # nothing a citizen wrote


async def test_the_program_hears_by_webhook_through_its_own_web_server(tmp_path):
    async with (
        telegram_on_this_machine() as telegram,
        running(telegram, tmp_path, "webhook") as program,
    ):
        async with connect(TOKEN, telegram.url) as bot:
            await bot.set_webhook(program.url + PATH, secret_token=SECRET)
        phone = Phone(telegram)
        await phone.says("/start")
        await phone.hears("Anh/chị cần làm giấy tờ gì", wait=60)
        await phone.says("lệ phí đăng ký khai sinh bao nhiêu")
        await phone.hears("miễn phí", wait=60)
        async with httpx.AsyncClient(base_url=program.url) as stranger:
            forged = {"X-Telegram-Bot-Api-Secret-Token": "guess"}
            update = {"update_id": 1, "message": {"text": "alo"}}
            assert (await stranger.post(PATH, json=update, headers=forged)).status_code == 403
            assert (await stranger.post(PATH, json=update)).status_code == 403
        assert await program.stop() == 0
        await phone.close()
