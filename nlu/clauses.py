"""Takes a message apart where one thing ends and another begins."""

from __future__ import annotations

import re

_SENTENCE = re.compile(r"(?<=[.!?…;\n])(?:\s+|$)")
_COMMA = re.compile(r"\s*[,;:–]\s+|\s+-\s+")
_JOINT = re.compile(
    r"\s+(?=(?:với lại|voi lai|ngoài ra|ngoai ra|đồng thời|dong thoi|nhân tiện|nhan tien|sẵn tiện"
    r"|san tien|còn|con|và|va|rồi|roi|với|voi|nhưng|nhung|mà|giờ|gio|bây giờ|bay gio"
    r"|cho (?:em|mình|tôi|minh|toi) hỏi|cho hỏi|cho (?:em|minh|toi) hoi)(?!\w))"
)
_LETTER = re.compile(r"[^\W\d_]")
_LONGEST_JOINED, _MOST_JOINTS = 200, 6
MOST = 12
"""Clauses looked at in one message, counted from its end: what is asked stands there."""


def sentences(text: str) -> list[str]:
    """The sentences of `text`; a list of its own lines counts as sentences."""
    return _worded(_SENTENCE.split(text))[-MOST:]


def clauses(text: str) -> list[str]:
    """The clauses of `text`, split at signs."""
    parts = [part for sentence in sentences(text) for part in _COMMA.split(sentence)]
    return _worded(parts)[-MOST:]


def joints(text: str) -> list[tuple[str, str]]:
    """The ways to split one clause in two at a word that may join two things; few, for short ones."""
    if len(text) > _LONGEST_JOINED:
        return []
    pairs = [
        (text[: match.start()], text[match.end() :])
        for match in _JOINT.finditer(text)
        if _LETTER.search(text[: match.start()]) and len(text[match.end() :].split()) > 1
    ]
    return pairs[-_MOST_JOINTS:]


def _worded(parts: list[str]) -> list[str]:
    return [part.strip() for part in parts if part and _LETTER.search(part)]
