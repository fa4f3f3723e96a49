"""The sentences behind the keys that kinds use: all there, none too many, with the right holes."""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from bot.basics.wording import Wording
from bot.declarations import kinds
from bot.declarations.kinds import KINDS
from bot.declarations.kinds.model import Doubt, Ok, Unsure, Wrong
from tests.unit.declarations.kinds.kind_questions import CASES, CATALOGUE, ask

FOLDER = CATALOGUE.parent / "declarations" / "kinds"
SAYING = ("Wrong", "Unsure", "Doubt")
HOLES = {"name": "ethnic_groups|religions|countries|relations", "kind": "number|money"}
"""What may stand in a key that is put together, by the name of the variable."""


@dataclass(frozen=True)
class Use:
    """One place in the code that says something: where, a pattern of its key, and its facts."""

    where: str
    key: str
    facts: frozenset[str]


@functools.cache
def wording() -> Wording:
    return Wording.read(CATALOGUE / "wording")


def uses() -> Iterator[Use]:
    for path in sorted(FOLDER.glob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef):
                yield from _uses_in(function, path.name)


def _uses_in(function: ast.FunctionDef, file: str) -> Iterator[Use]:
    named = {
        target.id: node.value
        for node in ast.walk(function)
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(function):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
            continue
        if node.func.id not in SAYING:
            continue
        facts = node.args[-1] if len(node.args) > 1 else None
        facts = named.get(facts.id, facts) if isinstance(facts, ast.Name) else facts
        keys = [key for key in getattr(facts, "keys", []) if isinstance(key, ast.Constant)]
        holes = frozenset(str(key.value) for key in keys) if isinstance(facts, ast.Dict) else None
        for key in _keys(node.args[0], named):
            yield Use(f"{file}:{node.lineno}", key, holes or frozenset())


def _keys(node: ast.expr, named: dict[str, ast.expr]) -> Iterator[str]:
    """The keys an expression may stand for, as patterns."""
    match node:
        case ast.Constant(value=str(key)):
            yield re.escape(key)
        case ast.JoinedStr(values=parts):
            yield "".join(
                re.escape(str(part.value)) if isinstance(part, ast.Constant) else _hole(part)
                for part in parts
            )
        case ast.IfExp(body=one, orelse=other):
            yield from _keys(one, named)
            yield from _keys(other, named)
        case ast.Name(id=name):
            yield from _keys(named[name], named)
        case _:
            raise AssertionError(f"line {node.lineno}: say the key here, not elsewhere")


def _hole(part: ast.expr) -> str:
    assert isinstance(part, ast.FormattedValue)
    assert isinstance(part.value, ast.Name)
    return f"(?:{HOLES[part.value.id]})"


@pytest.mark.parametrize("use", [pytest.param(use, id=use.where) for use in uses()])
def test_what_the_code_says_has_a_sentence_with_no_other_holes(use: Use) -> None:
    words = wording()
    keys = [key for key in sorted(words.keys()) if re.fullmatch(use.key, key)]
    assert keys, f"{use.where}: nothing is written for {use.key}"
    for key in keys:
        assert words.holes(key) <= use.facts, f"{use.where}: {key} is not told all it speaks of"


def test_every_sentence_is_said_somewhere() -> None:
    said = [use.key for use in uses()]
    written = [key for key in sorted(wording().keys()) if key.startswith("kinds.")]
    assert [key for key in written if not any(re.fullmatch(one, key) for one in said)] == []


def test_the_kinds_are_where_this_test_looks() -> None:
    assert kinds.__file__ is not None
    assert FOLDER.samefile(kinds.__path__[0])


def test_every_answer_to_a_case_can_be_put_into_words() -> None:
    words = wording()
    for part in ("carried_over", "our_own"):
        for kind, lines in CASES[part].items():
            for case in lines:
                for said in _said(kind, case):
                    sentence = words.render(said.key, said.facts)
                    assert sentence, said.key
                    assert "None" not in sentence


def _said(kind: str, case: dict[str, Any]) -> Iterator[Wrong | Unsure | Doubt]:
    names = ("role", "ask", "options", "minimum", "maximum", "known", "office", "id")
    question = ask(kind, **{name: case[name] for name in names if name in case})
    reading = KINDS[kind].read(case["says"], question)
    if isinstance(reading, Ok):
        yield from reading.doubts
    elif isinstance(reading, Wrong | Unsure):
        yield reading
