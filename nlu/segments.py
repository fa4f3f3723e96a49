"""Words of several syllables, as underthesea finds them, at the offsets they have in the text.

Underthesea returns words, not where they stand, and tidies spaces on the way; here every character is
found again in the text as it was typed, and where one cannot be, the syllables stay as they are.
"""

from __future__ import annotations

import re

_SYLLABLE = re.compile(r"[^\W_]+(?:[.,/:'’-][^\W_]+)*|[^\w\s]", re.UNICODE)

Span = tuple[int, int]
"""Characters of the text from the first to before the second."""


def syllables(text: str) -> list[Span]:
    """Syllables, numbers and signs; codes, dates and names with an apostrophe stay whole."""
    return [match.span() for match in _SYLLABLE.finditer(text)]


def words(text: str) -> list[Span]:
    """Words; a code or a date is never cut, and a text underthesea changed is left in syllables."""
    from underthesea import word_tokenize  # a second of CPU to import: only who asks for it pays

    apart = syllables(text)
    ends = _ends(text, word_tokenize(text))
    if ends is None:
        return apart
    joined: list[Span] = []
    for start, end in apart:
        if joined and not any(joined[-1][1] <= cut <= start for cut in ends):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _ends(text: str, found: list[str]) -> set[int] | None:
    """Where the words end in the text; None if they are not the text's own characters."""
    ends, at = set(), 0
    for word in found:
        for letter in word:
            if letter.isspace():
                continue
            while at < len(text) and text[at].isspace():
                at += 1
            if at == len(text) or text[at] != letter:
                return None
            at += 1
        ends.add(at)
    return ends
