"""Says what a message wants: TF-IDF over words and characters, with and without diacritics, then
logistic regression. Linear models hold on Vietnamese without accents when the features do."""

from __future__ import annotations

from typing import Any

import joblib
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier as Classifier
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import FeatureUnion, Pipeline, make_pipeline
from sklearn.preprocessing import FunctionTransformer

from bot.basics.vietnamese.text import fold, one_line

_RANKED = 5


def _fold_all(texts: list[str]) -> list[str]:
    return [fold(text) for text in texts]


def _clean_all(texts: list[str]) -> list[str]:
    return [one_line(text).lower() for text in texts]


def build() -> Pipeline:
    """An untrained model: text in, intent out."""
    accented = FunctionTransformer(_clean_all)
    folded = FunctionTransformer(_fold_all)
    words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, token_pattern=r"\S+")
    features = FeatureUnion(
        [
            ("words", make_pipeline(accented, words)),
            (
                "folded words",
                make_pipeline(
                    folded,
                    TfidfVectorizer(ngram_range=(1, 3), sublinear_tf=True, token_pattern=r"\S+"),
                ),
            ),
            (
                "folded letters",
                make_pipeline(
                    folded,
                    TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True),
                ),
            ),
        ]
    )
    regression = LogisticRegression(C=20, class_weight="balanced", max_iter=500)
    return Pipeline([("features", features), ("regression", regression)])


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True
)
class IntentClassifier(GraphComponent, Classifier):
    """`build` as a step of the pipeline; adds `intent` and `intent_ranking`."""

    def __init__(
        self, model_storage: ModelStorage, resource: Resource, model: Pipeline | None = None
    ) -> None:
        self._model_storage, self._resource, self._model = model_storage, resource, model

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> IntentClassifier:
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
    ) -> IntentClassifier:
        """The component as it was trained."""
        with model_storage.read_from(resource) as folder:
            return cls(model_storage, resource, joblib.load(folder / "intents.joblib"))

    def train(self, training_data: TrainingData) -> Resource:
        """Learns from every example that has an intent."""
        examples = [(e.get(TEXT), e.get(INTENT)) for e in training_data.intent_examples]
        texts, intents = zip(*examples, strict=True)
        self._model = build().fit(list(texts), list(intents))
        with self._model_storage.write_to(self._resource) as folder:
            joblib.dump(self._model, folder / "intents.joblib")
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds the intent and the runners-up to each message."""
        for message in messages:
            ranking = self._rank(message.get(TEXT) or "")
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set("intent_ranking", ranking, add_to_output=True)
            message.set("also", [], add_to_output=True)
        return messages

    def _rank(self, text: str) -> list[dict[str, Any]]:
        if self._model is None or not text.strip():
            return [{"name": None, "confidence": 0.0}]
        chances = self._model.predict_proba([text])[0]
        order = chances.argsort()[::-1][:_RANKED]
        classes = self._model.classes_
        return [{"name": str(classes[i]), "confidence": float(chances[i])} for i in order]
