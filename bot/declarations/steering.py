"""The words with which people move between their papers: `phrases.yml: steer`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from bot.basics import yaml12
from bot.basics.vietnamese.text import fold


class Steering:
    """Recognises the words of `phrases.yml: steer`, however they are accented."""

    def __init__(self, words: Mapping[str, Iterable[str]]) -> None:
        self._has = {name: _any_of(all_) for name, all_ in words.items()}
        papers, verbs = _either(words["papers"]), _either(words["switch"])
        polite = rf"(?:(?:{_either(words['polite'])}) )*"
        about, last = _either(words["about"]), _either(words["last"])
        into, one, again = (_either(words[key]) for key in ("into", "one", "again"))
        name = rf"(?:(?:{about}) )*(?P<name>.+?)(?: (?:{last}))*$"
        paper = rf"(?P<paper>(?:(?:{one}) )?(?:{papers}) )"
        self._switch = re.compile(rf"^{polite}(?:{verbs}) (?:(?:{into}) )?{paper}?{name}")
        self._begin = re.compile(rf"^{polite}(?:{_either(words['begin'])}) (?:{papers}) {name}")
        self._other = re.compile(rf"(?:{_either(words['the_other'])})")
        self._amend = re.compile(
            rf"^{polite}(?:{_either(words['amend'])})(?: (?:{again}))? (?:{papers})\b"
        )

    @classmethod
    def read(cls, path: Path) -> Steering:
        """The words in the file's `steer`."""
        return cls(yaml12.read(path)["steer"])

    def lists(self, said: str) -> bool:
        """Whether the folded words ask which drafts there are."""
        return all(self._has[name](said) for name in ("papers", "which", "begun"))

    def switches_to(self, said: str) -> tuple[str, bool] | None:
        """The name of the paper that the words go to, and whether they call it a paper."""
        match = self._switch.match(said)
        return (match["name"], match["paper"] is not None) if match else None

    def begins(self, said: str) -> str | None:
        """The name of the procedure for which a paper is to be opened."""
        if match := self._begin.match(said):
            return match["name"]
        wanted = self.switches_to(said)
        return wanted[0] if wanted and wanted[1] else None

    def is_the_other(self, name: str) -> bool:
        """Whether it is named only as the other one, the earlier one."""
        return self._other.fullmatch(name) is not None

    def amends(self, said: str, *, is_plain: bool) -> bool:
        """Whether a filed paper is to be changed; `is_plain`: no word that it was filed is needed."""
        match = self._amend.match(said)
        if match is None:
            return False
        return self._has["filed"](said) or (is_plain and not said[match.end() :].strip())

    def reuses(self, said: str) -> bool:
        """Whether an earlier paper is to serve as the pattern of a new one."""
        papers = self._has["papers"](said) or self._has["stands_for"](said)
        return papers and all(self._has[name](said) for name in ("alike", "earlier"))


def _either(words: Iterable[str]) -> str:
    return "|".join(sorted({re.escape(fold(word)) for word in words}, key=len, reverse=True))


def _any_of(words: Iterable[str]) -> Callable[[str], bool]:
    pattern = re.compile(rf"\b(?:{_either(words)})\b")
    return lambda said: pattern.search(said) is not None
