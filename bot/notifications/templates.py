"""Zalo's prices, its hours, and the templates it has approved (`catalogue/zalo_templates.yml`)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.basics import yaml12
from bot.basics.errors import Misconfigured

_HOLE = re.compile(r"<([a-z_]+)>")
FACTS = {"ma_ho_so": 28, "ngay": 10, "trang_thai": 0}
"""What a template may tell, and how long a code (LEGAL §5) and a date can be.

No name, no telephone number: whose phone it is nobody can be sure of.
"""
_SHORTEST, _LONGEST = 9, 400


@dataclass(frozen=True)
class Template:
    """A message whose words Zalo has approved; only its holes are ours."""

    name: str
    id: str
    """The number Zalo gave it; empty until it is approved, and then it is not used."""
    text: str
    limits: Mapping[str, int]
    """Hole → the most characters Zalo takes in it."""
    states: Mapping[str, str]
    """Kind of notice → what stands in `trang_thai`."""
    by_account: int
    """VND for one, to an account."""
    by_phone: int
    """VND for one, to a telephone number."""

    def filled(self, facts: Mapping[str, str]) -> Mapping[str, str]:
        """What fills the holes, from the facts of `FACTS`."""
        return {hole: facts[hole] for hole in self.limits}


@dataclass(frozen=True)
class Rates:
    """When Zalo lets us write, what it costs, and when it is night."""

    window: timedelta = timedelta(days=7)
    free: timedelta = timedelta(hours=48)
    price: int = 0
    """VND for a message after the free time."""
    night_from: int = 22
    night_until: int = 6
    templates: tuple[Template, ...] = field(default=())

    def template(self, kind: str) -> Template | None:
        """The approved template for a kind of notice."""
        return next((t for t in self.templates if t.id and kind in t.states), None)

    def held_until(self, now: datetime) -> datetime:
        """When a notice may go out: now, or in the morning."""
        if self.night_until <= now.hour < self.night_from:
            return now
        morning = now.replace(hour=self.night_until, minute=0, second=0, microsecond=0)
        return morning if morning > now else morning + timedelta(days=1)

    @classmethod
    def read(cls, path: Path, ids: Mapping[str, str], window: timedelta) -> Rates:
        """The file's rates; `ids` gives the approved templates' numbers by name.

        Raises `Misconfigured` with all that Zalo would refuse.
        """
        data = yaml12.read(path)
        templates = tuple(
            _template(name, entry, ids.get(name, "")) for name, entry in data["templates"].items()
        )
        problems = [f"{path}: {problem}" for t in templates for problem in _problems(t)]
        problems += [
            f"MOTCUA_ZALO_TEMPLATES: {path} has no template {name}"
            for name in ids.keys() - data["templates"].keys()
        ]
        if problems:
            raise Misconfigured(problems)
        chat, night = data["consultation"], data["night"]
        return cls(
            window=min(window, timedelta(hours=chat["window_hours"])),
            free=timedelta(hours=chat["free_hours"]),
            price=chat["price"]["vnd"],
            night_from=night["from"],
            night_until=night["until"],
            templates=templates,
        )


def _template(name: str, entry: Mapping[str, Any], number: str) -> Template:
    return Template(
        name=name,
        id=number,
        text=entry["text"].strip(),
        limits=entry["params"],
        states=entry["states"],
        by_account=entry["price"]["account"]["vnd"],
        by_phone=entry["price"]["phone"]["vnd"],
    )


def _problems(template: Template) -> Iterator[str]:
    holes = set(_HOLE.findall(template.text))
    if holes != set(template.limits):
        yield f"{template.name}: its text has the holes {sorted(holes)}, its params are others"
    if unknown := holes - FACTS.keys():
        yield f"{template.name}: nothing fills {sorted(unknown)}"
    for hole, most in template.limits.items():
        if most < FACTS.get(hole, 0):
            yield f"{template.name}: {hole} may be {FACTS[hole]} characters long"
    if not _SHORTEST <= len(template.text) <= _LONGEST:
        yield f"{template.name}: its text has {_SHORTEST}–{_LONGEST} characters"
    most = template.limits.get("trang_thai", 0)
    for kind, state in template.states.items():
        if len(state) > most:
            yield f"{template.name}: {kind}: more than {most} characters"
