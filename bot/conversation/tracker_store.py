"""Rasa's tracker, seen through our own tables.

Rasa would keep a conversation's state in a log of events that it replays at each turn, so turns get slower
and state can disagree with ours. Here the state has one home: the conversation's row and its draft. The
tracker that Rasa gets is built from them, a handful of events however old the conversation is; what Rasa
adds to it is appended to a log that nothing reads back.
"""

from __future__ import annotations

from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME, REQUESTED_SLOT
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, SessionStarted, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

from bot.basics.ids import ConversationId, MessageId
from bot.storage.storage import Work

DECLARATION = "declaration_form"


class OurTrackerStore(TrackerStore):
    """Builds trackers from, and logs their events in, the transaction of the turn in progress."""

    def __init__(self) -> None:
        super().__init__(Domain.empty())
        self._work: Work | None = None
        self._message: MessageId | None = None
        self._given = 0

    def begin(self, work: Work, message: MessageId) -> None:
        """The next trackers belong to this transaction and message."""
        self._work, self._message = work, message

    async def retrieve(self, sender_id: str) -> DialogueStateTracker:
        """The tracker of a conversation as our tables describe it."""
        events = self._events(ConversationId(sender_id))
        self._given = len(events)
        return DialogueStateTracker.from_events(sender_id, events, self.domain.slots)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Appends what this turn added to the log."""
        assert self._work is not None
        added = [event.as_dict() for event in list(tracker.events)[self._given :]]
        self._work.tracker.append(ConversationId(tracker.sender_id), self._message, added)

    def _events(self, conversation_id: ConversationId) -> list[Event]:
        assert self._work is not None
        conversation = self._work.conversations.get(conversation_id)
        events: list[Event] = [SessionStarted()]
        if conversation is not None:
            context = conversation.context
            events.append(SlotSet("procedure", context.procedure))
            events.append(SlotSet("dossier_code", context.dossier))
            draft = self._work.drafts.get(conversation.draft) if conversation.draft else None
            if draft is not None:
                events.append(ActiveLoop(DECLARATION))
                events.append(SlotSet(REQUESTED_SLOT, draft.asking or "review"))
        return [*events, ActionExecuted(ACTION_LISTEN_NAME)]
