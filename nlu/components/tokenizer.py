"""Splits a message into words, with the offsets they have in the text as it was typed."""

from __future__ import annotations

from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.training_data.message import Message

from nlu.segments import syllables, words


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class VietnameseTokenizer(Tokenizer):
    """Syllables, or with `segment: true` words as underthesea joins them (docs/understanding.md)."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`segment`: join syllables into words; the rest are Rasa's own settings, unused here."""
        return {
            "segment": False,
            "intent_tokenization_flag": False,
            "intent_split_symbol": "_",
            "token_pattern": None,
        }

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        """The tokens of one attribute of a message."""
        text = message.get(attribute)
        spans = words(text) if self._config["segment"] else syllables(text)
        return [Token(text[start:end], start) for start, end in spans]
