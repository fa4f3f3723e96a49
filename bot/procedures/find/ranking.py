"""How likely each of the procedures that fit a message is the one that is meant, or none of them.

A multinomial logit over what the comparison found out about each, with a place for "none". Its
weights were fitted (`tests/bench/ranking.py`) to paraphrases that may be learned from, to questions
that mean nothing here, and to titles typed without diacritics and two of their words.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from bot.procedures.find.index import Match

WEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        "score": -0.11,
        "score²": 2.72,
        "evidence": 2.28,
        "weight": 0.82,
        "weight²": 3.98,
        "explained": 3.11,
        "covered": 3.08,
        "untold": -2.54,
        "covered·explained": 5.12,
        "score·evidence": 3.14,
        "exact": 1.55,
        "typed": 2.84,
        "typed⁴": 2.76,
        "written": -2.22,
        "common": 0.27,
        "commune": 0.57,
        "ministry": -1.50,
    }
)
"""What each fact speaks for a procedure, or against it."""
NONE = 8.55
"""What speaks for "none of them"."""
_WHOLE, _MOSTLY = 0.99, 0.9
_PERHAPS = 1e-3
"""Probability below which a procedure is no candidate."""


def facts(match: Match) -> dict[str, float]:
    """What speaks for a match, each fact from 0 to 1.

    Whom people usually mean counts the less, the more of the official title was typed.
    """
    usual, is_open = match.usual, 1 - match.typed
    return {
        "score": match.score,
        "score²": match.score**2,
        "evidence": match.evidence,
        "weight": match.weight,
        "weight²": match.weight**2,
        "explained": match.explained,
        "covered": match.covered,
        "untold": match.untold,
        "covered·explained": match.covered * match.explained,
        "score·evidence": match.score * match.evidence,
        "exact": float(_is_exact(match)),
        "typed": match.typed,
        "typed⁴": match.typed**4,
        "written": float(usual.is_written),
        "common": usual.is_common * is_open,
        "commune": usual.is_commune * is_open,
        "ministry": usual.is_ministry * is_open,
    }


def probabilities(matches: Sequence[Match]) -> list[float]:
    """The probability of each match; what is missing to 1 is that of "none"."""
    logits = [sum(WEIGHTS[name] * fact for name, fact in facts(match).items()) for match in matches]
    most = max(NONE, *logits) if logits else NONE
    raised = [math.exp(logit - most) for logit in logits]
    total = sum(raised) + math.exp(NONE - most)
    return [one / total for one in raised]


def _is_exact(match: Match) -> bool:
    """Whether the message is hardly more than what the procedure's own file calls it."""
    compared = match.compared
    is_whole = compared.said > _WHOLE and compared.explained > _MOSTLY
    return is_whole and match.name.factor == 1.0
