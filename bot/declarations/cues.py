"""The words by which facts are found in a message (`catalogue/facts.yml`)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from bot.basics import yaml12
from bot.basics.vietnamese.letters import agrees
from bot.declarations.behalf import Behalf

LONGEST = 5
"""Words: of a cue, and of what people are called."""
_LONGEST_NAME = 5
"""Words in small letters; what is longer holds more than a name."""
_LISTS = """long no_more links days names of pronouns titles polite child of_a_child its unmistakable
    partner things surnames surnames_before middles after_a_name like alike with above polite_end
    places at_home""".split()
_EMAIL = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
_NUMBER, _PHONE = r"[0-9]{3}(?:[ .]?[0-9]{3}){3}", r"0[35789](?:[ .]?[0-9]){8}"
_DAY = r"[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{4}"
ALONE = {
    fact: re.compile(pattern)
    for fact, pattern in (
        ("so_dinh_danh", _NUMBER),
        ("dien_thoai", _PHONE),
        ("email", _EMAIL),
        ("ngay_sinh", rf"{_DAY}|(?:19|20)[0-9]{{2}}"),
    )
}
"""Facts that need no word before them where they stand alone between commas."""
_BEGINS = {
    "so_dinh_danh": re.compile(rf"(?:{_NUMBER})(?![0-9])"),
    "dien_thoai": re.compile(rf"(?:{_PHONE})(?![0-9])"),
    "ngay_sinh": re.compile(
        rf"(?:{_DAY}|[0-9]{{1,2}} (?:tháng|thang) [0-9]{{1,2}} (?:năm|nam) [0-9]{{4}}|(?:19|20)[0-9]{{2}})"
        r"(?![0-9/.-])"
    ),
}
"""How far a fact goes that words follow: `sinh năm 1995 vừa …`."""
_DAY_WORD = re.compile(r"^(?:hôm|hom|ngày|ngay) (?=[0-9])", re.IGNORECASE)


class Cues:
    """The lists of the file, and what a word or a few of them mean by it."""

    def __init__(self, tree: Mapping[str, Any]) -> None:
        self._cues = {way: fact for fact, ways in tree["cues"].items() for way in ways}
        self._cues |= dict.fromkeys(tree["not"], "")
        self._then: Mapping[str, Mapping[str, str]] = tree["then"]
        self._sexes: Mapping[str, str] = tree["sexes"]
        self._words = {key: tuple(tree[key]) for key in _LISTS}
        self._words["kin"] = tuple(word for way in tree["kin"] for word in way.split())
        self.on_a_card: Mapping[str, Sequence[str]] = tree["on_a_card"]
        self.of_things: Mapping[str, str] = tree["of_things"]
        self.behalf = Behalf(tree["behalf"])

    @classmethod
    def read(cls, path: Path) -> Cues:
        """The cues in a file."""
        return cls(yaml12.read(path))

    def cue(self, words: str) -> str | None:
        """The fact that `words` come before; empty for words that only look like a cue."""
        return next((fact for way, fact in self._cues.items() if agrees(words, way)), None)

    def after(self, fact: str, word: str) -> str:
        """The fact that a bare word begins after another fact; empty if none."""
        ways = self._then.get(fact, {}).items()
        return next((begun for way, begun in ways if agrees(word, way)), "")

    def is_in(self, name: str, words: str) -> bool:
        """Whether the words are one of a list of the file: `links`, `names`, `kin` …"""
        return any(agrees(words, way) for way in self._words[name])

    def are_all_in(self, name: str, words: Iterable[str]) -> bool:
        """Whether each of the words is in the list."""
        return all(self.is_in(name, word) for word in words)

    def sex(self, words: Iterable[str]) -> str:
        """The sex that the words for somebody tell; empty if none, or both."""
        ways = self._sexes.items()
        found = {sex for word in words for way, sex in ways if agrees(word, way)}
        return found.pop() if len(found) == 1 else ""

    def is_name(self, words: Sequence[str]) -> bool:
        """Whether words in small letters begin with the beginning of a name."""
        if len(words) < 2:
            return False
        is_sure = self.is_in("surnames", words[0])
        return is_sure or (
            self.is_in("surnames_before", words[0]) and self.is_in("middles", words[1])
        )

    def name(self, words: list[str]) -> list[str]:
        """The words of a name in small letters, without what stands before and after it."""
        for start in range(1, min(LONGEST, len(words))):
            if self.are_all_in("kin", words[:start]) and self.is_name(words[start:]):
                words = words[start:]
                break
        ends = (n for n in range(2, len(words)) if self._ends_a_name(words[n:]))
        words = words[: next(ends, len(words))]
        return words if len(words) <= _LONGEST_NAME else []

    def until_no_more(self, said: str) -> str:
        """What of an address, a place, is still of it: `12 Hàng Bài, tôi muốn …`."""
        kept: list[str] = []
        for clause in re.split("(?<=[,;])", said):
            words = clause.strip(" ,;").split()
            if kept and words and self.is_in("pronouns", words[0]):
                break
            cut = next((n for n in range(len(words)) if self._is_no_more(words[n:])), None)
            kept.append(clause if cut is None else " ".join(words[:cut]))
            if cut is not None:
                break
        return "".join(kept)

    def so_far(self, fact: str, said: str) -> str:
        """The fact without the words that follow it, where its own shape shows how far it goes."""
        said = _DAY_WORD.sub("", said)
        match = _BEGINS[fact].match(said) if fact in _BEGINS else None
        return match[0] if match else said

    def _ends_a_name(self, words: list[str]) -> bool:
        return any(self.is_in("after_a_name", " ".join(words[:n])) for n in (1, 2))

    def _is_no_more(self, words: list[str]) -> bool:
        return any(self.is_in("no_more", " ".join(words[:n])) for n in (1, 2))
