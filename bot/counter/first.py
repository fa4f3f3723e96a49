"""What is dealt with before anything has to be understood, wherever the conversation stands."""

from __future__ import annotations

from bot.basics.messages import Kind
from bot.counter.declare import declare, open_draft_of
from bot.counter.link import link
from bot.counter.near import near
from bot.counter.privacy import privacy
from bot.counter.takeover import with_officer
from bot.counter.talk import introduce
from bot.counter.told import note_told
from bot.counter.turn import Reply, Turn


def first(turn: Turn) -> Reply | None:
    """The answer to a command, or to a button of one; None for everything that has to be understood."""
    _remember_own_phone(turn)
    if turn.conversation.draft is None:
        note_told(turn)
    kept = with_officer(turn)
    if kept is not None:
        return _then_the_question_again(turn, kept) if kept.says else kept
    reply = link(turn) or near(turn) or _memory(turn)
    if reply is None:
        return None
    reply = Reply((*introduce(turn).says, *reply.says))
    return _then_the_question_again(turn, reply)


def _memory(turn: Turn) -> Reply | None:
    """What is kept about the citizen, asked for in so many words."""
    is_asked = turn.desk.phrases.command(turn.message.text) == "memory"
    return privacy(turn) if is_asked and not turn.message.pressed else None


def _remember_own_phone(turn: Turn) -> None:
    message = turn.message
    if message.kind is Kind.CONTACT and message.own_phone and message.phone:
        turn.remember(phone=message.phone)


def _then_the_question_again(turn: Turn, reply: Reply) -> Reply:
    """A declaration that is open goes on, unless the answer itself is a question."""
    draft = open_draft_of(turn)
    if draft is None or reply.says[-1].buttons:
        return reply
    turn.work.drafts.save(draft.having(last_message=turn.message.id))
    return Reply((*reply.says, *declare(turn).says))
