"""How people say what the titles say otherwise (`catalogue/everyday.yml`)."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from bot.basics import yaml12
from bot.basics.errors import Misconfigured
from bot.basics.ids import ProcedureCode
from bot.procedures import lay
from bot.procedures.lay import Lay
from bot.procedures.words import Spelling, spellings

Phrase = tuple[Spelling, ...]
_MOST_BETWEEN = 2
_LONG_NAME = 6
"""Letters from which the name of a country cannot be anything else."""


class Phrases:
    """Phrases, each with what it stands for; the longest one that stands at a place is found.

    Up to two words of `between` may stand inside a phrase: "mất [cái] sổ đỏ".
    """

    def __init__(
        self,
        meanings: Mapping[Phrase, Sequence[Phrase]],
        between: frozenset[str] = frozenset(),
    ) -> None:
        self._between = between
        self._by_start: dict[str, dict[str, list[tuple[Phrase, Sequence[Phrase]]]]] = {}
        for phrase, meaning in sorted(meanings.items(), key=lambda item: -len(item[0])):
            second = phrase[1].plain if len(phrase) > 1 else ""
            starting = self._by_start.setdefault(phrase[0].plain, {})
            starting.setdefault(second, []).append((phrase, meaning))

    def at(self, said: Sequence[Spelling], place: int) -> tuple[int, Sequence[Phrase]]:
        """How many words from `place` on are a known phrase (0: none), and what they stand for."""
        starting = self._by_start.get(said[place].plain)
        if not starting:
            return 0, ()
        for second in (*self._seconds(said, place), ""):
            for phrase, meaning in starting.get(second, ()):
                if length := self._length(phrase, said, place):
                    return length, meaning
        return 0, ()

    def _seconds(self, said: Sequence[Spelling], place: int) -> Iterator[str]:
        """What the second word of a phrase that begins at `place` may be."""
        for word in said[place + 1 : place + 2 + _MOST_BETWEEN]:
            yield word.plain
            if word.plain not in self._between:
                return

    def _length(self, phrase: Phrase, said: Sequence[Spelling], place: int) -> int:
        """The words of `said` that the phrase takes up from `place` on; 0: it does not stand there."""
        start, skipped = place, 0
        for known in phrase:
            while place < len(said) and not said[place].may_be(known):
                if skipped == _MOST_BETWEEN or place == start:
                    return 0
                if said[place].plain not in self._between:
                    return 0
                place, skipped = place + 1, skipped + 1
            if place == len(said):
                return 0
            place += 1
        return place - start


@dataclass(frozen=True)
class Everyday:
    """Short forms, everyday names, words without weight, words with more, codes of the past."""

    short: Phrases = field(default_factory=lambda: Phrases({}))
    says: Phrases = field(default_factory=lambda: Phrases({}))
    words: Phrases = field(default_factory=lambda: Phrases({}))
    lay: Lay = field(default_factory=Lay)
    """All of `says` and `words`, and the sayings of `lay.yml`: everything that each may mean."""
    silent: Phrases = field(default_factory=lambda: Phrases({}))
    quiet: frozenset[str] = frozenset()
    """The silent words that are one word."""
    telling: frozenset[tuple[str, ...]] = frozenset()
    """Words and pairs of words."""
    circumstances: Phrases = field(default_factory=lambda: Phrases({}))
    common: frozenset[str] = frozenset()
    """Sectors that citizens ask about most."""
    successors: Mapping[ProcedureCode, tuple[ProcedureCode, ...]] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> Everyday:
        """The words in `path` and in `lay.yml` beside it; none without them. Raises `Misconfigured`."""
        if not path.exists():
            return cls()
        file = _checked(yaml12.read(path), path)
        short = {spellings(said): (spellings(full),) for said, full in file.short.items()}
        says, other_words = _meanings(file.says), _meanings(file.words)
        for said in _abroad(file.abroad, path.parent / "units" / "countries.yml"):
            says.setdefault(said, [spellings(file.abroad.means)])
        silent = set(_listed(file.silent))
        telling = frozenset(tuple(w.plain for w in words) for words in _listed(file.telling))
        alone = {phrase[0].plain for phrase in silent if len(phrase) == 1}
        quiet = frozenset(word for word in alone if (word,) not in telling)
        return cls(
            short=Phrases(short),
            says=Phrases(says, quiet),
            words=Phrases(other_words, quiet),
            lay=Lay((*says.items(), *other_words.items(), *_lay(path.parent, short)), quiet),
            silent=Phrases({phrase: () for phrase in silent}),
            quiet=quiet,
            telling=telling,
            circumstances=Phrases(dict.fromkeys(_listed(file.circumstances), ())),
            common=frozenset(part.strip() for part in file.common.split(",")),
            successors={
                ProcedureCode(code): tuple(map(ProcedureCode, codes))
                for code, codes in file.successors.items()
            },
        )


@dataclass(frozen=True)
class _Abroad:
    means: str
    behind: list[str]


@dataclass(frozen=True)
class _File:
    """The keys of the file."""

    __pydantic_config__ = {"extra": "forbid"}  # noqa: RUF012  (pydantic's own attribute)

    short: dict[str, str]
    says: dict[str, list[str]]
    words: dict[str, list[str]]
    abroad: _Abroad
    silent: str
    telling: str
    circumstances: str
    common: str
    successors: dict[str, list[str]]


def _checked(tree: Any, path: Path) -> _File:
    """The tree, if it has all keys and each what belongs there; else raises `Misconfigured`."""
    try:
        file: _File = TypeAdapter(_File).validate_python(tree)
    except ValidationError as error:
        raise Misconfigured(
            [_explain(problem["loc"], problem["msg"], tree, path) for problem in error.errors()]
        ) from error
    phrases = [*file.short, *file.says, *file.words]
    phrases += itertools.chain.from_iterable((*file.says.values(), *file.words.values()))
    if empty := [phrase for phrase in phrases if not spellings(phrase)]:
        raise Misconfigured([f"{path}:1: {empty[0]!r} has no words — take it out"])
    return file


def _explain(loc: tuple[int | str, ...], message: str, tree: Any, path: Path) -> str:
    line = 1
    for part in loc:
        lines = getattr(tree, "lines", None)
        if lines is None or (isinstance(part, str) and part not in lines):
            break
        line, tree = lines[part], tree[part]
    return f"{path}:{line}: {'.'.join(map(str, loc))}: {message}"


def _meanings(tree: Mapping[str, Sequence[str]]) -> dict[Phrase, list[Phrase]]:
    """What is said → the official words it may stand for."""
    meanings: dict[Phrase, list[Phrase]] = defaultdict(list)
    for official, sayings in tree.items():
        for said in sayings:
            meanings[spellings(said)].append(spellings(official))
    return meanings


def _lay(
    folder: Path, short: Mapping[Phrase, Sequence[Phrase]]
) -> Iterator[tuple[Phrase, list[Phrase]]]:
    """The sayings of `lay.yml`, their short forms written out."""
    written = {words[0]: full[0] for words, full in short.items() if len(words) == 1}

    def full(phrase: str) -> Phrase:
        return tuple(itertools.chain.from_iterable(written.get(w, (w,)) for w in spellings(phrase)))

    for official, sayings in lay.read(folder / "lay.yml").items():
        for said in sayings:
            yield full(said), [full(official)]


def _abroad(words: _Abroad, countries: Path) -> Iterator[Phrase]:
    """Every way to say that somebody or something comes from another country."""
    if not countries.exists():
        return
    known = yaml12.read(countries)
    for country, others in known["names"].items():
        if country in known["first"]:
            continue
        for name in (country, *others):
            if len(name) >= _LONG_NAME:
                yield spellings(name)
            for before in words.behind:
                yield spellings(f"{before} {name}")


def _listed(text: str) -> Iterator[Phrase]:
    return (spellings(part) for part in text.split(",") if part.strip())
