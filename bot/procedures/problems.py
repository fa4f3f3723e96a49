"""What is wrong with a catalogue file, in words for its author: `file:line: what — remedy`."""

from __future__ import annotations

import dataclasses
import difflib
from typing import Any

from pydantic_core import ErrorDetails

from bot.basics.yaml12 import Mapping, Sequence
from bot.procedures import model


def explain(problem: ErrorDetails, tree: Any) -> str:
    """One of pydantic's findings about `tree`, at the line where it stands."""
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
    kind: Any = model.Form if "sections" in tree else model.Procedure
    for part in loc:
        if isinstance(part, int):
            continue
        fields = {item.name: item.type for item in dataclasses.fields(kind)}
        name = str(fields.get(str(part), "")).replace(" | None", "").removeprefix("tuple[")
        kind = getattr(model, name.partition(",")[0].rstrip("]"), None)
        if kind is None or not dataclasses.is_dataclass(kind):
            return []
    return [item.name for item in dataclasses.fields(kind)]


def did_you_mean(name: str, known: Any) -> str:
    """` — did you mean …?` with the known name nearest to `name`; empty if none is near."""
    near = difflib.get_close_matches(name, [str(item) for item in known], 1)
    return f" — did you mean {near[0]}?" if near else ""
