"""The ways to read a message: as it stands, and with official words for everyday ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.procedures.everyday import Everyday, Phrases
from bot.procedures.words import Spelling, Word

REPLACED = 1.0
"""How well a word that was put in place of another one counts."""
SILENT = 0.07
_MOST = 4
"""Readings of one message."""


@dataclass(frozen=True)
class Heard:
    """One word of a reading: its spelling, how much it counts, the characters it stands for."""

    spelling: Spelling
    weight: float
    start: int
    end: int
    share: float = 1.0
    """Words said for it, at most one."""


Reading = tuple[Heard, ...]


def write_out(said: Sequence[Word], everyday: Everyday) -> list[Word]:
    """`said` with short forms written out."""
    return [
        Word(spelling, start, end)
        for spelling, start, end, _ in _replace(said, everyday.short, lambda meanings: meanings[0])
    ]


def readings(said: Sequence[Word], everyday: Everyday) -> list[Reading]:
    """The different readings of `said`, whose short forms are written out; itself comes first."""
    loud = _loudness(said, everyday)
    found = [tuple(Heard(w.spelling, loud[i], w.start, w.end) for i, w in enumerate(said))]
    weight_at = {word.start: loud[i] for i, word in enumerate(said)}
    for choice in range(_MOST - 1):
        rewritten = tuple(
            Heard(spelling, REPLACED if share else weight_at[start], start, end, share or 1.0)
            for spelling, start, end, share in _replace(
                said,
                everyday.says,
                lambda meanings: meanings[min(choice, len(meanings) - 1)],  # noqa: B023
            )
        )
        if rewritten in found or not any(a.weight == REPLACED for a in rewritten):
            break
        found.append(rewritten)
    return found


def _replace(
    said: Sequence[Word],
    phrases: Phrases,
    choose: Callable[[Sequence[tuple[Spelling, ...]]], tuple[Spelling, ...]],
) -> list[tuple[Spelling, int, int, float]]:
    spelt = [word.spelling for word in said]
    result, place = [], 0
    while place < len(said):
        length, meanings = phrases.at(spelt, place)
        word = said[place]
        if not length:
            result.append((word.spelling, word.start, word.end, 0.0))
            place += 1
            continue
        end = said[place + length - 1].end
        meaning = choose(meanings)
        share = min(1.0, (length + 1) / len(meaning))
        result += [(spelling, word.start, end, share) for spelling in meaning]
        place += length
    return result


def _loudness(said: Sequence[Word], everyday: Everyday) -> list[float]:
    """How much each word counts: hardly anything inside a phrase of asking."""
    loud = [1.0] * len(said)
    spelt = [word.spelling for word in said]
    place = 0
    while place < len(said):
        length, _ = everyday.silent.at(spelt, place)
        if length > 1:
            loud[place : place + length] = [SILENT] * length
        place += max(length, 1)
    return loud
