"""From training sentences to a model: variants, with and without the procedure's name, then learning."""

from __future__ import annotations

from collections.abc import Sequence

from nlu.features import Subjects, shaped
from nlu.model import Model
from nlu.variants import Example, Variants, Words


def trained(sentences: Sequence[tuple[str, str]], subjects: Subjects, *, copies: int) -> Model:
    """A model that learned the sentences and their variants."""
    examples = Variants(Words.read(), subjects, copies).of(sentences)
    texts, intents = prepared(examples, subjects)
    return Model().fit(texts, intents)


def prepared(examples: Sequence[Example], subjects: Subjects) -> tuple[list[str], list[str]]:
    """What the model is shown: each example as it is, and once more with known names hidden."""
    texts: list[str] = []
    intents: list[str] = []
    for example in examples:
        seen = shaped(example.text)
        hidden = shaped(subjects.hidden(example.text))
        for text in dict.fromkeys((seen, hidden)):
            texts.append(text)
            intents.append(example.intent)
    return texts, intents
