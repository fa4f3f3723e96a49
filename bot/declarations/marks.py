"""By what a file is known again: a digest of its bytes, and for a picture also how it looks.

A mark is `sha256:` or `look:` with 256 bits in hexadecimal; `documents.likeness` makes the latter. Of two
pages of one form at least 19 bits differ, of a photo and the same photo compressed anew at most 4.
"""

from __future__ import annotations

from collections.abc import Iterable

DIGEST, LOOK = "sha256:", "look:"
_MOST_DIFFERENT = 4
"""Bits. Pages that differ in one line may be as close: what looks alike is asked about, not refused."""

Marks = tuple[str, ...]


def is_same(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether a content of one is also in the other."""
    return any(mark.startswith(DIGEST) for mark in {*one} & {*other})


def is_alike(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether a picture of one looks like a picture of the other."""
    looks = [_bits(mark) for mark in other if mark.startswith(LOOK)]
    return any(
        (_bits(mark) ^ look).bit_count() <= _MOST_DIFFERENT
        for mark in one
        if mark.startswith(LOOK)
        for look in looks
    )


def _bits(mark: str) -> int:
    return int(mark.removeprefix(LOOK), 16)
