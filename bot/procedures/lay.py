"""What people's words may stand for in the words of the titles (`catalogue/lay.yml`), all of it at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from bot.basics import yaml12
from bot.basics.errors import Misconfigured
from bot.procedures.words import Spelling, spellings

Phrase = tuple[Spelling, ...]
_MOST_BETWEEN = 2
_FILE: TypeAdapter[dict[str, dict[str, list[str]]]] = TypeAdapter(dict[str, dict[str, list[str]]])


@dataclass
class _Node:
    """The sayings that begin with the same words, without diacritics."""

    after: dict[str, _Node] = field(default_factory=dict)
    ending: list[tuple[Phrase, tuple[Phrase, ...]]] = field(default_factory=list)


class Lay:
    """Sayings, each with the official words it may stand for.

    Unlike `Phrases`, every saying that stands somewhere is found, not the longest alone. Up to two
    words of `between` may stand inside one: "mất [cái] sổ đỏ".
    """

    def __init__(
        self,
        meanings: Iterable[tuple[Phrase, Sequence[Phrase]]] = (),
        between: frozenset[str] = frozenset(),
    ) -> None:
        self._root = _Node()
        self._between = between
        joined: dict[Phrase, dict[Phrase, None]] = {}
        for said, official in meanings:
            joined.setdefault(said, {}).update(dict.fromkeys(official))
        for said, found in joined.items():
            node = self._root
            for word in said:
                node = node.after.setdefault(word.plain, _Node())
            node.ending.append((said, tuple(found)))

    def standing(self, said: Sequence[Spelling]) -> Iterator[tuple[int, int, tuple[Phrase, ...]]]:
        """Every saying in `said`: where it begins, how many words it takes up, what it may mean."""
        for place in range(len(said)):
            for end, phrase, official in self._from(self._root, said, place, 0, ()):
                if all(word.may_be(known) for word, known in phrase):
                    yield place, end - place, official

    def _from(
        self,
        node: _Node,
        said: Sequence[Spelling],
        place: int,
        skipped: int,
        met: tuple[Spelling, ...],
    ) -> Iterator[tuple[int, tuple[tuple[Spelling, Spelling], ...], tuple[Phrase, ...]]]:
        for phrase, official in node.ending:
            yield place, tuple(zip(met, phrase, strict=True)), official
        if place == len(said):
            return
        word = said[place]
        if following := node.after.get(word.plain):
            yield from self._from(following, said, place + 1, skipped, (*met, word))
        elif met and skipped < _MOST_BETWEEN and word.plain in self._between:
            yield from self._from(node, said, place + 1, skipped + 1, met)


def read(path: Path) -> Mapping[str, Sequence[str]]:
    """Official words → sayings, of all sectors of the file; none if there is no such file.

    Raises `Misconfigured`.
    """
    if not path.exists():
        return {}
    try:
        sectors = _FILE.validate_python(yaml12.read(path))
    except ValidationError as error:
        where = [".".join(map(str, problem["loc"])) for problem in error.errors()]
        raise Misconfigured([f"{path}: {one}: not `words: [sayings]`" for one in where]) from error
    found: dict[str, list[str]] = {}
    for sector in sectors.values():
        for official, sayings in sector.items():
            if not spellings(official) or not all(map(spellings, sayings)):
                raise Misconfigured([f"{path}: {official!r}: a saying has no words — take it out"])
            found.setdefault(official, []).extend(sayings)
    return found
