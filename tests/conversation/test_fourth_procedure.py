"""A procedure is added by dropping one file: no training, no Rasa file, no restart."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.conversation.engine import Engine
from bot.counter.ports import Desk
from bot.procedures import catalogue as catalogues
from bot.procedures.catalogue import LiveCatalogue
from nlu.components import procedures
from tests.conversation.world import Citizen, World

WELL = """
code: "9.000001"
name: Đăng ký giếng khoan gia đình
official_name: Đăng ký khai thác nước dưới đất cho hộ gia đình
sector: dat-dai
tiers: [xa]
source: GK 2026-11 MED
aliases: [giếng khoan, khoan giếng, đăng ký giếng nước]
fee: {amount: 0, source: GK 2026-11 MED}
form:
  id: TK_GIENG
  name: Tờ khai giếng khoan
  source: GK 2026-11 MED
  applicant: chu_gieng
  subject: chu_gieng
  sections:
    - id: gieng
      title: Giếng khoan
      fields:
        - {id: chu_gieng, kind: name, label: Chủ giếng, ask: Chủ giếng tên gì ạ?}
        - {id: do_sau, kind: integer, label: Độ sâu (m), ask: Giếng sâu mấy mét ạ?, minimum: 1}
  example: {chu_gieng: Lê Văn Tám, do_sau: "30"}
"""


@pytest.fixture
def folder(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The catalogue in a folder of its own that the running engine looks into."""
    folder = tmp_path / "catalogue"
    shutil.copytree(Path(procedures.__file__).parents[2] / "bot" / "catalogue", folder)
    monkeypatch.setattr(catalogues, "_LOOK_EVERY", 0.0)
    old: Desk = world.desk
    engine: Engine = world.engine
    new = LiveCatalogue(folder)
    import dataclasses

    desk = dataclasses.replace(old, live=new)
    engine._desk, world.desk = desk, desk
    procedures.use(new)
    yield folder
    engine._desk, world.desk = old, old
    procedures.use(old.live)


def test_a_fourth_procedure_is_filed_after_dropping_its_file(
    folder: Path, citizen: Citizen
) -> None:
    citizen.says("nộp hồ sơ đăng ký giếng khoan gia đình")
    assert citizen.last().key != "declaration.ask"
    (folder / "dat-dai" / "gieng-khoan.yml").write_text(WELL, encoding="utf-8")
    citizen.says("lệ phí đăng ký giếng khoan gia đình")
    assert citizen.last().key == "answer.fee"
    citizen.presses("Nộp hồ sơ ở đây")
    citizen.says("Lê Văn Tám")
    citizen.says("30")
    citizen.hears("declaration.review")
    citizen.says("nộp")
    citizen.hears("submit.done")
    assert citizen.dossiers[0].procedure == "9.000001"


def test_a_broken_file_leaves_the_catalogue_as_it_was(folder: Path, citizen: Citizen) -> None:
    citizen.says("lệ phí thủ tục 1.001193")
    (folder / "dat-dai" / "gieng-khoan.yml").write_text("code: 9.000001\n", encoding="utf-8")
    citizen.says("lệ phí thủ tục 1.001193")
    citizen.hears("answer.fee")
