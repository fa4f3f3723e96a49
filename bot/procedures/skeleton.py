"""Begins the file of a new procedure from `catalogue/skeleton.yml`."""

from __future__ import annotations

import re
from pathlib import Path

from bot.basics.errors import Misconfigured
from bot.basics.vietnamese.text import fold, one_line
from bot.procedures.problems import did_you_mean
from bot.procedures.shelf import Shelf

_CODE = re.compile(r"\d\.\d{6}")
_UNKNOWN_CODE = "0.000000"


def begin(folder: Path, sector: str, name: str, code: str = "") -> Path:
    """Writes `<sector>/<name>.yml` with every key explained; raises `Misconfigured`.

    An existing file is never overwritten.
    """
    name = one_line(name)
    path = folder / sector / f"{fold(name).replace(' ', '-')}.yml"
    known = Shelf(folder).sectors
    problems = []
    if sector not in known:
        problems.append(f"sector {sector} is not in sectors.yml{did_you_mean(sector, known)}")
    if not fold(name):
        problems.append("a procedure needs a name")
    if code and not _CODE.fullmatch(code):
        problems.append(f"{code} is no national code such as 1.001193")
    if path.exists():
        problems.append(f"{path} is there already — edit it, or choose another name")
    if problems:
        raise Misconfigured(problems)
    text = (folder / "skeleton.yml").read_text(encoding="utf-8")
    text = text.replace("{name}", _plain(name)).replace("{code}", code or _UNKNOWN_CODE)
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def _plain(name: str) -> str:
    """The name, written so that YAML takes it for text."""
    return re.sub(r"[:#\"'{}\[\]&*!|>%@`\\]", " ", name).strip()
