"""Cuts what is too long for a platform where a reader would pause."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

# Where a text is cut, best first: between paragraphs, lines, sentences, words.
_ENDS = tuple(map(re.compile, (r"\n\s*\n", r"\n", r"(?<=[.!?…:;])\s", r"\s")))
_JOINER = "\u200d"


def pieces(text: str, most: int) -> Iterator[str]:
    """The text in pieces of at most `most` UTF-16 units, cut where a reader would pause."""
    while units(text) > most:
        cut = _cut(text, _fitting(text, most))
        if piece := text[:cut].rstrip():
            yield piece
        text = text[cut:].lstrip()
    if text:
        yield text


def units(text: str) -> int:
    """The length in UTF-16 units, an emoji being two: so Telegram counts, and no door counts longer."""
    return len(text) + sum(character > "\uffff" for character in text)


def short(title: str, most: int) -> str:
    """The title as it fits on a button, ended at a word."""
    title = " ".join(title.split()) or "…"
    if len(title) <= most:
        return title
    kept = title[: most - 1]
    words, space, _ = kept.rpartition(" ")
    return (words if space and len(words) > most // 2 else kept).rstrip(" ,;:–-") + "…"


def _fitting(text: str, most: int) -> int:
    """How many characters of the text fit into `most` units."""
    used = 0
    for count, character in enumerate(text):
        used += 2 if character > "\uffff" else 1
        if used > most:
            return count
    return len(text)


def _cut(text: str, most: int) -> int:
    """Where to cut, at most there: at the best end in the second half, else between letters."""
    for end in _ENDS:
        found = [match.end() for match in end.finditer(text, most // 2, most)]
        if found:
            return found[-1]
    cut = most
    while cut > 1 and (unicodedata.combining(text[cut]) or _JOINER in text[cut - 1 : cut + 1]):
        cut -= 1  # a tone mark stays on its letter, an emoji in one piece
    return cut if cut > 1 else most
