"""The file of templates: Zalo would take them, and every notice has one."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.basics import yaml12
from bot.basics.errors import Misconfigured
from bot.notifications.templates import Rates
from tests.build import CATALOGUE

FILE = CATALOGUE / "zalo_templates.yml"
WEEK = timedelta(days=7)
IDS = {"cap_nhat": "301234", "can_lam": "301235"}


def test_every_notice_has_a_template_once_they_are_approved() -> None:
    rates = Rates.read(FILE, IDS, WEEK)
    kinds = yaml12.read(CATALOGUE / "wording" / "notices.yml")["notice"].keys()
    assert {kind for kind in kinds if rates.template(kind) is None} == set()


def test_a_template_that_is_not_approved_is_not_used() -> None:
    rates = Rates.read(FILE, {"can_lam": "301235"}, WEEK)
    assert rates.template("accepted") is None
    assert rates.template("supplement").id == "301235"


def test_a_shorter_window_is_kept_to() -> None:
    assert Rates.read(FILE, {}, timedelta(hours=48)).window == timedelta(hours=48)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("<ngay>", "<ten>", "params are others"),
        ("ma_ho_so: 30", "ma_ho_so: 20", "may be 28 characters"),
        ("đã tiếp nhận", "đã tiếp nhận " * 5, "more than 30"),
    ],
)
def test_what_zalo_would_refuse_is_told_at_the_start(
    tmp_path: Path, old: str, new: str, problem: str
) -> None:
    file = tmp_path / "templates.yml"
    file.write_text(FILE.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(Misconfigured, match=problem):
        Rates.read(file, IDS, WEEK)


def test_a_number_for_a_template_that_is_not_there_is_told() -> None:
    with pytest.raises(Misconfigured, match="cap_nhap"):
        Rates.read(FILE, {"cap_nhap": "1"}, WEEK)
