"""Sentences with tagged words, and what they say about words: which slots they fill, which are rare."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bot.basics.vietnamese.letters import flat

OUTSIDE = "O"
_LONGEST_ENTRY = 6
_ALIKE = 0.4


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

    kinds: dict[str, str] = field(default_factory=dict)
    """The kind of each slot: slots that take the same values, whatever their role, are of one."""

    @classmethod
    def of(cls, sentences: Sequence[Tagged]) -> Lexicon:
        """The lexicon of tagged sentences."""
        kinds = _kinds(sentences)
        entries: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
        inside: dict[str, Counter[str]] = defaultdict(Counter)
        words: Counter[str] = Counter()
        outside: Counter[str] = Counter()
        for sentence in sentences:
            folded = [flat(word) for word in sentence.words]
            words.update(folded)
            for span in spans(sentence.tags):
                kind = kinds[span.slot]
                entries[tuple(folded[span.start : span.end])][kind] += 1
                for word in folded[span.start : span.end]:
                    inside[word][kind] += 1
            outside.update(
                word for word, tag in zip(folded, sentence.tags, strict=True) if tag == OUTSIDE
            )
        cues = frozenset(w for w, n in outside.items() if n >= 5 and n * 5 >= 4 * words[w])
        return cls(dict(entries), words, dict(inside), cues, kinds)

    def kind(self, slot: str) -> str:
        """The kind of a slot."""
        return self.kinds.get(slot, slot)

    def by_kind(self, tags: Sequence[str]) -> list[str]:
        """Tags with the kind of each slot in its place."""
        return [tag if tag == OUTSIDE else f"{tag[:2]}{self.kind(tag[2:])}" for tag in tags]

    def known(self, folded: Sequence[str], without: Tagged | None) -> list[set[str]]:
        """For each word the kinds of values that run over it. Values that only `without` has do
        not count: in training a sentence must not find itself."""
        marks: list[set[str]] = [set() for _ in folded]
        own: Counter[tuple[tuple[str, ...], str]] = Counter()
        if without is not None:
            for span in spans(without.tags):
                own[tuple(folded[span.start : span.end]), self.kind(span.slot)] += 1
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


def _kinds(sentences: Iterable[Tagged]) -> dict[str, str]:
    """Puts slots together that are named alike but for their role, or share much of their values."""
    values: dict[str, Counter[tuple[str, ...]]] = defaultdict(Counter)
    for sentence in sentences:
        for span in spans(sentence.tags):
            words = tuple(flat(word) for word in sentence.words[span.start : span.end])
            values[span.slot][words] += 1
    kinds: dict[str, str] = {}
    for slot in sorted(values, key=lambda name: (-values[name].total(), name)):
        like = (
            other
            for other in kinds
            if _bare(other) == _bare(slot) or _shared(values[slot], values[other]) >= _ALIKE
        )
        kinds[slot] = kinds[other] if (other := next(like, None)) else _bare(slot)
    return kinds


def _bare(slot: str) -> str:
    """A slot without its role: `fromloc.city_name` and `city_name|fromloc` are `city_name`."""
    return slot.partition("|")[0].rpartition(".")[2]


def _shared(one: Counter[tuple[str, ...]], other: Counter[tuple[str, ...]]) -> float:
    """The part of two slots' mentions that the other might have made, 0 to 1."""
    return sum(min(n / one.total(), other[value] / other.total()) for value, n in one.items())
