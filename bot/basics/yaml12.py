"""Reads YAML 1.2 and remembers on which line everything stands.

PyYAML alone speaks YAML 1.1, where the option `yes` becomes `True`. Every reader, of either
version, turns an unquoted `1.001193` into a float; here a float that looks like a national
procedure code is a mistake of the author's and is reported as one.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from bot.basics.errors import Misconfigured

Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PROCEDURE_CODE = re.compile(r"\d\.\d{6}")
_CORE_SCHEMA = (
    ("null", r"~|null|Null|NULL|", [*"~nN", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", [*"tTfF"]),
    ("int", r"[-+]?(0|[1-9][0-9]*)", [*"-+0123456789"]),
    ("float", r"[-+]?[0-9]*\.[0-9]+([eE][-+]?[0-9]+)?", [*"-+.0123456789"]),
)


class Mapping(dict[str, Any]):
    """A mapping that knows its file, its line and the line of each key (counted from 1)."""

    def __init__(self, file: str, line: int) -> None:
        super().__init__()
        self.file, self.line = file, line
        self.lines: dict[str, int] = {}

    def put(self, key: str, value: Any, line: int) -> None:
        """Sets `key`, written on `line`."""
        self[key] = value
        self.lines[key] = line


class Sequence(list[Any]):
    """A sequence that knows its file, its line and the line of each item (counted from 1)."""

    def __init__(self, file: str, line: int) -> None:
        super().__init__()
        self.file, self.line = file, line
        self.lines: list[int] = []

    def add(self, value: Any, line: int) -> None:
        """Appends `value`, written on `line`."""
        self.append(value)
        self.lines.append(line)


class _Loader(Loader):  # type: ignore[misc]  # the C loader has no stubs
    yaml_implicit_resolvers: dict[str, list[Any]] = {}  # noqa: RUF012  (PyYAML's own attribute)


for _kind, _pattern, _first in _CORE_SCHEMA:
    _Loader.add_implicit_resolver(
        f"tag:yaml.org,2002:{_kind}", re.compile(f"^(?:{_pattern})$"), _first
    )


def read(path: Path) -> Any:
    """The document in `path`: `Mapping`, `Sequence` or a scalar. Raises `Misconfigured`."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Misconfigured([f"{path}: {error}"]) from error
    return parse(text, str(path))


def parse(text: str, name: str = "<text>") -> Any:
    """The document in `text`; `name` stands in the problems. Raises `Misconfigured`."""
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        return None if node is None else _build(loader, node, name)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        line = mark.line + 1 if mark else 1
        what = getattr(error, "problem", None) or str(error)
        raise Misconfigured([f"{name}:{line}: {what}"]) from error
    finally:
        loader.dispose()


def _build(loader: Any, node: yaml.Node, name: str) -> Any:
    line = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        mapping = Mapping(name, line)
        for key_node, value_node in node.value:
            key = key_node.value
            key_line = key_node.start_mark.line + 1
            if key in mapping:
                first = mapping.lines[key]
                raise Misconfigured(
                    [f"{name}:{key_line}: {key} stands twice (first on line {first})"]
                )
            mapping.put(key, _build(loader, value_node, name), key_line)
        return mapping
    if isinstance(node, yaml.SequenceNode):
        sequence = Sequence(name, line)
        for item in node.value:
            sequence.add(_build(loader, item, name), item.start_mark.line + 1)
        return sequence
    if node.tag.endswith(":float") and _PROCEDURE_CODE.fullmatch(node.value):
        raise Misconfigured([f'{name}:{line}: write the code in quotes: "{node.value}"'])
    return loader.construct_object(node)
