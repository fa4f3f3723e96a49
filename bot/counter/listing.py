"""Lists of procedures: by sector, by level, or those that can be filed right here."""

from __future__ import annotations

from collections import Counter

from bot.basics.say import Button, Say, button, say
from bot.basics.vietnamese.text import fold
from bot.counter.subject import procedure_button
from bot.counter.turn import Reply, Turn

_LONGEST = 10


def list_procedures(turn: Turn) -> Reply:
    """The procedures of the sector that the message or the button names, else the sectors."""
    turn.remember(misses=0)
    sector = _named(turn)
    if sector is None:
        return Reply((_sectors(turn),))
    found = [p for p in turn.desk.catalogue.summaries.values() if p.sector == sector]
    page = int(_fact(turn, "page") or 0)
    shown = found[page * _LONGEST : (page + 1) * _LONGEST]
    buttons = [procedure_button(procedure, "ask_procedure_overview") for procedure in shown]
    if len(found) > (page + 1) * _LONGEST:
        facts = {"sector": sector, "page": str(page + 1)}
        buttons.append(button("button.more", "list_procedures", facts))
    return Reply(
        (
            say(
                "list.sector",
                *buttons,
                name=turn.desk.catalogue.sectors[sector],
                count=len(found),
                procedures=shown,
            ),
        )
    )


def _sectors(turn: Turn) -> Say:
    catalogue = turn.desk.catalogue
    counts = Counter(procedure.sector for procedure in catalogue.summaries.values())
    here = [procedure for procedure in catalogue.written if procedure.can_be_filed]
    return say(
        "list.sectors",
        *(_sector_button(turn, sector) for sector, _ in counts.most_common(_LONGEST)),
        total=len(catalogue),
        sectors=[(catalogue.sectors[sector], count) for sector, count in counts.most_common()],
        here=here,
    )


def _sector_button(turn: Turn, sector: str) -> Button:
    name = turn.desk.catalogue.sectors[sector]
    return button("button.choice", "list_procedures", {"sector": sector}, label=name)


def _named(turn: Turn) -> str | None:
    sectors = turn.desk.catalogue.sectors
    if (pressed := _fact(turn, "sector")) in sectors:
        return pressed
    words = f" {fold(turn.message.text)} "
    named = [sector for sector, name in sectors.items() if f" {fold(name)} " in words]
    return named[0] if len(named) == 1 else None


def _fact(turn: Turn, name: str) -> str:
    return turn.message.pressed.facts.get(name, "") if turn.message.pressed else ""
