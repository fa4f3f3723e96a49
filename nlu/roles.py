"""Which of the slots of its kind a found value fills: `hà nội` may be left from or flown to.

Looks at the whole sentence: the words around a value and far from it, what kinds of values stand before
and after, and, on a second look, which slots these were taken for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import scipy.sparse as sparse

from bot.basics.vietnamese.letters import flat
from nlu.lexicon import Lexicon, Span, Tagged, spans

if TYPE_CHECKING:
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.svm import LinearSVC

_FOLDS = 3
_NONE = "-"
Kinds = npt.NDArray[np.str_]


class Roles:
    """Learns which slots tagged sentences put their values into."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._seen: CountVectorizer = _columns()
        self._guessed: CountVectorizer = _columns()
        self._first, self._second = _Chooser(), _Chooser()

    def fit(self, sentences: Sequence[Tagged]) -> Roles:
        """Learns a first look, and a second that sees what the first, fold by fold, made of others."""
        found = [spans(sentence.tags) for sentence in sentences]
        slots = np.array([span.slot for row in found for span in row], dtype=object)
        if not len(slots):
            return self
        kinds = np.array([self._lexicon.kind(slot) for slot in slots], dtype=object)
        seen = self._seen.fit_transform(
            features
            for sentence, row in zip(sentences, found, strict=True)
            for features in self._features(sentence.words, row)
        )
        fold = np.array([at % _FOLDS for at, row in enumerate(found) for _ in row])
        guesses = slots.copy()
        for held in range(_FOLDS):
            here, rest = np.flatnonzero(fold == held), np.flatnonzero(fold != held)
            if len(here) and len(rest):
                chooser = _Chooser().fit(seen[rest], kinds[rest], slots[rest])
                guesses[here] = chooser.choose(seen[here], kinds[here])
        again = self._guessed.fit_transform(_again(guesses, kinds, [len(row) for row in found]))
        self._first.fit(seen, kinds, slots)
        self._second.fit(sparse.hstack([seen, again], format="csr"), kinds, slots)
        return self

    def slots(self, words: Sequence[str], found: Sequence[Span]) -> list[str]:
        """The slots that found values, whose `slot` is a kind, fill."""
        if not found:
            return []
        kinds = np.array([span.slot for span in found], dtype=object)
        seen = self._seen.transform(self._features(words, found))
        guess = self._first.choose(seen, kinds)
        for _ in range(2):
            again = self._guessed.transform(_again(guess, kinds, [len(found)]))
            better = self._second.choose(sparse.hstack([seen, again], format="csr"), kinds)
            if (better == guess).all():
                break
            guess = better
        return list(guess)

    def _features(self, words: Sequence[str], found: Sequence[Span]) -> list[list[str]]:
        folded = ["<s>", *(flat(word) for word in words), "</s>"]
        kinds = [self._lexicon.kind(span.slot) for span in found]
        return [self._of(folded, found, kinds, at) for at in range(len(found))]

    def _of(
        self, folded: Sequence[str], found: Sequence[Span], kinds: Sequence[str], at: int
    ) -> list[str]:
        kind = kinds[at]
        start, end = found[at].start + 1, found[at].end + 1  # a word stands before the first
        before = folded[max(0, start - 4) : start]
        after = folded[end : end + 3]
        gap = folded[found[at - 1].end + 1 : start] if at else folded[1:start]
        next_gap = folded[end : found[at + 1].start + 1] if at + 1 < len(found) else folded[end:-1]
        cues = [word for word in folded[:start] if word in self._lexicon.cues][-3:]
        cue = next((word for word in folded[end:] if word in self._lexicon.cues), _NONE)
        last = kinds[at - 1] if at else _NONE
        following = kinds[at + 1] if at + 1 < len(kinds) else _NONE
        parts = [
            f"value={' '.join(folded[start:end])}",
            *(f"b{n}={' '.join(before[-n:])}" for n in (1, 2, 3, 4)),
            *(f"a{n}={' '.join(after[:n])}" for n in (1, 2, 3)),
            *(f"near={word}" for word in before),
            *(f"gap={word}" for word in gap),
            *(f"gap+={word}" for word in next_gap),
            f"gap={last}|{' '.join(gap[-6:])}",
            f"gap+={following}|{' '.join(next_gap[:6])}",
            *(f"c{n}={' '.join(cues[-n:])}" for n in (1, 2, 3)),
            f"c={cues[-1] if cues else _NONE}|{cue}",
            f"kinds={'|'.join(kinds[max(0, at - 2) : at + 3])}",
            f"kind-={last}",
            f"kind+={following}",
            f"nth={kinds[:at].count(kind)}|{kinds.count(kind)}",
            f"b,nth={folded[start - 1]}|{kinds[:at].count(kind)}",
            *(f"has={other}" for other in set(kinds)),
            *(f"word={word}" for word in set(folded)),
            f"starts={' '.join(folded[1:4])}",
            *_way(folded, found[: at + 1]),
        ]
        return [f"{kind}~{part}" for part in parts]


