"""What a procedure's file is not sure of, for the officer who decides on a dossier."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from bot.basics.ids import FieldId
from bot.procedures.model import Confidence, Procedure, Source

_REPETITION = re.compile(r"\[\d+\]")
_SUREST_FIRST = list(Confidence)


@dataclass(frozen=True)
class Doubt:
    """One thing that was not seen in an official source."""

    about: str
    """`form`, `field`, `paper`, `time`, `fee`, `where` or `procedure`."""
    name: str
    """Which form, field or paper; empty where there is only one."""
    confidence: Confidence
    """MED or LOW."""
    source: Source


def doubts(procedure: Procedure, answered: Collection[FieldId] = ()) -> tuple[Doubt, ...]:
    """Everything below HIGH that a decision may rest on; of the fields only those `answered`.

    A field is named only where it is less sure than its form: what is said of the form holds for it.
    """
    found = [
        Doubt(about, name, source.confidence, source) for about, name, source in _told(procedure)
    ]
    form = procedure.form
    asked = {_REPETITION.sub("", field) for field in answered}
    if form:
        found += [
            Doubt("field", field.label, field.confidence, form.source)
            for field in form.fields
            if field.id in asked and _is_less_sure(field.confidence, form.source.confidence)
        ]
    return tuple(doubt for doubt in found if doubt.confidence is not Confidence.HIGH)


def _told(procedure: Procedure) -> Iterator[tuple[str, str, Source]]:
    if procedure.form:
        yield "form", procedure.form.name, procedure.form.source
    yield "procedure", "", procedure.source
    if procedure.time_limit:
        yield "time", "", procedure.time_limit.source
    if procedure.fee:
        yield "fee", "", procedure.fee.source
    if procedure.authority:
        yield "where", "", procedure.authority.source
    for paper in procedure.requirements:
        yield "paper", paper.name, paper.source


def _is_less_sure(one: Confidence, other: Confidence) -> bool:
    return _SUREST_FIRST.index(one) > _SUREST_FIRST.index(other)
