"""What lists and the finder need of a procedure: light enough to hold thousands."""

from __future__ import annotations

from dataclasses import dataclass

from bot.basics.ids import ProcedureCode
from bot.procedures.model import OnlineLevel, Procedure, Result, Tier


@dataclass(frozen=True)
class Summary:
    """A procedure's names, place and level."""

    code: ProcedureCode
    name: str
    official_name: str
    sector: str
    tiers: tuple[Tier, ...]
    aliases: tuple[str, ...] = ()
    results: tuple[Result, ...] = ()
    decides: str = ""
    """The agency that decides."""
    online_level: OnlineLevel | None = None
    can_be_filed: bool = False
    is_written: bool = False
    """Whether a hand-written file stands behind it."""


def summary(procedure: Procedure) -> Summary:
    """The summary of a hand-written procedure."""
    return Summary(
        code=procedure.code,
        name=procedure.name,
        official_name=procedure.official_name,
        sector=procedure.sector,
        tiers=procedure.tiers,
        aliases=procedure.aliases,
        results=procedure.results,
        decides=procedure.authority.decides if procedure.authority else "",
        online_level=procedure.online_level,
        can_be_filed=procedure.can_be_filed,
        is_written=True,
    )
