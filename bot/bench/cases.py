"""The sentences of the understanding bench: each with what is right for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.bench import foreign

PROJECT = Path(__file__).parents[2]
OWN_TESTS = {
    "development": ("understanding.yml", "understanding_second.yml"),
    "seen": ("understanding_fresh_seen.yml",),
    "blind": ("understanding_fresh_blind.yml",),
    "last": ("understanding_last.yml",),
    "stories": ("stories_seen.yml",),
    "stories, blind": ("stories_blind.yml",),
}
"""The test sets: whose mistakes were looked at from the start, later, and never; `last` was measured once.

What becomes of the stories in the end is measured by `python -m tests.bench.stories`.
"""


@dataclass(frozen=True)
class Case:
    """A sentence and what is right for it.

    Of `intents` all are asked, the first being the main one; any of `either` is right, and any of
    the codes in `procedure` (`a / b`).
    """

    group: str
    tag: str
    text: str
    intents: tuple[str, ...]
    procedure: str | None = None
    talked_about: str | None = None
    slots: frozenset[foreign.Slot] = frozenset()
    either: frozenset[str] = frozenset()

    def is_right(self, intent: str) -> bool:
        """Whether `intent` may be heard first."""
        return intent in (self.either or self.intents[:1])

    def is_about(self, procedure: str | None) -> bool:
        """Whether `procedure` may be the one that is meant."""
        return procedure is not None and procedure in (self.procedure or "").split(" / ")


def own_cases() -> list[Case]:
    """Our own test sentences."""
    folder = PROJECT / "tests" / "bench"
    return [
        _case(group, tag, row)
        for group, names in OWN_TESTS.items()
        for name in names
        for tag, rows in yaml.safe_load((folder / name).read_text(encoding="utf-8")).items()
        for row in rows
    ]


def _case(group: str, tag: str, row: Sequence[Any]) -> Case:
    text, wanted, procedure, *talked_about = row
    either = frozenset(part.strip() for part in wanted.split("/"))
    acts = tuple(part.strip() for part in wanted.split("/")[0].split("+"))
    before = talked_about[0] if talked_about else None
    return Case(
        group,
        tag,
        text,
        acts,
        procedure,
        before,
        either=frozenset(acts) if len(acts) > 1 else either,
    )


def foreign_cases(path: Path) -> list[Case]:
    """The sentences of somebody else's data, as `foreign.sentences` reads them."""
    return [Case("all", "all", s.text, (s.intent,), slots=s.slots) for s in foreign.sentences(path)]
