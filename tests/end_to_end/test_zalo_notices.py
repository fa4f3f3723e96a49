"""Notices and an officer's talk over Zalo, through the program as it is started."""

from __future__ import annotations

import asyncio
from pathlib import Path

from click.testing import CliRunner

from bot import wiring
from bot.basics import settings
from bot.basics.ids import ConversationId
from bot.channels.zalo_webhook import PATH
from bot.commands.zalo import zalo as commands
from bot.counter import decide, takeover
from bot.notifications.notice import NoticeFate
from bot.wiring import Parts
from tests.build import a_dossier
from tests.channels.zalo_build import AN, APP, APP_SECRET, OA, OA_SECRET
from tests.channels.zalo_process import ROOT, zalo_on_this_machine
from tests.end_to_end.test_zalo_filing import program, pytestmark
from tests.end_to_end.zalo_phone import Phone

__all__ = ["pytestmark"]
_PATIENCE = 30.0


def environment(zalo: str, folder: Path, now: str) -> dict[str, str]:
    return {
        "MOTCUA_DATA_DIR": str(folder / "var"),
        "MOTCUA_MODELS_DIR": str(ROOT / "models"),
        "MOTCUA_NOW": now,
        "MOTCUA_ZALO_OA_ID": OA,
        "MOTCUA_ZALO_APP_ID": APP,
        "MOTCUA_ZALO_APP_SECRET": APP_SECRET,
        "MOTCUA_ZALO_OA_SECRET": OA_SECRET,
        "MOTCUA_ZALO_API": zalo,
        "MOTCUA_ZALO_BUSINESS_API": zalo,
        "MOTCUA_ZALO_OAUTH": zalo,
        "MOTCUA_ZALO_TEMPLATES": "cap_nhat=301234,can_lam=301235",
    }


def parts_of(env: dict[str, str]) -> Parts:
    given = {name.removeprefix("MOTCUA_").lower(): value for name, value in env.items()}
    return wiring.assemble(settings.read(**given))


async def fate(parts: Parts, wanted: NoticeFate) -> int:
    """Waits until the newest notice has this fate; what it cost."""
    async with asyncio.timeout(_PATIENCE):
        while True:
            with parts.storage.look() as work:
                notice = work.notices.latest(a_dossier().code, 1)[0]
            if notice.fate is wanted:
                return notice.cost
            await asyncio.sleep(0.2)


async def test_an_officer_talks_and_after_nine_silent_days_a_template_tells(tmp_path: Path) -> None:
    with zalo_on_this_machine() as zalo:
        env = environment(zalo, tmp_path, "2026-11-20T09:15:00")
        invoke = CliRunner().invoke
        login = await asyncio.to_thread(invoke, commands, ["login"], input="CODE-1\n", env=env)
        assert login.exit_code == 0, login.output
        phone, dossier = Phone(zalo), a_dossier(conversation=ConversationId(AN))
        async with program(env, tmp_path) as url:
            parts = parts_of(env)
            await phone.sets(hook=url + PATH)
            await phone.does("follow")
            await phone.hears("trợ lý AI", wait=120)
            with parts.storage.work() as work:
                known = work.conversations.get(ConversationId(AN))
                assert known is not None
                work.dossiers.add(dossier.having(citizen=known.citizen))
            with parts.storage.work() as work:
                decide.accept(decide.Officer(work, parts.desk, "Phạm Thu Hà"), dossier.code)
            await phone.hears(dossier.code)
            assert await fate(parts, NoticeFate.SENT) == 0
            await phone.does("oa_send_text_admin", sender={"id": OA}, recipient={"id": phone._user})
            await phone.hears("im lặng")
            await phone.says("dạ em gửi sau được không")
            await phone.says("bot ơi")
            await phone.hears("em đây")
            with parts.storage.work() as work:
                officer = decide.Officer(work, parts.desk, "Phạm Thu Hà")
                (waiting,) = takeover.inbox(officer)
                assert [letter.text for letter in waiting.letters] == ["dạ em gửi sau được không"]
                takeover.answer(officer, dossier.code, "Được, tuần sau nhé.")
            await phone.hears("Phạm Thu Hà: Được, tuần sau nhé.")
        env |= {"MOTCUA_NOW": "2026-11-29T09:15:00"}
        async with program(env, tmp_path):
            parts = parts_of(env)
            with parts.storage.work() as work:
                officer = decide.Officer(work, parts.desk, "Phạm Thu Hà")
                decide.start_processing(officer, dossier.code)
            assert await fate(parts, NoticeFate.SENT) == 250
            state = await phone.state()
            assert [one["template_data"]["trang_thai"] for one in state["templates"]] == [
                "đang giải quyết"
            ]
            assert state["refused"] == []
        await phone.close()
    written = (tmp_path / "log").read_text()
    assert "gửi sau" not in written
    assert dossier.applicant not in written
