"""What the pipeline makes of a text, without a conversation."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from rasa.core.channels.channel import UserMessage
from rasa.core.lock_store import LockStore
from rasa.core.nlg import TemplatedNaturalLanguageGenerator
from rasa.core.processor import MessageProcessor

from bot.basics.ids import ProcedureCode
from bot.conversation.engine import harmless
from bot.conversation.tracker_store import OurTrackerStore
from bot.counter.subject import ABOUT_A_PROCEDURE


class Understanding:
    """The trained pipeline on its own."""

    def __init__(self, model: Path) -> None:
        self._processor = MessageProcessor(
            model_path=model,
            tracker_store=OurTrackerStore(),
            lock_store=LockStore(),
            generator=TemplatedNaturalLanguageGenerator({}),
        )
        self._runner = asyncio.Runner()

    def __call__(self, text: str, talked_about: ProcedureCode | None = None) -> dict[str, Any]:
        """Intent, ranking, entities, procedure, candidates.

        A question that names no procedure is about the one last talked about, if there is one.
        """
        message = UserMessage(harmless(text))
        parsed: dict[str, Any] = self._runner.run(self._processor.parse_message(message))
        names_none = not parsed.get("procedure") and not parsed.get("candidates")
        if names_none and parsed["intent"]["name"] in ABOUT_A_PROCEDURE:
            parsed["procedure"] = talked_about
        return parsed
