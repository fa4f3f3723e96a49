"""`motcua review`: a person says what messages meant that were not understood; the next training learns it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import click
import yaml
from rich.console import Console

from bot import wiring
from bot.basics import settings
from bot.basics.clock import SystemClock
from bot.basics.vietnamese.text import fold
from bot.procedures import catalogue as reading
from bot.procedures.catalogue import Catalogue
from nlu.review import (
    NotUnderstood,
    Taught,
    add_everyday_name,
    grouped,
    keep,
    masked,
    spelling,
)

_PROJECT = Path(__file__).parents[2]
_LESSONS = _PROJECT / "nlu" / "data" / "reviewed.yml"
_console = Console(soft_wrap=True, highlight=False, markup=False)


@click.command()
@click.option(
    "--from",
    "source",
    type=click.File(encoding="utf-8"),
    help="JSON lines {text} to review instead of the messages kept.",
)
@click.option("--list", "only_list", is_flag=True, help="Show the messages, teach nothing.")
def review(source: Iterable[str] | None, only_list: bool) -> None:
    """Go through messages that were not understood; names and numbers in them are hidden."""
    kept = None if source else _Kept(wiring.assemble(settings.read()))
    waiting = grouped(kept.ids if kept else _texts(source))
    if not waiting:
        _console.print("Nothing waits for review.")
        return
    if only_list:
        for message in waiting:
            _console.print(f"{message.times:4} {message.text}")
        return
    known = reading.read(settings.read().catalogue_dir)
    lessons = list(_lessons(waiting, known, _intents(), kept))
    new = keep(lessons, _LESSONS)
    _console.print(f"{new} new training sentences in {_LESSONS.name}; `motcua train` learns them.")


class _Kept:
    """The messages kept by the assistant, until a person has dealt with them."""

    def __init__(self, parts: wiring.Parts) -> None:
        self._parts = parts
        self.ids: dict[str, list[int]] = {}
        with parts.storage.look() as work:
            for message in work.misunderstood.waiting():
                self.ids.setdefault(message.facts["text"], []).append(message.id)

    def settle(self, shown: NotUnderstood) -> None:
        """All messages of this spelling are dealt with."""
        same = [ids for text, ids in self.ids.items() if spelling(text) == spelling(shown.text)]
        with self._parts.storage.work() as work:
            work.misunderstood.settle(number for ids in same for number in ids)


def _texts(source: Iterable[str] | None) -> Iterator[str]:
    today = SystemClock().today()
    for line in source or ():
        if line.strip():
            yield masked(str(json.loads(line)["text"]), today)


def _intents() -> list[str]:
    domain = yaml.safe_load((_PROJECT / "domain.yml").read_text(encoding="utf-8"))
    return list(domain["intents"])


def _lessons(
    waiting: list[NotUnderstood], known: Catalogue, intents: list[str], kept: _Kept | None
) -> Iterator[Taught]:
    _console.print("Enter leaves a message out, q ends. Intents: " + ", ".join(intents))
    for message in waiting:
        _console.print(f"\n{message.times}× {message.text}")
        intent = _asked("intent", intents)
        if intent == "q":
            return
        if intent:
            yield Taught(message.text, intent, _procedure(known))
        if kept:
            kept.settle(message)


def _asked(what: str, allowed: list[str]) -> str:
    while True:
        answer = str(click.prompt(what, default="", show_default=False)).strip()
        if not answer or answer == "q" or answer in allowed:
            return answer
        near = [name for name in allowed if answer in name]
        _console.print(f"no such {what}; near: {', '.join(near) or '–'}")


def _procedure(known: Catalogue) -> str | None:
    """The procedure that was meant, and what the message called it, if a person says so."""
    answer = str(click.prompt("procedure code", default="", show_default=False)).strip()
    code = next((code for code in known.summaries if code == answer), None)
    if code is None:
        return None
    name = str(click.prompt("called in the message", default="", show_default=False)).strip()
    file = _file_of(code)
    if fold(name) and file and add_everyday_name(file, name):
        _console.print(f"{name!r} is now a name of {known.summaries[code].name}")
    return code


def _file_of(code: str) -> Path | None:
    """The hand-written file of a procedure."""
    folder = settings.read().catalogue_dir
    wanted = f'code: "{code}"'
    return next(
        (
            path
            for path in folder.glob("*/*.yml")
            if path.open(encoding="utf-8").readline().strip() == wanted
        ),
        None,
    )
