"""Dossier codes and procedure codes as people type them (LEGAL §5, FORMATS §7)."""

from __future__ import annotations

import pytest

from bot.basics.codes import (
    find_dossier_code,
    find_procedure_code,
    looks_like_part_of_a_code,
)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("H26.12-241121-0007", "H26.12-241121-0007"),
        ("h26.12 241121 0007", "H26.12-241121-0007"),
        ("H26.12-241121-7", "H26.12-241121-0007"),
        ("h26122411210007", "H26.12-241121-0007"),
        ("mã hs H26.12–241121–0007 ạ", "H26.12-241121-0007"),
        ("#H15.50.05.13-261008-0975", "H15.50.05.13-261008-0975"),
        ("000.00.16.H40-230509-0001", "000.00.16.H40-230509-0001"),
        ("G15-261008-1512345", "G15-261008-1512345"),
        ("H26.12-24112I-0007", None),
        ("0007", None),
        ("H26.12", None),
        ("ngày 24/11/2021", None),
        ("0912345678", None),
    ],
)
def test_a_dossier_code_is_found_however_it_is_typed(typed: str, code: str | None) -> None:
    assert find_dossier_code(typed) == code


@pytest.mark.parametrize("typed", ["0007", "H26.12", "H26.12-0007", "# 0975"])
def test_a_piece_of_a_code_is_seen_as_one(typed: str) -> None:
    assert looks_like_part_of_a_code(typed)
    assert find_dossier_code(typed) is None


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("1.001193", "1.001193"),
        ("thủ tục 1-001193 ạ", "1.001193"),
        ("1001193", "1.001193"),
        ("1.001193.H29", "1.001193"),
        ("1.001193.000.00.00.H26", "1.001193"),
        ("giá 1.001.193 đồng", None),
        ("0912345678", None),
    ],
)
def test_a_procedure_code_is_found(typed: str, code: str | None) -> None:
    assert find_procedure_code(typed) == code
