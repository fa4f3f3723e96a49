"""Vietnamese syllables: whether letters make one, and what a keyboard or a slip made of it.

Knows the shape of syllables only; which of them are words is for the caller to say.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator

from bot.basics.vietnamese.letters import flat

_ONSET = r"(?:ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdghklmnprstvx])"
_RIME = (
    r"(?:a(?:c|ch|i|m|n|ng|nh|o|p|t|u|y)?|e(?:c|m|n|ng|nh|o|p|t|u|ch)?"
    r"|i(?:a|ch|ec|em|en|eng|ep|et|eu|m|n|nh|p|t|u)?"
    r"|o(?:a|ac|ach|ai|am|an|ang|anh|ao|ap|at|ay|c|e|en|eo|et|i|m|n|ng|oc|ong|p|t)?"
    r"|u(?:a|an|ang|at|ay|c|e|ech|enh|i|m|n|ng|oc|oi|om|on|ong|op|ot|ou|p|t|u|y|ya|ych|yen|yet|ynh|yt)?"
    r"|y(?:em|en|et|eu)?)"
)
_SYLLABLE = re.compile(rf"{_ONSET}?{_RIME}")
_GLUED, _LONGEST_SYLLABLE = 8, 7
_VOWELS = "aăâeêioôơuưy"
_HATS = {"a": "â", "e": "ê", "o": "ô"}
_HORNS = {"a": "ă", "o": "ơ", "u": "ư"}
_TELEX_TONES = {"s": "\u0301", "f": "\u0300", "r": "\u0309", "x": "\u0303", "j": "\u0323"}
_VNI_TONES = dict(zip("12345", "\u0301\u0300\u0309\u0303\u0323", strict=True))
_PARTS = re.compile(rf"((?:gi(?=[{_VOWELS}])|qu|[^{_VOWELS}])*)([{_VOWELS}]*)(.*)")
_VNI = re.compile(r"[a-zđ]+[1-9][a-zđ1-9]*")
_LATE_TONE = (
    (re.compile(r"o([àáảãạ])(?![^\W\d_])"), "a"),
    (re.compile(r"o([èéẻẽẹ])(?![^\W\d_])"), "e"),
    (re.compile(r"(?<![qQ])u([ỳýỷỹỵ])(?![^\W\d_])"), "y"),
)


def is_syllable(word: str) -> bool:
    """Whether the letters of `word`, marks aside, have the shape of a Vietnamese syllable."""
    return _SYLLABLE.fullmatch(flat(word)) is not None


def early_tones(text: str) -> str:
    """`text` with the tone of open `oa`, `oe`, `uy` on the first vowel: `hoà` → `hòa`."""
    for pattern, vowel in _LATE_TONE:
        text = pattern.sub(lambda m, v=vowel: _moved(m[0], v), text)  # type: ignore[misc]
    return text


def _moved(pair: str, vowel: str) -> str:
    tone = unicodedata.normalize("NFD", pair[1])[1:]
    return unicodedata.normalize("NFC", pair[0] + tone) + vowel


def decoded(word: str) -> str | None:
    """What undecoded Telex or VNI keys were meant to give: `giaays` → `giấy`; None if nothing."""
    word = word.lower()
    if _VNI.fullmatch(word):
        return _from_vni(word)
    head, vowels, rest = _split(word)
    tail = vowels[1:] + rest
    keys = [letter for letter in tail if letter in _TELEX_TONES]
    if len(keys) > 1 or not vowels:
        return None
    letters = vowels[0] + "".join(c for c in tail if c not in _TELEX_TONES)
    onset = "đ" + head[2:] if head.startswith("dd") else head
    letters = re.sub(r"([aeo])(.*?)\1", lambda m: _HATS[m[1]] + m[2], letters, count=1)
    if "w" in letters:
        letters = _horned(letters.replace("w", ""))
    if not keys and onset + letters == word:
        return None
    return _with_tone(onset, letters, _TELEX_TONES[keys[0]] if keys else "")


def _from_vni(word: str) -> str | None:
    digits = [c for c in word if c.isdigit()]
    onset, vowels, rest = _split("".join(c for c in word if not c.isdigit()))
    tones = [_VNI_TONES[d] for d in digits if d in _VNI_TONES]
    if len(tones) > 1 or not vowels:
        return None
    letters = vowels + rest
    if "9" in digits:
        onset = onset.replace("d", "đ", 1)
    if "6" in digits:
        letters = re.sub(r"[aeo]", lambda m: _HATS[m[0]], letters, count=1)
    if "7" in digits:
        letters = _horned(letters)
    if "8" in digits:
        letters = letters.replace("a", "ă", 1)
    return _with_tone(onset, letters, tones[0] if tones else "")


def _horned(letters: str) -> str:
    if "uo" in letters:
        return letters.replace("uo", "ươ", 1)
    return re.sub(r"[aou]", lambda m: _HORNS[m[0]], letters, count=1)


def _split(word: str) -> tuple[str, str, str]:
    match = _PARTS.fullmatch(word)
    return (match[1], match[2], match[3]) if match else (word, "", "")


def _with_tone(onset: str, letters: str, tone: str) -> str | None:
    """The syllable, if it has the shape of one, with the tone where it is usually written."""
    if not is_syllable(onset + letters):
        return None
    if not tone:
        return onset + letters
    _, vowels, coda = _split(letters)
    marked = [i for i, vowel in enumerate(vowels) if vowel in "ăâêôơư"]
    at = marked[-1] if marked else len(vowels) - 1 if coda else max(0, len(vowels) - 2)
    toned = unicodedata.normalize("NFC", vowels[at] + tone)
    return onset + vowels[:at] + toned + vowels[at + 1 :] + coda


def repaired(word: str, is_word: Callable[[str], bool]) -> str | None:
    """`word` with one slip undone, so that it is made of words; None if that gives none.

    Slips are keys left undecoded, a letter too many, two letters swapped, spaces left out.
    """
    keyed = decoded(word)
    if keyed and is_word(keyed):
        return keyed
    for candidate in _slips(word):
        if all(map(is_word, candidate.split())):
            return candidate
    return _taken_apart(word, is_word)


def _taken_apart(word: str, is_word: Callable[[str], bool]) -> str | None:
    """A long run of letters as the fewest words it is made of; None if they would be very short."""
    if len(word) < _GLUED:
        return None
    best: list[list[str] | None] = [[]] + [None] * len(word)
    for end in range(2, len(word) + 1):
        for start in range(max(0, end - _LONGEST_SYLLABLE), end - 1):
            before = best[start]
            known = best[end]
            if before is not None and (known is None or len(before) + 1 < len(known)):
                piece = word[start:end]
                if is_word(piece):
                    best[end] = [*before, piece]
    pieces = best[-1]
    return " ".join(pieces) if pieces and len(word) >= 3 * len(pieces) else None


def _slips(word: str) -> Iterator[str]:
    if len(word) < 3:
        return
    bare = flat(word)
    for at in range(1, len(word)):
        if bare[at] == bare[at - 1]:
            yield word[:at] + word[at + 1 :]
            yield word[: at - 1] + word[at:]
    if len(word) < 4:
        return
    for at in range(len(word) - 1):
        yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if len(word) < 5:
        return
    for at in range(2, len(word) - 1):
        yield f"{word[:at]} {word[at:]}"
    for at in range(1, len(word)):
        yield word[:at] + word[at + 1 :]
