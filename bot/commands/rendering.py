"""Every paper of one procedure, as its example fills it: for authors who look at what they wrote."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.basics.ids import CitizenId, ConversationId, DossierCode, FieldId
from bot.commands.rehearsal import a_blank, asker_for
from bot.counter.papers import FILE_NAMES, slip_facts
from bot.counter.ports import Desk
from bot.counter.submit import NO_LIMIT
from bot.declarations.asking import Asker
from bot.declarations.example import rehearse
from bot.documents.typst_documents import TypstDocuments, template_of
from bot.documents.values import blank_lines, declaration_data, slip_data
from bot.dossiers import rules
from bot.dossiers.due import due_date
from bot.dossiers.model import CITIZEN, Actor, Dossier, Event, Missing, Role, Slip, State
from bot.procedures.model import Form, Procedure

_DOTS_PER_INCH = 100


@dataclass(frozen=True)
class Sheet:
    """One paper: the name of its file, its template and what goes into it."""

    name: str
    template: str
    data: dict[str, Any]


def render(procedure: Procedure, form: Form, desk: Desk, folder: Path) -> Iterator[Path]:
    """Writes each paper as a PDF and as a picture of each page; yields the PDFs."""
    documents = TypstDocuments(is_demo=True)
    folder.mkdir(parents=True, exist_ok=True)
    for sheet in _sheets(procedure, form, desk):
        path = folder / f"{sheet.name}.pdf"
        path.write_bytes(documents.pdf(sheet.template, sheet.data, desk.clock.now()))
        pages = documents.pictures(sheet.template, sheet.data, _DOTS_PER_INCH)
        for number, page in enumerate(pages, start=1):
            (folder / f"{sheet.name}-{number}.png").write_bytes(page)
        yield path


def _sheets(procedure: Procedure, form: Form, desk: Desk) -> Iterator[Sheet]:
    template = template_of(form)
    yield Sheet("to-khai-de-trong", template, declaration_data(form, blank_lines(form), None))
    filed = _filed(procedure, form, desk)
    asker = _asker(procedure, form, desk)
    lines = asker.lines(rehearse(asker, a_blank(procedure)).draft)
    data = declaration_data(form, lines, filed.submitted_at, filed.code, is_demo=True)
    yield Sheet("to-khai-da-khai", template, data)
    for slip, dossier in _moved(filed, desk).items():
        facts = slip_facts(desk, dossier)
        yield Sheet(FILE_NAMES[slip], slip.name.lower(), slip_data(dossier, facts))


def _filed(procedure: Procedure, form: Form, desk: Desk) -> Dossier:
    """The example as a dossier that has just been filed."""
    asker, now = _asker(procedure, form, desk), desk.clock.now()
    draft = rehearse(asker, a_blank(procedure)).draft
    shown = {line.id: line.value for line in asker.lines(draft)}
    limit = procedure.time_limit or NO_LIMIT
    return Dossier(
        code=DossierCode(f"{desk.office.agency}-{now:%y%m%d}-0001"),
        procedure=procedure.code,
        procedure_name=procedure.name,
        form_version=draft.form_version,
        citizen=CitizenId("thu"),
        conversation=ConversationId("terminal:thu"),
        office=desk.office.name,
        applicant=shown.get(form.filer(shown), ""),
        subject=shown.get(FieldId(form.subject), ""),
        answers=asker.path(draft).values,
        time_limit=limit,
        submitted_at=now,
        due=due_date(now, limit, desk.calendar, desk.hours),
        history=(Event(at=now, by=CITIZEN, state=State.SUBMITTED),),
    )


def _asker(procedure: Procedure, form: Form, desk: Desk) -> Asker:
    return asker_for(procedure, form, desk.places, desk.office.receives(procedure.sector))


def _moved(filed: Dossier, desk: Desk) -> dict[Slip, Dossier]:
    """For each slip, the dossier as it is when the slip is made."""

    def later(hours: int) -> datetime:
        return filed.submitted_at + timedelta(hours=hours)

    who = Actor(Role.OFFICER, desk.wording.render("terminal.render_officer"))
    why = desk.wording.render("terminal.render_reason")
    unclear = Missing(FieldId(""), desk.wording.render("terminal.render_missing"), "", True)
    accepted = rules.accept(filed, who, later(1), desk.calendar, desk.hours)
    examined = rules.start_processing(accepted, who, later(2))
    promised = (accepted.due or filed.submitted_at.date()) + timedelta(days=7)
    asked = rules.request_supplement(accepted, who, later(2), why, (unclear,), promised)
    found = {
        Slip.SUBMISSION: filed,
        Slip.RECEIPT: accepted,
        Slip.SUPPLEMENT: asked,
        Slip.REFUSAL: rules.refuse(filed, who, later(1), why),
        Slip.STOP: rules.stop(examined, who, later(3), why),
        Slip.CONTROL: rules.finish(examined, who, later(4), "", None),
    }
    if examined.due:
        found[Slip.APOLOGY] = rules.extend(examined, who, later(3), why, promised)
    return found
