"""Telling the citizen what happened to their dossier, on the channel they filed from."""

from __future__ import annotations

from bot.basics.ids import MessageId
from bot.basics.say import Button, button, say
from bot.counter.forms import loop_for
from bot.counter.ports import Desk, Work
from bot.counter.speak import spoken
from bot.dossiers.model import Dossier, State

_NOBODYS_MESSAGE = MessageId(0)


def tell(work: Work, desk: Desk, dossier: Dossier) -> None:
    """Queues the message about the dossier's last event: once, however often it is asked for."""
    event = dossier.last
    once = f"{dossier.code}#{dossier.version}"
    key = "extended" if dossier.was_just_extended else dossier.state.name.lower()
    result = dossier.result if dossier.state is State.FINISHED else None
    notice = say(
        f"notice.{key}",
        *_buttons(dossier),
        files=tuple(file for file in (event.slip, result) if file),
        dossier=dossier,
        event=event,
        office=desk.office,
    )
    work.outbox.add(dossier.conversation, spoken(notice, desk.wording), once=once)
    if dossier.state is State.SUPPLEMENT:
        _ask_at_once(work, desk, dossier, once)


def _ask_at_once(work: Work, desk: Desk, dossier: Dossier, once: str) -> None:
    """Puts the first missing thing as a question, unless the citizen is busy with another form."""
    conversation = work.conversations.get(dossier.conversation)
    draft = work.drafts.supplementing(dossier.code)
    loop = loop_for(desk, dossier.procedure)
    if conversation is None or conversation.draft is not None or draft is None or loop is None:
        return
    outcome = loop.repeat(draft.having(last_message=_NOBODYS_MESSAGE))
    work.drafts.save(outcome.draft)
    work.conversations.save(conversation.having(draft=draft.id))
    for number, question in enumerate(outcome.says):
        work.outbox.add(
            dossier.conversation, spoken(question, desk.wording), once=f"{once}?{number}"
        )


def _buttons(dossier: Dossier) -> tuple[Button, ...]:
    facts = {"dossier_code": dossier.code}
    if dossier.state is State.SUPPLEMENT:
        return (button("button.supplement", "supplement_dossier", facts),)
    if dossier.state is State.HANDED_OVER:
        return (button("button.rate", "rate_service", facts),)
    return (button("button.track", "check_status_by_code", facts),)
