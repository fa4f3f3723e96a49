"""Codes people read from their papers: dossier codes and procedure codes (LEGAL §5, FORMATS §7)."""

from __future__ import annotations

import re

from bot.basics.ids import DossierCode, ProcedureCode
from bot.basics.vietnamese.text import clean

_AGENCY = r"(?:000\.\d{2}\.\d{2}\.[GH]\d{2}|[GH]\d{2}(?:\.\d{1,3}){0,4})"
_DAY = r"\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_TYPED = re.compile(rf"(?<![A-Z0-9.])({_AGENCY})[\s-]*({_DAY})[\s-]*(\d{{1,7}})(?![\d])")
_RUN_TOGETHER = re.compile(rf"(?<![A-Z0-9.])([GH]\d{{2}})(\d{{0,3}})({_DAY})(\d{{4}})(?!\d)")
_LOOKS_PARTIAL = re.compile(
    r"(?<![A-Z0-9])(?:[GH]\d{2}(?:\.\d+)*-\d{4,7}|[GH]\d{2}(?:\.\d+)+)(?![\d-])"
)
_DASHES = str.maketrans("–—−‐‑‒", "------")
_PROCEDURE = re.compile(
    r"(?<![\d.,])(\d)[.,\s-]?(\d{6})(?:\.H\d{2}|\.000\.00\.00\.H\d{2})?(?![\d])"
)


def find_dossier_code(text: str) -> DossierCode | None:
    """The first dossier code in `text`, however it is spaced or cased; None if there is none."""
    typed = clean(text)[:2000].translate(_DASHES).upper()
    typed = re.sub(r"(?<=[GH\d.])O|O(?=[\d.-]*\d)", "0", typed)
    typed = re.sub(r"\s*-\s*", "-", typed)
    if match := _TYPED.search(typed):
        agency, day, number = match.groups()
        return DossierCode(f"{agency}-{day}-{number.zfill(4)}")
    if match := _RUN_TOGETHER.search(typed):
        root, part, day, number = match.groups()
        return DossierCode(f"{root}{'.' + part if part else ''}-{day}-{number}")
    return None


def looks_like_part_of_a_code(text: str) -> bool:
    """Whether `text` holds a piece of a dossier code, from which nothing may be guessed."""
    typed = clean(text)[:2000].translate(_DASHES).upper()
    return (
        _LOOKS_PARTIAL.search(typed) is not None or re.fullmatch(r"#?\s*\d{3,7}", typed) is not None
    )


def find_procedure_code(text: str) -> ProcedureCode | None:
    """The first national procedure code in `text` (`1.001193`, also `1-001193`, `1.001193.H29`)."""
    match = _PROCEDURE.search(text[:2000])
    return ProcedureCode(f"{match[1]}.{match[2]}") if match else None
