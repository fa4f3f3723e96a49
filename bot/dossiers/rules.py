"""What may happen to a dossier, and what it is afterwards (LEGAL §6). The only code that changes one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from bot.basics.errors import ForbiddenMove
from bot.basics.ids import FieldId, FileId
from bot.dossiers.calendar import OfficeHours, WorkingCalendar
from bot.dossiers.due import due_after_pause, due_date
from bot.dossiers.model import (
    CITIZEN,
    Actor,
    Attachment,
    Dossier,
    Event,
    Missing,
    State,
)

NEXT: Mapping[State, frozenset[State]] = MappingProxyType(
    {
        State.SUBMITTED: frozenset(
            {State.ACCEPTED, State.REFUSED, State.SUPPLEMENT, State.WITHDRAWN}
        ),
        State.ACCEPTED: frozenset(
            {State.PROCESSING, State.SUPPLEMENT, State.PAYMENT, State.WITHDRAWN, State.STOPPED}
        ),
        State.REFUSED: frozenset(),
        State.PROCESSING: frozenset(
            {State.SUPPLEMENT, State.PAYMENT, State.WITHDRAWN, State.STOPPED, State.FINISHED}
        ),
        State.SUPPLEMENT: frozenset(
            {State.SUBMITTED, State.ACCEPTED, State.PROCESSING, State.WITHDRAWN, State.STOPPED}
        ),
        State.PAYMENT: frozenset(
            {State.ACCEPTED, State.PROCESSING, State.WITHDRAWN, State.STOPPED}
        ),
        State.WITHDRAWN: frozenset(),
        State.STOPPED: frozenset({State.PROCESSING}),
        State.FINISHED: frozenset({State.HANDED_OVER}),
        State.HANDED_OVER: frozenset(),
    }
)
ENDED = frozenset({State.REFUSED, State.WITHDRAWN, State.HANDED_OVER})
PAUSED = frozenset({State.SUPPLEMENT, State.PAYMENT, State.STOPPED})
NEEDS_REASON = frozenset({State.REFUSED, State.SUPPLEMENT, State.PAYMENT, State.STOPPED})


def accept(
    dossier: Dossier, by: Actor, at: datetime, calendar: WorkingCalendar, hours: OfficeHours
) -> Dossier:
    """Taken in: the clock starts and the appointment date is fixed."""
    due = due_date(at, dossier.time_limit, calendar, hours)
    return _move(dossier, State.ACCEPTED, by, at, due=due, accepted_at=at)


def refuse(dossier: Dossier, by: Actor, at: datetime, reason: str) -> Dossier:
    """Not taken in, for a formal reason. A refusal on the merits is `finish` with a written reply."""
    return _move(dossier, State.REFUSED, by, at, note=reason)


def request_supplement(
    dossier: Dossier,
    by: Actor,
    at: datetime,
    reason: str,
    missing: tuple[Missing, ...],
    reply_by: date | None,
) -> Dossier:
    """The citizen is asked, once and for everything at once, for what is missing."""
    if not missing:
        raise ForbiddenMove("officer.nothing_missing", code=dossier.code)
    return _pause(dossier, State.SUPPLEMENT, by, at, reason, missing=missing, reply_by=reply_by)


def supplement(
    dossier: Dossier,
    at: datetime,
    answers: Mapping[FieldId, Any],
    attachments: tuple[Attachment, ...],
    calendar: WorkingCalendar,
) -> Dossier:
    """The citizen sent what was missing: back to where the dossier was, with the time given back."""
    _require(dossier, State.SUPPLEMENT, dossier.resumes_to or State.SUBMITTED)
    replaced = {item.field for item in attachments}
    kept = tuple(item for item in dossier.attachments if item.field not in replaced)
    return _resume(dossier, CITIZEN, at, calendar).having(
        answers={**dossier.answers, **answers}, attachments=kept + attachments
    )


def start_processing(dossier: Dossier, by: Actor, at: datetime) -> Dossier:
    """Passed to the officer who examines it."""
    _require(dossier, dossier.state, State.PROCESSING)
    if dossier.state in PAUSED:
        raise ForbiddenMove("officer.resume_first", code=dossier.code)
    return _move(dossier, State.PROCESSING, by, at)


def request_payment(dossier: Dossier, by: Actor, at: datetime, reason: str) -> Dossier:
    """The citizen has a charge or a tax to pay first."""
    return _pause(dossier, State.PAYMENT, by, at, reason)


def stop(dossier: Dossier, by: Actor, at: datetime, reason: str) -> Dossier:
    """Work on it stops; `resume` takes it up again."""
    return _pause(dossier, State.STOPPED, by, at, reason)


def resume(dossier: Dossier, by: Actor, at: datetime, calendar: WorkingCalendar) -> Dossier:
    """An officer ends a pause: the fee is paid, or the reason for stopping is gone."""
    if dossier.state not in PAUSED:
        raise ForbiddenMove("officer.not_paused", code=dossier.code)
    return _resume(dossier, by, at, calendar)


def extend(dossier: Dossier, by: Actor, at: datetime, reason: str, due: date) -> Dossier:
    """A new appointment date, with an apology (Mẫu 04). Not a change of state."""
    if dossier.due is None or dossier.state not in (State.ACCEPTED, State.PROCESSING):
        raise ForbiddenMove("officer.not_running", code=dossier.code)
    if due <= dossier.due:
        raise ForbiddenMove("officer.not_later", code=dossier.code)
    if not reason.strip():
        raise ForbiddenMove("officer.reason_needed", code=dossier.code)
    return _record(dossier, dossier.state, by, at, reason, due=due)


def finish(dossier: Dossier, by: Actor, at: datetime, note: str, result: FileId | None) -> Dossier:
    """The result, or a written reply on the merits, is ready."""
    return _move(dossier, State.FINISHED, by, at, note=note, result=result)


def hand_over(dossier: Dossier, by: Actor, at: datetime) -> Dossier:
    """The citizen has the result."""
    return _move(dossier, State.HANDED_OVER, by, at)


def amend(
    dossier: Dossier,
    at: datetime,
    note: str,
    answers: Mapping[FieldId, Any],
    attachments: tuple[Attachment, ...],
    **names: str,
) -> Dossier:
    """The citizen changes it before anybody took it in; `note` says what. Not a change of state."""
    if dossier.state is not State.SUBMITTED:
        raise ForbiddenMove(
            "officer.forbidden_move", code=dossier.code, state=dossier.state.name, to="SUBMITTED"
        )
    changed = {"answers": dict(answers), "attachments": attachments}
    return _record(dossier, State.SUBMITTED, CITIZEN, at, note, **changed, **names)


def withdraw(dossier: Dossier, at: datetime, reason: str) -> Dossier:
    """The citizen takes it back."""
    return _move(dossier, State.WITHDRAWN, CITIZEN, at, note=reason)


def allowed(dossier: Dossier) -> frozenset[State]:
    """The states it may go to next."""
    return NEXT[dossier.state]


def _pause(
    dossier: Dossier, to: State, by: Actor, at: datetime, reason: str, **changes: Any
) -> Dossier:
    back = dossier.resumes_to if dossier.state in PAUSED else dossier.state
    since = dossier.paused_at if dossier.state in PAUSED else at
    return _move(dossier, to, by, at, note=reason, resumes_to=back, paused_at=since, **changes)


def _resume(dossier: Dossier, by: Actor, at: datetime, calendar: WorkingCalendar) -> Dossier:
    back = dossier.resumes_to or State.SUBMITTED
    due = dossier.due
    if due is not None and dossier.paused_at is not None:
        due = due_after_pause(due, dossier.paused_at, at, calendar)
    target = State.PROCESSING if dossier.state is State.STOPPED else back
    return _move(
        dossier, target, by, at, due=due, paused_at=None, resumes_to=None, missing=(), reply_by=None
    )


def _move(
    dossier: Dossier, to: State, by: Actor, at: datetime, note: str = "", **changes: Any
) -> Dossier:
    _require(dossier, dossier.state, to)
    if to in NEEDS_REASON and not note.strip():
        raise ForbiddenMove("officer.reason_needed", code=dossier.code)
    return _record(dossier, to, by, at, note, **changes)


def _record(
    dossier: Dossier, to: State, by: Actor, at: datetime, note: str, **changes: Any
) -> Dossier:
    due = changes.get("due", dossier.due)
    event = Event(at=at, by=by, state=to, note=note.strip(), due=due)
    return dossier.having(
        state=to,
        history=(*dossier.history, event),
        version=dossier.version + 1,
        **changes,
    )


def _require(dossier: Dossier, state: State, to: State) -> None:
    if dossier.state is not state or to not in NEXT[dossier.state]:
        raise ForbiddenMove(
            "officer.forbidden_move", code=dossier.code, state=dossier.state.name, to=to.name
        )
