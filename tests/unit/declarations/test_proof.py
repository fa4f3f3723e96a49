"""What an author is told about a form that cannot be talked through."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.declarations import proof
from bot.declarations.asking import Asker
from bot.procedures.read import read_procedure
from bot.procedures.shelf import Shelf
from tests.build import CATALOGUE, PLACES, a_draft, at

GOOD = """
code: "9.000001"
name: Đăng ký giếng khoan
official_name: Đăng ký giếng khoan
sector: dat-dai
tiers: [xa]
source: GK 2026-11 MED
form:
  id: TK_GIENG
  name: Tờ khai giếng khoan
  source: GK 2026-11 MED
  applicant: chu
  subject: chu
  sections:
    - id: gieng
      title: Giếng
      fields:
        - {id: chu, kind: name, label: Chủ, ask: Chủ giếng tên gì ạ?, help: Ghi đủ., example: LÊ AN}
        - {id: sau, kind: integer, label: Sâu, ask: Sâu mấy mét ạ?, help: Số mét., example: "30"}
        - id: loai
          kind: choice
          label: Loại
          ask: Loại nào ạ?
          help: Chọn một.
          example: Đào
          options: {dao: Đào, khoan: Khoan}
  cross_checks:
    - {rule: different, fields: [sau, loai], message: Khác nhau.}
  example: {chu: Lê An, sau: "30", loai: Đào}
"""
SHELF = Shelf(CATALOGUE)


def told(tmp_path: Path, old: str = "", new: str = "") -> list[str]:
    """What is wrong with the form after a change."""
    assert old in GOOD
    path = tmp_path / "gieng.yml"
    path.write_text(GOOD.replace(old, new, 1) if old else GOOD, encoding="utf-8")
    procedure = read_procedure(path, SHELF)
    assert procedure.form
    asker = Asker(procedure.form, procedure.uploads, at(19).date(), PLACES, "")
    return [f"{field}: {what}" for field, what in proof.problems(asker, a_draft())]


def test_a_good_form_has_none(tmp_path: Path) -> None:
    assert told(tmp_path) == []


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("kind: integer", "kind: integr", "sau: there is no kind integr — did you mean integer?"),
        ("kind: name", "kind: name, role: home", "chu: name has no role home"),
        ("ask: Chủ giếng tên gì ạ?, ", "", "chu: a question is missing"),
        ("help: Số mét., ", "", "sau: `help` is missing"),
        ("options: {dao: Đào, khoan: Khoan}", "options: {}", "loai: a choice needs options"),
        ("rule: different", "rule: diferent", "there is no check diferent — did you mean diff"),
        ("fields: [sau, loai]", "fields: [sao, loai]", "names sao, which is no field — did you"),
        ("applicant: chu", "applicant: chi", "`applicant` must name the field"),
        ("example: Đào", "example: Đào\n          when: {sau2: 1}", "loai: `when` names sau2"),
        ("id: sau,", "id: chu,", "chu: two fields have this id"),
        (
            "kind: integer",
            "derive: {rule: sentense, of: [chu]}, kind: integer",
            "sau: there is no rule sentense — did you mean sentence?",
        ),
        (
            "kind: integer",
            "derive: {rule: copy, of: [loai]}, kind: integer",
            "sau: it is derived from loai, no field before it",
        ),
        ('sau: "30", ', 'sau: "nhiều", ', "sau: the example “nhiều” is no answer"),
        ('sau: "30", ', "", "sau: the example does not answer it"),
        ('sau: "30", ', 'sau: "30", thua: x, ', "thua: the example answers what is not asked"),
    ],
)
def test_each_mistake_is_told_with_what_was_meant(
    tmp_path: Path, old: str, new: str, problem: str
) -> None:
    assert any(problem in one for one in told(tmp_path, old, new)), told(tmp_path, old, new)


def test_an_example_that_breaks_a_check_is_told(tmp_path: Path) -> None:
    found = told(tmp_path, "fields: [sau, loai]", "fields: [sau, sau]")
    assert found == ["sau: the example breaks a check: Khác nhau."]
