"""Letters as they come from a keyboard: marks, tone placement, Telex and VNI left undecoded."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from bot.basics.vietnamese.text import strip_marks

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−﹣－"), "-")
_QUOTES = dict.fromkeys(map(ord, "’‘ʼ`´′＇"), "'")
_TELEX_TONES = re.compile(r"[sfrxjzwd]")
_TELEX_DOUBLES = re.compile(r"([aeo])\1")
_TELEX_WORD = re.compile(r"([^aeiouyw]*)([aeiouyw][a-z]*)")
_VNI_WORD = re.compile(r"[a-z]+[0-9][a-z0-9]*")


def flat(text: str) -> str:
    """`text` in lower case without diacritics, with plain dashes and quotes, letter for letter.

    Offsets in the result are offsets in `text`, which should be composed (`clean`).
    """
    return "".join(map(_flat_letter, text))


@lru_cache(maxsize=4096)
def _flat_letter(letter: str) -> str:
    plain = strip_marks(letter.translate(_DASHES).translate(_QUOTES)).lower()
    return plain if len(plain) == 1 else letter


def plain(text: str) -> str:
    """`text` with compatibility characters (full-width digits …), dashes and quotes made plain."""
    composed = unicodedata.normalize("NFKC", text.translate(_DASHES).translate(_QUOTES))
    return composed.translate(_DASHES).translate(_QUOTES)


def spelling(text: str) -> str:
    """A key that keeps every mark but not where the tone stands: `hoà` and `hòa` share it."""
    return " ".join(map(_word_spelling, text.lower().split()))


def _word_spelling(word: str) -> str:
    decomposed = unicodedata.normalize("NFD", word)
    tones = "".join(letter for letter in decomposed if letter in _TONES)
    return "".join(letter for letter in decomposed if letter not in _TONES) + tones


def agrees(typed: str, known: str) -> bool:
    """Whether `typed` may be `known`, word for word: the same marks, or none typed at all."""
    words, meant = typed.lower().split(), known.lower().split()
    return len(words) == len(meant) and all(map(_word_agrees, words, meant))


def _word_agrees(word: str, meant: str) -> bool:
    return word == strip_marks(meant) or _word_spelling(word) == _word_spelling(meant)


def untyped(text: str) -> str:
    """What Telex or VNI keys were meant to give, without marks: `nawm` → `nam`, `gia61y` → `giay`.

    Only a guess: use it when the words as they stand mean nothing.
    """
    return " ".join(map(_untyped_word, flat(text).split()))


def _untyped_word(word: str) -> str:
    if _VNI_WORD.fullmatch(word):
        return re.sub(r"[0-9]", "", word)
    match = _TELEX_WORD.fullmatch(word)
    if not match:
        return word
    onset, rest = match.groups()
    rest = _TELEX_DOUBLES.sub(r"\1", _TELEX_TONES.sub("", rest))
    return onset.replace("dd", "d") + rest
