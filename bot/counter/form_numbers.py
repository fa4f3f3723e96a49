"""Forms that people ask for by their number: CT01, DC02, TK01."""

from __future__ import annotations

import re

from bot.basics.say import Say, say
from bot.basics.vietnamese.text import fold
from bot.counter.papers import blank_form
from bot.counter.subject import procedure_buttons
from bot.counter.turn import Turn
from bot.procedures.model import Procedure

_NUMBER = re.compile(r"[a-z]{2}\d{2}[a-z]?")


def form_by_number(turn: Turn) -> tuple[Say, ...]:
    """The blank form whose number the message names, and what it is for; nothing if it names none."""
    named = [one for one in turn.desk.catalogue.written if _number(one) in _words(turn)]
    if not named or turn.message.pressed or turn.message.meaning.procedure:
        return ()
    turn.understood()
    form, blank = named[0].form, blank_form(turn.work, turn.desk, named[0])
    is_free = turn.conversation.draft is None  # else a declaration puts its own question next
    return (
        say(
            "answer.form_number",
            *(procedure_buttons(named, "ask_procedure_overview") if is_free else ()),
            files=(blank,) if blank else (),
            form=form,
        ),
    )


def _number(procedure: Procedure) -> str:
    """`ct01` of `CT01 — Thông tư 53/2025/TT-BCA`; empty for forms that have no such number."""
    words = fold(procedure.form.number).split() if procedure.form else []
    return words[0] if words and _NUMBER.fullmatch(words[0]) else ""


def _words(turn: Turn) -> set[str]:
    """The words of the message, `ct 01` and `ct1` read as `ct01`."""
    text = re.sub(r"\b([a-z]{2}) ?0?([1-9])([a-z]?)\b", r"\g<1>0\2\3", fold(turn.message.text))
    return set(text.split())
