"""What somebody rather means where an act was heard that they hardly want."""

from __future__ import annotations

from collections.abc import Callable

from bot.basics.codes import find_dossier_code
from bot.counter.ask import FACETS
from bot.counter.subject import did_you_mean
from bot.counter.turn import Reply, Turn

UseCase = Callable[[Turn], Reply]
_HALF = 0.5


def if_meant(use_case: UseCase) -> UseCase:
    """The use case, for what is surely meant; else who may name a procedure is offered it.

    Somebody who tells what happened to them mostly wants neither to pay nor to complain.
    """

    def surely(turn: Turn) -> Reply:
        message = turn.message
        is_sure = message.pressed or message.meaning.confidence >= _HALF
        if is_sure or find_dossier_code(message.text):
            return use_case(turn)
        named = did_you_mean(turn, question(turn))
        return Reply((named,)) if named else use_case(turn)

    return surely


def question(turn: Turn) -> str:
    """What is rather asked by words that name a procedure and were taken for something else."""
    return next(
        (intent for intent in turn.message.meaning.rather if intent in FACETS),
        "ask_procedure_overview",
    )
