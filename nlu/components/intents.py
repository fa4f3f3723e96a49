"""Says what a message wants; everything it knows is in `nlu.reading` and `nlu.model`."""

from __future__ import annotations

from typing import Any

import joblib
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier as Classifier
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.components.procedures import NAMED, known_names
from nlu.features import Subjects
from nlu.model import Model
from nlu.reading import Reading, is_ours, masked, read, read_elsewhere

_FILE = "intents.joblib"
_LEARNED = (None, "SlotFiller")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class IntentClassifier(GraphComponent, Classifier):
    """Adds `intent`, `intent_ranking` and `also` to each message."""

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        model: Model | None = None,
    ) -> None:
        self._config, self._model = config, model
        self._model_storage, self._resource = model_storage, resource
        self._subjects = Subjects(known_names())

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`copies`: variants made of each training sentence."""
        return {"copies": 4}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> IntentClassifier:
        """An untrained component."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> IntentClassifier:
        """The component as it was trained."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, joblib.load(folder / _FILE))

    def train(self, training_data: TrainingData) -> Resource:
        """Learns from every example that has an intent."""
        from nlu.training import trained, trained_elsewhere  # starting needs neither

        examples = training_data.intent_examples
        if is_ours({e.get(INTENT) for e in examples}):
            sentences = [(e.get(TEXT), e.get(INTENT)) for e in examples]
            self._model = trained(sentences, copies=self._config["copies"])
        else:
            self._model = trained_elsewhere([(_masked(e), e.get(INTENT)) for e in examples])
        with self._model_storage.write_to(self._resource) as folder:
            joblib.dump(self._model, folder / _FILE)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Reads each message."""
        for message in messages:
            reading = self._reading(message)
            ranking: list[dict[str, Any]] = [{"name": None, "confidence": 0.0}]
            if reading:
                ranking = [{"name": name, "confidence": chance} for name, chance in reading.ranking]
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set("intent_ranking", ranking, add_to_output=True)
            message.set("also", list(reading.also) if reading else [], add_to_output=True)
        return messages

    def _reading(self, message: Message) -> Reading | None:
        text = message.get(TEXT) or ""
        if self._model is None or not text.strip():
            return None
        if not is_ours(self._model.classes):
            return read_elsewhere(_masked(message), self._model)
        named = message.get(NAMED) or ()
        if message.get("procedure"):
            return read(text, self._model, self._subjects.and_more(named))
        return read(text, self._model, self._subjects, named)


def _masked(message: Message) -> str:
    """A message with the slots masked that were annotated, or filled by what learned from these."""
    slots = [e for e in message.get(ENTITIES) or () if e.get("extractor") in _LEARNED]
    return masked(message.get(TEXT), slots)
