"""Whatever is typed, a kind answers: it never raises, and what it read can be kept and shown."""

from __future__ import annotations

import json
import random
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.declarations.kinds import KINDS
from bot.declarations.kinds.model import Ok, Question, Reading, Unsure
from tests.bench.parsers import messages, situations

SEED = 20261121


def check(kind: str, text: str, question: Question) -> None:
    """One message to one kind: a reading, whose values are JSON and can be shown and printed."""
    reading = KINDS[kind].read(text, question)
    assert isinstance(reading, get_args(Reading)), text
    choices = reading.choices if isinstance(reading, Unsure) else ()
    assert all(choice.label for choice in choices)
    values = [reading.value] if isinstance(reading, Ok) else [choice.value for choice in choices]
    for value in values:
        assert json.loads(json.dumps(value)) == value
        shown = KINDS[kind].show(value, question.field)
        assert shown.strip()
        shown.encode("utf-8")


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_no_message_makes_a_kind_raise(kind: str) -> None:
    chance = random.Random(f"{SEED} {kind}")
    questions = situations(kind)
    for number, text in enumerate(messages(chance, 80)):
        check(kind, text, questions[number % len(questions)])


@pytest.mark.parametrize("kind", sorted(KINDS))
@settings(derandomize=True, database=None, deadline=None, max_examples=25)
@given(st.text(st.characters(), max_size=200))
def test_no_text_at_all_makes_a_kind_raise(kind: str, text: str) -> None:
    for question in situations(kind):
        check(kind, text, question)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_what_is_offered_can_be_pressed_and_shown(kind: str) -> None:
    for question in situations(kind):
        for choice in KINDS[kind].choices(question):
            assert choice.label
            assert KINDS[kind].show(choice.value, question.field)
