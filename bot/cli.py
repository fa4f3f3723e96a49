"""The command line: `motcua --help` lists everything."""

from __future__ import annotations

import gc
import importlib
import os
import sys
import warnings

import click

from bot.basics.errors import Misconfigured

COMMANDS = {
    "up": "Start the assistant: every door that is set up, background work.",
    "talk": "Chat in the terminal; with --json, in lines of JSON.",
    "officer": "What officers do: see what waits, decide, answer citizens.",
    "notices": "Show what citizens were told, and whether it reached them.",
    "parse": "Show what is understood: JSON lines in, JSON lines out.",
    "train": "Train the model, or say that it is up to date.",
    "settings": "List every setting, its value and its meaning.",
    "catalogue": "Add procedures, check and try them; import an export.",
    "telegram": "Register the webhook and the menu with Telegram.",
    "zalo": "Log in to the Official Account on Zalo, and see how it is.",
    "review": "Go through messages that were not understood.",
    "bench": "Measure: understanding, the finder, the cost of a turn.",
}
"""Command → what it does. Each lives in `bot/commands/<name>.py` under its own name."""


class Commands(click.Group):
    """Imports a command only when it is asked for: `motcua --help` should not wait for Rasa."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All commands, in the order a newcomer meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"bot.commands.{cmd_name}")
        command: click.Command = getattr(module, cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=Commands)
def motcua() -> None:
    """Một Cửa: Vietnamese public administration by chatting. Start with `motcua up`."""


def main() -> None:
    """Runs the command line; what a person has to mend is listed, without a traceback."""
    # Starting makes a million objects that stay; looking through them again and again takes half a second.
    gc.set_threshold(50_000, 20, 50)
    # A message is a few small sums: sharing them out among cores costs more CPU than doing them.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    if not sys.warnoptions:
        # What other people's packages deprecate is no news for whoever runs a command.
        warnings.showwarning = lambda *_, **__: None
    try:
        motcua(prog_name="motcua")
    except Misconfigured as error:
        for problem in error.problems:
            click.echo(problem, err=True)
        sys.exit(2)
