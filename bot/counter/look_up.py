"""Looking a dossier up on the web: what anybody with its code may see, without a conversation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.basics.errors import TooManyTries
from bot.basics.ids import ConversationId, DossierCode
from bot.basics.vietnamese.show import masked_name
from bot.counter.ports import Work

_WINDOW = timedelta(hours=1)
_FREE_TRIES = 10
"""More than in a conversation: behind one address of a phone network there are many people."""
_WAIT = timedelta(seconds=30)


@dataclass(frozen=True)
class Glimpse:
    """What anybody who has a dossier's code may see of it (LEGAL §5)."""

    code: DossierCode
    procedure: str
    applicant: str
    """The name, masked."""
    submitted: date
    state: str
    """The wording key of the state's name, e.g. `state.processing`."""
    accepted: date | None = None
    due: date | None = None
    is_overdue: bool = False


def look_up(work: Work, code: DossierCode, client: str, now: datetime) -> Glimpse | None:
    """What may be seen; None for a code nobody was given, which is remembered against `client`.

    Raises `TooManyTries`, with `wait` in seconds, once too many codes were wrong.
    """
    visitor = ConversationId(f"visitor:{client}")
    wrong = work.lookups.since(visitor, now - _WINDOW)
    beyond = len(wrong) - _FREE_TRIES
    if beyond >= 0 and (free_at := wrong[-1] + _WAIT * (beyond + 1)) > now:
        raise TooManyTries("web.track.too_many", wait=round((free_at - now).total_seconds()))
    dossier = work.dossiers.get(code)
    if dossier is None:
        work.lookups.record(visitor, now)
        return None
    return Glimpse(
        code=dossier.code,
        procedure=dossier.procedure_name,
        applicant=masked_name(dossier.applicant),
        submitted=dossier.submitted_at.date(),
        state=f"state.{dossier.state.name.lower()}",
        accepted=dossier.accepted_at.date() if dossier.accepted_at else None,
        due=dossier.due if dossier.accepted_at else None,
        is_overdue=dossier.is_overdue(now.date()),
    )
