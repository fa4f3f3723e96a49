"""`motcua officer`: the decisions. Each moves one dossier, tells its citizen, and shows what became of it."""

from __future__ import annotations

import functools
import mimetypes
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from bot.basics.ids import DossierCode
from bot.basics.vietnamese import show
from bot.commands.officer_shared import dossier_code, show_words, state_of
from bot.counter import decide
from bot.counter.decide import Officer
from bot.dossiers.model import Dossier

_DAY = click.DateTime(["%Y-%m-%d", "%d/%m/%Y"])
_reason = click.option("--reason", "-r", required=True, help="Told to the citizen.")


def _decision(decided: Callable[..., Dossier]) -> Callable[..., None]:
    """Runs a decision and shows the dossier as it is then."""

    @functools.wraps(decided)
    @click.pass_obj
    def run(counter: Any, /, **given: Any) -> None:
        with counter() as at_counter:
            dossier = decided(at_counter, **given)
            show_words(_summary(at_counter, dossier))

    return run


@click.command()
@dossier_code
@_decision
def accept(at_counter: Officer, code: DossierCode) -> Dossier:
    """Accept it: the clock starts, Mẫu 01 goes to the citizen."""
    return decide.accept(at_counter, code)


@click.command()
@dossier_code
@_reason
@_decision
def refuse(at_counter: Officer, code: DossierCode, reason: str) -> Dossier:
    """Turn it away for a formal reason: Mẫu 03."""
    return decide.refuse(at_counter, code, reason)


@click.command()
@dossier_code
@_reason
@click.option(
    "--missing",
    "-m",
    multiple=True,
    required=True,
    help='A field, a paper or its name, with a note after a colon: "giay_chung_sinh: anh mo".',
)
@click.option("--reply-by", type=_DAY, help="The last day to bring it.")
@_decision
def supplement(
    at_counter: Officer,
    code: DossierCode,
    reason: str,
    missing: tuple[str, ...],
    reply_by: datetime | None,
) -> Dossier:
    """Ask for everything that is missing, at once: Mẫu 02.

    The chat then asks the citizen for each of them.
    """
    dossier = decide.get(at_counter, code)
    items = [
        decide.missing_item(at_counter, dossier, words.strip(), note.strip())
        for words, _, note in (item.partition(":") for item in missing)
    ]
    return decide.request_supplement(at_counter, code, reason, items, _day(reply_by))


@click.command()
@dossier_code
@_decision
def process(at_counter: Officer, code: DossierCode) -> Dossier:
    """Pass it to examination."""
    return decide.start_processing(at_counter, code)


@click.command()
@dossier_code
@_reason
@_decision
def payment(at_counter: Officer, code: DossierCode, reason: str) -> Dossier:
    """Ask the citizen to pay a charge or a tax; the clock pauses."""
    return decide.request_payment(at_counter, code, reason)


@click.command()
@dossier_code
@_reason
@_decision
def stop(at_counter: Officer, code: DossierCode, reason: str) -> Dossier:
    """Stop work on it: Mẫu 05; the clock pauses."""
    return decide.stop(at_counter, code, reason)


@click.command()
@dossier_code
@_decision
def resume(at_counter: Officer, code: DossierCode) -> Dossier:
    """End a pause; the paused working days are given back."""
    return decide.resume(at_counter, code)


@click.command()
@dossier_code
@_reason
@click.option("--due", required=True, type=_DAY, help="The new day.")
@_decision
def extend(at_counter: Officer, code: DossierCode, reason: str, due: datetime) -> Dossier:
    """Apologise and give a later date: Mẫu 04."""
    return decide.extend(at_counter, code, reason, due.date())


@click.command()
@dossier_code
@click.option("--note", "-n", default="", help="Told to the citizen.")
@click.option(
    "--result",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The result as a file; it goes to the citizen.",
)
@_decision
def finish(at_counter: Officer, code: DossierCode, note: str, result: Path | None) -> Dossier:
    """Tell the citizen that the result is ready."""
    return decide.finish(at_counter, code, note, _result(result) if result else None)


@click.command("hand-over")
@dossier_code
@_decision
def hand_over(at_counter: Officer, code: DossierCode) -> Dossier:
    """Note that the citizen has the result."""
    return decide.hand_over(at_counter, code)


def _summary(at_counter: Officer, dossier: Dossier) -> str:
    due = f" · {show.long_day(dossier.due)}" if dossier.due else ""
    return f"{dossier.code} · {state_of(at_counter, dossier)}{due}"


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


def _result(path: Path) -> tuple[str, str, bytes]:
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return path.name, kind, path.read_bytes()


COMMANDS = (accept, refuse, supplement, process, payment, stop, resume, extend, finish, hand_over)
