"""`motcua up`: the assistant with all its doors."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any

import click

from bot.basics import settings

if TYPE_CHECKING:
    from bot.channels.telegram import TelegramDoor
    from bot.running import Assistant
    from bot.wiring import Parts
    from bot.wiring_web import WebDoor
    from bot.wiring_zalo import Zalo


@click.command()
def up() -> None:
    """Start the assistant: the chat in the browser, and Telegram and Zalo if they are set up.

    What it can be set to is listed by `motcua settings`. Ctrl+C stops it.
    """
    from bot import wiring
    from bot.conversation import training

    chosen = settings.read()
    wiring.start_logging(chosen)
    parts = wiring.assemble(chosen)
    words = parts.desk.wording
    if not (chosen.models_dir / training.model_name()).exists():
        click.echo(words.render("terminal.training"))
        with _progress():
            training.trained_model(chosen.models_dir)
    click.echo(words.render("terminal.starting"))
    asyncio.run(_up(parts))


@contextlib.contextmanager
def _progress() -> Any:
    """A bar that moves, for work whose length nobody knows."""
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, transient=True) as progress:
        progress.add_task("Rasa")
        yield


async def _up(parts: Parts) -> None:
    from bot.running import Assistant
    from bot.wiring_papers import from_here_only
    from bot.wiring_web import WebDoor
    from bot.wiring_zalo import Zalo

    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    web = WebDoor.of(parts)
    senders: dict[str, Any] = {web.sender.channel: web.sender}
    fetches: dict[str, Any] = {web.sender.channel: web.fetch}
    assistant = Assistant(parts, senders, fetches)
    telegram = _telegram(parts, assistant)
    if telegram is not None:
        fetch = from_here_only(web.spool) if parts.links else telegram.fetch
        assistant.open(telegram.sender.channel, telegram.sender, fetch)
    zalo = Zalo.of(parts, assistant.hear, assistant.reachable)
    for channel, sender, fetch in zalo.ways():
        assistant.open(channel, sender, fetch)
    await assistant.run(stop, *_doors(parts, assistant, web, telegram, zalo, stop))


def _telegram(parts: Parts, assistant: Assistant) -> TelegramDoor | None:
    """The door to Telegram, if there is a token."""
    from bot.channels.telegram import TelegramDoor, connect
    from bot.channels.telegram_menu import Menu
    from bot.wiring import OutgoingFiles

    chosen = parts.settings
    token = chosen.telegram_token.get_secret_value()
    if not token:
        return None
    return TelegramDoor(
        connect(token, chosen.telegram_api),
        Menu.read(chosen.catalogue_dir / "telegram.yml"),
        parts.desk.office,
        OutgoingFiles(parts.storage),
        parts.clock,
        heard=assistant.hear,
        membership=assistant.reachable,
        link=parts.links.paper if parts.links else None,
    )


def _doors(
    parts: Parts,
    assistant: Assistant,
    web: WebDoor,
    telegram: TelegramDoor | None,
    zalo: Zalo,
    stop: asyncio.Event,
) -> list[Coroutine[Any, Any, Any]]:
    from bot.channels.telegram_webhook import TelegramWebhook

    chosen, words = parts.settings, parts.desk.wording
    polls = chosen.telegram_mode == "polling"
    hook = None
    if telegram is not None and not polls:
        hook = TelegramWebhook(telegram.take, chosen.telegram_secret.get_secret_value())
    server = web.server(assistant.hear, hook, zalo.webhook, zalo.bot_webhook)

    def ready(port: int) -> None:
        address = chosen.public_url or f"http://{chosen.host}:{port}"
        click.echo(words.render("terminal.ready", {"address": address}))
        if telegram is not None:
            click.echo(words.render("terminal.telegram", {"mode": chosen.telegram_mode}))

    async def serve() -> None:
        serving = asyncio.create_task(server.run_until_stopped(ready))
        told = asyncio.create_task(stop.wait())
        await asyncio.wait((serving, told), return_when=asyncio.FIRST_COMPLETED)
        server.stop()
        told.cancel()
        await serving

    doors: list[Coroutine[Any, Any, Any]] = [serve(), *zalo.doors(stop)]
    if telegram is not None:
        doors.append(telegram.run(stop, polls=polls))
    return doors
