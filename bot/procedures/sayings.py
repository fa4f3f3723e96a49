"""What citizens say for each procedure, in our own words (`catalogue/sayings/`), and what is about none.

`sayings/*.yml` has national codes with what is said for them, also for procedures that are not in
the catalogue: whoever asks for one of these must not be answered about its sibling. `nothing.yml`
beside that folder has what people write about other things.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from bot.basics import yaml12
from bot.basics.codes import find_procedure_code
from bot.basics.errors import Misconfigured
from bot.basics.ids import ProcedureCode
from bot.basics.vietnamese.text import has_marks
from bot.procedures.words import spellings

FOLDER, NOTHING = "sayings", "nothing.yml"


class Sayings:
    """The files of a catalogue, read when somebody first needs what stands in them."""

    def __init__(self, folder: Path | None = None) -> None:
        """`folder` is that of the catalogue; without it there are no sayings."""
        self._files = sorted((folder / FOLDER).glob("*.yml")) if folder else []
        self._nothing = folder / NOTHING if folder and (folder / NOTHING).exists() else None

    @classmethod
    def given(
        cls, of: Mapping[ProcedureCode, Sequence[str]], nothing: Sequence[str] = ()
    ) -> Sayings:
        """Sayings that stand in no file."""
        sayings = cls()
        sayings.of, sayings.nothing = of, nothing
        return sayings

    @property
    def is_empty(self) -> bool:
        """Whether nobody said anything."""
        return not self._files and not self.__dict__.get("of")

    @cached_property
    def digest(self) -> str:
        """Changes when anything in the files does."""
        found = hashlib.sha256()
        for path in (*self._files, *filter(None, [self._nothing])):
            found.update(path.read_bytes())
        return found.hexdigest()

    @cached_property
    def of(self) -> Mapping[ProcedureCode, Sequence[str]]:
        """What is said for each procedure. Raises `Misconfigured` with every mistake of the files."""
        problems: list[str] = []
        found: dict[ProcedureCode, Sequence[str]] = {}
        for path in self._files:
            for code, line, said in _listed(path, problems):
                if find_procedure_code(code) != code:
                    problems.append(f"{path}:{line}: {code} is no national code")
                elif found.setdefault(ProcedureCode(code), said) is not said:
                    problems.append(f"{path}:{line}: {code} stands in another file too")
        if problems:
            raise Misconfigured(problems)
        return found

    def called(self, code: ProcedureCode) -> str:
        """What a procedure may be called for short: the shortest saying with diacritics, else the shortest.

        Only its own file is read: all of them take two seconds.
        """
        said = self._said_for(code)
        return min([text for text in said if has_marks(text)] or said, key=len)

    def _said_for(self, code: ProcedureCode) -> Sequence[str]:
        for path in self._files:
            if f'"{code}":' in path.read_text(encoding="utf-8"):
                said: Sequence[str] = yaml12.read(path)[code]
                return said
        return self.of[code]

    @cached_property
    def nothing(self) -> Sequence[str]:
        """What is about no procedure. Raises `Misconfigured`."""
        problems: list[str] = []
        groups = list(_listed(self._nothing, problems)) if self._nothing else []
        if problems:
            raise Misconfigured(problems)
        return [text for _, _, said in groups for text in said]


def check(folder: Path) -> tuple[str, ...]:
    """The mistakes in the files of the catalogue in `folder`: `file:line: what — remedy`."""
    sayings = Sayings(folder)
    return (*_problems(lambda: sayings.of), *_problems(lambda: sayings.nothing))


def _problems(look: Callable[[], object]) -> tuple[str, ...]:
    try:
        look()
    except Misconfigured as error:
        return tuple(error.problems)
    return ()


def _listed(path: Path, problems: list[str]) -> Iterator[tuple[str, int, Sequence[str]]]:
    """The keys of a file `key: [sayings]`, their lines, and what is said for them."""
    try:
        tree = yaml12.read(path)
    except Misconfigured as error:
        problems += error.problems
        return
    if not isinstance(tree, yaml12.Mapping):
        problems.append(f"{path}:1: not `key: [sayings]` — write one key for each list")
        return
    for key, said in tree.items():
        line = tree.lines[key]
        if wrong := _wrong(said, line):
            problems.append(f"{path}:{wrong[0]}: {key}: {wrong[1]}")
        else:
            yield key, line, said


def _wrong(said: Any, line: int) -> tuple[int, str] | None:
    """The line and the mistake, if `said` is not a list of sayings."""
    if not isinstance(said, yaml12.Sequence) or not said:
        return line, "not a list of sayings — write `- ` before each"
    for text, at in zip(said, said.lines, strict=True):
        if not isinstance(text, str) or not spellings(text):
            return at, f"{text!r} has no words — take it out, or put it in quotes"
    return None
