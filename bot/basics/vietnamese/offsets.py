"""A text written anew, piece by piece, that remembers where every letter stood in the old one."""

from __future__ import annotations

import bisect
import re
import unicodedata
from dataclasses import dataclass

from bot.basics.vietnamese.syllables import early_tones

_JUNK = re.compile(r"[^\w\s!-~\u0300-\u036f“”«»‘’…–—₫°]+|[\ufe0f\u200d]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the normalised text, and the part of the original it stands for."""

    start: int
    end: int
    original_start: int
    original_end: int
    is_verbatim: bool


@dataclass(frozen=True, slots=True)
class Doubt:
    """A word left as typed because it has several meanings."""

    start: int
    end: int
    meanings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Normalised:
    """The text in one spelling; `doubts` are what could not be decided."""

    text: str
    pieces: tuple[Piece, ...] = ()
    doubts: tuple[Doubt, ...] = ()

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Where the characters `start` to `end` of the text stood in what was typed."""
        if not self.pieces or start >= end:
            return (0, 0)
        starts = [piece.start for piece in self.pieces]
        first = self.pieces[max(0, bisect.bisect_right(starts, start) - 1)]
        last = self.pieces[max(0, bisect.bisect_right(starts, end - 1) - 1)]
        left = first.original_start + (start - first.start if first.is_verbatim else 0)
        right = last.original_start + (end - last.start) if last.is_verbatim else last.original_end
        return (left, right)


def composed(text: str) -> tuple[str, list[int]]:
    """The text in NFC, and for each of its characters (and the end) the place it has in `text`."""
    if unicodedata.is_normalized("NFC", text):
        return text, []
    letters: list[str] = []
    origin: list[int] = []
    start = 0
    for at in range(1, len(text) + 1):
        if at < len(text) and unicodedata.combining(text[at]):
            continue
        composed = unicodedata.normalize("NFC", text[start:at])
        letters.append(composed)
        origin += [start] * len(composed)
        start = at
    return "".join(letters), [*origin, len(text)]


class Writer:
    """Puts the new text together, piece by piece."""

    def __init__(self, source: str, origin: list[int]) -> None:
        self._source, self._origin = source, origin
        self._parts: list[str] = []
        self._pieces: list[Piece] = []
        self._doubts: list[tuple[int, tuple[str, ...]]] = []
        self._length = self._read = 0

    def put(self, start: int, end: int, written: str | None) -> None:
        """Writes the source up to `start`, then `written` for what stands from there to `end`."""
        self._between(start)
        word = early_tones(self._source[start:end]) if written is None else written
        self._add(word, start, end, is_verbatim=written is None)
        self._read = end

    def doubt(self, start: int, meanings: tuple[str, ...]) -> None:
        """Notes that the word at `start` of the source is not decided."""
        self._doubts.append((start, meanings))

    def done(self) -> Normalised:
        """The result."""
        self._between(len(self._source))
        doubts = tuple(self._doubt_at(start, meanings) for start, meanings in self._doubts)
        return Normalised("".join(self._parts), tuple(self._pieces), doubts)

    def _between(self, stop: int) -> None:
        """Signs and spaces between words; emoji and what cannot be seen become a space."""
        at = self._read
        for match in _JUNK.finditer(self._source, self._read, stop):
            if match.start() > at:
                self._add(self._source[at : match.start()], at, match.start(), is_verbatim=True)
            self._add(" ", match.start(), match.end(), is_verbatim=False)
            at = match.end()
        if at < stop:
            self._add(self._source[at:stop], at, stop, is_verbatim=True)
        self._read = stop

    def _add(self, text: str, start: int, end: int, *, is_verbatim: bool) -> None:
        place = self._origin
        left, right = (place[start], place[end]) if place else (start, end)
        exact = is_verbatim and right - left == len(text)
        self._pieces.append(Piece(self._length, self._length + len(text), left, right, exact))
        self._parts.append(text)
        self._length += len(text)

    def _doubt_at(self, start: int, meanings: tuple[str, ...]) -> Doubt:
        left = self._origin[start] if self._origin else start
        piece = next(p for p in self._pieces if p.original_start == left and p.end > p.start)
        return Doubt(piece.start, piece.end, meanings)
