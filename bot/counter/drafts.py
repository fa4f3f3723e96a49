"""The citizen's drafts side by side: where each stands, and which of them a button means."""

from __future__ import annotations

from dataclasses import dataclass

from bot.basics.ids import DraftId, FieldId
from bot.basics.say import Button, Say, button, say
from bot.counter.forms import loop_for, name_of, procedure_of, shown, version_of
from bot.counter.ports import Desk, Work
from bot.counter.turn import Reply, Turn
from bot.declarations.loop import Loop
from bot.declarations.model import Draft, Status
from bot.declarations.refit import refit
from bot.procedures.model import Procedure


@dataclass(frozen=True)
class Standing:
    """Where a draft stands, as its owner reads it."""

    name: str
    """The procedure, and whom it is about once that is known."""
    answered: int
    left: int
    """Questions still open on the way as it looks now."""
    asking: str
    """The label of the question that comes next; empty when only filing is left."""
    is_open_here: bool


def standing(desk: Desk, draft: Draft, is_open_here: bool = False) -> Standing:
    """What can be said of the draft without opening it."""
    loop = loop_for(desk, draft.procedure)
    if loop is None:
        return Standing(name_of(desk, draft.procedure), len(draft.answers), 0, "", is_open_here)
    left = loop.asker.left(draft)
    return Standing(
        name=named(desk, draft),
        answered=len(draft.answers),
        left=len(left),
        asking=left[0].field.label if left else "",
        is_open_here=is_open_here,
    )


def named(desk: Desk, draft: Draft) -> str:
    """The procedure's name, with the person it is about: two drafts of one procedure differ."""
    procedure = procedure_of(desk, draft.procedure)
    name = name_of(desk, draft.procedure)
    if procedure is None or procedure.form is None:
        return name
    if draft.dossier:
        return f"{name} – {draft.dossier}"
    for field in (FieldId(procedure.form.subject), FieldId(procedure.form.applicant)):
        if about := shown(procedure, field, draft.answers.get(field)):
            return f"{name} – {about}"
    return name


def listing(turn: Turn) -> Reply:
    """Every draft of the citizen and where it stands, to choose one."""
    drafts = turn.work.drafts.unfinished(turn.conversation.citizen)
    if not drafts:
        return Reply((say("filing.nothing_begun"),))
    here = turn.conversation.draft
    standings = [standing(turn.desk, draft, draft.id == here) for draft in drafts]
    buttons = (resume_button(turn.desk, draft) for draft in drafts if draft.id != here)
    return Reply((Say("filing.which_draft", {"drafts": standings}, tuple(buttons)),))


def resume_button(desk: Desk, draft: Draft) -> Button:
    """Goes on with this draft."""
    return button(
        "button.resume_named", "resume_filing", {"draft": draft.id}, label=named(desk, draft)
    )


def meant_by_button(turn: Turn) -> Draft | Say | None:
    """The draft a button belongs to, if it is another than the one open here.

    A draft that was filed or erased is only told of; None where there is nothing to say.
    """
    pressed = turn.message.pressed
    number = pressed.facts.get("draft") if pressed and pressed.intent == "inform" else None
    if number is None or number == turn.conversation.draft:
        return None
    draft = turn.work.drafts.get(DraftId(number))
    if draft is None or draft.citizen != turn.conversation.citizen:
        return say("filing.gone")
    if draft.status is Status.FILED:
        return say("submit.already", code=draft.dossier)
    return draft


def close(work: Work, draft: Draft) -> None:
    """Nobody talks about the draft any more, in whichever conversation it was open."""
    for conversation in work.conversations.of_citizen(draft.citizen):
        if conversation.draft == draft.id:
            work.conversations.save(conversation.having(draft=None))


def open_draft(turn: Turn, draft: Draft) -> Reply:
    """Makes `draft` the one that is talked about in this conversation; says what is put aside."""
    left = turn.conversation.draft if turn.conversation.draft != draft.id else None
    before = turn.work.drafts.get(left) if left else None
    conversation = turn.settle(draft.procedure)
    turn.work.drafts.save(draft.having(updated_at=turn.now, conversation=conversation.id))
    turn.work.conversations.save(conversation.having(draft=draft.id))
    if before is None or not before.answers:
        return Reply(opens=True)
    return Reply((say("filing.left", name=named(turn.desk, before)),), opens=True)


def new_draft(turn: Turn, procedure: Procedure) -> Draft:
    """A declaration with nothing answered."""
    return Draft(
        id=DraftId(turn.work.new_id()),
        citizen=turn.conversation.citizen,
        procedure=procedure.code,
        form_version=version_of(procedure),
        updated_at=turn.now,
    )


def up_to_date(desk: Desk, loop: Loop, draft: Draft) -> tuple[Draft, tuple[Say, ...]]:
    """The draft for the form as it is now, and what is said of it if the form changed meanwhile."""
    procedure = desk.catalogue.get(draft.procedure)
    version = version_of(procedure)
    if draft.form_version == version:
        return draft, ()
    now = refit(loop.asker, draft)
    changed = say("filing.form_changed", name=procedure.name, kept=now.kept, again=now.again)
    return now.draft.having(form_version=version), (changed,) if draft.answers else ()
