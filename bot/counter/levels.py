"""Explains online public service itself: levels old and new, benefits, risks, how to use it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from bot.basics.say import Button, Say, button, say
from bot.counter.turn import Turn
from bot.procedures.knowledge import Topic
from bot.procedures.model import Confidence

USUAL_TOPIC: Mapping[str, str] = MappingProxyType(
    {
        "ask_level_definition": "hai_muc_do_moi",
        "ask_level_difference": "quy_doi_muc_do",
        "ask_benefits": "loi_ich",
        "ask_risks": "rui_ro",
        "ask_how_to_use": "cac_buoc_nop",
        "report_scam": "lua_dao",
    }
)
"""Intent → what is told when the message names no topic of its own."""

_ALWAYS_USUAL = frozenset({"report_scam"})
"""Whoever is being cheated gets the advice, whatever else their story mentions."""

_NAMES = frozenset({"thu_tuc_hanh_chinh", "dich_vu_hanh_chinh_cong", "dich_vu_cong_truc_tuyen"})

_NEXT: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "hai_muc_do_moi": ("toan_trinh", "mot_phan", "bon_muc_do_cu"),
        "bon_muc_do_cu": ("hai_muc_do_moi", "quy_doi_muc_do"),
        "loi_ich": ("cac_buoc_nop", "rui_ro"),
        "rui_ro": ("an_toan", "lua_dao"),
        "cac_buoc_nop": ("tai_khoan", "an_toan"),
        "lua_dao": ("an_toan", "duong_day_nong"),
    }
)
"""Topics that people go on to: offered as buttons."""

_MOST_TOLD = 2


def told(turn: Turn, intent: str) -> tuple[Say, ...]:
    """What `intent`, a key of `USUAL_TOPIC`, asks to be told, with sources."""
    knowledge = turn.desk.knowledge
    pressed = turn.message.pressed
    if pressed and "topic" in pressed.facts:
        turn.remember(topic=pressed.facts["topic"])
        return (_tell(turn, knowledge.topic(pressed.facts["topic"])),)
    named = () if intent in _ALWAYS_USUAL else knowledge.mentioned(turn.message.text)
    if intent == "ask_level_difference" and (comparison := _compared(turn, named)):
        turn.remember(topic=named[-1])
        return (_tell(turn, comparison),)
    if intent == "ask_how_to_use":  # what it is called says nothing about how it is used
        named = tuple(topic for topic in named if topic not in _NAMES)
    topics = named[:_MOST_TOLD] or (USUAL_TOPIC[intent],)
    turn.remember(topic=topics[-1])
    return tuple(_tell(turn, knowledge.topic(topic)) for topic in topics)


def _compared(turn: Turn, named: Sequence[str]) -> Topic | None:
    """How the two topics named differ; one alone is compared with what was explained last."""
    two = named if len(named) > 1 else (turn.conversation.context.topic, *named)
    return turn.desk.knowledge.compared(two[0], two[1]) if len(two) > 1 else None


def _tell(turn: Turn, topic: Topic) -> Say:
    source = turn.desk.catalogue.sources.get(topic.source.ref, {})
    return say(
        "explain.topic",
        *(_topic_button(turn, other) for other in _NEXT.get(topic.id, ())),
        topic=topic,
        source={"name": source.get("name", topic.source.ref), "as_of": topic.source.as_of},
        is_sure=topic.source.confidence is Confidence.HIGH,
    )


def _topic_button(turn: Turn, topic: str) -> Button:
    label = turn.desk.knowledge.topic(topic).title
    return button("button.choice", "ask_level_definition", {"topic": topic}, label=label)
