"""Yes and no, consent."""

from __future__ import annotations

from bot.basics.vietnamese import show
from bot.basics.vietnamese.answers import Reply, yes_or_no
from bot.declarations.kinds.model import Choice, Ok, Question, Reading, Unsure, Value, Wrong
from bot.declarations.kinds.typed import Typed
from bot.procedures.model import Field


def offer_yes_and_no(question: Question) -> tuple[Choice, ...]:
    """Both."""
    return (Choice(show.YES, True), Choice(show.NO, False))


def read_yes_or_no(text: str, question: Question) -> Reading:
    """True or False."""
    reply = yes_or_no(text)
    if reply is Reply.UNCLEAR:
        return Unsure("kinds.yes_no.unclear", offer_yes_and_no(question))
    return Wrong("kinds.yes_no.expected") if reply is None else Ok(reply is Reply.YES)


def show_yes_or_no(value: Value, field: Field) -> str:
    """`Có`, `Không`."""
    return show.YES if value is True else show.NO


YES_NO = Typed(read_yes_or_no, offer_yes_and_no, show_yes_or_no)