def _way(folded: Sequence[str], so_far: Sequence[Span]) -> list[str]:
    """The words that led to each value so far: `rời X và đến Y vào …` is no `từ X đến Y vào …`."""
    led = [" ".join(folded[max(0, span.start - 1) : span.start + 1]) for span in so_far]
    last = led[-2] if len(led) > 1 else _NONE
    way = "|".join(folded[span.start] for span in so_far)
    return [
        f"led-={last}",
        f"led--={'|'.join(led[-3:-1])}",
        f"led={last}|{led[-1]}",
        f"way-={way.rpartition('|')[0]}",
        f"way={way}",
    ]


def _columns() -> CountVectorizer:
    from sklearn.feature_extraction.text import CountVectorizer  # starting does without it

    return CountVectorizer(analyzer=list, binary=True, dtype=np.float32)


def _again(
    guesses: Sequence[str], kinds: Sequence[str], sizes: Iterable[int]
) -> Iterator[list[str]]:
    """The features of a second look: which slots the other values of a sentence were taken for."""
    start = 0
    for size in sizes:
        guess = guesses[start : start + size]
        for at in range(size):
            last = guess[at - 1] if at else _NONE
            following = guess[at + 1] if at + 1 < size else _NONE
            parts = (
                f"slot-={last}",
                f"slot--={guess[at - 2] if at > 1 else _NONE}|{last}",
                f"slot+={following}",
                f"slot={last}|{following}",
                f"was={guess[at]}",
                f"was={guess[at]}|{last}|{following}",
                *(f"had={slot}" for slot in set(guess[:at])),
                *(f"has={slot}" for slot in set(guess[at + 1 :])),
            )
            yield [f"{kinds[start + at]}~{part}" for part in parts]
        start += size


class _Chooser:
    """Puts values into one of the slots of their kind; a linear machine for each kind that has several."""

    def __init__(self) -> None:
        self._machines: dict[str, LinearSVC] = {}
        self._only: dict[str, str] = {}

    def fit(
        self, features: sparse.csr_matrix, kinds: Kinds, slots: npt.NDArray[np.str_]
    ) -> _Chooser:
        """Learns the slots of values with these features."""
        from sklearn.svm import LinearSVC

        for kind in sorted(set(kinds)):
            here = np.flatnonzero(kinds == kind)
            names = sorted(set(slots[here]))
            self._only[kind] = str(names[0])
            if len(names) > 1:
                machine = LinearSVC(C=0.1, random_state=1)
                self._machines[kind] = machine.fit(features[here], slots[here])
        return self

    def choose(self, features: sparse.csr_matrix, kinds: Kinds) -> npt.NDArray[np.str_]:
        """The best slot for each value, of those of its kind."""
        chosen = np.array([self._only.get(kind, kind) for kind in kinds], dtype=object)
        for kind in set(kinds) & set(self._machines):
            here = np.flatnonzero(kinds == kind)
            chosen[here] = self._machines[kind].predict(features[here])
        return chosen
