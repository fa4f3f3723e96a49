"""Telling the citizen what happened to their dossier."""

from __future__ import annotations

from bot.basics.say import Button, button, say
from bot.counter.notices import begin
from bot.counter.ports import Desk, Work
from bot.counter.speak import spoken
from bot.dossiers.model import Dossier, State


def tell(work: Work, desk: Desk, dossier: Dossier) -> None:
    """Opens the notice about the dossier's last event: once, however often it is asked for."""
    event, kind = dossier.last, kind_of(dossier)
    result = dossier.result if dossier.state is State.FINISHED else None
    words = say(
        f"notice.{kind}",
        *_buttons(dossier),
        files=tuple(file for file in (event.slip, result) if file),
        dossier=dossier,
        event=event,
        office=desk.office,
    )
    once = f"{dossier.code}#{dossier.version}"
    notice = work.notices.open(once, dossier.code, kind, spoken(words, desk.wording))
    if notice:
        begin(work, desk, notice, dossier)


def kind_of(dossier: Dossier) -> str:
    """What the dossier's last event is to the citizen: the key of its words."""
    if dossier.was_just_extended:
        return "extended"
    if dossier.state is State.ACCEPTED and dossier.last.slip is None:
        return "accepted_again"  # after a pause; the slip was given before it
    return dossier.state.name.lower()


def _buttons(dossier: Dossier) -> tuple[Button, ...]:
    facts = {"dossier_code": dossier.code}
    if dossier.state is State.SUPPLEMENT:
        return (button("button.supplement", "supplement_dossier", facts),)
    if dossier.state is State.HANDED_OVER:
        return (button("button.rate", "rate_service", facts),)
    return (button("button.track", "check_status_by_code", facts),)
