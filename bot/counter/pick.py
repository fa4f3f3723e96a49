"""What was pressed, or typed instead of pressing: `2`, or the words on the button."""

from __future__ import annotations

import re

from bot.basics.ids import ConversationId
from bot.basics.messages import Inbound, Kind
from bot.basics.say import Command
from bot.basics.vietnamese.answers import Reply, yes_or_no
from bot.basics.vietnamese.text import fold, has_marks
from bot.citizens.model import Context, Conversation, Offer
from bot.counter.ports import Spoken, Work

_NUMBER = re.compile(r"(?:chon |so |cau |y |muc |cai )?([1-9]|1[0-9])(?: (?:a|nhe|nha))?")
_LONGEST = 100
_ASK_WHICH = frozenset({"subject.which", "subject.unknown", "filing.which"})
"""Questions which procedure is meant; after anything else nothing waits for its name any more."""
_READ_NUMBERS_THEMSELVES = frozenset({"declaration.ask", "declaration.wrong", "declaration.help"})
"""Questions of a form: a number may be the answer, so the field's kind reads it first."""


def command_of(work: Work, inbound: Inbound, text: str) -> Command | None:
    """What a button, a deep link, or words that name a button stand for; `text` is made harmless."""
    match inbound.kind:
        case Kind.CLICK:
            return work.buttons.press(inbound.conversation, inbound.token)
        case Kind.START:
            return work.buttons.press(inbound.conversation, text) if text else None
        case Kind.TEXT:
            return picked(work, inbound.conversation, text)
    return None


def picked(work: Work, conversation: ConversationId, text: str) -> Command | None:
    """The choice last offered that `text` picks; None if it says anything else."""
    known = work.conversations.get(conversation)
    if known is None or len(text) > _LONGEST:
        return None
    context = known.context
    if context.counts and (numbered := by_number(context, text)):
        return numbered
    if decided := _decided(context, text):
        return decided
    named = [offer.command for offer in context.offered if _same(text, offer.title)]
    return named[0] if len(named) == 1 else None


def _decided(context: Context, text: str) -> Command | None:
    """What a typed yes or no does where it was asked whether one is sure."""
    sure = [offer.command for offer in context.offered if "sure" in offer.command.facts]
    others = [offer.command for offer in context.offered if "sure" not in offer.command.facts]
    if len(sure) != 1 or len(others) != 1:
        return None
    decided = {Reply.YES: sure[0], Reply.NO: others[0]}
    return decided.get(reply) if (reply := yes_or_no(text)) else None


def by_number(context: Context, text: str) -> Command | None:
    """The choice last offered whose number `text` is; None if it is none."""
    number = _NUMBER.fullmatch(fold(text[:_LONGEST]))
    if number is None or int(number[1]) > len(context.offered):
        return None
    return context.offered[int(number[1]) - 1].command


def remember(conversation: Conversation, said: list[Spoken]) -> Conversation:
    """The conversation, knowing what the last of the messages said offered."""
    last = said[-1] if said else Spoken("", "")
    offered = tuple(Offer(title, command) for title, command in last.buttons)
    return conversation.about(
        offered=offered,
        counts=last.key not in _READ_NUMBERS_THEMSELVES,
        waiting=conversation.context.waiting if last.key in _ASK_WHICH else "",
    )


def _same(text: str, title: str) -> bool:
    if has_marks(text):
        return text.casefold().split() == title.casefold().split()
    return bool(fold(text)) and fold(text) == fold(title)
