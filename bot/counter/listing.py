"""Lists and counts of procedures: by sector, by level, by agency, or those that can be filed here."""

from __future__ import annotations

from dataclasses import dataclass

from bot.basics.say import Button, Say, button, say
from bot.basics.vietnamese.text import fold
from bot.counter.subject import procedure_buttons
from bot.counter.turn import Reply, Turn
from bot.procedures import levels
from bot.procedures.model import Level
from bot.procedures.summary import Summary

_LONGEST = 10
_LEVEL_OF = {
    "toan_trinh": Level.FULL,
    "muc_do_4": Level.FULL,
    "mot_phan": Level.PARTIAL,
    "muc_do_3": Level.PARTIAL,
}
"""Topics of levels.yml that name a level of today, or an old one that is nearest to it."""


@dataclass(frozen=True)
class Wanted:
    """What a list is asked for; empty: everything."""

    sector: str = ""
    level: Level | None = None
    agency: str = ""
    page: int = 0


def list_procedures(turn: Turn) -> Reply:
    """What the message or the button asks for: a list, counts by sector, or published figures."""
    turn.understood()
    published = levels.figures_of(turn.desk.figures, turn.message.text)
    if published is not None:
        source = turn.desk.catalogue.sources.get(published.source.ref, {})
        facts = {"figures": published, "source": source, "as_of": published.source.as_of}
        return Reply((Say("list.published", facts),))
    wanted = _wanted(turn)
    if wanted == Wanted():
        return Reply((_sectors(turn),))
    summaries = turn.desk.catalogue.summaries.values()
    found = levels.choose(summaries, sector=wanted.sector, level=wanted.level, agency=wanted.agency)
    if wanted.sector or wanted.agency:
        return Reply((_some(turn, wanted, found),))
    return Reply((_counts(turn, wanted, found),))


def _some(turn: Turn, wanted: Wanted, found: tuple[Summary, ...]) -> Say:
    """Ten of the procedures found, with buttons, and a button for more."""
    first = wanted.page * _LONGEST
    shown = found[first : first + _LONGEST]
    buttons = [*procedure_buttons(shown, "ask_procedure_overview")]
    if len(found) > first + _LONGEST:
        facts = {"sector": wanted.sector, "page": str(wanted.page + 1)}
        facts |= {"level": wanted.level} if wanted.level else {}
        facts |= {"agency": wanted.agency} if wanted.agency else {}
        buttons.append(button("button.more", "list_procedures", facts))
    return say(
        "list.some",
        *buttons,
        sector=turn.desk.catalogue.sectors.get(wanted.sector, ""),
        agency=wanted.agency,
        level=wanted.level,
        count=len(found),
        first=first + 1,
        procedures=shown,
    )


def _counts(turn: Turn, wanted: Wanted, found: tuple[Summary, ...]) -> Say:
    """How many procedures of each sector are at a level."""
    catalogue = turn.desk.catalogue
    rows = [
        (catalogue.sectors[count.sector], count.at.get(wanted.level, 0), count.total)
        for count in levels.by_sector(catalogue.summaries.values())
        if count.at.get(wanted.level)
    ]
    sectors = (s for s, name in catalogue.sectors.items() if name in {row[0] for row in rows})
    return say(
        "list.counts",
        *(_sector_button(turn, sector, wanted.level) for sector in list(sectors)[:_LONGEST]),
        level=wanted.level,
        count=len(found),
        total=len(catalogue),
        sure=sum(map(levels.is_sure, found)),
        rows=rows,
    )


def _sectors(turn: Turn) -> Say:
    catalogue = turn.desk.catalogue
    counts = levels.by_sector(catalogue.summaries.values())
    return say(
        "list.sectors",
        *(_sector_button(turn, count.sector) for count in counts[:_LONGEST]),
        total=len(catalogue),
        sectors=[(catalogue.sectors[count.sector], count.total) for count in counts],
        here=[procedure for procedure in catalogue.written if procedure.can_be_filed],
    )


def _sector_button(turn: Turn, sector: str, level: Level | None = None) -> Button:
    facts = {"sector": sector} | ({"level": level.value} if level else {})
    name = turn.desk.catalogue.sectors[sector]
    return button("button.choice", "list_procedures", facts, label=name)


def _wanted(turn: Turn) -> Wanted:
    pressed = turn.message.pressed
    if pressed:
        level, page = pressed.facts.get("level"), pressed.facts.get("page", "0")
        return Wanted(
            sector=pressed.facts.get("sector", ""),
            level=Level(level) if level in set(Level) else None,
            agency=pressed.facts.get("agency", ""),
            page=int(page) if page.isdecimal() else 0,
        )
    text = turn.message.text
    topics = turn.desk.knowledge.mentioned(text)
    named = [_LEVEL_OF[topic] for topic in topics if topic in _LEVEL_OF]
    agencies = turn.message.meaning.entities.get("agency", ())
    return Wanted(
        sector=_sector_in(turn, text),
        level=named[0] if named else None,
        agency=agencies[0] if agencies else "",
    )


def _sector_in(turn: Turn, text: str) -> str:
    words = f" {fold(text)} "
    sectors = turn.desk.catalogue.sectors.items()
    named = [sector for sector, name in sectors if f" {fold(name)} " in words]
    return named[0] if len(named) == 1 else ""
