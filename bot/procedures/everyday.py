"""How people say what the titles say otherwise (`catalogue/everyday.yml`)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.basics import yaml12
from bot.basics.ids import ProcedureCode
from bot.procedures.words import Spelling, spellings

Phrase = tuple[Spelling, ...]
_LONG_NAME = 6
"""Letters from which the name of a country cannot be anything else."""


class Phrases:
    """Phrases, each with what it stands for; the longest one that stands at a place is found."""

    def __init__(self, meanings: Mapping[Phrase, Sequence[Phrase]]) -> None:
        self._by_start: dict[tuple[str, ...], list[tuple[Phrase, Sequence[Phrase]]]] = {}
        for phrase, meaning in sorted(meanings.items(), key=lambda item: -len(item[0])):
            start = tuple(word.plain for word in phrase[:2])
            self._by_start.setdefault(start, []).append((phrase, meaning))

    def at(self, said: Sequence[Spelling], place: int) -> tuple[int, Sequence[Phrase]]:
        """How many words from `place` on are a known phrase (0: none), and what they stand for."""
        start = tuple(word.plain for word in said[place : place + 2])
        for known in (start, start[:1]):
            for phrase, meaning in self._by_start.get(known, ()):
                part = said[place : place + len(phrase)]
                if len(part) == len(phrase) and all(map(Spelling.may_be, part, phrase)):
                    return len(phrase), meaning
        return 0, ()


@dataclass(frozen=True)
class Everyday:
    """Short forms, everyday names, words without weight, words with more, codes of the past."""

    short: Phrases = field(default_factory=lambda: Phrases({}))
    says: Phrases = field(default_factory=lambda: Phrases({}))
    silent: Phrases = field(default_factory=lambda: Phrases({}))
    quiet: frozenset[str] = frozenset()
    """The silent words that are one word."""
    telling: frozenset[tuple[str, ...]] = frozenset()
    """Words and pairs of words."""
    circumstances: Phrases = field(default_factory=lambda: Phrases({}))
    successors: Mapping[ProcedureCode, tuple[ProcedureCode, ...]] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> Everyday:
        """The words in `path`; none if there is no such file. Raises `Misconfigured`."""
        if not path.exists():
            return cls()
        tree = yaml12.read(path)
        short = {spellings(said): (spellings(full),) for said, full in tree["short"].items()}
        says: dict[Phrase, list[Phrase]] = defaultdict(list)
        for official, sayings in tree["says"].items():
            for said in sayings:
                says[spellings(said)].append(spellings(official))
        for said in _abroad(tree["abroad"], path.parent / "units" / "countries.yml"):
            says.setdefault(said, [spellings(tree["abroad"]["means"])])
        silent = set(_listed(tree["silent"]))
        telling = frozenset(tuple(w.plain for w in words) for words in _listed(tree["telling"]))
        return cls(
            short=Phrases(short),
            says=Phrases(says),
            silent=Phrases({phrase: () for phrase in silent}),
            quiet=frozenset(
                p[0].plain for p in silent if len(p) == 1 and (p[0].plain,) not in telling
            ),
            telling=telling,
            circumstances=Phrases(dict.fromkeys(_listed(tree["circumstances"]), ())),
            successors={
                ProcedureCode(code): tuple(map(ProcedureCode, codes))
                for code, codes in tree["successors"].items()
            },
        )


def _abroad(words: Mapping[str, Sequence[str]], countries: Path) -> Iterator[Phrase]:
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
            for before in words["behind"]:
                yield spellings(f"{before} {name}")


def _listed(text: str) -> Iterator[Phrase]:
    return (spellings(part) for part in text.split(",") if part.strip())
