"""`motcua catalogue`: check the procedure files, begin a new one, import a national export."""

from __future__ import annotations

from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

from bot.basics import settings
from bot.basics.errors import Misconfigured
from bot.procedures import catalogue as reading
from bot.procedures import imported
from bot.procedures.check import check as check_folder
from bot.procedures.importing import import_export
from bot.procedures.skeleton import begin

_SHOWN = 40
"""Problems of an import that are printed; all of them stand in a file beside the import."""
_console = Console(soft_wrap=True, highlight=False, markup=False)


@click.group()
def catalogue() -> None:
    """Check, add and import procedures. A running assistant picks changes up within a second."""


@catalogue.command()
@click.argument("files", nargs=-1, type=click.Path(exists=True, path_type=Path))
def check(files: tuple[Path, ...]) -> None:
    """Report every mistake in the procedure files as file:line: what — remedy."""
    folder = settings.read().catalogue_dir
    found = check_folder(folder, files)
    for problem in found.problems:
        _console.print(problem)
    _console.print(f"{found.files} files, {len(found.problems)} problems")
    if found.problems:
        raise SystemExit(1)


@catalogue.command()
@click.argument("sector")
@click.argument("name")
@click.option("--code", default="", help="National code, e.g. 1.001193.")
def new(sector: str, name: str, code: str) -> None:
    """Begin a file for the procedure NAME in SECTOR, a folder of the catalogue."""
    path = begin(settings.read().catalogue_dir, sector, name, code)
    _console.print(f"{path}\nFill it in, then run `motcua catalogue check`.")


@catalogue.command("import")
@click.argument("export", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--all", "every", is_flag=True, help="Print every problem, not only the first.")
def import_(export: Path, every: bool) -> None:
    """Take over the national portal's EXPORT (JSON lines, also gzipped)."""
    folder = settings.read().catalogue_dir
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
