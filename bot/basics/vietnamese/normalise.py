"""Brings messages as people type them to one spelling, and remembers where every letter stood.

Abbreviations, teencode, dialect, stretched words, keys left undecoded and common slips are written
out; what they mean is data, `bot/catalogue/abbreviations.yml`. Names, addresses, codes, numbers and
quoted words stay as they are. It knows no sentence structure and never fails, whatever it is given.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.basics import yaml12
from bot.basics.vietnamese.letters import flat
from bot.basics.vietnamese.offsets import Normalised, Writer, composed
from bot.basics.vietnamese.syllables import is_syllable, repaired
from bot.basics.vietnamese.terms import Terms
from bot.basics.vietnamese.text import fold

LONGEST_TEXT = 4000
"""Characters read of a message; the rest is dropped."""

_FILE = Path(__file__).parent.parent.parent / "catalogue" / "abbreviations.yml"
_TOKEN = re.compile(
    r"""(?P<kept>"[^"\n]{1,200}"|“[^”\n]{1,200}”|«[^»\n]{1,200}»|https?://\S+|\S+@\S+\.\w+|www\.\S+)"""
    r"|(?P<word>(?:[^\W_]|[\u0300-\u036f])+(?:[.,:/'’-](?=\d)(?:[^\W_])+)*|=)",
)
_LETTERS = re.compile(r"[^\W\d_]+")
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}", re.IGNORECASE)
_CLAUSE_END = re.compile(r"[.,;:?!…\n]")
_TWO_LETTERS = 2
_NEAR = 3
_MOST_WORDS_IN_A_PHRASE = 3


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    key: str
    start: int
    end: int
    is_kept: bool
    ends_clause: bool


@dataclass(frozen=True, slots=True)
class _Meaning:
    """One meaning of an ambiguous word, and the neighbours that make it likely."""

    means: str
    options: tuple[str, ...]
    conditions: tuple[tuple[str, frozenset[str]], ...]

    def fits(self, tokens: Sequence[_Token], at: int) -> bool:
        """Whether the word at `at` has the neighbours."""
        return all(
            bool(_around(tokens, at, place.removeprefix("not_")) & words)
            is not place.startswith("not_")
            for place, words in self.conditions
        )


def _around(tokens: Sequence[_Token], at: int, place: str) -> set[str]:
    if place == "prev":
        return _classes(tokens[at - 1]) if at > 0 and not tokens[at - 1].ends_clause else {"$"}
    if place == "next":
        here = tokens[at]
        is_last = here.ends_clause or at + 1 == len(tokens)
        return {"$"} if is_last else _classes(tokens[at + 1])
    around = (*tokens[max(0, at - _NEAR) : at], *tokens[at + 1 : at + 1 + _NEAR])
    return set().union(*map(_classes, around)) if around else set()


def _classes(token: _Token) -> set[str]:
    found = {flat(token.key)}
    if token.text[0].isdigit():
        found.add("#")
    if _is_capitalised(token.text):
        found.add("^")
    return found


def _is_capitalised(word: str) -> bool:
    return word[:1].isupper() and (len(word) == 1 or word[1:].islower())


