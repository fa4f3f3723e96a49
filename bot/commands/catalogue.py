"""`motcua catalogue`: begin a procedure, check it, try it, look at its papers; import an export."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

import bot
from bot.basics import settings
from bot.basics.errors import Misconfigured
from bot.basics.ids import ProcedureCode
from bot.procedures import catalogue as reading
from bot.procedures import imported
from bot.procedures.check import check as check_folder
from bot.procedures.find.kept import meaning_of
from bot.procedures.importing import import_export
from bot.procedures.model import Form, Procedure
from bot.procedures.problems import did_you_mean
from bot.procedures.read import read_procedure
from bot.procedures.shelf import Shelf
from bot.procedures.skeleton import begin

if TYPE_CHECKING:  # brings everything that answers citizens with it
    from bot.counter.ports import Desk

_UNITS = Path(bot.__file__).parent / "catalogue" / "units"
"""The country's places, for a catalogue that brings none."""
_SHOWN = 40
"""Problems of an import that are printed; all of them stand in a file beside the import."""
_console = Console(soft_wrap=True, highlight=False, markup=False)
_out = click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("thu"),
    show_default=True,
    help="The folder that is written to.",
)


@click.group()
def catalogue() -> None:
    """Check, add and import procedures. A running assistant picks changes up within a second."""


@catalogue.command()
@click.argument("files", nargs=-1, type=click.Path(exists=True, path_type=Path))
def check(files: tuple[Path, ...]) -> None:
    """Report every mistake in the procedure files.

    Each as file:line: what — remedy. FILES: only these.
    """
    from bot.commands.rehearsal import mistakes
    from bot.procedures.places import Places

    folder = settings.read().catalogue_dir
    found = check_folder(folder, files)
    units = folder / "units" if (folder / "units").exists() else _UNITS
    spoken = mistakes(found.read, Places.read(units), folder / "forms")
    problems = list(dict.fromkeys((*found.problems, *spoken)))
    for problem in problems:
        _console.print(problem)
    _console.print(f"{found.files} files, {len(problems)} problems")
    if problems:
        raise SystemExit(1)


@catalogue.command()
@click.argument("sector")
@click.argument("name")
@click.option("--code", default="", help="National code, e.g. 1.001193.")
def new(sector: str, name: str, code: str) -> None:
    """Begin the file of a new procedure, every key explained.

    SECTOR: a folder of the catalogue. NAME: what people call the procedure.
    """
    path = begin(settings.read().catalogue_dir, sector, name, code)
    _console.print(f"{path}\nFill it in, then run `motcua catalogue check`.")


@catalogue.command("try")
@click.argument("procedure")
@click.option("--yes", "-y", is_flag=True, help="Answer everything with the example.")
@_out
def try_(procedure: str, yes: bool, out: Path) -> None:
    """Talk through a procedure, and write its declaration as a PDF.

    PROCEDURE: a file or a code. Nothing is kept. Enter alone answers with the form's example.
    """
    from bot.commands.rehearsal import Walk

    chosen, form, desk = _chosen(procedure)

    def hear(enter: str) -> str:
        if not yes:
            return str(click.prompt(enter, default="", show_default=False, prompt_suffix=" » "))
        click.echo(f"{enter} »\n")
        return ""

    walk = Walk(chosen, form, desk, click.echo, hear)
    draft = walk.to_the_end()
    if draft is not None:
        out.mkdir(parents=True, exist_ok=True)
        path = out / f"{chosen.code}.pdf"
        lines = walk.lines(draft)
        path.write_bytes(desk.documents.declaration(form, lines, desk.clock.now()))
        click.echo(path)


@catalogue.command()
@click.argument("procedure")
@_out
def render(procedure: str, out: Path) -> None:
    """Write every paper of a procedure: blank, filled in, slips.

    PROCEDURE: a file or a code. It is filled in with its example.
    """
    from bot.commands import rendering

    for path in rendering.render(*_chosen(procedure), out):
        click.echo(path)


def _chosen(named: str) -> tuple[Procedure, Form, Desk]:
    """The procedure of a file or a code, its form, and a desk to play it at."""
    from bot import wiring
    from bot.basics.clock import SystemClock

    chosen = settings.read()
    clock = SystemClock.starting_at(chosen.now) if chosen.now else SystemClock()
    desk = wiring.make_desk(chosen, clock)
    if Path(named).suffix == ".yml":
        procedure = read_procedure(Path(named), Shelf(chosen.catalogue_dir))
    elif named in desk.catalogue:
        procedure = desk.catalogue.get(ProcedureCode(named))
    else:
        hint = did_you_mean(named, [one.code for one in desk.catalogue.written])
        raise Misconfigured([f"there is no procedure {named}{hint}"])
    if procedure.form is None:
        raise Misconfigured([f"{named} has no form: there is nothing to fill in"])
    return procedure, procedure.form, desk


@catalogue.command("import")
@click.argument("export", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--all", "every", is_flag=True, help="Print every problem, not only the first.")
def import_(export: Path, every: bool) -> None:
    """Take over an export of the national portal.

    EXPORT: JSON lines, also gzipped.
    """
    chosen = settings.read()
    folder = chosen.catalogue_dir
    written = frozenset(procedure.code for procedure in reading.read(folder).written)
    bar = Progress(
        TextColumn("import"),
        BarColumn(),
        TaskProgressColumn(),
        TimeElapsedColumn(),
        console=_console,
    )
    with bar as progress:
        task = progress.add_task("import", total=1.0)
        report = import_export(
            export, folder, written, lambda share: progress.update(task, completed=share)
        )
        progress.update(task, completed=1.0)
    with _console.status("learn"):  # what the next start would have to do
        meaning_of(reading.read(folder), chosen.models_dir)
    _show(report.problems, folder / imported.FOLDER / f"{export.name}.problems.txt", every)
    _console.print(
        f"{report.read} lines, {report.kept} procedures kept, {report.changed} of them changed;"
        f" {report.written_by_hand} stand behind hand-written files;"
        f" {len(report.problems)} problems"
    )


def _show(problems: list[str], full: Path, every: bool) -> None:
    """Prints the first problems, and says where all of them stand."""
    for problem in problems if every else problems[:_SHOWN]:
        _console.print(problem)
    try:
        full.write_text("".join(f"{problem}\n" for problem in problems), encoding="utf-8")
    except OSError as error:
        raise Misconfigured([f"{full}: {error}"]) from error
    if len(problems) > _SHOWN and not every:
        _console.print(f"… {len(problems) - _SHOWN} more in {full}")
