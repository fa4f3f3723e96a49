"""Facts in any message: `con tên Nguyễn Gia Bảo sinh ngày 3/11/2026, mẹ là Trần Thị Lan cccd 079…`.

A fact is found by the word before it and belongs to the person named last. What is found is only where
to look: the kind of the field decides whether the words are an answer. A run of words for people that
names nobody of the form (`mẹ tôi` where the mother of a child is asked for) is somebody else, and what
is said of them is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.basics import yaml12
from bot.basics.ids import FieldId
from bot.basics.vietnamese.letters import agrees
from bot.basics.vietnamese.text import one_line
from bot.declarations.people import Someone

_TOKEN = re.compile(r"[^\W_]+")
_NAME = "ho_ten"
_LONGEST_CUE = 5
"""Words."""
_LONGEST_MESSAGE = 600
_NEAR = 7
"""Words after which a bare `tại` no longer goes on from the fact before."""
_AROUND = " ,;:-–."
_LISTS = ("long", "links", "names", "of", "pronouns")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_ALONE = {
    "so_dinh_danh": re.compile(r"[0-9]{3}(?:[ .]?[0-9]{3}){3}"),
    "dien_thoai": re.compile(r"0[35789](?:[ .]?[0-9]){8}"),
    "email": _EMAIL,
    "ngay_sinh": re.compile(r"[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{4}"),
}
"""Facts that need no word before them where they stand alone between commas."""


@dataclass(frozen=True)
class Said:
    """What a message says besides the answer it gives."""

    answer: str
    """What stands before the first fact."""
    facts: Mapping[FieldId, str]
    """Field → the words said for it."""


@dataclass(frozen=True)
class _Token:
    text: str
    start: int
    end: int
    is_free: bool
    """Nothing but a space stands between it and the word before."""


@dataclass(frozen=True)
class _Head:
    """Where a fact begins: whose it is (None: nobody's of the form), and which."""

    start: int
    value: int
    """Where its words begin."""
    owner: Someone | None
    fact: str


class Cues:
    """The words by which facts are found (`catalogue/facts.yml`)."""

    def __init__(self, tree: Mapping[str, Any]) -> None:
        self._cues = {way: fact for fact, ways in tree["cues"].items() for way in ways}
        self._cues |= dict.fromkeys(tree["not"], "")
        self._then: Mapping[str, Mapping[str, str]] = tree["then"]
        self._sexes: Mapping[str, str] = tree["sexes"]
        self._words = {key: tuple(tree[key]) for key in _LISTS}
        self._words["kin"] = tuple(word for way in tree["kin"] for word in way.split())

    @classmethod
    def read(cls, path: Path) -> Cues:
        """The cues in a file."""
        return cls(yaml12.read(path))

    def find(self, text: str, people: Mapping[str, Someone], speaker: Someone | None) -> Said:
        """The facts that `text` gives about `people`; those of nobody named are the `speaker`'s."""
        line = one_line(text)
        if len(line) > _LONGEST_MESSAGE:
            return Said(line, {})
        return _Search(self, line, people, speaker).run()

    def cue(self, words: str) -> str | None:
        """The fact that `words` come before; empty for words that only look like a cue."""
        return next((fact for way, fact in self._cues.items() if agrees(words, way)), None)

    def after(self, fact: str, word: str) -> str:
        """The fact that a bare word begins after another fact; empty if none."""
        ways = self._then.get(fact, {}).items()
        return next((begun for way, begun in ways if agrees(word, way)), "")

    def is_in(self, name: str, word: str) -> bool:
        """Whether the word is one of a list of the file: `links`, `names`, `kin` …"""
        return any(agrees(word, way) for way in self._words[name])

    def is_long(self, fact: str) -> bool:
        """Whether the fact may hold commas."""
        return fact in self._words["long"]

    def sex(self, words: list[str]) -> str:
        """The sex that the words for a child tell."""
        ways = self._sexes.items()
        return next((sex for way, sex in ways if words and agrees(words[-1], way)), "")


class _Search:
    """One message being searched."""

    def __init__(
        self, cues: Cues, text: str, people: Mapping[str, Someone], speaker: Someone | None
    ) -> None:
        self._cues, self._text, self._people = cues, text, people
        self._owner = speaker
        self._called = {way for one in people.values() for way in one.person.words}
        self._tokens = _tokens(text)
        self._has_large_names = not text.isupper() and any(
            token.text.istitle() and token.is_free for token in self._tokens[1:]
        )
        self._sexes: dict[FieldId, str] = {}

    def run(self) -> Said:
        """Finds the heads, and takes what stands between them."""
        heads = self._heads()
        facts: dict[FieldId, str] = {}
        ends = [*(head.start for head in heads), len(self._text)][1:]
        for head, end in zip(heads, ends, strict=True):
            said = self._value(head, end)
            stop = head.owner.stops.get(head.fact) if head.owner else None
            if stop and said and facts.setdefault(stop.id, said) != said:
                facts[stop.id] = ""  # said twice, and not the same: ask
        found = {field: said for field, said in (self._sexes | facts).items() if said}
        answer = self._text[: heads[0].start] if heads else self._text
        return Said(answer.strip(_AROUND), found)

    def _heads(self) -> list[_Head]:
        heads: list[_Head] = []
        at = 0
        while at < len(self._tokens):
            head, at = self._head_at(at, heads[-1] if heads else None)
            if head:
                heads.append(head)
        return heads

    def _head_at(self, at: int, last: _Head | None) -> tuple[_Head | None, int]:
        """The head that begins at a word, if one does, and the word to look on from."""
        people = self._past_people(at)
        fact, after = self._past_cue(people)
        if fact == "":
            return None, after
        if fact is None:
            return self._alone(at, last) if people == at else self._named(at, people)
        behind = self._past_people(after)
        if people > at:
            self._speak_of(at, people)
        elif behind > after and self._is_introduced(behind):
            self._speak_of(after, behind)
            after = behind
        after = self._past(after, "links")
        return self._head(at, after, fact), after

    def _named(self, at: int, after: int) -> tuple[_Head | None, int]:
        """`mẹ là Trần Thị Lan`, `mẹ: Trần Thị Lan`, `mẹ Trần Thị Lan`."""
        past = self._past(after, "names")
        is_introduced = past > after or self._is_colon(after) or self._is_name_at(after)
        words = [token.text for token in self._tokens[at:after]]
        if is_introduced or not all(self._cues.is_in("pronouns", word) for word in words):
            self._speak_of(at, after)
        if not is_introduced:
            return None, after
        return self._head(at, past, _NAME), past

    def _alone(self, at: int, last: _Head | None) -> tuple[_Head | None, int]:
        """What says itself which fact it is, or a bare word that goes on from the fact before."""
        token = self._tokens[at]
        between = self._text[last.value : token.start] if last else ""
        is_near = last and not re.search("[,;]", between) and len(between.split()) < _NEAR
        begun = self._cues.after(last.fact, token.text) if last and is_near else ""
        if begun:
            return self._head(at, at + 1, begun), at + 1
        is_first = self._text[: token.start].rstrip().endswith((",", ";"))
        clause = re.split("[,;]", self._text[token.start :])[0].strip(_AROUND)
        for fact, pattern in _ALONE.items():
            if is_first and pattern.fullmatch(clause):
                end = token.start + len(clause)
                past = sum(other.start < end for other in self._tokens)
                return self._head(at, at, fact), past
        return None, at + 1

    def _head(self, at: int, value: int, fact: str) -> _Head:
        return _Head(self._start(at), self._start(value), self._owner, fact)

    def _past_people(self, at: int) -> int:
        """The end of the run of words for people that begins at a word; `at` if none does."""
        end = at
        while end < len(self._tokens):
            token = self._tokens[end]
            if (end > at and not token.is_free) or self._is_in_a_name(end):
                break
            words = self._length_of_people(end) or int(self._cues.is_in("kin", token.text))
            if not words:
                break
            end += words
        return end

    def _length_of_people(self, at: int) -> int:
        """How many words from here on call somebody of the form; 0 if none do."""
        for length in range(min(_LONGEST_CUE, len(self._tokens) - at), 0, -1):
            called = " ".join(token.text for token in self._tokens[at : at + length])
            if any(agrees(called, way) for way in self._called):
                return length
        return 0

    def _past_cue(self, at: int) -> tuple[str | None, int]:
        """The longest cue that begins at a word, and where it ends."""
        for length in range(min(_LONGEST_CUE, len(self._tokens) - at), 0, -1):
            words = self._tokens[at : at + length]
            if all(word.is_free for word in words[1:]) and not self._is_in_a_name(at):
                fact = self._cues.cue(" ".join(word.text for word in words))
                if fact is not None:
                    return fact, at + length
        return None, at

    def _past(self, at: int, name: str) -> int:
        while at < len(self._tokens) and self._cues.is_in(name, self._tokens[at].text):
            at += 1
        return at

    def _is_introduced(self, at: int) -> bool:
        """Whether what comes here is said of the people just named."""
        is_number = at < len(self._tokens) and self._tokens[at].text[0].isdigit()
        return (
            is_number or self._past(at, "links") > at or self._is_colon(at) or self._is_name_at(at)
        )

    def _is_colon(self, at: int) -> bool:
        return self._text[self._tokens[at - 1].end :].lstrip().startswith(":")

    def _is_in_a_name(self, at: int) -> bool:
        """Whether a word is written large in the middle of a sentence: `Nguyễn Văn Anh`."""
        token = self._tokens[at]
        return self._has_large_names and token.text.istitle() and token.is_free and at > 0

    def _is_name_at(self, at: int) -> bool:
        """Whether two words written large begin here."""
        words = self._tokens[at : at + 2]
        return len(words) == 2 and all(word.text.istitle() and word.is_free for word in words)

    def _speak_of(self, start: int, end: int) -> None:
        """From here on, of the people whom these words name; of nobody if they name none."""
        words = [token.text for token in self._tokens[start:end]]
        words = [word for word in words if not self._cues.is_in("of", word)]
        called = " ".join(words)
        people = self._people.values()
        self._owner = next(
            (one for one in people if any(agrees(called, way) for way in one.person.words)), None
        )
        sex = self._cues.sex(words)
        stop = self._owner.stops.get("gioi_tinh") if self._owner else None
        if sex and stop:
            self._sexes[stop.id] = sex

    def _start(self, at: int) -> int:
        return self._tokens[at].start if at < len(self._tokens) else len(self._text)

    def _value(self, head: _Head, end: int) -> str:
        said = self._text[head.value : end]
        if not self._cues.is_long(head.fact):
            said = re.split("[,;]", said)[0]
        said = said.strip(_AROUND)
        return self._name(said) if head.fact == _NAME else said

    def _name(self, said: str) -> str:
        """The words of a name: those written large, or all of them where none or all are."""
        words = re.split("[.(]", said)[0].split()
        if self._has_large_names:
            small = (n for n, word in enumerate(words) if not word[0].isupper())
            words = words[: next(small, len(words))]
        is_name = len(words) > 1 and not all(self._cues.is_in("kin", word) for word in words)
        return " ".join(words) if is_name else ""


def _tokens(text: str) -> list[_Token]:
    tokens: list[_Token] = []
    last = 0
    for match in _TOKEN.finditer(text):
        is_free = not text[last : match.start()].strip()
        tokens.append(_Token(match[0], match.start(), match.end(), is_free))
        last = match.end()
    return tokens
