"""Finds codes, numbers, dates, amounts, agencies and places; everything it knows is in `nlu.entities`."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.basics import settings
from bot.basics.clock import Clock, SystemClock
from bot.procedures.places import Places
from nlu.entities import find


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class EntityFinder(GraphComponent, EntityExtractorMixin):
    """`find` as a step of the pipeline."""

    def __init__(self, clock: Clock, places: Places) -> None:
        self._clock, self._places = clock, places

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> EntityFinder:
        """A component that knows today and the country's places."""
        return cls(SystemClock(), Places.read(settings.read().catalogue_dir / "units"))

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds the entities found to each message."""
        for message in messages:
            text = message.get(TEXT) or ""
            found = [
                {"entity": item.entity, "start": item.start, "end": item.end, "value": item.value}
                for item in find(text, self._clock.today(), self._places)
            ]
            entities = message.get(ENTITIES, []) + self.add_extractor_name(found)
            message.set(ENTITIES, entities, add_to_output=True)
        return messages
