"""The form's action: takes the whole turn while a declaration is open."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActionExecutionRejected, EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.translate import DECLARATION, _session, heard, remembered, utter
from bot.counter.declare import declare, open_draft_of
from bot.counter.turn import Turn


class ValidateDeclarationForm(Action):
    """Reads the message as an answer, or steps aside for the rule that deals with it."""

    def name(self) -> str:
        """The name Rasa gives the validation of `declaration_form`."""
        return f"validate_{DECLARATION}"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """The slots that keep the form open, close it, or make it step aside."""
        with _session() as (work, desk):
            turn = Turn(work, desk, heard(tracker))
            reply = declare(turn)
            utter(dispatcher, desk, reply.says)
            draft = open_draft_of(turn)
            # A turn must set a slot besides requested_slot, or Rasa drops what was said.
            events = remembered(turn)
        if reply.aside:
            return [*events, ActionExecutionRejected(DECLARATION)]
        asking = (draft.asking or "review") if draft and reply.opens else None
        return [*events, SlotSet("requested_slot", asking)]
