"""`motcua train`."""

from __future__ import annotations

import click

from bot.basics import settings


@click.command()
@click.option("--force", is_flag=True, help="Train even if the model is up to date.")
def train(force: bool) -> None:
    """Train the model for the present data, unless there is one."""
    from bot import wiring
    from bot.conversation import training

    chosen = settings.read()
    wiring.start_logging(chosen)
    name = training.model_name()
    path = chosen.models_dir / name
    if force or not path.exists():
        path = training.train(chosen.models_dir, name)
    click.echo(path)
