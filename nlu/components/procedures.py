"""Finds the procedure a message names in the catalogue, at run time: nothing about it is trained."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.basics import settings
from bot.basics.vietnamese.normalise import normalise
from bot.procedures.catalogue import Catalogue, LiveCatalogue
from bot.procedures.find import Found
from nlu.ready import Ready

NAMED = "named"
"""Where a message keeps the words that name the procedure found; empty where that is doubtful."""

_LIKELY = 0.5
_FEWEST_WORDS = 2
_shared: LiveCatalogue | None = None
_ready = Ready()


def use(catalogue: LiveCatalogue) -> None:
    """Makes every finder of this process look in `catalogue`."""
    global _shared
    _shared = catalogue


def warm() -> None:
    """Makes the finder ready for the catalogue as its files are now."""
    _ready.of(_catalogue())


def known_names() -> list[str]:
    """Every name and everyday name in the catalogue of this process."""
    procedures = _catalogue().summaries.values()
    return [name for p in procedures for name in (p.name, p.official_name, *p.aliases) if name]


def _catalogue() -> Catalogue:
    global _shared
    if _shared is None:
        _shared = LiveCatalogue(settings.read().catalogue_dir)
    return _shared.current()


def _named(text: str, found: Found) -> list[str]:
    if found.score < _LIKELY:
        return []
    said = [text[start:end] for start, end in found.spans]
    return [words for words in said if len(words.split()) >= _FEWEST_WORDS]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class ProcedureFinder(GraphComponent):
    """Adds `procedure` (a code or None), `candidates`, `elsewhere` (codes) and `names_one` (0 to 1)."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> ProcedureFinder:
        """A component that looks in the catalogue of this process."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Looks for the procedure in each message."""
        finder, names = _ready.of(_catalogue())
        for message in messages:
            text = normalise(message.get(TEXT) or "").text
            found = finder.find(text)
            named = None if found.elsewhere else names.settle(text, found)
            message.set("procedure", named, add_to_output=True)
            message.set("candidates", list(found.candidates), add_to_output=True)
            message.set("elsewhere", list(found.elsewhere), add_to_output=True)
            message.set("names_one", round(found.likely, 4), add_to_output=True)
            message.set(NAMED, _named(text, found))
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing about procedures is trained."""
        return training_data
