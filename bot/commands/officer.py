"""`motcua officer`: what an officer does with dossiers, until they use the console."""

from __future__ import annotations

import functools
import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from rich.table import Column, Table

from bot import wiring
from bot.basics import settings
from bot.basics.errors import BotError, CitizenMistake, Refused
from bot.basics.ids import DossierCode
from bot.basics.vietnamese import show
from bot.commands import officer_decisions, officer_talk
from bot.commands.officer_shared import console, dossier_code, show_words, state_of
from bot.counter import decide
from bot.counter.bundle import bundle_dossier, unsure
from bot.counter.decide import Officer
from bot.counter.forms import answers_shown
from bot.dossiers.model import Dossier


@click.group()
@click.option(
    "--as",
    "name",
    default=getpass.getuser,
    metavar="NAME",
    help="Who decides; stands in the history.",
)
@click.pass_context
def officer(ctx: click.Context, name: str) -> None:
    """See what waits and decide. Every decision tells the citizen where they filed from."""
    chosen = settings.read()
    wiring.start_logging(chosen)
    ctx.obj = functools.partial(_counter, wiring.assemble(chosen), name)


@contextmanager
def _counter(parts: wiring.Parts, name: str) -> Iterator[Officer]:
    """One transaction of one officer; what the rules refuse is said in words."""
    try:
        with parts.storage.work() as work:
            yield Officer(work, parts.desk, name)
    except (Refused, CitizenMistake) as error:
        raise click.ClickException(_words(parts, error)) from error


def _words(parts: wiring.Parts, error: BotError) -> str:
    return parts.desk.wording.render(error.key, error.facts)


@officer.command("list")
@click.option("--all", "every", is_flag=True, help="Also what waits for citizens, and what ended.")
@click.pass_obj
def list_dossiers(counter: Any, every: bool) -> None:
    """List what waits, oldest first."""
    with counter() as at_counter:
        found = decide.every(at_counter) if every else decide.waiting(at_counter)
        code = Column("code", no_wrap=True)  # it is copied into the next command
        table = Table(code, "procedure", "applicant", "submitted", "due", "state", box=None)
        for dossier in found:
            table.add_row(
                dossier.code,
                dossier.procedure_name,
                dossier.applicant,
                show.moment(dossier.submitted_at),
                show.day(dossier.due) if dossier.due else "",
                state_of(at_counter, dossier),
            )
        console.print(table)


@officer.command("show")
@dossier_code
@click.pass_obj
def show_dossier(counter: Any, code: DossierCode) -> None:
    """Show a whole dossier: answers, papers, history."""
    with counter() as at_counter:
        dossier = decide.get(at_counter, code)
        show_words(_whole(at_counter, dossier))


@officer.command("files")
@dossier_code
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.pass_obj
def save_files(counter: Any, code: DossierCode, folder: Path) -> None:
    """Save what the citizen sent, and every slip, in a folder."""
    with counter() as at_counter:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for name, content in decide.files(at_counter, code):
            (folder / name).write_bytes(content)
            show_words(folder / name)


@officer.command()
@dossier_code
@click.argument("file", required=False, type=click.Path(dir_okay=False, path_type=Path))
@click.pass_obj
def bundle(counter: Any, code: DossierCode, file: Path | None) -> None:
    """Write the whole dossier as one PDF.

    Cover, declaration, what was sent, slips. FILE: its name; else the dossier's code.
    """
    file = file or Path(f"{code}.pdf")
    with counter() as at_counter:
        bound = bundle_dossier(at_counter, code)
    file.touch(mode=0o600)
    file.write_bytes(bound.pdf)
    show_words(f"{file}: {bound.pages} pages")
    for title in bound.left_out:
        show_words(f"left out, it cannot be opened: {title}")


@officer.command()
@click.option("--limit", default=50, show_default=True, help="How many.")
@click.pass_obj
def feedback(counter: Any, limit: int) -> None:
    """List complaints, ratings and requests to be called, newest first."""
    with counter() as at_counter:
        table = Table("at", "kind", "dossier", "words", box=None)
        for entry in at_counter.work.feedback.latest(limit):
            at = show.moment(entry.at)
            table.add_row(at, entry.kind, entry.dossier or "", entry.words)
        console.print(table)


for _command in (*officer_decisions.COMMANDS, *officer_talk.COMMANDS):
    officer.add_command(_command)


def _whole(at_counter: Officer, dossier: Dossier) -> str:
    facts = {
        "dossier": dossier,
        "state": dossier.state.name.lower(),
        "lines": answers_shown(at_counter.desk, dossier),
        "doubts": unsure(at_counter.desk, dossier),
        "overdue": dossier.is_overdue(at_counter.desk.clock.today()),
    }
    return at_counter.desk.wording.render("officer.dossier", facts)
