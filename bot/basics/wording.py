"""Turns a wording key and its facts into the sentence a citizen reads.

The sentences live in `bot/catalogue/wording/*.yml`, as Jinja templates: a file is a tree of keys,
`errors: {date: {future: …}}` is the key `errors.date.future`. A missing fact is an error, never an
empty hole.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import jinja2
import jinja2.meta

from bot.basics import yaml12
from bot.basics.errors import Misconfigured
from bot.basics.say import Say
from bot.basics.vietnamese import show


class Wording:
    """All sentences, by key."""

    def __init__(self, sentences: Mapping[str, str]) -> None:
        self._sentences = dict(sentences)
        self._jinja = jinja2.Environment(
            loader=jinja2.DictLoader(self._sentences),
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            autoescape=False,  # plain text; each channel escapes for itself
        )
        self._jinja.filters.update(show.FILTERS)

    @classmethod
    def read(cls, folder: Path) -> Wording:
        """The wording in every `*.yml` of `folder`. Raises `Misconfigured`."""
        sentences: dict[str, str] = {}
        problems: list[str] = []
        for path in sorted(folder.glob("*.yml")):
            for key, text in _flatten(yaml12.read(path)):
                if key in sentences:
                    problems.append(f"{path}: {key} is already written in another file")
                sentences[key] = text
        if problems:
            raise Misconfigured(problems)
        return cls(sentences)

    def render(self, key: str, holes: Mapping[str, object] | None = None) -> str:
        """The sentence for `key`. Raises `KeyError` for an unknown key or a missing fact.

        A hole that is itself a `Say`, or a list of them, is filled with its sentence.
        """
        if key not in self._sentences:
            raise KeyError(key)
        filled = {name: self._filled(value) for name, value in (holes or {}).items()}
        try:
            return self._jinja.get_template(key).render(filled).strip()
        except jinja2.UndefinedError as error:
            raise KeyError(f"{key}: {error}") from error

    def _filled(self, value: object) -> object:
        if isinstance(value, Say):
            return self.render(value.key, value.holes)
        if isinstance(value, list):
            return [self._filled(item) for item in value]
        return value

    def __contains__(self, key: object) -> bool:
        return key in self._sentences

    def keys(self) -> frozenset[str]:
        """Every key."""
        return frozenset(self._sentences)

    def holes(self, key: str) -> frozenset[str]:
        """The facts that the sentence for `key` speaks of."""
        source = self._sentences[key]
        return frozenset(jinja2.meta.find_undeclared_variables(self._jinja.parse(source)))


def _flatten(tree: object, prefix: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(tree, Mapping):
        for key, value in tree.items():
            yield from _flatten(value, f"{prefix}.{key}" if prefix else str(key))
    else:
        yield prefix, str(tree)