class Normaliser:
    """Reads one spelling out of many, by the words it was given."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._always = {str(k): str(v) for k, v in data["always"].items()}
        self._phrases = {tuple(str(k).split()): str(v) for k, v in data["phrases"].items()}
        self._starts = {words[0] for words in self._phrases}
        self._terms = Terms(data["terms"].split(","))
        self._depends = {
            str(word): tuple(_meaning(entry) for entry in entries)
            for word, entries in data["depends"].items()
        }
        words = str(data["words"]).split()
        self._words = frozenset(words)
        self._bare = frozenset(map(flat, words))
        self._foreign = frozenset(str(data["foreign"]).split())
        self._repair = functools.lru_cache(maxsize=20_000)(self._repaired)

    @classmethod
    def read(cls, path: Path) -> Normaliser:
        """The normaliser that `path` describes."""
        return cls(yaml12.read(path))

    def normalise(self, text: str) -> Normalised:
        """`text` in one spelling."""
        whole, origin = composed(text[:LONGEST_TEXT])
        tokens = list(_tokens(whole))
        shouting = sum(map(str.isupper, whole)) * 2 > sum(map(str.isalpha, whole))
        writer = Writer(whole, origin)
        at = 0
        while at < len(tokens):
            token = tokens[at]
            written: str | None
            taken, written = self._phrase(tokens, at)
            if not taken:
                taken, written = self._term(tokens, at)
            if not taken:
                taken = 1
                written = self._written(tokens, at, shouting, writer)
            last = tokens[at + taken - 1]
            writer.put(token.start, last.end, written)
            at += taken
        return writer.done()

    def _phrase(self, tokens: Sequence[_Token], at: int) -> tuple[int, str]:
        token = tokens[at]
        bare = flat(token.key)
        if token.is_kept or not (token.key in self._starts or bare in self._starts):
            return (0, "")
        for size in range(_MOST_WORDS_IN_A_PHRASE, 1, -1):
            run = tokens[at : at + size]
            if len(run) < size or any(t.is_kept or t.ends_clause for t in run[:-1]):
                continue
            key = tuple(t.key for t in run)
            meant = self._phrases.get(key) or self._phrases.get(tuple(map(flat, key)))
            if meant and not all(_is_capitalised(t.text) for t in run):
                return (size, meant)
        return (0, "")

    def _term(self, tokens: Sequence[_Token], at: int) -> tuple[int, str]:
        pair = tokens[at : at + 2]
        if len(pair) < 2 or pair[0].ends_clause or any(t.is_kept for t in pair):
            return (0, "")
        if all(_is_capitalised(t.text) for t in pair):
            return (0, "")
        meant = self._terms.meant_by(pair[0].key, pair[1].key)
        return (2, meant) if meant else (0, "")

    def _written(
        self, tokens: Sequence[_Token], at: int, shouting: bool, writer: Writer
    ) -> str | None:
        """What the word at `at` is written as; None to leave it as it is."""
        token = tokens[at]
        if token.is_kept or (not shouting and _is_in_a_name(tokens, at)):
            return None
        key = token.key
        if _STRETCHED.search(key) and not (key in self._always or key in self._foreign):
            key = _unstretched(key)
        meant = self._always.get(key)
        if meant is None and key in self._depends:
            for meaning in self._depends[key]:
                if meaning.fits(tokens, at):
                    if meaning.options:
                        writer.doubt(token.start, meaning.options)
                        return None
                    return meaning.means
            return None
        if meant is None:
            meant = self._repair(key)
        if meant is None and key != token.key:
            meant = key
        return None if meant == token.key else meant

    def _repaired(self, word: str) -> str | None:
        if len(word) <= _TWO_LETTERS or word in self._foreign or word in self._words:
            return None
        if _LETTERS.fullmatch(word) and is_syllable(word):
            return None
        if not word[0].isalpha() or not (_LETTERS.fullmatch(word) or word.isascii()):
            return None
        return repaired(word, self._is_word)

    def _is_word(self, word: str) -> bool:
        return word in self._words or (word.isascii() and word in self._bare)


def _meaning(entry: Mapping[str, Any]) -> _Meaning:
    places = [name for name in entry if name not in {"means", "options"}]
    return _Meaning(
        means=str(entry.get("means", "")),
        options=tuple(map(str, entry.get("options", ()))),
        conditions=tuple((p, frozenset(flat(str(w)) for w in entry[p])) for p in places),
    )


def _is_in_a_name(tokens: Sequence[_Token], at: int) -> bool:
    """Whether a capitalised word stands beside another one: `Lê K`, `P. Bến Nghé`."""
    if not _is_capitalised(tokens[at].text):
        return False
    before = at > 0 and not tokens[at - 1].ends_clause and _is_capitalised(tokens[at - 1].text)
    after = at + 1 < len(tokens) and _is_capitalised(tokens[at + 1].text)
    return before or after


def _unstretched(word: str) -> str:
    """`saooooo` → `sao`; a word of one letter only is no word and keeps three of it."""
    if len(set(word)) == 1:
        return word[:3]
    return _STRETCHED.sub(r"\1", word)


def _tokens(text: str) -> Iterator[_Token]:
    matches = list(_TOKEN.finditer(text))
    for index, match in enumerate(matches):
        following = matches[index + 1].start() if index + 1 < len(matches) else len(text)
        yield _Token(
            text=match[0],
            key=match[0].lower(),
            start=match.start(),
            end=match.end(),
            is_kept=match["kept"] is not None,
            ends_clause=_CLAUSE_END.search(text, match.end(), following) is not None,
        )


@functools.cache
def default() -> Normaliser:
    """The normaliser of the catalogue that comes with the program."""
    return Normaliser.read(_FILE)


def normalise(text: str) -> Normalised:
    """`text` in one spelling, by `default()`."""
    return default().normalise(text)


def keys(texts: Iterable[str]) -> list[str]:
    """The folded keys of the normalised texts: what spellings of one thing have in common."""
    return [fold(normalise(text).text) for text in texts]
