"""`motcua telegram`."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime

import click
from telegram import Bot
from telegram.error import TelegramError

from bot.basics import settings
from bot.basics.clock import VIETNAM
from bot.basics.errors import Misconfigured
from bot.basics.settings import Settings
from bot.channels.telegram import connect
from bot.channels.telegram_menu import Menu, introduce
from bot.channels.telegram_poll import WANTED
from bot.channels.telegram_webhook import NO_SECRET, PATH, SECRET
from bot.procedures.office import Office

_CONNECTIONS = 20
"""Updates Telegram brings at a time; each of them is one small transaction."""


@click.group()
def telegram() -> None:
    """Register the webhook and the menu with Telegram."""


@telegram.command("set-webhook")
@click.option("--drop-pending", is_flag=True, help="Forget what was written while we were away.")
def set_webhook(drop_pending: bool) -> None:
    """Ask Telegram to bring updates to our public address.

    For MOTCUA_TELEGRAM_MODE=webhook.
    """
    chosen = settings.read()
    if problems := _problems(chosen):
        raise Misconfigured(problems)
    url = chosen.address + PATH

    async def ask(bot: Bot) -> str:
        await bot.set_webhook(
            url,
            secret_token=chosen.telegram_secret.get_secret_value(),
            allowed_updates=WANTED,
            max_connections=_CONNECTIONS,
            drop_pending_updates=drop_pending,
        )
        return f"Telegram brings updates to {url}"

    _run(chosen, ask)


@telegram.command("delete-webhook")
def delete_webhook() -> None:
    """Ask Telegram to keep updates until they are fetched.

    For MOTCUA_TELEGRAM_MODE=polling.
    """

    async def ask(bot: Bot) -> str:
        await bot.delete_webhook()
        return "Telegram keeps updates until they are fetched."

    _run(settings.read(), ask)


@telegram.command()
def info() -> None:
    """Show which bot this is, and how its updates come.

    Also what went wrong last.
    """

    async def ask(bot: Bot) -> str:
        me, hook = await bot.get_me(), await bot.get_webhook_info()
        lines = [
            f"bot      @{me.username}",
            f"updates  {hook.url or 'kept until they are fetched (polling)'}",
            f"waiting  {hook.pending_update_count}",
        ]
        if hook.last_error_date:
            lines.append(f"error    {_moment(hook.last_error_date)}  {hook.last_error_message}")
        return "\n".join(lines)

    _run(settings.read(), ask)


@telegram.command()
def commands() -> None:
    """Show citizens the menu and the description of the bot.

    Both stand in catalogue/telegram.yml.
    """
    chosen = settings.read()
    menu = Menu.read(chosen.catalogue_dir / "telegram.yml")
    offices = chosen.catalogue_dir / "units" / "offices"

    async def ask(bot: Bot) -> str:
        await introduce(bot, menu, Office.read(offices / f"{chosen.office}.yml"))
        return "\n".join(f"/{entry.command}  {entry.shows}" for entry in menu.entries)

    _run(chosen, ask)


def _problems(chosen: Settings) -> list[str]:
    problems = []
    if not chosen.public_url.startswith("https://"):
        problems.append("MOTCUA_PUBLIC_URL: Telegram brings updates to an https address only")
    if not SECRET.fullmatch(chosen.telegram_secret.get_secret_value()):
        problems.append(NO_SECRET)
    return problems


def _run(chosen: Settings, ask: Callable[[Bot], Awaitable[str]]) -> None:
    """Asks Telegram and shows the answer. Raises `Misconfigured` where there is none."""
    token = chosen.telegram_token.get_secret_value()
    if not token:
        raise Misconfigured(["MOTCUA_TELEGRAM_TOKEN: there is no token; @BotFather gives one"])

    async def answer() -> str:
        async with connect(token, chosen.telegram_api) as bot:
            return await ask(bot)

    try:
        click.echo(asyncio.run(answer()))
    except TelegramError as error:
        # The library's message may quote the token.
        what = error.message.replace(token, "…")
        raise Misconfigured([f"Telegram refused: {what}"]) from error


def _moment(at: datetime) -> str:
    return f"{at.astimezone(VIETNAM):%d/%m/%Y %H:%M}"
