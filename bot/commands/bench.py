"""`motcua bench`: each bench prints one JSON object."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click


@click.group()
def bench() -> None:
    """Measure; every figure in the documents comes from here."""


@bench.command()
@click.option("--stock/--no-stock", default=True, help="Also measure stock Rasa in the same run.")
def turn(stock: bool) -> None:
    """Measure the CPU of a turn, early and late in a talk.

    It must not grow with the conversation.
    """
    from bot.bench.turn import run

    _print(run(stock))


@bench.command()
@click.option(
    "--export",
    type=click.Path(exists=True, path_type=Path),
    help="An export of the national portal, to be measured with as well.",
)
@click.option("--times", default=5, show_default=True, help="Starts to take the median of.")
def start(export: Path | None, times: int) -> None:
    """Measure a start: seconds, CPU, memory to the first answer."""
    from bot.bench.start import run

    _print(run(export, times))


@bench.command()
@click.option("--seed", default=2026, show_default=True, help="Which words of the titles drop.")
def finder(seed: int) -> None:
    """Find procedures by what people say, among all the country's."""
    root = str(Path(__file__).parents[2])
    if root not in sys.path:
        sys.path.insert(0, root)  # the figures' data are test data, beside the program
    from tests.bench.finder import run

    _print(run(seed=seed))


@bench.command()
@click.option("--markdown", is_flag=True, help="The table of docs/forms.md instead of JSON.")
def forms(markdown: bool) -> None:
    """Count the questions and characters that each form costs.

    The first time, the next time, and with a card.
    """
    from bot.bench.forms import run, table

    figures = run()
    click.echo(table(figures)) if markdown else _print(figures)


@bench.command()
@click.option("--seed", default=2026, show_default=True, help="Which messages are made up.")
@click.option("--inputs", default=10_000, show_default=True, help="Messages to each kind of field.")
def parsers(seed: int, inputs: int) -> None:
    """Send hostile messages to every kind of field.

    Prints what broke, and the slowest of all in milliseconds.
    """
    root = str(Path(__file__).parents[2])
    if root not in sys.path:
        sys.path.insert(0, root)  # the messages are test data, beside the program
    from tests.bench.parsers import run

    _print(run(seed, inputs))


@bench.command()
@click.option(
    "--train",
    type=click.Path(exists=True, path_type=Path),
    help="Training data in Rasa's format, or a folder with seq.in, seq.out and label.",
)
@click.option(
    "--test", type=click.Path(exists=True, path_type=Path), help="Test data, of either shape."
)
@click.option("--stock/--no-stock", default=True, help="Also measure Rasa's own pipeline.")
@click.option(
    "--cross-validation",
    "folder",
    type=click.Path(path_type=Path),
    help="Only cross-validate our training data with Rasa; report and plots go into this folder.",
)
def understanding(train: Path | None, test: Path | None, stock: bool, folder: Path | None) -> None:
    """Measure how well messages are understood.

    Accuracy by kind of sentence, speed, memory; also on other data.
    """
    if (train is None) != (test is None):
        raise click.UsageError("--train and --test belong together")
    from bot.bench.foreign import Unreadable
    from bot.bench.understanding import cross_validate, run

    try:
        _print(cross_validate(folder) if folder else run(train, test, stock=stock))
    except Unreadable as wrong:
        raise click.ClickException(str(wrong)) from wrong


def _print(result: Mapping[str, Any]) -> None:
    click.echo(json.dumps(result, ensure_ascii=False, indent=2))
