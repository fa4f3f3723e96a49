"""Splits a message into words, with the offsets they have in the text as it was typed."""

from __future__ import annotations

import re
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.training_data.message import Message

_WORD = re.compile(r"[^\W_]+(?:[.,/:'’-][^\W_]+)*|[^\w\s]", re.UNICODE)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class VietnameseTokenizer(Tokenizer):
    """Syllables, numbers and signs; codes, dates and names with an apostrophe stay whole."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Rasa's own tokenizer settings, unused here."""
        return {
            "intent_tokenization_flag": False,
            "intent_split_symbol": "_",
            "token_pattern": None,
        }

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        """The tokens of one attribute of a message."""
        text = message.get(attribute)
        return [Token(match[0], match.start()) for match in _WORD.finditer(text)]
