"""Fills slots learned from annotated training sentences; without any it does nothing. See `nlu.slots`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import joblib
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.nlu.tokenizers.tokenizer import Token
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.lexicon import Tagged, spans
from nlu.slots import SlotModel

_FILE = "slots.joblib"
_TOKENS = "text_tokens"
_ROLE = "|"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class SlotFiller(GraphComponent, EntityExtractorMixin):
    """Adds the slots that the training data annotates to each message."""

    def __init__(
        self, model_storage: ModelStorage, resource: Resource, model: SlotModel | None = None
    ) -> None:
        self._model_storage, self._resource, self._model = model_storage, resource, model

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SlotFiller:
        """An untrained component."""
        return cls(model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> SlotFiller:
        """The component as it was trained."""
        with model_storage.read_from(resource) as folder:
            return cls(model_storage, resource, joblib.load(folder / _FILE))

    def train(self, training_data: TrainingData) -> Resource:
        """Learns from every example if any of them has entities."""
        if training_data.entity_examples:
            self._model = SlotModel().fit([_tagged(e) for e in training_data.nlu_examples])
        with self._model_storage.write_to(self._resource) as folder:
            joblib.dump(self._model, folder / _FILE)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Fills the slots of each message."""
        for message in messages:
            if self._model is not None:
                found = self._found(message.get(TEXT) or "", message.get(_TOKENS) or [])
                entities = message.get(ENTITIES, []) + self.add_extractor_name(found)
                message.set(ENTITIES, entities, add_to_output=True)
        return messages

    def _found(self, text: str, tokens: Sequence[Token]) -> list[dict[str, Any]]:
        assert self._model is not None
        found = []
        for span in spans(self._model.tags([token.text for token in tokens])):
            start, end = tokens[span.start].start, tokens[span.end - 1].end
            entity, _, role = span.slot.partition(_ROLE)
            item = {"entity": entity, "start": start, "end": end, "value": text[start:end]}
            found.append({**item, "role": role} if role else item)
        return found


def _tagged(example: Message) -> Tagged:
    """The words of a training sentence with their tags."""
    tokens: Sequence[Token] = example.get(_TOKENS) or []
    tags = ["O"] * len(tokens)
    for entity in example.get(ENTITIES) or ():
        role = entity.get("role")
        slot = f"{entity['entity']}{_ROLE}{role}" if role else entity["entity"]
        inside = [
            at
            for at, token in enumerate(tokens)
            if token.start < entity["end"] and entity["start"] < token.end
        ]
        for at in inside:
            tags[at] = f"{'B' if at == inside[0] else 'I'}-{slot}"
    return Tagged(tuple(token.text for token in tokens), tuple(tags))
