"""What the commands of `motcua officer` share: how a dossier is named, and how words are shown."""

from __future__ import annotations

from pathlib import Path

import click
from rich.console import Console

from bot.basics.ids import DossierCode
from bot.counter.decide import Officer
from bot.dossiers.model import Dossier

console = Console(soft_wrap=True)
dossier_code = click.argument(
    "code", callback=lambda _ctx, _param, value: DossierCode(value.upper())
)


def show_words(words: str | Path) -> None:
    """Prints words as they are: what a citizen wrote is no markup."""
    console.print(words, highlight=False, markup=False)


def state_of(at_counter: Officer, dossier: Dossier) -> str:
    """The dossier's state in words."""
    return at_counter.desk.wording.render(f"state.{dossier.state.name.lower()}")
