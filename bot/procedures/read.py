"""Reads the catalogue's files into `model.Procedure`, and reports every mistake as `file:line: what — remedy`.

What authors may write short is written out first (`short_forms.py`), and then the schema is applied.
"""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from bot.basics import yaml12
from bot.basics.errors import Misconfigured
from bot.basics.yaml12 import Mapping
from bot.procedures.model import Form, Procedure
from bot.procedures.problems import did_you_mean, explain
from bot.procedures.shelf import Shelf
from bot.procedures.short_forms import write_out


def read_procedure(path: Path, shelf: Shelf) -> Procedure:
    """The procedure in `path`. Raises `Misconfigured` with all of its problems."""
    tree = yaml12.read(path)
    if not isinstance(tree, Mapping):
        raise Misconfigured([f"{path}:1: a procedure is a mapping of keys to values"])
    if "sector" not in tree:
        tree.put("sector", path.parent.name, tree.line)
    form = tree.get("form")
    if isinstance(form, str):
        tree["form"] = _form_tree(form, shelf, at=f"{path}:{tree.lines['form']}")
    procedure: Procedure = _build(Procedure, tree, shelf)
    if procedure.sector not in shelf.sectors:
        hint = did_you_mean(procedure.sector, shelf.sectors)
        line = tree.lines["sector"]
        raise Misconfigured(
            [f"{path}:{line}: sector {procedure.sector} is not in sectors.yml{hint}"]
        )
    return procedure


def read_form(form_id: str, shelf: Shelf) -> Form:
    """The form in `forms/<form_id>.yml`. Raises `Misconfigured`."""
    form: Form = _build(Form, _form_tree(form_id, shelf, at=str(shelf.folder / "forms")), shelf)
    return form


def _form_tree(form_id: str, shelf: Shelf, at: str) -> Any:
    if form_id not in shelf.forms:
        raise Misconfigured(
            [f"{at}: there is no form {form_id}{did_you_mean(form_id, shelf.forms)}"]
        )
    tree = yaml12.read(shelf.forms[form_id])
    if isinstance(tree, Mapping) and "id" not in tree:
        tree.put("id", form_id, tree.line)
    return tree


@functools.cache
def _schema(kind: type) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def _build(kind: type, tree: Any, shelf: Shelf) -> Any:
    problems: list[str] = []
    written_out = write_out(tree, shelf, problems)
    try:
        built = _schema(kind).validate_python(written_out)
    except ValidationError as error:
        problems += [explain(problem, written_out) for problem in error.errors()]
    if problems:
        raise Misconfigured(problems)
    return built
