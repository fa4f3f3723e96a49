"""`motcua zalo`."""

from __future__ import annotations

import asyncio
import functools
import hmac
import secrets
from collections.abc import Awaitable, Callable
from datetime import datetime
from urllib.parse import parse_qs, urlsplit

import click

from bot.basics import settings
from bot.basics.clock import VIETNAM, Clock, SystemClock
from bot.basics.errors import Misconfigured, TryLater
from bot.channels.zalo import ABOUT
from bot.channels.zalo_errors import Refusal
from bot.channels.zalo_oauth import GrantRefused, new_verifier
from bot.channels.zalo_webhook import PATH
from bot.notifications.grants import Grant
from bot.storage import database
from bot.wiring_zalo import Account

_GOVERNMENT = 4


@click.group()
def zalo() -> None:
    """Log in to the Official Account, and see how it is."""


@zalo.command()
@click.option("--redirect", default="", help="Callback URL saved in Zalo's console.")
@click.option("--pair", is_flag=True, help="Type a pair of tokens from the API Explorer instead.")
def login(redirect: str, pair: bool) -> None:
    """Let this program act for the Official Account.

    An administrator of it has to agree.
    """
    account, clock = _account()
    if pair:
        access = click.prompt("access token", hide_input=True)
        refresh = click.prompt("refresh token", hide_input=True)
        if not (access + refresh).isascii():
            raise Misconfigured(["A token has no such letters; copy it again."])
        now = clock.now()
        account.grants.put(account.id, Grant(access, refresh, now, now, now))
        _run(account, functools.partial(_renewed, account, access))
        return
    verifier, state = new_verifier(), secrets.token_urlsafe(16)
    redirect = redirect or settings.read().address + "/"
    click.echo("Open this address, agree, and copy the address the browser then shows:\n")
    click.echo(account.oauth.login_url(redirect, verifier, state) + "\n")
    code = code_in(click.prompt("address, or the code in it"), state, account.id)

    async def exchange() -> str:
        account.grants.put(account.id, await account.oauth.exchange(code, verifier, clock.now()))
        return f"Logged in to {account.id}. Zalo should bring its events to …{PATH}"

    _run(account, exchange)


@zalo.command()
def status() -> None:
    """Show until when the tokens are good, without asking Zalo."""
    account, clock = _account()
    grant = account.grants.read(account.id)
    if grant is None:
        raise Misconfigured([f"Zalo account {account.id}: run `motcua zalo login`"])
    idle = (clock.now() - grant.renewed_at).days
    lines = [
        f"account   {account.id}",
        f"token     until {_moment(grant.expires_at)}",
        f"renewed   {_moment(grant.renewed_at)} ({idle} days ago; it dies after 90)",
        f"endpoint  {account.grants.endpoint(account.id) or 'v3 (the usual one)'}",
    ]
    if grant.refused_at:
        lines.append(f"refused   {_moment(grant.refused_at)}: run `motcua zalo login`")
    click.echo("\n".join(lines))


@zalo.command()
def check() -> None:
    """Ask Zalo who the Official Account is, and what it may do."""
    account, _clock = _account()

    async def ask() -> str:
        about = await account.api.read(ABOUT)
        kind = about.get("oa_type")
        lines = [
            f"account   {about.get('oaid') or about.get('oa_id')}  {about.get('name')}",
            f"kind      {kind}" + (" (state body)" if kind == _GOVERNMENT else ""),
            f"verified  {about.get('is_verified')}",
            f"package   {about.get('package_name') or 'none: sending may be refused (-224)'}",
            f"wallet    {about.get('linked_ZCA') or 'none: nothing can be sent after 48 hours'}",
        ]
        return "\n".join(lines)

    _run(account, ask)


async def _renewed(account: Account, access: str) -> str:
    await account.api.tokens.renewed(access)
    return f"Logged in to {account.id}, with a fresh pair of tokens."


def code_in(given: str, state: str, account: str) -> str:
    """The code in the address Zalo sent the browser to, or the code itself.

    Raises `Misconfigured` for an answer to another login, or for another account.
    """
    given = given.strip()
    if "?" not in given:
        return given
    answer = {name: values[0] for name, values in parse_qs(urlsplit(given).query).items()}
    if not hmac.compare_digest(answer.get("state", state).encode(), state.encode()):
        raise Misconfigured(["This address answers another login; start again."])
    if answer.get("oa_id", account) != account:
        raise Misconfigured([f"MOTCUA_ZALO_OA_ID: agreed was for account {answer['oa_id']}"])
    if not answer.get("code"):
        raise Misconfigured(["There is no code in this address."])
    return answer["code"]


def _account() -> tuple[Account, Clock]:
    chosen = settings.read()
    clock, engine = SystemClock(), database.connect(chosen.database)
    account = Account.of(chosen, engine, clock)
    database.migrate(engine)
    return account, clock


def _run(account: Account, ask: Callable[[], Awaitable[str]]) -> None:
    """Asks Zalo and shows the answer. Raises `Misconfigured` where there is none."""

    async def answer() -> str:
        try:
            return await ask()
        finally:
            await account.api.close()

    try:
        click.echo(asyncio.run(answer()))
    except (GrantRefused, Refusal) as error:
        raise Misconfigured([f"Zalo refused: {error}"]) from error
    except TryLater as error:
        raise Misconfigured([f"Zalo did not answer ({error.key}); try again later"]) from error


def _moment(at: datetime) -> str:
    return f"{at.astimezone(VIETNAM):%d/%m/%Y %H:%M}"
