"""Checks the hand-written files of a catalogue: every mistake at once, each with its remedy."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.basics.errors import Misconfigured
from bot.basics.vietnamese.text import fold
from bot.procedures import sayings
from bot.procedures.everyday import Everyday
from bot.procedures.model import Procedure
from bot.procedures.problems import did_you_mean
from bot.procedures.read import read_form, read_procedure
from bot.procedures.shelf import Shelf


@dataclass(frozen=True)
class Checked:
    """How many files were looked at, and their problems: `file:line: what — remedy`."""

    files: int
    problems: tuple[str, ...]
    read: Mapping[Path, Procedure] = field(default_factory=dict)
    """The procedures that could be read, by their file."""


def check(folder: Path, only: Sequence[Path] = ()) -> Checked:
    """Checks the catalogue in `folder`, or of its procedures only the files given."""
    try:
        shelf = Shelf(folder)
        Everyday.read(folder / "everyday.yml")
    except Misconfigured as error:
        return Checked(0, error.problems)
    chosen = {path.resolve() for path in only}
    paths = [path for path in shelf.procedure_files() if not chosen or path.resolve() in chosen]
    problems = list(sayings.check(folder))
    read: dict[Path, Procedure] = {}
    for path in paths:
        try:
            read[path] = read_procedure(path, shelf)
        except Misconfigured as error:
            problems += error.problems
    problems += [*_forms(shelf), *_codes(read), *_names(read), *_related(read, shelf)]
    return Checked(len(paths), tuple(dict.fromkeys(problems)), read)


def _forms(shelf: Shelf) -> Iterator[str]:
    for name, path in shelf.forms.items():
        try:
            form = read_form(name, shelf)
        except Misconfigured as error:
            yield from error.problems
            continue
        owners = {field.profile.rpartition(".")[0] for field in form.fields if field.profile}
        for owner in owners - {"", *form.people}:
            hint = did_you_mean(owner, form.people)
            yield f"{path}:1: profile {owner}. belongs to nobody in people{hint}"


def _codes(read: dict[Path, Procedure]) -> Iterator[str]:
    first: dict[str, Path] = {}
    for path, procedure in read.items():
        other = first.setdefault(procedure.code, path)
        if other != path:
            yield (
                f"{path}:{_line(path, 'code')}: {procedure.code} is the code of {other}"
                " — look the code up in the national catalogue"
            )


def _names(read: dict[Path, Procedure]) -> Iterator[str]:
    """An everyday name that two procedures share makes the assistant ask each time."""
    owners: dict[str, set[Path]] = defaultdict(set)
    for path, procedure in read.items():
        for name in (procedure.name, *procedure.aliases):
            owners[fold(name)].add(path)
    for path, procedure in read.items():
        if len({alias.casefold() for alias in procedure.aliases}) < len(procedure.aliases):
            yield f"{path}:{_line(path, 'aliases')}: an alias stands there twice — drop one"
        if procedure.name and owners[fold(procedure.name)] != {path}:
            others = ", ".join(str(other) for other in owners[fold(procedure.name)] - {path})
            yield (
                f"{path}:{_line(path, 'name')}: the name is also a name in {others}"
                " — name what sets the two apart"
            )


def _related(read: dict[Path, Procedure], shelf: Shelf) -> Iterator[str]:
    for path, procedure in read.items():
        if procedure.code in procedure.related:
            yield f"{path}:{_line(path, 'related')}: it is related to itself — drop its own code"
        for form in procedure.forms:
            if form.form and form.form not in shelf.forms:
                hint = did_you_mean(form.form, shelf.forms)
                yield f"{path}:{_line(path, 'forms')}: there is no form {form.form}{hint}"


def _line(path: Path, key: str) -> int:
    """The line on which `key` begins."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return next((n for n, line in enumerate(lines, 1) if line.startswith(f"{key}:")), 1)
