"""`motcua settings`."""

from __future__ import annotations

import click
from pydantic import SecretStr
from rich.console import Console
from rich.table import Table

from bot.basics.settings import PREFIX, Settings, read


@click.command()
def settings() -> None:
    """List every setting with its value (secrets masked) and its meaning."""
    chosen = read()
    table = Table("name", "value", "meaning", box=None, pad_edge=False)
    for name, field in Settings.model_fields.items():
        table.add_row(PREFIX + name.upper(), _shown(getattr(chosen, name)), field.description)
    Console().print(table)


def _shown(value: object) -> str:
    if isinstance(value, SecretStr):
        return "•••" if value.get_secret_value() else ""
    return "" if value is None else str(value)
