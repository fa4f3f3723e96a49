"""`motcua talk`: the whole assistant in a terminal, or as JSON lines for a script."""

from __future__ import annotations

import asyncio
import json
import os
import secrets
import sys
import threading
from collections.abc import AsyncIterator, Iterator
from typing import Any

import click

from bot.basics import settings
from bot.channels import terminal
from bot.notifications.ports import Sender

_LOOK_EVERY = 0.05
"""Seconds between looks for whether everything was answered, once the input has ended."""


@click.command()
@click.option("--json", "as_json", is_flag=True, help="JSON lines in and out, for scripts.")
@click.option(
    "--as",
    "name",
    default="ban",
    show_default=True,
    metavar="NAME",
    help="Whose conversation this is.",
)
def talk(as_json: bool, name: str) -> None:
    """Chat in the terminal with the whole assistant; notices from officers appear here too.

    @PATH sends a file. With --json: {"from", "text" | "click" | "file"} in, {"to", "text", "buttons"} out.
    """
    from bot import wiring

    chosen = settings.read()
    wiring.start_logging(chosen, file=chosen.data_dir / "log" / "talk.log")
    parts = wiring.assemble(chosen)
    shown = chosen.data_dir / "talk"
    files = wiring.OutgoingFiles(parts.storage)
    door: Sender
    if as_json:
        door = terminal.JsonTerminal(sys.stdout, files, shown)
        lines = _json_lines()
    else:
        click.echo(parts.desk.wording.render("terminal.hello"))
        door = terminal.ChatTerminal(click.echo, files, shown)
        lines = _typed_lines(name)
    asyncio.run(_talk(parts, door, lines))
    # Reading a line cannot be interrupted: do not wait for the thread that still does.
    sys.stdout.flush()
    os._exit(0)


async def _talk(parts: Any, door: Sender, lines: Iterator[dict[str, Any]]) -> None:
    from bot.running import Assistant

    assistant = Assistant(parts, {door.channel: door}, {terminal.CHANNEL: terminal.fetch})

    async def listen() -> None:
        async for line in _aside(lines):
            key = f"{os.getpid()}-{secrets.token_hex(4)}"
            try:
                inbound = terminal.read(line, key, parts.clock.now())
            except ValueError as error:
                click.echo(f"talk: {error}", err=True)
                continue
            await asyncio.to_thread(assistant.hear, inbound)
        while not await asyncio.to_thread(_is_idle, parts):
            await asyncio.sleep(_LOOK_EVERY)

    await assistant.run(asyncio.Event(), listen())


def _is_idle(parts: Any) -> bool:
    with parts.storage.look() as work:
        idle: bool = work.is_idle(terminal.CHANNEL)
        return idle


def _json_lines() -> Iterator[dict[str, Any]]:
    for line in sys.stdin:
        try:
            read = json.loads(line) if line.strip() else None
        except ValueError as error:
            click.echo(f"talk: not JSON: {error}", err=True)
            continue
        if isinstance(read, dict):
            yield read


def _typed_lines(name: str) -> Iterator[dict[str, Any]]:
    yield {"from": name, "start": ""}
    while True:
        try:
            typed = input("» ")
        except (EOFError, KeyboardInterrupt):
            return
        if typed.startswith("@"):
            yield {"from": name, "file": typed[1:].strip()}
        elif typed.strip():
            yield {"from": name, "text": typed}


async def _aside(lines: Iterator[dict[str, Any]]) -> AsyncIterator[dict[str, Any]]:
    """The lines, read in a thread of their own."""
    loop = asyncio.get_running_loop()
    queue: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue()

    def read() -> None:
        for line in lines:
            loop.call_soon_threadsafe(queue.put_nowait, line)
        loop.call_soon_threadsafe(queue.put_nowait, None)

    threading.Thread(target=read, name="input", daemon=True).start()
    while (line := await queue.get()) is not None:
        yield line
