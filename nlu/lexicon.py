"""Sentences with tagged words, and what they say about words: which slots they fill, which are rare."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bot.basics.vietnamese.letters import flat

OUTSIDE = "O"
_LONGEST_ENTRY = 6


@dataclass(frozen=True)
class Tagged:
    """A sentence in words, each with its tag: `O`, `B-slot` or `I-slot`."""

    words: tuple[str, ...]
    tags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Span:
    """Words `start` to before `end` fill `slot`."""

    slot: str
    start: int
    end: int


def spans(tags: Sequence[str]) -> list[Span]:
    """The slots that tags mark, as CoNLL counts them."""
    found: list[Span] = []
    start, slot = 0, ""
    for at, tag in enumerate([*tags, OUTSIDE]):
        begins = tag.startswith("B-") or (tag.startswith("I-") and tag[2:] != slot)
        if slot and (begins or tag == OUTSIDE):
            found.append(Span(slot, start, at))
            slot = ""
        if begins:
            start, slot = at, tag[2:]
    return found


@dataclass
class Lexicon:
    """What training sentences say about words: the slots they fill, and which of them are rare."""

    entries: dict[tuple[str, ...], Counter[str]] = field(default_factory=dict)
    words: Counter[str] = field(default_factory=Counter)
    inside: dict[str, Counter[str]] = field(default_factory=dict)
    cues: frozenset[str] = frozenset()
    """Words outside of slots that tell which slot comes next."""

    @classmethod
    def of(cls, sentences: Iterable[Tagged]) -> Lexicon:
        """The lexicon of tagged sentences."""
        entries: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
        inside: dict[str, Counter[str]] = defaultdict(Counter)
        words: Counter[str] = Counter()
        outside: Counter[str] = Counter()
        for sentence in sentences:
            folded = [flat(word) for word in sentence.words]
            words.update(folded)
            for span in spans(sentence.tags):
                entries[tuple(folded[span.start : span.end])][kind(span.slot)] += 1
                for word in folded[span.start : span.end]:
                    inside[word][kind(span.slot)] += 1
            outside.update(
                word for word, tag in zip(folded, sentence.tags, strict=True) if tag == OUTSIDE
            )
        cues = frozenset(w for w, n in outside.items() if n >= 5 and n * 5 >= 4 * words[w])
        return cls(dict(entries), words, dict(inside), cues)

    def known(self, folded: Sequence[str], without: Tagged | None) -> list[set[str]]:
        """For each word the kinds of values that run over it. Values that only `without` has do
        not count: in training a sentence must not find itself."""
        marks: list[set[str]] = [set() for _ in folded]
        own: Counter[tuple[tuple[str, ...], str]] = Counter()
        if without is not None:
            for span in spans(without.tags):
                own[tuple(folded[span.start : span.end]), kind(span.slot)] += 1
        for start in range(len(folded)):
            for end in range(min(len(folded), start + _LONGEST_ENTRY), start, -1):
                entry = tuple(folded[start:end])
                kinds = self.entries.get(entry)
                if not kinds:
                    continue
                for name, count in kinds.items():
                    if count > own[entry, name]:
                        size = min(end - start, 3)
                        marks[start].add(f"B{size}:{name}")
                        for at in range(start + 1, end):
                            marks[at].add(f"I{size}:{name}")
        return marks


def kind(slot: str) -> str:
    """What fills a slot, whatever its role: `fromloc.city_name` and `toloc.city_name` are one."""
    return slot.rpartition(".")[2]
