"""Unlinking: what is linked, and taking one conversation out again with what belongs to it."""

from __future__ import annotations

from collections import Counter

from bot.basics.ids import ConversationId
from bot.basics.say import Button, button, say
from bot.citizens.model import Conversation
from bot.counter.belongings import belongings, split_off
from bot.counter.speak import spoken
from bot.counter.turn import Reply, Turn

LINK = "link"
"""The intent of buttons about links; they are dealt with here, Rasa knows none of that name."""
_MOST_SHOWN = 5


def show_links(turn: Turn) -> Reply:
    """Says which conversations are linked, and what would go with each; a button takes one out."""
    here = turn.conversation
    linked = turn.work.conversations.of_citizen(here.citizen)
    if len(linked) < 2:
        return Reply((say("link.none", button("button.link_code", LINK, {"do": "code"})),))
    linked.sort(key=lambda one: one.id != here.id)
    same = Counter(one.channel for one in linked)
    shown = [
        {
            "channel": one.channel,
            "is_here": one.id == here.id,
            "heard_at": one.heard_at if same[one.channel] > 1 else None,
            "goes": belongings(turn.work, one),
        }
        for one in linked[:_MOST_SHOWN]
    ]
    buttons = (part_button(one, is_here=one.id == here.id) for one in linked[:_MOST_SHOWN])
    return Reply((say("link.shown", *buttons, links=shown, count=len(linked)),))


def part_button(conversation: Conversation, is_here: bool = False) -> Button:
    """A button that takes the conversation out, wherever it is pressed."""
    facts = {"do": "part", "conversation": conversation.id}
    channel = conversation.channel
    return button("button.link_part", LINK, facts, channel=channel, is_here=is_here)


def part(turn: Turn, leaving: ConversationId) -> Reply:
    """Takes the conversation out; both sides are told."""
    here, wording = turn.conversation, turn.desk.wording
    linked = turn.work.conversations.of_citizen(here.citizen)
    one = next((known for known in linked if known.id == leaving), None)
    if one is None or len(linked) < 2:
        return Reply((say("link.not_linked"),))
    goes = belongings(turn.work, one)
    forgot = split_off(turn.work, one)
    is_here = leaving == here.id
    told = next(other.id for other in linked if other.id != here.id) if is_here else leaving
    heard = say("link.parted_there", channel=here.channel, is_leaving=not is_here)
    turn.work.outbox.add(told, spoken(heard, wording))
    parted = say("link.parted", goes=goes, channel=one.channel, is_here=is_here, forgot=forgot)
    return Reply((parted,))
