"""YAML as authors mean it, and the line on which they went wrong."""

from __future__ import annotations

import pytest

from bot.basics import yaml12
from bot.basics.errors import Misconfigured


def test_yes_and_no_are_words() -> None:
    assert yaml12.parse("[yes, no, on, off, true]") == ["yes", "no", "on", "off", True]


def test_an_unquoted_procedure_code_is_refused_with_its_line() -> None:
    with pytest.raises(Misconfigured) as told:
        yaml12.parse("name: x\ncode: 1.001193\n", "p.yml")
    assert str(told.value) == 'p.yml:2: write the code in quotes: "1.001193"'


def test_a_key_that_stands_twice_is_refused_with_both_lines() -> None:
    with pytest.raises(Misconfigured) as told:
        yaml12.parse("a: 1\nb: 2\na: 3\n", "p.yml")
    assert str(told.value) == "p.yml:3: a stands twice (first on line 1)"


def test_broken_yaml_names_its_line() -> None:
    with pytest.raises(Misconfigured) as told:
        yaml12.parse("a: [1\nb: 2\n", "p.yml")
    assert str(told.value).startswith("p.yml:2:")


def test_every_key_knows_its_line() -> None:
    tree = yaml12.parse("a: 1\nb:\n  c: 2\n")
    assert tree.lines == {"a": 1, "b": 2}
    assert tree["b"].lines == {"c": 3}
