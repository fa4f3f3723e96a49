"""Handing a declaration in: a dossier with a code, a slip, and the date to expect an answer by."""

from __future__ import annotations

from bot.basics.ids import FieldId
from bot.basics.say import Command, Say, button, say
from bot.counter.amend import amend_button
from bot.counter.forms import shown
from bot.counter.papers import attachments, make_slip, with_declaration
from bot.counter.remember import after_filing
from bot.counter.turn import Turn
from bot.declarations.loop import Loop
from bot.declarations.model import Draft, Status
from bot.dossiers.due import answer_expected_by, due_date
from bot.dossiers.model import CITIZEN, Dossier, Event, Slip, State
from bot.procedures.model import Confidence, Procedure, Source, TimeLimit, TimeUnit

NO_LIMIT = TimeLimit(None, TimeUnit.WORKING_DAY, Source("GK", "", Confidence.LOW))
"""For procedures whose time limit nobody has fixed."""


def submit(turn: Turn, loop: Loop, draft: Draft) -> tuple[Say, ...]:
    """Files the draft. A draft that was already filed only tells its code again."""
    if draft.status is Status.FILED and draft.dossier:
        return (say("submit.already", code=draft.dossier),)
    procedure = turn.desk.catalogue.get(draft.procedure)
    dossier = _dossier(turn, loop, draft, procedure)
    dossier = with_declaration(turn.work, turn.desk, loop.asker, draft, dossier)
    slip = make_slip(turn.work, turn.desk, Slip.SUBMISSION, dossier)
    turn.work.dossiers.add(dossier)
    turn.work.drafts.save(draft.having(status=Status.FILED, dossier=dossier.code))
    turn.remember(dossier=dossier.code)
    desk = turn.desk
    return (
        say(
            "submit.done",
            button("button.track", "check_status_by_code", {"dossier_code": dossier.code}),
            amend_button(dossier, "button.amend"),
            files=(slip,),
            code=dossier.code,
            name=procedure.name,
            office=desk.office,
            answer_by=answer_expected_by(turn.now, desk.calendar, desk.hours),
            due=dossier.due,
            telegram=_telegram_link(turn, dossier),
        ),
        *after_filing(turn, dossier),
    )


def _telegram_link(turn: Turn, dossier: Dossier) -> str:
    """A link that opens the dossier on Telegram; empty where there is no bot, or there already.

    The token says nothing, and whoever opens it sees what a stranger with the code would see.
    """
    if not turn.desk.telegram_url or turn.conversation.channel == "telegram":
        return ""
    command = Command("check_status_by_code", {"dossier_code": dossier.code})
    return f"{turn.desk.telegram_url}?start={turn.work.buttons.link(command)}"


def _dossier(turn: Turn, loop: Loop, draft: Draft, procedure: Procedure) -> Dossier:
    desk, form = turn.desk, loop.asker.form
    values = loop.asker.path(draft).values
    applicant, subject = form.filer(values), FieldId(form.subject)
    limit = procedure.time_limit or NO_LIMIT
    return Dossier(
        code=turn.work.dossiers.next_code(desk.office.agency, desk.clock.today()),
        procedure=procedure.code,
        procedure_name=procedure.name,
        form_version=draft.form_version,
        citizen=draft.citizen,
        conversation=turn.message.conversation,
        office=desk.office.name,
        applicant=shown(procedure, applicant, values.get(applicant)),
        subject=shown(procedure, subject, values.get(subject)),
        answers=dict(values),
        time_limit=limit,
        submitted_at=turn.now,
        attachments=attachments(values),
        due=due_date(turn.now, limit, desk.calendar, desk.hours),
        history=(Event(at=turn.now, by=CITIZEN, state=State.SUBMITTED),),
    )
