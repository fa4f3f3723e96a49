"""The declaration being filled in this conversation: reads one message, shows the review, hands it in."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from bot.basics.ids import FileId
from bot.basics.messages import Kind
from bot.basics.say import Button, Say, button, say
from bot.counter.amend import lapsed, send_changes
from bot.counter.attach import bind, let_go
from bot.counter.drafts import close, meant_by_button, named, open_draft, up_to_date
from bot.counter.file import delete
from bot.counter.forms import loop_for, name_of
from bot.counter.pick import by_number
from bot.counter.ports import Desk
from bot.counter.remember import known_to
from bot.counter.submit import submit
from bot.counter.supplement import send_back
from bot.counter.told import opening_words
from bot.counter.turn import Reply, Turn
from bot.counter.unreadable import unreadable
from bot.declarations.asking import order_button
from bot.declarations.files import all_of
from bot.declarations.loop import Loop
from bot.declarations.model import Draft, Outcome, Status, Then
from bot.declarations.phrases import Order
from bot.documents.pdf import pdf_pages
from bot.procedures.model import Procedure


def declare(turn: Turn) -> Reply:
    """What the message does to the open declaration; without one, nothing is said and it closes."""
    draft = open_draft_of(turn)
    if draft is None:
        return Reply()
    if turn.message.id != draft.last_message and (other := meant_by_button(turn)):
        return _of_another(turn, draft, other)
    if late := lapsed(turn, draft):
        return Reply((late,))
    loop = loop_for(turn.desk, draft.procedure, known_to(turn))
    if loop is None:
        return _gone(turn, draft)
    draft, changed = up_to_date(turn.desk, loop, draft)
    pressed = turn.message.pressed
    if (
        pressed
        and pressed.facts.get("do") == "really_delete"
        and pressed.facts.get("draft") == draft.id
    ):
        return delete(turn, draft.id)
    loop = replace(loop, bind=partial(bind, turn.work.files))
    return _after(changed, _settle(turn, loop, draft, _outcome(turn, loop, draft)))


def _of_another(turn: Turn, here: Draft, other: Draft | Say) -> Reply:
    """A button of a declaration that is not the one open: that one is opened, or is told to be gone."""
    if isinstance(other, Draft):
        left = open_draft(turn, other).says
        back = say("filing.back_to", name=named(turn.desk, other))
        return _after((back, *left), declare(turn))
    loop = loop_for(turn.desk, here.procedure)
    if loop is None:
        return _gone(turn, here)
    taken = here.having(last_message=turn.message.id)
    return _settle(turn, loop, here, loop.repeat(taken, other))


def _after(says: tuple[Say, ...], reply: Reply) -> Reply:
    return replace(reply, says=(*says, *reply.says))


def _outcome(turn: Turn, loop: Loop, draft: Draft) -> Outcome:
    message = turn.message
    taken = draft.having(last_message=message.id)
    if draft.last_message is None:
        corrected = loop.correct(taken, message.text) if draft.is_amendment else None
        said = "" if _was_asked(draft) else opening_words(turn)
        turn.remember(told=None)
        return corrected or loop.open(taken, said, *_opening(turn, draft))
    if message.id != draft.last_message:
        if message.kind is Kind.START:
            return Outcome(taken, then=Then.ASIDE)
        if nothing := unreadable(message):
            return loop.repeat(taken, nothing)
    heard = message.heard()
    outcome = loop.hear(draft, heard)
    if outcome.draft.misses > draft.misses:
        # No answer to the question; some doors show several buttons as numbered lines.
        context = turn.conversation.context
        chosen = by_number(context, message.text) if len(context.offered) > 1 else None
        return loop.hear(draft, replace(heard, pressed=chosen)) if chosen else outcome
    return outcome


def open_draft_of(turn: Turn) -> Draft | None:
    """The draft being talked about in this conversation."""
    number = turn.conversation.draft
    return turn.work.drafts.get(number) if number else None


def _settle(turn: Turn, loop: Loop, before: Draft, outcome: Outcome) -> Reply:
    draft = outcome.draft.having(updated_at=turn.now)
    turn.work.drafts.save(draft)
    let_go(turn.work, (*all_of(before), *(item.file for item in turn.message.files)), draft)
    match outcome.then:
        case Then.STAY:
            return Reply((*outcome.says, *_by_link(turn, loop, draft)), opens=True)
        case Then.ASIDE:
            return Reply(outcome.says, opens=True, aside=True)
        case Then.REVIEW:
            is_known = before.status is Status.REVIEW and before.answers == draft.answers
            review = (
                _ready(draft) if is_known and not outcome.shows_all else _review(turn, loop, draft)
            )
            return Reply((*outcome.says, review), opens=True)
        case Then.PAUSE:
            turn.work.conversations.save(turn.conversation.having(draft=None))
            return Reply((*outcome.says, _paused(turn, draft)))
        case Then.FILE:
            close(turn.work, draft)
            return Reply((*outcome.says, *_hand_in(turn, loop, draft)))


def _hand_in(turn: Turn, loop: Loop, draft: Draft) -> tuple[Say, ...]:
    """Files it: for the first time, completed, or changed."""
    if draft.is_supplement:
        return send_back(turn, loop, draft)
    if draft.is_amendment:
        return send_changes(turn, loop, draft)
    return submit(turn, loop, draft)


def _by_link(turn: Turn, loop: Loop, draft: Draft) -> tuple[Say, ...]:
    """Where to send the paper that is asked for, if not into the chat."""
    stop = loop.asker.stop(draft)
    url = turn.desk.upload_link(turn.conversation.id) if stop and stop.field.kind == "file" else ""
    return (say("file.by_link", url=url),) if url else ()


def _opening(turn: Turn, draft: Draft) -> tuple[Say, ...]:
    """What is said before the first question, and before the next one after a pause."""
    procedure = turn.desk.catalogue.get(draft.procedure)
    if draft.demanded:
        return ()
    if draft.is_amendment:
        return (say("amend.opened", name=procedure.name, code=draft.dossier),)
    if _was_asked(draft) and draft.answers:
        return (say("filing.resumed", name=procedure.name, answered=len(draft.answers)),)
    return (say("filing.opened", procedure=procedure, office=turn.desk.office),)


def _was_asked(draft: Draft) -> bool:
    """Whether a question of it was ever put."""
    return draft.asking is not None or draft.status is Status.REVIEW


def _ready(draft: Draft) -> Say:
    """Reminds that only handing in is left, without showing everything once more."""
    return say(
        "declaration.ready",
        *_review_buttons(draft),
        is_supplement=bool(draft.demanded),
        is_amendment=draft.is_amendment,
    )


def _review_buttons(draft: Draft) -> tuple[Button, ...]:
    return (
        order_button(draft, "button.submit", Order.FILE),
        order_button(draft, "button.edit", Order.EDIT),
        order_button(draft, "button.later", Order.PAUSE),
    )


def _review(turn: Turn, loop: Loop, draft: Draft) -> Say:
    procedure = turn.desk.catalogue.get(draft.procedure)
    lines = loop.asker.lines(draft)
    pdf = turn.desk.documents.declaration(loop.asker.form, lines, draft.updated_at)
    name = f"ban-xem-truoc-{procedure.code}.pdf"
    stored = turn.work.files.put(name, "application/pdf", pdf, pdf_pages(pdf))
    turn.work.drafts.save(draft.having(previews=(*draft.previews, stored.id)))
    return review_of(turn.desk, loop, draft, procedure, (stored.id,))


def review_of(
    desk: Desk, loop: Loop, draft: Draft, procedure: Procedure, files: tuple[FileId, ...] = ()
) -> Say:
    """Everything answered, read back before it is handed in."""
    return say(
        "declaration.review",
        *_review_buttons(draft),
        files=files,
        lines=loop.asker.lines(draft),
        name=procedure.name,
        office=desk.office,
        is_supplement=bool(draft.demanded),
        is_amendment=draft.is_amendment,
    )


def _paused(turn: Turn, draft: Draft) -> Say:
    return say(
        "filing.paused",
        button("button.resume", "resume_filing", {"draft": draft.id}),
        order_button(draft, "button.delete", Order.DELETE),
        name=named(turn.desk, draft),
        answered=len(draft.answers),
    )


def _gone(turn: Turn, draft: Draft) -> Reply:
    turn.work.conversations.save(turn.conversation.having(draft=None))
    return Reply((say("filing.form_gone", name=name_of(turn.desk, draft.procedure)),))
