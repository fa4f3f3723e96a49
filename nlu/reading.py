"""What a message wants: its main act, and what else is asked in it.

People tell a story first and ask last, so the last clause that says something counts most; acts asked
one after another are all kept, in their order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.basics.vietnamese.normalise import normalise
from nlu.clauses import clauses, joints, sentences
from nlu.features import Subjects, shaped
from nlu.model import Model, Numbers
from nlu.variants import ABOUT_A_PROCEDURE, ASKING, OUT_OF_SCOPE

_RANKED = 5
_SAYS_SOMETHING = 0.3
_IS_AN_ACT = 0.5
_IS_A_SECOND_ACT = 0.55
_WHOLE, _LAST = 0.5, 0.5
_GENERAL = frozenset({"ask_procedure_overview", "start_filing", "inform", OUT_OF_SCOPE})
"""Acts that an earlier clause only prepares: `tôi muốn khai sinh, cần giấy gì`."""


@dataclass(frozen=True)
class Reading:
    """The intents of a message with their chances, likeliest first, and further acts."""

    ranking: tuple[tuple[str, float], ...]
    also: tuple[str, ...] = ()

    @property
    def intent(self) -> str:
        """The main act."""
        return self.ranking[0][0]


def read(text: str, model: Model, subjects: Subjects) -> Reading:
    """What `text` wants, as `model` sees it."""
    whole = normalise(text).text
    parts = clauses(whole)
    if len(parts) < 2:
        pairs = joints(whole)
        chances = _chances([whole, *(side for pair in pairs for side in pair)], model, subjects)
        acts = _acts_of_pairs(chances, model)
        return _reading(chances[0], acts, model)
    chances = _chances([whole, sentences(whole)[-1], *parts], model, subjects)
    acts = _acts(chances[2:], model)
    return _reading(_weighted(chances, model), acts, model)


def _chances(texts: Sequence[str], model: Model, subjects: Subjects) -> Numbers:
    """The mean of what the model says of each text as it is, and with known names hidden."""
    seen = [shaped(text) for text in texts]
    hidden = [shaped(subjects.hidden(text)) for text in texts]
    both = model.chances([*seen, *hidden])
    mean: Numbers = (both[: len(texts)] + both[len(texts) :]) / 2
    return mean


def _weighted(chances: Numbers, model: Model) -> Numbers:
    """The whole, the last sentence and the last clause that says something, weighed together."""
    whole, sentence, parts = chances[0], chances[1], chances[2:]
    last = next((p for p in reversed(parts) if _is_asking(p, model)), None)
    if last is None:
        last = next((p for p in reversed(parts) if p.max() >= _SAYS_SOMETHING), whole)
    weighed: Numbers = 0.35 * whole + 0.25 * sentence + 0.4 * last
    return weighed


def _is_asking(chances: Numbers, model: Model) -> bool:
    best = int(chances.argmax())
    return chances[best] >= _SAYS_SOMETHING and model.classes[best] in ASKING


def _acts(parts: Numbers, model: Model) -> list[str]:
    """The acts that clauses ask for, in their order; general ones only if nothing else is asked."""
    found = [
        model.classes[int(part.argmax())]
        for part in parts
        if part.max() >= _IS_AN_ACT and model.classes[int(part.argmax())] in ASKING
    ]
    return [act for act in dict.fromkeys(found) if act not in _GENERAL]


def _acts_of_pairs(chances: Numbers, model: Model) -> list[str]:
    """The best way to hear two acts in one clause; none if both halves are not clear."""
    best: tuple[float, list[str]] = (0.0, [])
    for at in range(1, len(chances), 2):
        acts = _acts(chances[at : at + 2], model)
        sure = float(min(chances[at].max(), chances[at + 1].max()))
        if len(acts) == 2 and sure >= _IS_A_SECOND_ACT and sure > best[0]:
            best = (sure, acts)
    return best[1]


def _reading(chances: Numbers, acts: Sequence[str], model: Model) -> Reading:
    order = np.argsort(-chances)[:_RANKED]
    ranking = [(model.classes[int(i)], float(chances[i])) for i in order]
    main = ranking[0][0]
    if len(acts) > 1 and main in acts and _go_together(acts):
        first = acts[0]
        ranking.sort(key=lambda item: item[0] != first)
        if ranking[0][0] != first:
            ranking.insert(0, (first, ranking[0][1]))
        ranking[0] = (first, max(chance for _, chance in ranking))
        return Reading(tuple(ranking[:_RANKED]), tuple(acts[1:]))
    return Reading(tuple(ranking), tuple(act for act in acts if act != main))


def _go_together(acts: Sequence[str]) -> bool:
    """Whether all are questions about a procedure, to be answered in the order they were asked."""
    return all(act in ABOUT_A_PROCEDURE for act in acts)
