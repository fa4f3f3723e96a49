"""Filing: opening a declaration, taking it up again, putting it aside, deleting it."""

from __future__ import annotations

from bot.basics.ids import DraftId
from bot.basics.say import Say, button, say
from bot.counter.attach import erase
from bot.counter.drafts import close, listing, new_draft, open_draft, resume_button
from bot.counter.forms import loop_for
from bot.counter.reuse import reuse
from bot.counter.steer import LIST, REUSE
from bot.counter.subject import ask_which, subject
from bot.counter.told import note_told, opening_words
from bot.counter.turn import Reply, Turn
from bot.declarations import behalf
from bot.declarations.model import Draft
from bot.procedures.model import Procedure


def start(turn: Turn) -> Reply:
    """Opens a declaration for the procedure in question, or offers the one already begun."""
    pressed = turn.message.pressed
    if pressed and pressed.facts.get("do") == REUSE:
        return reuse(turn)
    procedure = subject(turn)
    if procedure is None:
        return ask_which(turn, "start_filing", "filing.which")
    turn.settle(procedure.code)
    note_told(turn, procedure)
    if not procedure.can_be_filed:
        return Reply((_only_information(procedure),))
    begun = _begun(turn, procedure)
    if begun and begun.id == turn.conversation.draft and not _wants_a_new_one(turn):
        return Reply()  # it is open: its question comes next
    if begun and begun.answers and not _wants_a_new_one(turn):
        return Reply((_offer_to_resume(turn, begun, procedure),))
    empty = begun.having(last_message=None) if begun and not begun.answers else None
    return _opened(turn, empty or new_draft(turn, procedure))


def _opened(turn: Turn, draft: Draft) -> Reply:
    """Opens an empty draft, knowing already for whom it is if the citizen said so."""
    somebody = turn.desk.cues.behalf.read(opening_words(turn))
    loop = loop_for(turn.desk, draft.procedure)
    if somebody is None or loop is None:
        return open_draft(turn, draft)
    answers = behalf.answers(loop.asker, draft, somebody.relation)
    opened = open_draft(turn, draft.having(answers={**draft.answers, **answers}))
    if not answers and loop.asker.form.subject != loop.asker.form.applicant:
        return opened  # the form asks about both of them anyway
    lines = loop.asker.lines(draft.having(answers=answers))
    told = say("filing.for_somebody", who=somebody.called, lines=lines)
    return Reply((told, *opened.says), opens=True)


def resume(turn: Turn) -> Reply:
    """Takes up the draft that is named, else the only one; of several, says where each stands."""
    pressed = turn.message.pressed
    named = pressed.facts.get("draft") if pressed else None
    if pressed and pressed.facts.get("do") == LIST:
        return listing(turn)
    drafts = turn.work.drafts.unfinished(turn.conversation.citizen)
    meant = turn.message.meaning.procedure
    chosen = [draft for draft in drafts if draft.id == named] or [
        draft for draft in drafts if draft.procedure == meant and not named
    ]
    if not drafts or (named and not chosen):
        return Reply((say("filing.nothing_begun"),))
    if not chosen and len(drafts) > 1:
        return listing(turn)
    return open_draft(turn, (chosen or drafts)[0].having(last_message=None))


def put_aside(turn: Turn) -> Reply:
    """`Thôi để sau`, outside a declaration: says what is kept."""
    drafts = turn.work.drafts.unfinished(turn.conversation.citizen)
    key = "filing.nothing_open" if not drafts else "filing.kept"
    return Reply(
        (Say(key, {"count": len(drafts)}, tuple(resume_button(turn.desk, d) for d in drafts[:3])),)
    )


def delete(turn: Turn, draft: DraftId) -> Reply:
    """Erases one of the citizen's own drafts."""
    own = {own.id: own for own in turn.work.drafts.unfinished(turn.conversation.citizen)}
    if draft in own:
        close(turn.work, own[draft])
        erase(turn.work, own[draft])
    return Reply((say("filing.deleted"),))


def _begun(turn: Turn, procedure: Procedure) -> Draft | None:
    drafts = turn.work.drafts.unfinished(turn.conversation.citizen)
    return next(
        (d for d in drafts if d.procedure == procedure.code and d.dossier is None),
        None,
    )


def _wants_a_new_one(turn: Turn) -> bool:
    pressed = turn.message.pressed
    return bool(pressed and pressed.facts.get("new"))


def _offer_to_resume(turn: Turn, draft: Draft, procedure: Procedure) -> Say:
    facts = {"procedure": procedure.code, "new": "1"}
    return say(
        "filing.begun",
        button("button.resume", "resume_filing", {"draft": draft.id}),
        button("button.new", "start_filing", facts),
        name=procedure.name,
        at=draft.updated_at,
        answered=len(draft.answers),
    )


def _only_information(procedure: Procedure) -> Say:
    facts = {"procedure": procedure.code}
    return say(
        "filing.only_information",
        button("button.ask_documents", "ask_documents", facts),
        button("button.ask_where", "ask_where", facts),
        procedure=procedure,
    )
