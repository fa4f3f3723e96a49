"""A whole birth registration over Zalo, through the program as it is started."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import os
import socket
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner

from bot import wiring
from bot.basics import settings
from bot.channels.zalo_webhook import PATH
from bot.commands.zalo import zalo as commands
from bot.counter import decide
from bot.procedures.model import Field
from tests.channels.zalo_build import APP, APP_SECRET, OA, OA_SECRET, needs_recordings
from tests.channels.zalo_process import ROOT, zalo_on_this_machine
from tests.end_to_end.test_telegram_filing import Mother, words_in
from tests.end_to_end.zalo_phone import Phone

pytestmark = [pytest.mark.end_to_end, needs_recordings]
_STARTS_WITHIN = 240.0
"""Seconds: the model may have to be trained first."""


class Father(Mother):
    """Answers the same, but his Zalo can only send a card with his number."""

    async def _fill(self, field: Field) -> None:
        if field.kind == "phone":
            await self.phone.shares_number("+84912345678")
        else:
            await super()._fill(field)


@contextlib.asynccontextmanager
async def program(env: dict[str, str], folder: Path) -> AsyncIterator[str]:
    """`motcua up`; gives its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url, log = f"http://127.0.0.1:{port}", folder / "log"
    with log.open("ab") as out:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-c",
            "from bot.cli import main; main()",
            "up",
            cwd=ROOT,
            env=os.environ | env | {"MOTCUA_PORT": str(port)},
            stdout=out,
            stderr=out,
        )
    try:
        async with asyncio.timeout(_STARTS_WITHIN), httpx.AsyncClient() as client:
            while process.returncode is None:
                with contextlib.suppress(httpx.TransportError):
                    await client.get(f"{url}/healthz")
                    break
                await asyncio.sleep(0.2)
            else:
                pytest.fail(f"the program did not start: {log.read_text()[-2000:]}")
        yield url
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()
    assert process.returncode == 0, log.read_text()[-2000:]


async def test_a_birth_is_registered_from_following_to_the_receipt(tmp_path):
    with zalo_on_this_machine() as zalo:
        env = {
            "MOTCUA_DATA_DIR": str(tmp_path / "var"),
            "MOTCUA_MODELS_DIR": str(ROOT / "models"),
            "MOTCUA_NOW": "2026-11-20T09:15:00",
            "MOTCUA_ZALO_OA_ID": OA,
            "MOTCUA_ZALO_APP_ID": APP,
            "MOTCUA_ZALO_APP_SECRET": APP_SECRET,
            "MOTCUA_ZALO_OA_SECRET": OA_SECRET,
            "MOTCUA_ZALO_API": zalo,
            "MOTCUA_ZALO_OAUTH": zalo,
        }
        login = await asyncio.to_thread(
            CliRunner().invoke, commands, ["login"], input="CODE-1\n", env=env
        )
        assert login.exit_code == 0, login.output
        async with program(env, tmp_path) as url:
            chosen = settings.read(data_dir=tmp_path / "var", now=env["MOTCUA_NOW"])
            parts = wiring.assemble(chosen)  # its clock runs a little behind the program's
            phone = Phone(zalo)
            # Zalo brings everything twice, and the account is one of a state body.
            await phone.sets(hook=url + PATH, doubles=True, is_government=True)
            await phone.does("follow")
            await phone.hears("trợ lý AI", wait=120)
            await phone.says("tôi muốn đăng ký khai sinh cho con")
            father = Father(phone, parts)
            code = await father.files()
            assert not father.detours
            with parts.storage.work() as work:
                officer = decide.Officer(work, parts.desk, "Phạm Thu Hà")
                dossier = decide.get(officer, code)
                assert dossier.subject == "TRẦN MINH KHÔI"
                assert dossier.answers["tre.gioi_tinh"] == "nam"
                assert dossier.answers["lien_he.dien_thoai"] == "0912345678"
                assert [item.pages for item in dossier.attachments] == [1, 1]  # the photo, the PDF
                decide.accept(officer, code)
            await phone.hears(code)
            state = await phone.state()
            papers = [base64.b64decode(content) for content in state["uploads"].values()]
            slips = [words_in(c) for c in papers if c.startswith(b"%PDF") and code in words_in(c)]
            assert len(slips) >= 2  # of handing it in, and of its being accepted
            assert state["refused"] == []
            assert set(state["statuses"]) == {200}
            before = len(phone.read)
            await phone.says("xem tình trạng hồ sơ")
            await phone.hears(code)
            await phone.does("user_withdraw")
            await phone.hears("nháp", wait=30)
            assert len(phone.read) > before
            await phone.close()
        written = (tmp_path / "log").read_text()
        for secret in ("ACCESS-", "REFRESH-", "KHÔI", "0912345678", "khai sinh"):
            assert secret not in written
