"""The ways to read a message: as it stands, and with official words for everyday ones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bot.procedures.everyday import Everyday, Phrases
from bot.procedures.words import Spelling, Word

REPLACED = 1.0
"""How well a word that was put in place of another one counts."""
SILENT = 0.07


class Heard(NamedTuple):
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
    spelt = [word.spelling for word in said]
    if not any(everyday.short.at(spelt, place)[0] for place in range(len(spelt))):
        return list(said)
    heard = [Heard(word.spelling, 1.0, word.start, word.end) for word in said]
    written = _replace(heard, everyday.short)
    return [Word(one.spelling, one.start, one.end) for one in written]


def readings(said: Sequence[Word], everyday: Everyday) -> list[Reading]:
    """The different readings of `said`, whose short forms are written out; itself comes first."""
    loud = _loudness(said, everyday)
    plain = [
        Heard(word.spelling, weight, word.start, word.end)
        for word, weight in zip(said, loud, strict=True)
    ]
    first, second = (_replace(plain, everyday.says, choice) for choice in range(2))
    found = (plain, first, second, _replace(first, everyday.words))
    return [tuple(reading) for reading in dict.fromkeys(map(tuple, found))]


def _replace(heard: Sequence[Heard], phrases: Phrases, choice: int = 0) -> list[Heard]:
    """`heard` with what its phrases stand for; of several meanings, the one at `choice`."""
    spelt = [one.spelling for one in heard]
    result: list[Heard] = []
    place = 0
    while place < len(heard):
        length, meanings = phrases.at(spelt, place)
        if not length:
            result.append(heard[place])
            place += 1
            continue
        part = heard[place : place + length]
        meaning = meanings[min(choice, len(meanings) - 1)]
        share = min(1.0, (length + 1) / len(meaning)) * min(one.share for one in part)
        result += [
            Heard(spelling, REPLACED, part[0].start, part[-1].end, share) for spelling in meaning
        ]
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
