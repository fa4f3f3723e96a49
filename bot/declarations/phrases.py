"""The words that are orders inside a declaration: back, skip, later, correct … (`catalogue/phrases.yml`)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz, process

from bot.basics import yaml12
from bot.basics.vietnamese.text import fold
from bot.declarations.groups import Spoken

_LONGEST_ORDER = 60
"""Characters: longer messages are answers or questions, never orders."""
_SAME_LABEL = 86
_NEAR_LABEL = 72


class Order(StrEnum):
    """What a citizen can tell us to do in the middle of a declaration."""

    BACK = "go_back"
    SKIP = "skip"
    PAUSE = "cancel_filing"
    REVIEW = "review"
    HELP = "ask_field_help"
    DONE = "done"
    USE = "use_files"
    AGAIN = "send_again"
    FILE = "submit"
    EDIT = "fix_field"
    DELETE = "delete_draft"
    LEFT = "how_many_left"


@dataclass(frozen=True)
class Edit:
    """`sửa ngày sinh thành 12/3/2026`: which field is meant, and the new value if one was given."""

    label: str
    value: str = ""


class Phrases:
    """Recognises orders, however they are accented."""

    def __init__(
        self,
        orders: Mapping[str, Iterable[str]],
        edit_words: Iterable[str],
        question_words: Iterable[str],
        becomes: Iterable[str],
        commands: Mapping[str, Iterable[str]],
        around: Iterable[str],
        groups: Mapping[str, Any],
        asks: Mapping[str, Mapping[str, Iterable[str]]],
        mistaken: Iterable[str],
    ) -> None:
        slips = sorted({*mistaken, *map(fold, mistaken)}, key=len, reverse=True)
        self._mistaken = re.compile(rf"(?:{'|'.join(slips)})(?![^\W_])[ ,.:;-]*", re.IGNORECASE)
        self.groups = Spoken.of(groups)
        self._asks = {
            what: [_any_of(words) for words in needed.values()] for what, needed in asks.items()
        }
        self._commands = {fold(words): name for name, all_ in commands.items() for words in all_}
        polite = "|".join(sorted(map(fold, around), key=len, reverse=True))
        self._around = re.compile(rf"^(?:(?:{polite}) )+|(?: (?:{polite}))+$")
        self._orders = {fold(words): Order(name) for name, all_ in orders.items() for words in all_}
        words = "|".join(sorted((fold(word) for word in edit_words), key=len, reverse=True))
        self._edit = re.compile(
            rf"^(?:cho (?:em|toi|minh) )?(?:{words})(?: lai| cho| muc| phan| o)* (.+)$"
        )
        asking = "|".join(sorted(map(re.escape, map(fold, question_words)), key=len, reverse=True))
        self._asking = re.compile(rf"\b(?:{asking})\b")
        new = sorted({*becomes, *map(fold, becomes)}, key=len, reverse=True)
        self._to = re.compile(rf"\b(?:{'|'.join(new)})\b", re.IGNORECASE)

    @classmethod
    def read(cls, path: Path) -> Phrases:
        """The phrases in a file with `orders`, `commands` and `asks`, and the lists of the other words."""
        tree = yaml12.read(path)
        names = (
            *("orders", "edit", "questions", "becomes", "commands", "around"),
            *("groups", "asks", "mistaken"),
        )
        return cls(*(tree[name] for name in names))

    def is_question(self, text: str) -> bool:
        """Whether the words have the shape of a question."""
        return "?" in text or self._asking.search(fold(text)) is not None

    def takes_back(self, text: str) -> str:
        """What is said instead of the answer just given: `1961` of `à nhầm, 1961`; empty if nothing."""
        match = self._mistaken.match(text)
        return text[match.end() :].strip() if match else ""

    def order(self, text: str) -> Order | None:
        """The order that the whole message is, politeness aside, or None."""
        if len(text) > _LONGEST_ORDER:
            return None
        words = fold(text)
        return self._orders.get(words) or self._orders.get(self._around.sub("", words))

    def asks_about(self, text: str, question: Iterable[str]) -> bool:
        """Whether words of the question come back with nothing but a cry for help: `dân tộc là gì`."""
        if len(text) > _LONGEST_ORDER:
            return False
        words, known = self._around.sub("", fold(text)).split(), set(map(fold, question))
        return any(
            known.issuperset(words[:at]) and self._orders.get(" ".join(words[at:])) is Order.HELP
            for at in range(1, len(words))
        )

    def command(self, text: str) -> str:
        """The command that the whole message is, politeness aside; empty if it is none."""
        if len(text) > _LONGEST_ORDER:
            return ""
        words = fold(text)
        return self._commands.get(words) or self._commands.get(self._around.sub("", words), "")

    def asks(self, what: str, text: str) -> bool:
        """Whether the message asks for `what`, a key of `asks`: the nearest office, the hours …"""
        said = fold(text)
        is_short = len(text) <= 2 * _LONGEST_ORDER
        return is_short and all(one.search(said) for one in self._asks[what])

    def tells(self, text: str) -> Edit | None:
        """`số bản sao là 3`: a new value without a word for correcting; None if none is told."""
        head, word, value = _split(self._to, text)
        is_told = word and head.strip() and value.strip() and len(text) <= 5 * _LONGEST_ORDER
        return Edit(fold(head), value.strip()) if is_told else None

    def edit(self, text: str) -> Edit | None:
        """The correction that the message asks for, or None. The label may name no field at all."""
        if len(text) > 5 * _LONGEST_ORDER or not self._edit.match(fold(text)):
            return None
        head, _, value = _split(self._to, text)
        match = self._edit.match(fold(head))
        return Edit(match[1].strip(), value.strip()) if match else None


def matching(label: str, labels: Mapping[str, str], least: int = _NEAR_LABEL) -> tuple[str, ...]:
    """The keys of `labels` that `label` may mean, best first; one if it is clear, none if far off."""
    wanted = fold(label)
    choices = {key: fold(text) for key, text in labels.items()}
    ranked = process.extract(
        wanted, choices, scorer=fuzz.token_set_ratio, score_cutoff=least, limit=6
    )
    if not ranked:
        return ()
    best = ranked[0][1]
    if best >= _SAME_LABEL:
        ranked = [found for found in ranked if found[1] >= best - 1]
    return tuple(str(key) for _, _, key in ranked)


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, map(fold, words)))})\b")


def _split(pattern: re.Pattern[str], text: str) -> tuple[str, str, str]:
    match = pattern.search(text)
    return (text[: match.start()], match[0], text[match.end() :]) if match else (text, "", "")
