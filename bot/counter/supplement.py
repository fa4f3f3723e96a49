"""Completing a dossier: the officer's request opens a loop that asks for exactly what is missing."""

from __future__ import annotations

from bot.basics.ids import DraftId
from bot.basics.say import Button, Say, button, say
from bot.counter.amend import amend
from bot.counter.drafts import open_draft
from bot.counter.forms import version_of
from bot.counter.papers import attachments, with_declaration
from bot.counter.ports import Desk, Work
from bot.counter.steer import AMEND
from bot.counter.turn import Reply, Turn
from bot.declarations.loop import Loop
from bot.declarations.model import Answers, Draft, Status
from bot.dossiers import rules
from bot.dossiers.model import Dossier, Missing, State
from bot.procedures.model import Upload


def supplement(turn: Turn, *, amends: bool = False) -> Reply:
    """Opens the loop for the dossier meant: the one named, else the citizen's that waits for it.

    With `amends` the citizen wants to change what was filed, of their own accord.
    """
    pressed = turn.message.pressed
    amends = amends or bool(pressed and pressed.facts.get("do") == AMEND)
    if amends and (reply := amend(turn)):
        return reply
    waiting = [
        dossier
        for dossier in turn.work.dossiers.of_citizen(turn.conversation.citizen)
        if dossier.state is State.SUPPLEMENT
    ]
    named = pressed.facts.get("dossier_code") if pressed else None
    chosen = [dossier for dossier in waiting if dossier.code == named] if named else waiting
    if not chosen:
        return Reply((say("supplement.nothing_asked"),))
    if len(chosen) > 1:
        return Reply((Say("supplement.which", {}, tuple(map(_button, chosen))),))
    draft = turn.work.drafts.supplementing(chosen[0].code)
    if draft is None:
        return Reply((say("supplement.nothing_asked"),))
    reply = open_draft(turn, draft.having(last_message=None))
    turn.remember(dossier=chosen[0].code)
    return reply


def draft_for(work: Work, desk: Desk, dossier: Dossier) -> Draft:
    """A draft of the dossier in which only what is missing is open."""
    asked = {item.field for item in dossier.missing}
    procedure = desk.catalogue.get(dossier.procedure)
    listed = {upload.id for upload in procedure.uploads}
    extra = tuple(
        _extra_paper(desk, item)
        for item in dossier.missing
        if item.is_paper and item.field not in listed
    )
    return Draft(
        id=DraftId(work.new_id()),
        citizen=dossier.citizen,
        procedure=dossier.procedure,
        form_version=version_of(procedure),
        updated_at=desk.clock.now(),
        answers={key: value for key, value in _given(work, dossier).items() if key not in asked},
        dossier=dossier.code,
        demanded={item.field: item.note for item in dossier.missing},
        extra=extra,
    )


def _given(work: Work, dossier: Dossier) -> Answers:
    """What the citizen answered and skipped, changes not sent yet included; the rest is derived anew."""
    given = work.drafts.supplementing(dossier.code) or work.drafts.filed(dossier.code)
    return given.answers if given else dossier.answers


def send_back(turn: Turn, loop: Loop, draft: Draft) -> tuple[Say, ...]:
    """Sends what was missing to the office. Doing it twice changes nothing."""
    dossier = turn.work.dossiers.get(draft.dossier) if draft.dossier else None
    if dossier is None or dossier.state is not State.SUPPLEMENT:
        turn.work.drafts.save(draft.having(status=Status.FILED))
        return (say("supplement.no_longer_asked"),)
    values = loop.asker.path(draft).values
    files = attachments({field: values.get(field) for field in draft.demanded})
    dossier = rules.supplement(dossier, turn.now, dict(values), files, turn.desk.calendar)
    dossier = with_declaration(turn.work, turn.desk, loop.asker, draft, dossier)
    turn.work.dossiers.save(dossier)
    turn.work.drafts.save(draft.having(status=Status.FILED))
    track = button("button.track", "check_status_by_code", {"dossier_code": dossier.code})
    return (say("supplement.sent", track, dossier=dossier, office=turn.desk.office),)


def _extra_paper(desk: Desk, item: Missing) -> Upload:
    ask = desk.wording.render("supplement.ask_paper", {"name": item.name})
    return Upload(id=item.field, ask=ask, name=item.name, required=True)


def _button(dossier: Dossier) -> Button:
    facts = {"dossier_code": dossier.code}
    return button("button.choice", "supplement_dossier", facts, label=dossier.code)
