"""Finds what has a fixed shape: codes, numbers of people and phones. Rules, because rules are exact."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.basics.codes import find_dossier_code

_LONG_NUMBER = re.compile(r"(?<![\w.])\+?\d(?:[\s.-]?\d){8,11}(?![\w])")


@dataclass(frozen=True)
class Found:
    """One entity: what it is, where it stands, and its value in normal form."""

    entity: str
    start: int
    end: int
    value: str


def find(text: str) -> Iterator[Found]:
    """The entities in `text`."""
    code = find_dossier_code(text)
    if code:
        yield Found("dossier_code", 0, len(text), code)
        return
    for match in _LONG_NUMBER.finditer(text):
        digits = re.sub(r"\D", "", match[0])
        kind = {12: "citizen_id", 10: "phone"}.get(len(digits))
        if kind == "citizen_id" or (kind == "phone" and digits[0] == "0"):
            yield Found(kind, match.start(), match.end(), digits)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class EntityFinder(GraphComponent, EntityExtractorMixin):
    """`find` as a step of the pipeline."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> EntityFinder:
        """A component; it has no state."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds the entities found to each message."""
        for message in messages:
            found = [
                {"entity": item.entity, "start": item.start, "end": item.end, "value": item.value}
                for item in find(message.get(TEXT) or "")
            ]
            entities = message.get(ENTITIES, []) + self.add_extractor_name(found)
            message.set(ENTITIES, entities, add_to_output=True)
        return messages
