"""From training sentences to a model: variants, with and without the procedure's name, then learning."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from bot.basics.vietnamese.text import fold
from nlu.acts import OUT_OF_SCOPE
from nlu.features import Subjects, shaped
from nlu.model import Model
from nlu.variants import Example, Variants, Words

_COMMON = 3


def trained(sentences: Sequence[tuple[str, str]], *, copies: int) -> Model:
    """A model that learned the sentences and their variants; the same one whatever the catalogue holds."""
    words = Words.read()
    subjects = Subjects(words.names)
    examples = Variants(words, subjects, copies).of(sentences)
    texts, intents = prepared(examples, subjects)
    return Model(common_words(examples)).fit(texts, intents)


def trained_elsewhere(sentences: Sequence[tuple[str, str]]) -> Model:
    """A model of sentences that are not this counter's: text with slots masked, intent.

    None of our words, procedures and stories are put around them, and with few of them every word counts.
    """
    texts, intents = zip(*((shaped(mask), intent) for mask, intent in sentences), strict=True)
    return Model(rarest=1).fit(texts, intents)


def common_words(examples: Sequence[Example]) -> frozenset[str]:
    """Words that several of the sentences use that are in scope and are no answers to a field."""
    sources: dict[str, set[int]] = defaultdict(set)
    for example in examples:
        if example.intent not in {OUT_OF_SCOPE, "inform"}:
            for word in fold(example.text).split():
                sources[word].add(example.source)
    return frozenset(word for word, where in sources.items() if len(where) >= _COMMON)


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
