"""Short labels for procedures offered side by side: what tells them apart stays readable."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

LONGEST = 60
"""Letters of a label: as many as every door shows on a button."""
_HEAD = 22
"""Letters of a long name that stand before the part that tells it from the others."""
_GAP = "… "


def labels(names: Sequence[str], most: int = LONGEST) -> tuple[str, ...]:
    """One label for each name, at most `most` letters; a name that fits stays as it is.

    A longer one is cut at its end, if it differs from the others early enough; else the words it
    shares with another one are left out behind its first few.
    """
    taken = [name.split() for name in names]
    return tuple(
        _label(own, [other for place, other in enumerate(taken) if place != number], most)
        for number, own in enumerate(taken)
    )


def _label(own: Sequence[str], others: Sequence[Sequence[str]], most: int) -> str:
    whole = " ".join(own)
    if len(whole) <= most:
        return whole
    shared = max((_shared(own, other) for other in others if list(other) != list(own)), default=0)
    if len(" ".join(own[:shared])) <= most // 2:
        return _cut(whole, most)
    return _cut(_cut(whole, _HEAD).rstrip("…") + _GAP + " ".join(own[shared:]), most)


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    """How many words two names have in common from their beginning on."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0].casefold() == pair[1].casefold(), pairs))


def _cut(text: str, most: int) -> str:
    """The words of the text that fit, with a sign that there were more."""
    if len(text) <= most:
        return text
    kept = text[:most].rsplit(" ", 1)[0] if " " in text[:most] else text[: most - 1]
    return kept.rstrip(" ,;:(/–-") + "…"
