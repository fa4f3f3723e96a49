"""`motcua notices`: the fate of every notice, without anything personal."""

from __future__ import annotations

import json
from typing import Any

import click
from rich.console import Console
from rich.table import Column, Table

from bot import wiring
from bot.basics import settings
from bot.basics.ids import ConversationId, DossierCode
from bot.basics.vietnamese import show
from bot.notifications.notice import Attempt, Notice

_SHOWN_OF_AN_ADDRESS = 3


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, for scripts.")
@click.option("--dossier", "code", default="", help="Only the notices of this dossier.")
@click.option("--limit", default=50, show_default=True, help="How many, the newest first.")
def notices(as_json: bool, code: str, limit: int) -> None:
    """Show what citizens were told about their dossiers, each attempt, its cost and its fate.

    held: waits for the morning. under_way: being sent. sent. left: stands in the chat of the browser.
    unknown: may have arrived, is never sent again. call: see `motcua officer calls`. called.
    """
    chosen = settings.read()
    wiring.start_logging(chosen)
    parts = wiring.assemble(chosen)
    with parts.storage.look() as work:
        found = work.notices.latest(DossierCode(code.upper()) if code else None, limit)
    if as_json:
        for notice in found:
            click.echo(json.dumps(_facts(notice), ensure_ascii=False))
        return
    Console(soft_wrap=True).print(_table(found))


def _table(found: list[Notice]) -> Table:
    dossier = Column("dossier", no_wrap=True)  # it is copied into the next command
    table = Table("at", dossier, "kind", "fate", "VND", "ways", box=None)
    for notice in found:
        ways = " → ".join(map(_way, notice.attempts))
        at, cost = show.moment(notice.created_at), str(notice.cost)
        table.add_row(at, notice.dossier, notice.kind, notice.fate, cost, ways)
    return table


def _way(attempt: Attempt) -> str:
    where = masked(attempt.step.conversation) if attempt.step.conversation else "zalo"
    return f"{attempt.step.way} {where}: {attempt.error or attempt.fate}"


def _facts(notice: Notice) -> dict[str, Any]:
    return {
        "dossier": notice.dossier,
        "kind": notice.kind,
        "created_at": notice.created_at.isoformat(),
        "not_before": notice.not_before.isoformat(),
        "fate": notice.fate,
        "cost_vnd": notice.cost,
        "attempts": [
            {
                "way": attempt.step.way,
                "conversation": masked(attempt.step.conversation),
                "fate": attempt.fate,
                "error": attempt.error,
                "cost_vnd": attempt.step.cost if attempt.may_have_arrived else 0,
                "at": attempt.at.isoformat(),
            }
            for attempt in notice.attempts
        ],
    }


def masked(conversation: ConversationId | None) -> str:
    """The channel and the end of the address: enough to compare two, too little to write to."""
    if conversation is None:
        return ""
    channel, _, address = conversation.partition(":")
    return f"{channel}:…{address[-_SHOWN_OF_AN_ADDRESS:]}"
