"""The lists a citizen chooses from: ethnic groups, religions, countries … in `catalogue/units`."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.basics import yaml12
from bot.declarations.kinds.matching import Entry

UNITS = Path(__file__).parents[2] / "catalogue" / "units"


@dataclass(frozen=True)
class Listing:
    """One list as its file has it."""

    entries: tuple[Entry, ...]
    first: tuple[str, ...]
    """The likeliest, offered as buttons."""
    around: tuple[str, ...]
    """Words people put around the answer: `dân tộc Tày`."""
    unclear: Mapping[str, tuple[str, ...]]
    """What may mean several things, with these things."""
    begin: tuple[str, ...]
    """First words of answers that are none of the list and still to be taken."""


@functools.cache
def listing(name: str) -> Listing:
    """The list in `<name>.yml`, read once."""
    tree = yaml12.read(UNITS / f"{name}.yml")
    return Listing(
        tuple(Entry(value, value, tuple(also or ())) for value, also in tree["names"].items()),
        tuple(tree.get("first", ())),
        tuple(tree.get("around", ())),
        {words: tuple(values) for words, values in tree.get("unclear", {}).items()},
        tuple(tree.get("begin", ())),
    )


@functools.cache
def birth_provinces() -> Mapping[str, str]:
    """Province by the first three digits of a citizen id: the 63 of before 01/07/2025."""
    tree: Any = yaml12.read(UNITS / "provinces_of_birth.yml")
    return dict(tree)
