"""Writes out what authors may write short in catalogue files, before the schema is applied.

`source: CT 2026-07 HIGH`, `options: {nam: Nam, nu: Nữ}` (or the name of a set in `forms/options.yml`),
and `include: {block: applicant, prefix: nyc, who: người đi khai}` for a run of fields, sections or checks
that many forms share; `omit` names ids it leaves out, `without` keys, `change` what differs, and
`whose` the person its `profile` keys belong to.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.basics.yaml12 import Mapping, Sequence
from bot.procedures.problems import did_you_mean
from bot.procedures.shelf import Shelf


def write_out(node: Any, shelf: Shelf, problems: list[str]) -> Any:
    """`node` with its short forms written out; what is wrong with them is added to `problems`."""
    if isinstance(node, Sequence):
        sequence = Sequence(node.file, node.line)
        for item, line in zip(node, node.lines, strict=True):
            if isinstance(item, Mapping) and "include" in item:
                for field in _included(item["include"], shelf, problems):
                    sequence.add(write_out(field, shelf, problems), line)
            else:
                sequence.add(write_out(item, shelf, problems), line)
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
            value = write_out(value, shelf, problems)
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
