"""An address as words, and the keys under which a typed name meets the official one."""

from __future__ import annotations

import functools
import itertools
import re
import unicodedata
from dataclasses import dataclass

from bot.basics.vietnamese.text import strip_marks

_WORD = re.compile(r"[^\W\d_]+|\d+")
_COMMA = re.compile(r"[,;()|\n]")
_DASH = re.compile(r"\s[-\u2013\u2014]\s")
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_Y_FOR_I = re.compile(r"(?<=[bcdghklmnpqrstvx])y$|(?<=qu)y$")
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7", "viii": "8"}
_HOUSE = frozenset({"so", "nha", "ngo", "ngach", "hem", "kiet"})
_STREET = frozenset({"pho", "duong"})

KIND_WORDS = {
    "phuong": "phuong", "p": "phuong", "ph": "phuong", "f": "phuong",
    "xa": "xa", "x": "xa",
    "thi tran": "thi tran", "tt": "thi tran",
    "dac khu": "dac khu", "dk": "dac khu",
    "quan": "quan", "q": "quan",
    "huyen": "huyen", "h": "huyen", "huyen dao": "huyen",
    "thi xa": "thi xa", "tx": "thi xa",
    "thanh pho": "thanh pho", "tp": "thanh pho",
    "tinh": "tinh", "t": "tinh",
}  # fmt: skip
"""Kinds of unit as people write them, folded → the kind, folded."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word or number of a text, with its place there."""

    key: str
    """Folded: lower case, no diacritics, `qui` for `quy`, `4` for `04` and `IV`."""

    sound: str
    """The same with diacritics, the tone put last: `hòa` and `hoà` are one."""

    marked: bool
    """Whether the citizen typed diacritics on it."""

    start: int
    end: int
    follows_comma: bool
    """Whether a comma or the like stands before it. No name goes across."""

    opens: bool
    """Whether a part of the address begins here, after a comma or a dash."""


class Words(tuple[Word, ...]):
    """The words of one text."""

    @functools.cached_property
    def is_accented(self) -> bool:
        """Whether the citizen types diacritics."""
        return any(word.marked for word in self)

    @functools.cached_property
    def _keys(self) -> tuple[str, list[int]]:
        keys = [word.key for word in self]
        return "".join(keys), [0, *itertools.accumulate(map(len, keys))]

    def key(self, start: int, end: int) -> str:
        """The key of the name that these words may be."""
        joined, offsets = self._keys
        return joined[offsets[start] : offsets[end]]


def read_words(text: str) -> list[Word]:
    """The words of `text`, which is NFC. Letters and digits are told apart: `q1` is two words."""
    words: list[Word] = []
    end = 0
    for match in _WORD.finditer(text):
        raw = match.group().lower()
        bare = raw if raw.isascii() else strip_marks(raw)
        comma = bool(_COMMA.search(text, end, match.start()))
        opens = comma or not words or bool(_DASH.search(text, end, match.start()))
        end = match.end()
        words.append(Word(_key(bare), sound(raw), bare != raw, match.start(), end, comma, opens))
    return words


def sound(word: str) -> str:
    """How a lower-case word is written but for the place of its tone, see `Word.sound`."""
    if word.isascii():
        return _Y_FOR_I.sub("i", word)
    decomposed = unicodedata.normalize("NFD", word)
    tones = "".join(letter for letter in decomposed if letter in _TONES)
    letters = "".join(letter for letter in decomposed if letter not in _TONES)
    return _Y_FOR_I.sub("i", unicodedata.normalize("NFC", letters)) + tones


def _key(bare: str) -> str:
    if bare.isdigit():
        return bare.lstrip("0") or "0"
    key = _Y_FOR_I.sub("i", bare)
    return _ROMAN.get(key, key)


@functools.cache
def official_word_key(word: str) -> str:
    """The key of a word, kept; for words of official names only, not of what a citizen typed."""
    return _key(strip_marks(word).lower())


@functools.cache
def name_key(name: str) -> str:
    """The key of an official name without its kind: `Bến Nghé` → `bennghe`."""
    return "".join(map(official_word_key, _WORD.findall(name)))


def split_kind(name: str) -> tuple[str, str]:
    """An official name as its folded kind and the rest: `Thị xã Sơn Tây` → `thi xa`, `Sơn Tây`."""
    first, _, rest = name.partition(" ")
    second, _, short = rest.partition(" ")
    kind = official_word_key(first)
    if short and f"{kind} {official_word_key(second)}" in KIND_WORDS:
        return f"{kind} {official_word_key(second)}", short
    return (kind, rest) if rest and kind in KIND_WORDS else ("", name)


def kind_before(words: Words, start: int) -> tuple[str, int]:
    """The kind written just before the word `start` and where it begins; else nothing, `start`."""
    for length in (2, 1):
        begin = start - length
        if begin < 0 or any(word.opens for word in words[begin + 1 : start + 1]):
            continue
        written = " ".join(word.key for word in words[begin:start])
        if written in KIND_WORDS:
            return KIND_WORDS[written], begin
    return "", start


def begins_a_part(words: Words, start: int) -> bool:
    """Whether a part of the address begins here that is not a street after its house number.

    In `12, Trần Hưng Đạo, Hà Nội` the street is no ward, though a ward bears its name.
    """
    if start == 0:
        return True
    if not words[start].opens:
        return False
    for word in reversed(words[:start]):
        if not (word.key.isdigit() or len(word.key) == 1 or word.key in _HOUSE):
            return True
        if word.opens:
            return False
    return False


def is_street(words: Words, start: int) -> bool:
    """Whether the words before make a street of this name: `12 Phố Huế`."""
    if start == 0 or words[start - 1].key not in _STREET:
        return False
    return words[start - 1].opens or words[start - 2].key.isdigit()


def agreement(words: Words, start: int, end: int, name: str) -> int:
    """How the typed diacritics fit `name`: 2 all right, 1 not all typed, 0 they differ.

    In a text with diacritics elsewhere, a word without rather has none: `Thanh An` is Thanh An
    there, and may be Thạnh An in a text without any.
    """
    typed, official = words[start:end], sounds(name)
    if "".join([word.sound for word in typed]) == "".join(official):
        return 2 if words.is_accented else 1
    if not any(word.marked for word in typed):
        return 1
    if len(typed) != len(official):
        return 0
    pairs = zip(typed, official, strict=True)
    return int(all(word.sound == other for word, other in pairs if word.marked))


@functools.lru_cache(maxsize=4096)
def sounds(name: str) -> tuple[str, ...]:
    """The `sound` of every word of an official name."""
    return tuple(sound(word) for word in _WORD.findall(name.lower()))
