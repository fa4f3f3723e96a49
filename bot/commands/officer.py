"""`motcua officer`: what an officer does with dossiers, until they use the console."""

from __future__ import annotations

import functools
import getpass
import mimetypes
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Column, Table

from bot import wiring
from bot.basics import settings
from bot.basics.errors import BotError, CitizenMistake, Refused
from bot.basics.ids import DossierCode
from bot.basics.vietnamese import show
from bot.commands import officer_talk
from bot.counter import decide
from bot.counter.bundle import bundle_dossier, unsure
from bot.counter.decide import Officer
from bot.counter.forms import answers_shown
from bot.dossiers.model import Dossier

_console = Console(soft_wrap=True)
_code = click.argument("code", callback=lambda _ctx, _param, value: DossierCode(value.upper()))
_reason = click.option("--reason", "-r", required=True, help="Told to the citizen.")


@click.group()
@click.option("--as", "name", default=getpass.getuser, help="Who decides; stands in the history.")
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


def _decision(decided: Callable[..., Dossier]) -> Callable[..., None]:
    """Runs a decision and shows the dossier as it is then."""

    @functools.wraps(decided)
    @click.pass_obj
    def run(counter: Any, /, **given: Any) -> None:
        with counter() as at_counter:
            dossier = decided(at_counter, **given)
            _console.print(_summary(at_counter, dossier), highlight=False, markup=False)

    return run


@officer.command("list")
@click.option("--all", "every", is_flag=True, help="Also what waits for citizens, and what ended.")
@click.pass_obj
def list_dossiers(counter: Any, every: bool) -> None:
    """What waits, oldest first."""
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
                _state(at_counter, dossier),
            )
        _console.print(table)


@officer.command("show")
@_code
@click.pass_obj
def show_dossier(counter: Any, code: DossierCode) -> None:
    """A whole dossier: answers, papers, history."""
    with counter() as at_counter:
        dossier = decide.get(at_counter, code)
        _console.print(_whole(at_counter, dossier), highlight=False, markup=False)


@officer.command("files")
@_code
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.pass_obj
def save_files(counter: Any, code: DossierCode, folder: Path) -> None:
    """Save what the citizen sent, and every slip, into a folder."""
    with counter() as at_counter:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for name, content in decide.files(at_counter, code):
            (folder / name).write_bytes(content)
            _console.print(folder / name, highlight=False, markup=False)


@officer.command()
@_code
@click.argument("file", required=False, type=click.Path(dir_okay=False, path_type=Path))
@click.pass_obj
def bundle(counter: Any, code: DossierCode, file: Path | None) -> None:
    """Write the whole dossier as one PDF: cover, declaration, what was sent, slips."""
    file = file or Path(f"{code}.pdf")
    with counter() as at_counter:
        bound = bundle_dossier(at_counter, code)
    file.touch(mode=0o600)
    file.write_bytes(bound.pdf)
    _console.print(f"{file}: {bound.pages} pages", highlight=False, markup=False)
    for title in bound.left_out:
        _console.print(f"left out, it cannot be opened: {title}", highlight=False, markup=False)


@officer.command()
@_code
@_decision
def accept(at_counter: Officer, code: DossierCode) -> Dossier:
    """Take it in: the clock starts, Mẫu 01 goes to the citizen."""
    return decide.accept(at_counter, code)


@officer.command()
@_code
@_reason
@_decision
def refuse(at_counter: Officer, code: DossierCode, reason: str) -> Dossier:
    """Turn it away for a formal reason: Mẫu 03."""
    return decide.refuse(at_counter, code, reason)


