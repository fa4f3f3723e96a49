"""From the first word to the dossier, for each procedure that can be filed here."""

from __future__ import annotations

import pytest

from bot.basics.codes import is_dossier_code
from tests.conversation.world import Citizen, World, fills


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("tôi muốn nộp hồ sơ đăng ký khai sinh cho con", "1.001193"),
        ("cho em nộp hồ sơ xin bản sao trích lục khai sinh", "2.000635"),
        ("em muốn nộp hồ sơ đăng ký tạm trú", "1.004194"),
    ],
)
def test_a_dossier_is_filed_by_talking(world: World, citizen: Citizen, words: str, code: str) -> None:
    citizen.says(words)
    assert citizen.draft.procedure == code
    form = world.desk.catalogue.get(citizen.draft.procedure).form
    assert form is not None
    fills(citizen, dict(form.example))
    citizen.says("nộp")
    citizen.hears("submit.done")
    assert is_dossier_code(citizen.code)
    assert citizen.code in citizen.last().text
    assert citizen.last().files == (f"phieu-xac-nhan-nop-ho-so-{citizen.code}.pdf",)
