"""What a citizen told before a declaration was opened: kept for a day, and read when one is.

The procedure may first be asked back, looked at, or begun anew by a button: nothing has to be said twice.
"""

from __future__ import annotations

from datetime import timedelta

from bot.basics.messages import Kind
from bot.citizens.model import Told
from bot.counter.turn import Turn
from bot.declarations.facts import holds_facts
from bot.declarations.opening import chosen
from bot.procedures.model import Procedure

_KEPT = timedelta(days=1)


def note_told(turn: Turn, procedure: Procedure | None = None) -> None:
    """Keeps the message if it tells something that a form may ask for, or that of the procedure named."""
    text, form, cues = _typed(turn), procedure.form if procedure else None, turn.desk.cues
    is_telling = holds_facts(cues, text) or (
        form and (chosen(form, text) or cues.behalf.read(text))
    )
    if text and is_telling:
        turn.remember(told=Told(text, turn.now))


def opening_words(turn: Turn) -> str:
    """What opens a declaration: what was told before, then what is typed now."""
    known = turn.conversation.context.told
    before = known.text if known and turn.now - known.at <= _KEPT else ""
    now = _typed(turn)
    return ". ".join(text for text in dict.fromkeys((before, now)) if text)


def _typed(turn: Turn) -> str:
    message = turn.message
    return message.text if message.kind is Kind.TEXT and not message.pressed else ""