@officer.command()
@_code
@_reason
@click.option(
    "--missing",
    "-m",
    multiple=True,
    required=True,
    help='A field, a paper or its name, with a note after a colon: "giay_chung_sinh: anh mo".',
)
@click.option("--reply-by", type=click.DateTime(["%Y-%m-%d", "%d/%m/%Y"]), help="Until when.")
@_decision
def supplement(
    at_counter: Officer,
    code: DossierCode,
    reason: str,
    missing: tuple[str, ...],
    reply_by: datetime | None,
) -> Dossier:
    """Ask for everything that is missing, at once: Mẫu 02, and the chat asks for each."""
    dossier = decide.get(at_counter, code)
    items = [
        decide.missing_item(at_counter, dossier, words.strip(), note.strip())
        for words, _, note in (item.partition(":") for item in missing)
    ]
    return decide.request_supplement(at_counter, code, reason, items, _day(reply_by))


@officer.command()
@_code
@_decision
def process(at_counter: Officer, code: DossierCode) -> Dossier:
    """Pass it to examination."""
    return decide.start_processing(at_counter, code)


@officer.command()
@_code
@_reason
@_decision
def payment(at_counter: Officer, code: DossierCode, reason: str) -> Dossier:
    """Ask the citizen to pay a charge or a tax; the clock pauses."""
    return decide.request_payment(at_counter, code, reason)


@officer.command()
@_code
@_reason
@_decision
def stop(at_counter: Officer, code: DossierCode, reason: str) -> Dossier:
    """Stop work on it: Mẫu 05; the clock pauses."""
    return decide.stop(at_counter, code, reason)


@officer.command()
@_code
@_decision
def resume(at_counter: Officer, code: DossierCode) -> Dossier:
    """End a pause; the paused working days are given back."""
    return decide.resume(at_counter, code)


@officer.command()
@_code
@_reason
@click.option("--due", required=True, type=click.DateTime(["%Y-%m-%d", "%d/%m/%Y"]))
@_decision
def extend(at_counter: Officer, code: DossierCode, reason: str, due: datetime) -> Dossier:
    """Apologise and give a later date: Mẫu 04."""
    return decide.extend(at_counter, code, reason, due.date())


@officer.command()
@_code
@click.option("--note", "-n", default="", help="Told to the citizen.")
@click.option("--result", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_decision
def finish(at_counter: Officer, code: DossierCode, note: str, result: Path | None) -> Dossier:
    """The result is ready; a file of it goes to the citizen."""
    return decide.finish(at_counter, code, note, _result(result) if result else None)


@officer.command("hand-over")
@_code
@_decision
def hand_over(at_counter: Officer, code: DossierCode) -> Dossier:
    """The citizen has the result."""
    return decide.hand_over(at_counter, code)


@officer.command()
@click.option("--limit", default=50)
@click.pass_obj
def feedback(counter: Any, limit: int) -> None:
    """Complaints, ratings and requests to be called, newest first."""
    with counter() as at_counter:
        table = Table("at", "kind", "dossier", "words", box=None)
        for entry in at_counter.work.feedback.latest(limit):
            at = show.moment(entry.at)
            table.add_row(at, entry.kind, entry.dossier or "", entry.words)
        _console.print(table)


for _command in officer_talk.COMMANDS:
    officer.add_command(_command)


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


def _result(path: Path) -> tuple[str, str, bytes]:
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return path.name, kind, path.read_bytes()


def _state(at_counter: Officer, dossier: Dossier) -> str:
    return at_counter.desk.wording.render(f"state.{dossier.state.name.lower()}")


def _summary(at_counter: Officer, dossier: Dossier) -> str:
    due = f" · {show.long_day(dossier.due)}" if dossier.due else ""
    return f"{dossier.code} · {_state(at_counter, dossier)}{due}"


def _whole(at_counter: Officer, dossier: Dossier) -> str:
    facts = {
        "dossier": dossier,
        "state": dossier.state.name.lower(),
        "lines": answers_shown(at_counter.desk, dossier),
        "doubts": unsure(at_counter.desk, dossier),
        "overdue": dossier.is_overdue(at_counter.desk.clock.today()),
    }
    return at_counter.desk.wording.render("officer.dossier", facts)
