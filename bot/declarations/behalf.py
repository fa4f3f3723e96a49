"""Filing for somebody else: for whom, from the words that begin it, and what that answers already."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.basics.ids import FieldId
from bot.basics.vietnamese.letters import agrees
from bot.basics.vietnamese.text import clean, fold, has_marks
from bot.declarations.asking import Asker
from bot.declarations.kinds import KINDS
from bot.declarations.kinds.model import Ok
from bot.declarations.model import Answers, Draft
from bot.procedures.model import Field

_NEVER_UNMARKED = frozenset({"ma", "me", "ban"})
"""Words that without their marks mean too many things, unless another word stands beside them."""


@dataclass(frozen=True)
class SomebodyElse:
    """For whom a dossier is, as the citizen said it, and what the citizen is to them."""

    called: str
    relation: str


class Behalf:
    """Recognises `làm giúp mẹ tôi`."""

    def __init__(self, words: Mapping[str, Any]) -> None:
        are: Mapping[str, Iterable[str]] = words["are"]
        self._after = {word for way in words["after"] for word in way.split()}
        self._are = {called: relation for relation, all_ in are.items() for called in all_}
        self._marked = _pattern(words["before"], self._are, words["after"])
        plain = _unmarked(self._are, words["after"])
        self._plain = _pattern(map(fold, words["before"]), plain, map(fold, words["after"]))
        self._of_plain = plain

    def relation(self, words: Sequence[str]) -> str:
        """What the one who writes is to somebody they call so: `con` to `mẹ tôi`; empty if unclear."""
        for end in range(len(words), 0, -1):
            called = " ".join(words[:end])
            is_theirs = all(any(agrees(word, way) for way in self._after) for word in words[end:])
            found = {self._are[way] for way in self._are if agrees(called, way)}
            if is_theirs and len(found) == 1:
                return found.pop()
        return ""

    def read(self, text: str) -> SomebodyElse | None:
        """For whom the message asks; None where it does not say, or means the citizen."""
        if has_marks(text):
            match = self._marked.search(clean(text).casefold())
            called = match["who"] if match else ""
        else:
            match = self._plain.search(fold(text))
            called = self._of_plain[match["who"]] if match else ""
        return SomebodyElse(called, self._are[called]) if called else None


def answers(asker: Asker, draft: Draft, relation: str) -> Answers:
    """What filing for somebody answers in the form: who files for them, and what they are to them."""
    field = next((field for field in asker.form.fields if field.id == asker.form.relation), None)
    if field is None:
        return {}
    opened = {FieldId(key): value for key, value in field.when.items()}
    stop = asker.path(draft.having(answers=opened)).stop(field.id)
    if stop is None:
        return {}
    if field.kind == "choice" and not _is_an_option(field, relation):
        return opened  # near is not enough: `cha mẹ` is nobody whom the parents sent
    reading = KINDS[field.kind].read(relation, asker.question(draft, stop))
    return {**opened, field.id: reading.value} if isinstance(reading, Ok) else opened


def _is_an_option(field: Field, words: str) -> bool:
    ways = (way for option in field.options for way in (option.label, *option.also))
    return fold(words) in map(fold, ways)


def _unmarked(are: Mapping[str, str], after: Iterable[str]) -> dict[str, str]:
    """The persons by how they are written without marks, where that means one relation only."""
    found: dict[str, list[str]] = {}
    for called in are:
        plain = fold(called)
        ways = [plain] if plain not in _NEVER_UNMARKED else [f"{plain} {fold(a)}" for a in after]
        for way in ways:
            found.setdefault(way, []).append(called)
    one = {way: all_ for way, all_ in found.items() if len({are[called] for called in all_}) == 1}
    return {way: all_[0] for way, all_ in one.items()}


def _pattern(before: Iterable[str], who: Iterable[str], after: Iterable[str]) -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:{_either(before)}) (?P<who>{_either(who)})(?: (?:{_either(after)}))*(?=[\s,.;!?]|$)"
    )


def _either(words: Iterable[str]) -> str:
    return "|".join(sorted({re.escape(word) for word in words}, key=len, reverse=True))
