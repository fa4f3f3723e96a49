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


class Phrases:
    """Phrases, each with what it stands for; the longest one that stands at a place is found."""

    def __init__(self, meanings: Mapping[Phrase, Sequence[Phrase]]) -> None:
        self._by_start: dict[str, list[tuple[Phrase, Sequence[Phrase]]]] = defaultdict(list)
        for phrase, meaning in sorted(meanings.items(), key=lambda item: -len(item[0])):
            self._by_start[phrase[0].plain].append((phrase, meaning))

    def at(self, said: Sequence[Spelling], place: int) -> tuple[int, Sequence[Phrase]]:
        """How many words from `place` on are a known phrase (0: none), and what they stand for."""
        for phrase, meaning in self._by_start.get(said[place].plain, ()):
            part = said[place : place + len(phrase)]
            if len(part) == len(phrase) and all(
                word.may_be(known) for word, known in zip(part, phrase, strict=True)
            ):
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


def _listed(text: str) -> Iterator[Phrase]:
    return (spellings(part) for part in text.split(",") if part.strip())
