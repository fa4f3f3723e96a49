"""An administrative procedure: its facts, and the form that can be filed here."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from bot.basics.ids import ProcedureCode
from bot.procedures.model.facts import (
    Authority,
    Fee,
    FormReference,
    OnlineLevel,
    Requirement,
    Result,
    Source,
    Steps,
    Text,
    TimeLimit,
    Upload,
    Way,
)
from bot.procedures.model.form import Form
from bot.procedures.model.terms import STRICT, Channel, Tier


@dataclass(frozen=True)
class Procedure:
    """An administrative procedure, as the citizen needs to know it."""

    __pydantic_config__ = STRICT

    code: ProcedureCode
    name: str
    """What people call it; `official_name` is the title in the national catalogue."""
    official_name: str
    sector: str
    tiers: tuple[Tier, ...]
    source: Source
    aliases: tuple[str, ...] = ()
    authority: Authority | None = None
    applicants: Text | None = None
    ways: tuple[Way, ...] = ()
    time_limit: TimeLimit | None = None
    fee: Fee | None = None
    requirements: tuple[Requirement, ...] = ()
    forms: tuple[FormReference, ...] = ()
    course: Steps | None = None
    conditions: Text | None = None
    results: tuple[Result, ...] = ()
    legal_basis: tuple[str, ...] = ()
    decision: str = ""
    """The decision that published it, e.g. 163/QĐ-BTP (2026)."""
    online_level: OnlineLevel | None = None
    related: tuple[ProcedureCode, ...] = ()
    warnings: tuple[str, ...] = ()
    form: Form | None = None
    """The declaration that can be filled and filed here; None: information only."""

    @property
    def uploads(self) -> tuple[Upload, ...]:
        """The papers a citizen is asked to send as files."""
        return tuple(
            dataclasses.replace(paper.upload, name=paper.upload.name or paper.name)
            for paper in self.requirements
            if paper.upload
        )

    @property
    def fee_online(self) -> Fee | None:
        """What it costs to file online, as every dossier here is filed."""
        online = (way.fee for way in self.ways if way.channel is Channel.ONLINE and way.fee)
        return next(online, self.fee)

    @property
    def can_be_filed(self) -> bool:
        """Whether a dossier can be filed by talking."""
        return self.form is not None
