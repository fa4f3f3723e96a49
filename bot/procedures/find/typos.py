"""The words that occur in names, and which of them a mistyped word was meant to be."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.procedures.find.readings import Reading
from bot.procedures.words import Word

_SHORTEST = 3


class Vocabulary:
    """Numbers for words, from 1; 0 stands for every unknown one."""

    def __init__(self, names: Iterable[Sequence[Word]]) -> None:
        self.ids: dict[str, int] = {}
        for name in names:
            for word in name:
                self.ids.setdefault(word.spelling.plain, len(self.ids) + 1)
        self.words = ["", *self.ids]
        self._near = functools.lru_cache(maxsize=4096)(self._look_near)

    def recognise(self, reading: Reading, is_pair: Callable[[int, int], bool]) -> list[int]:
        """The number of each word; of a mistyped one that of the word that fits its neighbours."""
        numbers = [self.ids.get(heard.spelling.plain, 0) for heard in reading]
        for place, number in enumerate(numbers):
            if number == 0:
                before = numbers[place - 1] if place else 0
                after = numbers[place + 1] if place + 1 < len(numbers) else 0
                for near in self._near(reading[place].spelling.plain):
                    if (before and is_pair(before, near)) or (after and is_pair(near, after)):
                        numbers[place] = near
                        break
        return numbers

    def _look_near(self, word: str) -> tuple[int, ...]:
        if len(word) < _SHORTEST or word.isdigit():
            return ()
        found = process.extract(
            word, self.words, scorer=OSA.distance, score_cutoff=1 if len(word) < 7 else 2, limit=12
        )
        return tuple(place for _, _, place in found)
