"""How likely each of the procedures that fit a message is the one that is meant, or none of them.

A multinomial logit over what the comparison found out about each, with a place for "none". Its
weights were fitted (`tests/bench/ranking.py`) to paraphrases that may be learned from, to questions
that mean nothing here, and to titles typed without diacritics and two of their words.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from bot.procedures.find.index import Match

WEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        "chance": 2.37,
        "closeness": 6.51,
        "unheard": 1.36,
        "unheard·covered": -0.56,
        "score": -1.22,
        "score²": 1.77,
        "evidence": -0.38,
        "weight": 1.90,
        "weight²": 3.98,
        "explained": -0.93,
        "covered": 0.06,
        "untold": -0.86,
        "covered·explained": 3.81,
        "score·evidence": 1.80,
        "exact": 1.67,
        "typed": 0.74,
        "typed⁴": 1.85,
        "written": -1.28,
        "common": -0.15,
        "commune": 0.18,
        "ministry": -0.00,
    }
)
"""What each fact speaks for a procedure, or against it."""
NONE: Mapping[str, float] = MappingProxyType({"none": 8.35, "nothing": 2.15})
"""What speaks for "none of them": that alone, and that the words mean no procedure."""
NAMES_ALONE: Mapping[str, float] = MappingProxyType(
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
"""The same where nobody said anything for any procedure, so that words mean nothing but names."""
NONE_OF_THE_NAMES = 8.55
_WHOLE, _MOSTLY = 0.99, 0.9


@dataclass(frozen=True)
class Candidate:
    """A procedure that may be meant: how a name of it fits, and how likely its words mean it."""

    match: Match
    chance: float = 0.0
    closeness: float = 0.0
    """`chance` on a scale of logarithms, from 0 to 1."""
    is_unheard: bool = True
    """Whether nobody said anything for it: then its names alone speak."""

    @property
    def is_exact(self) -> bool:
        """Whether the message is hardly more than what the procedure's own file calls it."""
        return _is_exact(self.match)

    @property
    def is_named(self) -> bool:
        """Whether a name that the procedure's own file gives it was said in full."""
        return self.match.usual.is_written and self.match.covered > _WHOLE


def facts(candidate: Candidate) -> dict[str, float]:
    """What speaks for a candidate, each fact from 0 to 1.

    Whom people usually mean counts the less, the more of the official title was typed.
    """
    match = candidate.match
    usual, is_open = match.usual, 1 - match.typed
    return {
        "chance": candidate.chance,
        "closeness": candidate.closeness,
        "unheard": float(candidate.is_unheard),
        "unheard·covered": candidate.is_unheard * match.covered,
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


def probabilities(candidates: Sequence[Candidate], nothing: float | None) -> list[float]:
    """The probability of each candidate; what is missing to 1 is that of "none".

    `nothing` is the probability that the words mean no procedure; None: what words mean is unknown.
    """
    weights, none = WEIGHTS, NONE["none"] + NONE["nothing"] * (nothing or 0.0)
    if nothing is None:
        weights, none = NAMES_ALONE, NONE_OF_THE_NAMES
    known = map(facts, candidates)
    logits = [sum(weight * one[name] for name, weight in weights.items()) for one in known]
    most = max(none, *logits) if logits else none
    raised = [math.exp(logit - most) for logit in logits]
    total = sum(raised) + math.exp(none - most)
    return [one / total for one in raised]


def _is_exact(match: Match) -> bool:
    """Whether the message is hardly more than what the procedure's own file calls it."""
    compared = match.compared
    is_whole = compared.said > _WHOLE and compared.explained > _MOSTLY
    return is_whole and match.name.factor == 1.0
