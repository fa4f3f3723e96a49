"""`motcua officer`, the part that talks with citizens: whom to call, what they wrote, answering them."""

from __future__ import annotations

from typing import Any

import click
from rich.console import Console

from bot.basics.ids import DossierCode
from bot.counter import calls

_console = Console(soft_wrap=True)


@click.command("calls")
@click.pass_obj
def list_calls(counter: Any) -> None:
    """Whom to call because nothing else reached them, and what to tell; the longest waiting first."""
    with counter() as at_counter:
        for call in calls.calls(at_counter):
            words = at_counter.desk.wording.render("officer.call", {"call": call})
            _console.print(f"{words}\n", highlight=False, markup=False)


@click.command("called")
@click.argument("code", callback=lambda _ctx, _param, value: DossierCode(value.upper()))
@click.pass_obj
def note_called(counter: Any, code: DossierCode) -> None:
    """The citizen of this dossier was called and told everything."""
    with counter() as at_counter:
        count = calls.called(at_counter, code)
        words = at_counter.desk.wording.render("officer.called", {"code": code, "count": count})
        _console.print(words, highlight=False, markup=False)


COMMANDS = (list_calls, note_called)
