"""Reads the catalogue's files into `model.Procedure`, and reports every mistake as `file:line: what — remedy`.

Authors may write three things short, and they are written out here before the schema is applied:
`source: CT 2026-07 HIGH`, `options: {nam: Nam, nu: Nữ}` (or the name of a set in `forms/options.yml`),
and `include: {block: applicant, prefix: nyc, who: người đi khai}` for a run of fields, sections or checks
that many forms share; `omit` names ids it leaves out, `without` keys, `change` what differs, and
`whose` the person its `profile` keys belong to.
"""

from __future__ import annotations

import dataclasses
import difflib
import functools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from bot.basics import yaml12
from bot.basics.errors import Misconfigured
from bot.basics.yaml12 import Mapping, Sequence
from bot.procedures.model import Form, Procedure

NOT_SECTORS = frozenset({"calendar", "forms", "sayings", "units", "wording"})
"""Folders of the catalogue that hold something else than procedures."""


class Shelf:
    """What the files of one catalogue folder share: forms, blocks of fields, sets of options, sources."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        forms = folder / "forms"
        self.sources = dict(yaml12.read(folder / "sources.yml"))
        self.sectors = dict(yaml12.read(folder / "sectors.yml"))
        self.options = _read_if_there(forms / "options.yml")
        self.blocks = {path.stem: yaml12.read(path) for path in sorted(forms.glob("blocks/*.yml"))}
        self.forms = {
            path.stem: path for path in sorted(forms.glob("*.yml")) if path.stem != "options"
        }

    def procedure_files(self) -> list[Path]:
        """Every procedure file, `<sector>/<procedure>.yml`."""
        return [
            path
            for path in sorted(self.folder.glob("*/*.yml"))
            if path.parent.name not in NOT_SECTORS
        ]


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
    written_out = _write_out(tree, shelf, problems)
    try:
        built = _schema(kind).validate_python(written_out)
    except ValidationError as error:
        problems += [_explain(problem, written_out) for problem in error.errors()]
    if problems:
        raise Misconfigured(problems)
    return built


# --- the short forms, written out ---------------------------------------------------------------


def _write_out(node: Any, shelf: Shelf, problems: list[str]) -> Any:
    if isinstance(node, Sequence):
        sequence = Sequence(node.file, node.line)
        for item, line in zip(node, node.lines, strict=True):
            if isinstance(item, Mapping) and "include" in item:
                for field in _included(item["include"], shelf, problems):
                    sequence.add(_write_out(field, shelf, problems), line)
            else:
                sequence.add(_write_out(item, shelf, problems), line)
        return sequence
    if not isinstance(node, Mapping):
        return node
    mapping = Mapping(node.file, node.line)
    for key, value in node.items():
        line = node.lines[key]
        at = f"{node.file}:{line}"
        if key == "source" and isinstance(value, str):
            value = _source(value, node.file, line, shelf, at, problems)
        elif key == "options":
            value = _options(value, shelf, at, problems)
        elif key != "example":
            value = _write_out(value, shelf, problems)
        mapping.put(key, value, line)
    return mapping


def _source(text: str, file: str, line: int, shelf: Shelf, at: str, problems: list[str]) -> Mapping:
    parts = text.split(maxsplit=3)
    if len(parts) < 3:
        problems.append(f"{at}: write a source as CODE DATE CONFIDENCE, e.g. CT 2026-07 HIGH")
    elif parts[0] not in shelf.sources:
        problems.append(
            f"{at}: source {parts[0]} is not in sources.yml{did_you_mean(parts[0], shelf.sources)}"
        )
    mapping = Mapping(file, line)
    for key, value in zip(("ref", "as_of", "confidence", "note"), parts, strict=False):
        mapping.put(key, value.strip("—- ") if key == "note" else value, line)
    return mapping


def _options(value: Any, shelf: Shelf, at: str, problems: list[str]) -> Any:
    if isinstance(value, str):
        if value not in shelf.options:
            problems.append(
                f"{at}: there is no set of options {value}{did_you_mean(value, shelf.options)}"
            )
            return []
        value = shelf.options[value]
    if not isinstance(value, Mapping):
        return value
    options = Sequence(value.file, value.line)
    for option_id, label in value.items():
        line = value.lines[option_id]
        option = Mapping(value.file, line)
        option.put("id", option_id, line)
        if isinstance(label, Mapping):
            for key, part in label.items():
                option.put(key, part, label.lines[key])
        else:
            option.put("label", label, line)
        options.add(option, line)
    return options


def _included(include: Any, shelf: Shelf, problems: list[str]) -> Iterator[Any]:
    at = f"{include.file}:{include.line}"
    block = include.get("block")
    if block not in shelf.blocks:
        problems.append(f"{at}: there is no block {block}{did_you_mean(str(block), shelf.blocks)}")
        return
    omit = set(include.get("omit", ()))
    without = include.get("without", ())
    change: Any = include.get("change", {})
    names = {key: value for key, value in include.items() if isinstance(value, str)}
    if "who" in names:
        names.setdefault("asked", names["who"])
    names |= {key.capitalize(): value[:1].upper() + value[1:] for key, value in names.items()}
    for field in shelf.blocks[block]:
        filled = _fill(field, names)
        if filled.get("id") in omit:
            continue
        for key in without:
            filled.pop(key, None)
        if "whose" in names and "profile" in filled:
            filled["profile"] = f"{names['whose']}.{filled['profile']}"
        changed = change.get(filled.get("id"), {})
        for key, value in changed.items():
            filled.put(key, value, changed.lines[key])
        yield filled


def _fill(node: Any, names: dict[str, str]) -> Any:
    """`node` with `{who}`, `{Who}`, `{prefix}` … replaced by what the include gives for them."""
    if isinstance(node, str):
        for name, value in names.items():
            node = node.replace(f"{{{name}}}", value)
        return node
    if isinstance(node, Sequence):
        sequence = Sequence(node.file, node.line)
        for item, line in zip(node, node.lines, strict=True):
            sequence.add(_fill(item, names), line)
        return sequence
    if isinstance(node, Mapping):
        mapping = Mapping(node.file, node.line)
        for key, value in node.items():
            mapping.put(_fill(key, names), _fill(value, names), node.lines[key])
        return mapping
    return node


def _read_if_there(path: Path) -> dict[str, Any]:
    return dict(yaml12.read(path)) if path.exists() else {}


# --- problems, for the author -----------------------------------------------------------------


def _explain(problem: ErrorDetails, tree: Any) -> str:
    file, line = _place(tree, problem["loc"])
    where = ".".join(str(part) for part in problem["loc"])
    if problem["type"] == "unexpected_keyword_argument":
        known = _keys_at(tree, problem["loc"][:-1])
        return f"{file}:{line}: unknown key {where}{did_you_mean(str(problem['loc'][-1]), known)}"
    if problem["type"] == "missing":
        return f"{file}:{line}: {where} is missing"
    return f"{file}:{line}: {where}: {problem['msg']}"


def _place(tree: Any, loc: tuple[int | str, ...]) -> tuple[str, int]:
    """The file and line of the deepest node that `loc` reaches."""
    file, line = getattr(tree, "file", "?"), getattr(tree, "line", 1)
    for part in loc:
        if isinstance(tree, Mapping) and part in tree:
            file, line, tree = tree.file, tree.lines[str(part)], tree[str(part)]
        elif isinstance(tree, Sequence) and isinstance(part, int) and part < len(tree):
            file, line, tree = tree.file, tree.lines[part], tree[part]
        else:
            break
        if isinstance(tree, Mapping | Sequence):
            file, line = tree.file, max(line, tree.line) if tree.file == file else tree.line
    return file, line


def _keys_at(tree: Any, loc: tuple[int | str, ...]) -> list[str]:
    """The keys that the schema allows where `loc` points."""
    kind: Any = Form if "sections" in tree else Procedure
    for part in loc:
        if isinstance(part, int):
            continue
        fields = {item.name: item.type for item in dataclasses.fields(kind)}
        name = str(fields.get(str(part), "")).replace(" | None", "").removeprefix("tuple[")
        kind = getattr(_model(), name.partition(",")[0].rstrip("]"), None)
        if kind is None or not dataclasses.is_dataclass(kind):
            return []
    return [item.name for item in dataclasses.fields(kind)]


def _model() -> Any:
    from bot.procedures import model

    return model


def did_you_mean(name: str, known: Any) -> str:
    """` — did you mean …?` with the known name nearest to `name`; empty if none is near."""
    near = difflib.get_close_matches(name, [str(item) for item in known], 1)
    return f" — did you mean {near[0]}?" if near else ""
