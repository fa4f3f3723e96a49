"""The form of a procedure, ready to be talked through."""

from __future__ import annotations

import hashlib
from typing import Any

from bot.basics.ids import DraftId, FieldId, ProcedureCode
from bot.counter.ports import Desk
from bot.declarations.asking import Asker, Line
from bot.declarations.kinds import KINDS
from bot.declarations.loop import Loop
from bot.declarations.model import Draft
from bot.declarations.offering import Offers
from bot.declarations.people import Known
from bot.declarations.proposing import Proposer
from bot.dossiers.model import Dossier
from bot.procedures.model import Field, Procedure


def procedure_of(desk: Desk, code: ProcedureCode) -> Procedure | None:
    """The procedure, unless it left the catalogue."""
    return desk.catalogue.get(code) if code in desk.catalogue else None


def name_of(desk: Desk, code: ProcedureCode) -> str:
    """What the procedure is called; its code if it left the catalogue."""
    procedure = procedure_of(desk, code)
    return procedure.name if procedure else code


def loop_for(desk: Desk, code: ProcedureCode, known: tuple[Known, ...] = ()) -> Loop | None:
    """The loop over the procedure's form as it is now; None if it cannot be filed here.

    `known` is who is remembered of the citizen, to be offered.
    """
    procedure = procedure_of(desk, code)
    if procedure is None or procedure.form is None:
        return None
    asker = Asker(
        form=procedure.form,
        uploads=procedure.uploads,
        today=desk.clock.today(),
        places=desk.places,
        office=desk.office.receives(procedure.sector),
    )
    return Loop(asker, desk.phrases, Proposer(asker, desk.cues, Offers(asker, known)))


def version_of(procedure: Procedure) -> str:
    """A fingerprint of the questions, so that answers are kept with what they answered."""
    text = repr((procedure.form, procedure.uploads))
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def answers_shown(desk: Desk, dossier: Dossier) -> tuple[Line, ...]:
    """Every answer of a filed dossier, as it is printed."""
    loop = loop_for(desk, dossier.procedure)
    if loop is None:
        return ()
    draft = Draft(
        id=DraftId(""),
        citizen=dossier.citizen,
        procedure=dossier.procedure,
        form_version=dossier.form_version,
        updated_at=dossier.submitted_at,
        answers=dossier.answers,
    )
    return loop.asker.lines(draft)


def field_of(procedure: Procedure | None, field_id: FieldId) -> Field | None:
    """The form's field with this id."""
    fields = procedure.form.fields if procedure and procedure.form else ()
    return next((field for field in fields if field.id == field_id), None)


def shown(procedure: Procedure | None, field_id: FieldId, value: Any) -> str:
    """A stored answer as it is printed; empty if there is none."""
    field = field_of(procedure, field_id)
    return KINDS[field.kind].show(value, field) if field and value is not None else ""
