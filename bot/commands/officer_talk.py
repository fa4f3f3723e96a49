"""`motcua officer`: the part that talks with citizens: whom to call, what they wrote, answering them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from bot.basics.ids import DossierCode
from bot.commands.officer_shared import dossier_code, show_words
from bot.counter import calls, takeover
from bot.counter.decide import Officer
from bot.counter.ports import Letter


@click.command("calls")
@click.pass_obj
def list_calls(counter: Any) -> None:
    """List whom to call, because nothing else reached them.

    What to tell them stands with each; the one who waits longest comes first.
    """
    with counter() as at_counter:
        for call in calls.calls(at_counter):
            words = at_counter.desk.wording.render("officer.call", {"call": call})
            show_words(f"{words}\n")


@click.command("called")
@dossier_code
@click.pass_obj
def note_called(counter: Any, code: DossierCode) -> None:
    """Note that this citizen was called and told everything."""
    with counter() as at_counter:
        count = calls.called(at_counter, code)
        words = at_counter.desk.wording.render("officer.called", {"code": code, "count": count})
        show_words(words)


@click.command("inbox")
@click.option(
    "--save",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder for files they sent.",
)
@click.pass_obj
def read_inbox(counter: Any, save: Path | None) -> None:
    """List what citizens wrote and no officer answered yet.

    Answers that did not arrive come first.
    """
    with counter() as at_counter:
        for words, dossiers in takeover.lost(at_counter):
            facts = {"lost": words, "dossiers": dossiers}
            told = at_counter.desk.wording.render("officer.lost", facts)
            show_words(f"{told}\n")
        for waiting in takeover.inbox(at_counter):
            words = at_counter.desk.wording.render("officer.letters", {"waiting": waiting})
            show_words(f"{words}\n")
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
        show_words(desk.wording.render("officer.answered", facts))


@click.command("hand-back")
@click.argument("target")
@click.pass_obj
def hand_back(counter: Any, target: str) -> None:
    """End a talk: the assistant answers again. TARGET as for reply."""
    with counter() as at_counter:
        takeover.hand_back(at_counter, target)
        show_words(at_counter.desk.wording.render("officer.handed_back"))


def _save(at_counter: Officer, letter: Letter, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    files = at_counter.work.files
    for number, file in enumerate(letter.files, start=1):
        if known := files.get(file):
            path = folder / f"{letter.id}-{number:02} {known.name}"
            path.write_bytes(files.open(file))
            show_words(path)


COMMANDS = (list_calls, note_called, read_inbox, reply, hand_back)
