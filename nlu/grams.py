"""Runs of words and of letters: what a text is counted by."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class WordGrams:
    """Every run of `shortest` to `longest` words of a text."""

    shortest: int
    longest: int

    def __call__(self, text: str) -> list[str]:
        words = text.split()
        return [
            " ".join(words[at : at + size])
            for size in range(self.shortest, self.longest + 1)
            for at in range(len(words) - size + 1)
        ]


@dataclass(frozen=True)
class LetterGrams:
    """Every run of `shortest` to `longest` letters within a word that has a space on either side."""

    shortest: int
    longest: int

    def __call__(self, text: str) -> list[str]:
        found = []
        for word in text.split():
            word = f" {word} "
            for size in range(self.shortest, self.longest + 1):
                found += [word[at : at + size] for at in range(max(1, len(word) - size + 1))]
                if size >= len(word):
                    break  # a longer run would be the same letters again
        return found
