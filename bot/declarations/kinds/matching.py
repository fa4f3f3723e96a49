"""Finding what somebody means among things with names: by number, by name, by part of a name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from bot.basics.vietnamese.answers import AROUND, peeled
from bot.basics.vietnamese.letters import agrees, flat
from bot.basics.vietnamese.text import fold
from bot.procedures.model import Field

_NUMBER = re.compile(
    r"(?:(?:em|toi|minh|da|chon|lay|la|so|cau|cai|muc|y|dap an|lua chon|phuong an|thu) )*"
    r"\(?([0-9]{1,2})[.)]?(?: (?:a|nha|nhe|di))*"
)
_NEAR = 80
_SAME_WORD = 50
_MOST_NEAR = 4
_MOST_WORDS = 30
"""Longer messages name nothing in a list; looking for fillers in them would take long."""


@dataclass(frozen=True)
class Entry:
    """One thing to choose: what it stands for, its name, and other ways to say it."""

    value: str
    label: str
    also: tuple[str, ...] = ()

    @property
    def ways(self) -> tuple[str, ...]:
        """Every way to say it, its own name first."""
        return (self.label, *self.also)


def number_in(text: str) -> int | None:
    """The number that the whole of `text` picks: `2`, `số 2`, `chọn 2 nha`."""
    match = _NUMBER.fullmatch(flat(text).strip(" .!"))
    return int(match[1]) if match else None


def bare_forms(text: str, around: Iterable[str] = AROUND) -> list[str]:
    """`text`, then with ever less politeness, then without the words of `around` on both sides."""
    forms = peeled(text)
    words = forms[-1].split()
    if len(words) > _MOST_WORDS:
        return [text]
    fillers = sorted((tuple(way.split()) for way in around), key=len, reverse=True)
    for step in (1, -1):
        words = _without(words, fillers, step)
    return list(dict.fromkeys(form for form in (*forms, " ".join(words)) if form))


def asked(field: Field) -> tuple[str, ...]:
    """The words of a question, which often come back around its answer."""
    return tuple(dict.fromkeys(re.findall(r"[^\W_]+", f"{field.ask} {field.label}".lower())))


def _without(words: list[str], fillers: list[tuple[str, ...]], step: int) -> list[str]:
    """`words` without fillers at the front (`step` 1) or the end (-1); never all of them."""
    while True:
        for filler in fillers:
            size = len(filler)
            end = words[:size] if step == 1 else words[-size:]
            if len(words) > size and agrees(" ".join(end), " ".join(filler)):
                words = words[size:] if step == 1 else words[:-size]
                break
        else:
            return words


def same_marks(text: str, entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries that `text` names exactly, or that it names having been typed without marks."""
    typed = _tidy(text)
    close = same_letters(text, entries)
    exact = tuple(e for e in close if any(typed == _tidy(way) for way in e.ways))
    return exact or tuple(e for e in close if any(agrees(typed, _tidy(way)) for way in e.ways))


def same_letters(text: str, entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries that `text` names when no mark counts."""
    typed = fold(text)
    return tuple(e for e in entries if typed and any(typed == _key(way) for way in e.ways))


def part_of(text: str, entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries whose name begins with `text`, or else holds all of its words, if several."""
    typed = fold(text)
    if len(typed) < 2:
        return ()
    begun = tuple(e for e in entries if any(f"{_key(w)} ".startswith(f"{typed} ") for w in e.ways))
    return begun or (holding(text, entries) if " " in typed else ())


def holding(text: str, entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries whose name holds all the words of `text`."""
    words = set(fold(text).split())
    return tuple(e for e in entries if words and any(words <= set(_key(w).split()) for w in e.ways))


def inside(text: str, entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries that `text` speaks of among other words, by a name of several words."""
    said = f" {fold(text)} "
    return tuple(
        e for e in entries if any(" " in _key(w) and f" {_key(w)} " in said for w in e.ways)
    )


def pick(text: str, entries: Sequence[Entry], around: Iterable[str] = AROUND) -> tuple[Entry, ...]:
    """The entries that `text` surely means: one if all is well, several if it fits several."""
    forms = bare_forms(text, around)
    for form in forms:
        if found := same_marks(form, entries):
            return found
    number = number_in(text)
    if number is not None and 1 <= number <= len(entries):
        return (entries[number - 1],)
    return next((found for form in forms if (found := same_letters(form, entries))), ())


def near(text: str, entries: Sequence[Entry], cutoff: float = _NEAR) -> tuple[Entry, ...]:
    """The few entries that sound most like `text`, best first."""
    typed = fold(text)
    scored = [(max(_likeness(typed, _key(way)) for way in e.ways), e) for e in entries]
    ranked = sorted((pair for pair in scored if pair[0] >= cutoff), key=lambda pair: -pair[0])
    return tuple(entry for _, entry in ranked[:_MOST_NEAR])


def _likeness(typed: str, name: str) -> float:
    """0 to 100. A word that is another word altogether is no slip: `không có bố`, `không có mẹ`."""
    score = fuzz.ratio(typed, name)
    words, meant = typed.split(), name.split()
    if score < _NEAR or len(words) != len(meant):
        return score
    is_slip = all(fuzz.ratio(*pair) >= _SAME_WORD for pair in zip(words, meant, strict=True))
    return score if is_slip else 0


@lru_cache(maxsize=4096)
def _key(way: str) -> str:
    """`fold`, remembered: the names of a list are compared with every answer."""
    return fold(way)


def _tidy(text: str) -> str:
    return re.sub(r"[^\w]+", " ", text.lower()).strip()
