"""What a message wants: its main act, and what else is asked in it.

People tell a story first and ask last, so the last clause that says something counts most; acts asked
one after another are all kept, in their order.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from bot.basics.vietnamese.normalise import normalise
from bot.basics.vietnamese.text import fold
from nlu.acts import ABOUT_A_PROCEDURE, ASKING, OUT_OF_SCOPE
from nlu.clauses import clauses, joints, sentences
from nlu.features import Subjects, shaped
from nlu.model import Model, Numbers

_RANKED = 5
_SAYS_SOMETHING = 0.3
_IS_AN_ACT = 0.5
_IS_A_SECOND_ACT = 0.55
_SHORT = 4
_ODDS_NAMED, _ODDS_GUESSED, _ODDS_UNNAMED = 0.5, 1.0, 2.6
"""How much likelier out of scope becomes when a message names a procedure, may name one, names none."""
_LIKE_NOTHING = 0.15
_COIN = 0.5
_FACETS = ABOUT_A_PROCEDURE - {"ask_procedure_overview", "start_filing"} | {
    "pay_fee",
    "list_procedures",
}
"""Acts that stand beside others. More general ones only prepare: `tôi muốn khai sinh, cần giấy gì`."""
_ASKS = re.compile(
    r" (?:gi|nao|dau|sao|bao (?:gio|lau|nhieu|xa)|may|nhieu|ai|cho (?:em |toi |minh )?(?:xin|hoi|biet)"
    r"|muon (?:biet|hoi)|xin mau|ha|luon) "
    r"|(?:khong|ko|chua|chu)(?: (?:a|vay|the|nhi|ha|em|anh|chi|ban|ad|nua|con|oi|va|voi))* $"
)
_GENERIC = frozenset(
    """gio bay toi em minh con chau bac tui phai can nen lam gi sao the nao vay day a nhu ra oi
    voi giup gium cho hoi xin tinh xu ly duoc ad anh chi ban ai chi ho""".split()
)
"""`giờ tôi phải làm sao`: words that ask for help with what was told before, whatever it was."""


@dataclass(frozen=True)
class Reading:
    """The intents of a message with their chances, likeliest first, and further acts."""

    ranking: tuple[tuple[str, float], ...]
    also: tuple[str, ...] = ()

    @property
    def intent(self) -> str:
        """The main act."""
        return self.ranking[0][0]


def read(text: str, model: Model, subjects: Subjects, guessed: Sequence[str] = ()) -> Reading:
    """What `text` wants, as `model` sees it; `guessed` are words that may name a procedure.

    Guessed words are hidden like known names, so that they do not bend what is asked; whether the
    message is ours is judged without trusting them.
    """
    whole = normalise(text).text
    hear = _Ear(model, subjects.and_more(guessed) if guessed else subjects, bool(guessed))
    odds = _ODDS_UNNAMED
    if subjects.spans(fold(whole).split()):
        odds = _ODDS_NAMED
    elif guessed:
        odds = _ODDS_GUESSED
    parts = clauses(whole)
    if len(parts) < 2:
        pairs = joints(whole)
        chances = hear([whole, *(side for pair in pairs for side in pair)])
        acts = _acts_of_pairs(chances, model, pairs)
        heard = _in_scope(chances[0], model, odds)
        return _reading(heard if _knows_a_word(whole, model) else _unsure(heard), acts, model)
    chances = hear([whole, sentences(whole)[-1], *parts])
    acts = _acts(chances[2:], model, parts)
    heard = chances[0] if _is_generic(parts[-1]) else _weighted(chances, model)
    return _reading(_in_scope(heard, model, odds), acts, model)


def read_elsewhere(mask: str, model: Model) -> Reading:
    """What a text with slots masked wants, by a model of something else than this counter."""
    return _reading(model.chances([shaped(mask)])[0], [], model)


def masked(text: str, entities: Iterable[Mapping[str, Any]]) -> str:
    """`text` with each slot's name in the place of its value: from one city to another is all the same.

    Words that a segmenter joined by `_` are taken apart, as for the slots.
    """
    text = text.replace("_", " ")
    for entity in sorted(entities, key=lambda found: -int(found["start"])):
        name = re.sub(r"\W", "_", f"{entity['entity']}_{entity.get('role') or ''}")
        text = f"{text[: entity['start']]} slot_{name} {text[entity['end'] :]}"
    return text


def is_ours(intents: Collection[str]) -> bool:
    """Whether intents are those of this counter."""
    return not _FACETS.isdisjoint(intents)


@dataclass(frozen=True)
class _Ear:
    """What the model says of texts as they are, and with names hidden, on average."""

    model: Model
    subjects: Subjects
    doubts_names: bool

    def __call__(self, texts: Sequence[str]) -> Numbers:
        seen = [shaped(text) for text in texts]
        hidden = [shaped(self.subjects.hidden(text)) for text in texts]
        both = self.model.chances([*seen, *hidden])
        plain, masked = both[: len(texts)], both[len(texts) :]
        mean: Numbers = (plain + masked) / 2
        if self.doubts_names:
            out = self.model.classes.index(OUT_OF_SCOPE)
            mean[:, out] = np.maximum(mean[:, out], plain[:, out])
        return mean


def _is_generic(clause: str) -> bool:
    """Whether a clause asks for help and does not say with what."""
    words = re.findall(r"\w+", fold(clause))
    return len(words) > 1 and _GENERIC.issuperset(words)


def _knows_a_word(text: str, model: Model) -> bool:
    """Whether any word of `text` is one that citizens use; numbers are beside the point."""
    words = [word for word in fold(text).split() if word.isalpha()]
    return not words or not model.common.isdisjoint(words)


def _unsure(chances: Numbers) -> Numbers:
    """The same order, with no more trust than in the toss of a coin: `qwertyuiop` may be anything."""
    return chances * min(1.0, _COIN / float(chances.max()))


def _in_scope(chances: Numbers, model: Model, odds: float) -> Numbers:
    """The chances, out of scope being so much likelier; a message that names nothing and is like
    nothing in particular is out of scope."""
    out = model.classes.index(OUT_OF_SCOPE)
    weighed = chances.copy()
    weighed[out] *= odds
    if odds == _ODDS_UNNAMED and chances.max() < _LIKE_NOTHING:
        weighed[out] = max(float(weighed[out]), 1 - float(chances.max()))
    shares: Numbers = weighed / weighed.sum()
    return shares


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


def _acts(parts: Numbers, model: Model, texts: Sequence[str]) -> list[str]:
    """The questions that clauses ask, in their order."""
    found: list[str] = []
    for part, text in zip(parts, texts, strict=True):
        act = model.classes[int(part.argmax())]
        is_clear = act in _FACETS and part.max() >= _IS_AN_ACT
        if is_clear and act not in found and (_asks(text) or (found and _is_short(text))):
            found.append(act)
    return found


def _asks(clause: str) -> bool:
    """Whether a clause has the form of a question or a request."""
    return "?" in clause or _ASKS.search(f" {fold(clause)} ") is not None


def _is_short(clause: str) -> bool:
    """Whether a clause may go on with questions before it: `cần giấy gì, lệ phí, thời gian`."""
    return len(clause.split()) <= _SHORT


def _acts_of_pairs(chances: Numbers, model: Model, pairs: Sequence[tuple[str, str]]) -> list[str]:
    """The best way to hear two acts in one clause; none if both halves are not clear."""
    best: tuple[float, list[str]] = (0.0, [])
    for at, pair in enumerate(pairs):
        halves = chances[1 + 2 * at : 3 + 2 * at]
        acts = _acts(halves, model, pair)
        sure = float(halves.max(axis=1).min())
        if len(acts) == 2 and sure >= _IS_A_SECOND_ACT and sure > best[0]:
            best = (sure, acts)
    return best[1]


def _reading(chances: Numbers, acts: Sequence[str], model: Model) -> Reading:
    order = np.argsort(-chances)[:_RANKED]
    ranking = [(model.classes[int(i)], float(chances[i])) for i in order]
    main = ranking[0][0]
    if len(acts) > 1 and main in acts:
        first = acts[0]
        ranking.sort(key=lambda item: item[0] != first)
        if ranking[0][0] != first:
            ranking.insert(0, (first, ranking[0][1]))
        ranking[0] = (first, max(chance for _, chance in ranking))
        return Reading(tuple(ranking[:_RANKED]), tuple(acts[1:]))
    also = tuple(act for act in acts if act != main) if main in _FACETS else ()
    return Reading(tuple(ranking), also)
