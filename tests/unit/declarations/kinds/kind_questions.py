"""Questions to ask the kinds, as the loop puts them: one field, one day, one office."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from bot.basics import yaml12
from bot.basics.ids import FieldId
from bot.declarations.kinds.model import Question
from bot.procedures.model import Field, Option
from bot.procedures.places import Places

CATALOGUE = Path(__file__).parents[4] / "bot" / "catalogue"
CASES: Any = yaml12.read(Path(__file__).parent / "cases.yml")
TODAY = date.fromisoformat(CASES["today"])
PLACES = Places.read(CATALOGUE / "units")
OPTIONS: Any = yaml12.read(CATALOGUE / "forms" / "options.yml")


def ask(
    kind: str,
    known: Mapping[str, Any] | None = None,
    office: str = CASES["office"],
    options: str = "",
    id: str = "x.so_dinh_danh",
    **changes: Any,
) -> Question:
    """A question of one kind; `options` names a set of the form files, `known` is answered."""
    field = Field(id=FieldId(id), kind=kind, label="", options=_options(options), **changes)
    answers = {FieldId(name): value for name, value in (known or {}).items()}
    return Question(field, TODAY, PLACES, answers, office)


def _options(name: str) -> tuple[Option, ...]:
    return tuple(
        Option(key, item["label"], tuple(item.get("also", ())))
        for key, item in (OPTIONS[name] if name else {}).items()
    )
