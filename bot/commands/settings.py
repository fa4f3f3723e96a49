"""`motcua settings`."""

from __future__ import annotations

import shutil

import click
from pydantic import SecretStr

from bot.basics.settings import PREFIX, Settings, read


@click.command()
def settings() -> None:
    """List every setting with its value (secrets masked) and its meaning.

    Set them in the environment, or as lines of a file `.env` here.
    """
    chosen = read()
    width = shutil.get_terminal_size().columns
    for name, field in Settings.model_fields.items():
        # not a table: in a narrow terminal it would cut what is to be copied
        click.echo(f"{PREFIX}{name.upper()}={_shown(getattr(chosen, name))}")
        click.echo(click.wrap_text(field.description or "", width, "    ", "    "))


def _shown(value: object) -> str:
    if isinstance(value, SecretStr):
        return "•••" if value.get_secret_value() else ""
    return "" if value is None else str(value)
