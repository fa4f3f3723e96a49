"""Between Rasa's tracker and the counter's messages."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, ClassVar

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from bot.basics.ids import ConversationId, MessageId, ProcedureCode
from bot.basics.messages import Kind
from bot.basics.say import Command, Say
from bot.counter import session, talk
from bot.counter.ports import Desk, Work
from bot.counter.speak import spoken
from bot.counter.turn import Meaning, Message, Reply, Turn
from bot.declarations.model import ReceivedFile

DECLARATION = "declaration_form"
UseCase = Callable[[Turn], Reply]


class CounterAction(Action, ABC):
    """An action that hands the message to a use case and says what it answers."""

    use_case: ClassVar[UseCase]
    introduces: ClassVar[bool] = True

    @abstractmethod
    def name(self) -> str:
        """The action's name in domain.yml."""

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Says the reply; opens the declaration if the use case opened one."""
        with _session() as (work, desk):
            turn = Turn(work, desk, heard(tracker))
            if self.introduces:
                utter(dispatcher, desk, talk.introduce(turn).says)
            reply = type(self).use_case(turn)
            utter(dispatcher, desk, reply.says)
            events = remembered(turn)
        return [*events, FollowupAction(DECLARATION)] if reply.opens else events


def heard(tracker: Tracker) -> Message:
    """The latest message, as the counter hears it."""
    latest = tracker.latest_message
    meta = latest.get("metadata") or {}
    pressed = meta.get("pressed")
    return Message(
        id=MessageId(int(meta.get("message") or len(tracker.events))),
        conversation=ConversationId(tracker.sender_id),
        kind=Kind(meta.get("kind") or Kind.TEXT),
        text=latest.get("text") or "",
        is_too_long=bool(meta.get("too_long")),
        meaning=_meaning(latest),
        pressed=Command(pressed["intent"], pressed["facts"]) if pressed else _typed_button(latest),
        files=tuple(map(_file, meta.get("files") or ())),
        phone=meta.get("phone") or "",
        own_phone=bool(meta.get("own_phone")),
    )


def _file(item: Mapping[str, Any]) -> ReceivedFile:
    return ReceivedFile(**{**item, "marks": tuple(item.get("marks") or ())})


def utter(dispatcher: CollectingDispatcher, desk: Desk, says: tuple[Say, ...]) -> None:
    """Puts messages into words and into Rasa's hands.

    `intent` and `facts` go to our own outbox, which gives the citizen a token instead; `payload` is
    Rasa's own way of saying the same, for `rasa shell`.
    """
    for message in says:
        words = spoken(message, desk.wording)
        buttons = [
            {
                "title": title,
                "payload": f"/{command.intent}{_json(command.facts)}",
                "intent": command.intent,
                "facts": dict(command.facts),
            }
            for title, command in words.buttons
        ]
        dispatcher.utter_message(
            text=words.text,
            buttons=buttons,
            key=words.key,
            files=list(words.files),
            phone_button=words.phone_button,
            asks_file=words.asks_file,
        )


def remembered(turn: Turn) -> list[EventType]:
    """Slots that mirror what our own tables remember."""
    context = turn.conversation.context
    return [SlotSet("procedure", context.procedure), SlotSet("dossier_code", context.dossier)]


@contextmanager
def _session() -> Iterator[tuple[Work, Desk]]:
    """The turn's own transaction; in a separate action server, a new one for each action."""
    current = session.current()
    if current:
        yield current
        return
    from bot import wiring

    parts = wiring.for_action_server()
    with parts.storage.work() as work:
        yield work, parts.desk


def _meaning(latest: dict[str, Any]) -> Meaning:
    intent = latest.get("intent") or {}
    entities: dict[str, tuple[str, ...]] = {}
    for found in latest.get("entities") or ():
        name = found["entity"]
        entities[name] = (*entities.get(name, ()), str(found["value"]))
    procedure = latest.get("procedure")
    return Meaning(
        intent=intent.get("name") or "",
        confidence=float(intent.get("confidence") or 0.0),
        rather=tuple(
            other["name"] for other in latest.get("intent_ranking") or () if other["name"]
        )[1:],
        also=tuple(latest.get("also") or ()),
        procedure=ProcedureCode(procedure) if procedure else None,
        candidates=tuple(ProcedureCode(code) for code in latest.get("candidates") or ()),
        elsewhere=tuple(ProcedureCode(code) for code in latest.get("elsewhere") or ()),
        names_one=float(latest.get("names_one", 1.0)),
        entities=entities,
    )


def _typed_button(latest: dict[str, Any]) -> Command | None:
    """In `rasa shell` a pressed button arrives as `/intent{…}`, already split into entities."""
    if not (latest.get("text") or "").startswith("/"):
        return None
    facts = {found["entity"]: str(found["value"]) for found in latest.get("entities") or ()}
    return Command((latest.get("intent") or {}).get("name") or "", facts)


def _json(facts: Any) -> str:
    import json

    return json.dumps(dict(facts), ensure_ascii=False)
