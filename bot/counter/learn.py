"""Keeps, without what tells who wrote them, messages that were not understood: a person reviews them.

Nothing teaches itself: see `motcua review`.
"""

from __future__ import annotations

from bot.basics.messages import Kind
from bot.basics.say import Button, button
from bot.counter.turn import Turn

_SURE = 0.75
UNSURE, DID_YOU_MEAN, THUMBS_DOWN = "unsure", "did_you_mean", "thumbs_down"


def note(turn: Turn, reason: str) -> None:
    """Keeps the message for review."""
    if turn.message.kind is Kind.TEXT and turn.message.text:
        _keep(turn, reason, turn.desk.mask(turn.message.text, turn.desk.clock.today()))


def note_last(turn: Turn) -> bool:
    """Keeps the message answered last, which the citizen says was misunderstood; False if none is."""
    asked = turn.conversation.context.asked
    if asked:
        _keep(turn, THUMBS_DOWN, asked)
        turn.remember(asked="")
    return bool(asked)


def doubtful(turn: Turn) -> tuple[Button, ...]:
    """A thumb down under an answer to a message that was not surely understood, and remembers it."""
    is_sure = turn.message.meaning.confidence >= _SURE
    if turn.message.kind is not Kind.TEXT or turn.message.pressed or is_sure:
        return ()
    turn.remember(asked=turn.desk.mask(turn.message.text, turn.desk.clock.today()))
    return (button("button.thumbs_down", "deny", {"thumbs": "down"}),)


def _keep(turn: Turn, reason: str, masked: str) -> None:
    meaning = turn.message.meaning
    turn.work.misunderstood.add(
        reason,
        {
            "text": masked,
            "intent": meaning.intent,
            "confidence": round(meaning.confidence, 3),
            "procedure": meaning.procedure or turn.conversation.context.procedure,
            "candidates": list(meaning.candidates),
        },
    )
