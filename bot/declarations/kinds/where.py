"""Addresses, provinces, agencies."""

from __future__ import annotations

import dataclasses

from bot.declarations.kinds.model import Choice, Ok, Question, Reading, Unsure, Value, Wrong
from bot.declarations.kinds.typed import Typed
from bot.procedures.model import Field


def read_address(text: str, question: Question) -> Reading:
    """A commune of today with what is around it."""
    found = question.places.resolve(text)
    if found.status == "ok" and found.place:
        return Ok(dataclasses.asdict(found.place))
    if found.status == "not_found":
        return Wrong("kinds.address.expected")
    choices = tuple(
        Choice(f"{p.commune}, {p.province}", dataclasses.asdict(p)) for p in found.candidates[:8]
    )
    return Unsure("kinds.address.which", choices)


def show_address(value: Value, field: Field) -> str:
    """One line."""
    return ", ".join(filter(None, (value["detail"], value["commune"], value["province"])))


def read_agency(text: str, question: Question) -> Reading:
    """The name of the office."""
    return Ok(text)


def offer_office(question: Question) -> tuple[Choice, ...]:
    """The running office."""
    return (Choice(question.office, question.office),) if question.office else ()


ADDRESS = Typed(read_address, shower=show_address, is_open=True)
PROVINCE = Typed(read_address, shower=show_address)
AGENCY = Typed(read_agency, offer_office, is_open=True)
