"""`motcua officer`: the part that talks with citizens: whom to call, what they wrote, answering them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from rich.console import Console

from bot.basics.ids import DossierCode
from bot.counter import calls, takeover
from bot.counter.decide import Officer
from bot.counter.ports import Letter

_console = Console(soft_wrap=True)


@click.command("calls")
@click.pass_obj
def list_calls(counter: Any) -> None:
    """Whom to call because nothing else reached them, and what to tell; the longest waiting first."""
    with counter() as at_counter:
        for call in calls.calls(at_counter):
            words = at_counter.desk.wording.render("officer.call", {"call": call})
            _console.print(f"{words}\n", highlight=False, markup=False)


@click.command("called")
@click.argument("code", callback=lambda _ctx, _param, value: DossierCode(value.upper()))
@click.pass_obj
def note_called(counter: Any, code: DossierCode) -> None:
    """The citizen of this dossier was called and told everything."""
    with counter() as at_counter:
        count = calls.called(at_counter, code)
        words = at_counter.desk.wording.render("officer.called", {"code": code, "count": count})
        _console.print(words, highlight=False, markup=False)


@click.command("inbox")
@click.option("--save", type=click.Path(file_okay=False, path_type=Path), help="Files go there.")
@click.pass_obj
def read_inbox(counter: Any, save: Path | None) -> None:
    """What citizens wrote for an officer and nobody answered, and answers that did not arrive."""
    with counter() as at_counter:
        for words, dossiers in takeover.lost(at_counter):
            facts = {"lost": words, "dossiers": dossiers}
            told = at_counter.desk.wording.render("officer.lost", facts)
            _console.print(f"{told}\n", highlight=False, markup=False)
        for waiting in takeover.inbox(at_counter):
            words = at_counter.desk.wording.render("officer.letters", {"waiting": waiting})
            _console.print(f"{words}\n", highlight=False, markup=False)
            if save:
                for letter in waiting.letters:
                    _save(at_counter, letter, save)


@click.command("reply")
@click.argument("target")
@click.argument("words")
@click.pass_obj
def reply(counter: Any, target: str, words: str) -> None:
    """Write to a citizen. TARGET: a dossier's code, or the number of a letter in the inbox.

    The assistant is quiet there for MOTCUA_OFFICER_TALK_MINUTES, or until the citizen calls it.
    """
    with counter() as at_counter:
        conversation = takeover.answer(at_counter, target, words)
        desk = at_counter.desk
        facts = {
            "channel": conversation.channel,
            "minutes": round(desk.officer_talks.total_seconds() / 60),
        }
        _console.print(desk.wording.render("officer.answered", facts), highlight=False)


@click.command("hand-back")
@click.argument("target")
@click.pass_obj
def hand_back(counter: Any, target: str) -> None:
    """End a talk: the assistant answers again. TARGET as for reply."""
    with counter() as at_counter:
        takeover.hand_back(at_counter, target)
        _console.print(at_counter.desk.wording.render("officer.handed_back"), highlight=False)


def _save(at_counter: Officer, letter: Letter, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    files = at_counter.work.files
    for number, file in enumerate(letter.files, start=1):
        if known := files.get(file):
            path = folder / f"{letter.id}-{number:02} {known.name}"
            path.write_bytes(files.open(file))
            _console.print(path, highlight=False, markup=False)


COMMANDS = (list_calls, note_called, read_inbox, reply, hand_back)
