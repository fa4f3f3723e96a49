"""Free words, and names of people (FORMATS §5).

Roles of a name: `new_name`, a name that is given now and has to follow BLDS 2015 Điều 26; none for
people who bear theirs already.
"""

from __future__ import annotations

import re
import unicodedata

from bot.basics.vietnamese import names
from bot.basics.vietnamese.answers import yes_or_no
from bot.basics.vietnamese.text import clean, fold
from bot.declarations.kinds import matching
from bot.declarations.kinds.model import Choice, Doubt, Ok, Question, Reading, Unsure, Value, Wrong
from bot.declarations.kinds.typed import Typed
from bot.procedures.model import Field

_NAME_LENGTHS = range(2, 61)
_MOST_WORDS = 7
"""Longer names exist, and so do sentences that are no name: the citizen says which it is."""


_BEFORE_A_NUMBER = re.compile(r"[^0-9]+(?=[0-9])")
_PICTURES_BEGIN = "\u2190"
"""Signs before it (`°`, `№`) are written on forms; those behind it are drawn."""
_QUOTED = {'"': '"', "“": "”", "«": "»", "'": "'", "‘": "’"}


def _tidy(text: str) -> str:
    """`clean`, without pictures (`☕`), which no form prints, and without quotation marks around it all."""
    said = clean("".join(letter for letter in text if not _is_picture(letter)))
    inside = said[1:-1]
    is_quoted = said[:1] in _QUOTED and said[-1:] == _QUOTED[said[0]]
    return inside.strip() if is_quoted and not {said[0], said[-1]} & set(inside) else said


def _is_picture(letter: str) -> bool:
    is_drawn = unicodedata.category(letter) in ("So", "Sk") and letter >= _PICTURES_BEGIN
    return is_drawn or letter == "\ufe0f"


def read_text(text: str, question: Question) -> Reading:
    """The words as they were typed, of at least `minimum` and at most `maximum` characters."""
    field = question.field
    text = _without_its_name(text, field)
    if not any(letter.isalnum() for letter in text):
        return Wrong("kinds.text.expected")
    if field.minimum is not None and len(text) < field.minimum:
        return Wrong("kinds.text.short", {"minimum": field.minimum})
    if field.maximum is not None and len(text) > field.maximum:
        return Wrong("kinds.text.long", {"maximum": field.maximum, "length": len(text)})
    return Ok(text)


def _without_its_name(text: str, field: Field) -> str:
    """`thửa 15` as `15` where a number is asked for and the form has `thửa đất số` printed already."""
    match = _BEFORE_A_NUMBER.match(text) if field.example.isdigit() else None
    own = set(map(fold, matching.asked(field)))
    return text[match.end() :] if match and own.issuperset(fold(match[0]).split()) else text


def read_name(text: str, question: Question) -> Reading:
    """A name in the letters that were typed; what is unusual about it is a doubt."""
    if names.says_unnamed(text):
        return Wrong("kinds.name.unnamed")
    if people := names.several(text):
        return Unsure(
            "kinds.name.several",
            tuple(Choice(show_name(one, question.field), one) for one in people),
        )
    found = names.read(text)
    name = found.text
    is_reply = yes_or_no(text) is not None and not names.is_like_a_reply(text)
    is_reply = is_reply or names.is_how_people_are_called(name)
    if len(name) not in _NAME_LENGTHS or not name[:1].isalpha() or is_reply:
        return Wrong("kinds.name.expected")
    if strange := names.strange_signs(name):
        key = "kinds.name.digits" if any(map(str.isdigit, strange)) else "kinds.name.signs"
        return Wrong(key, {"signs": " ".join(strange)})
    if question.field.role == "new_name" and names.has_foreign_letters(name):
        return Wrong("kinds.name.foreign_letters")
    dropped = Doubt("kinds.name.dropped", {"dropped": found.dropped})
    return Ok(name, (*((dropped,) if found.dropped else ()), *_doubts(name)))


def _doubts(name: str) -> tuple[Doubt, ...]:
    words = len(name.split())
    if words == 1:
        return (Doubt("kinds.name.one_word"),)
    if words > _MOST_WORDS:
        return (Doubt("kinds.name.many_words", {"count": words}),)
    if names.sounds_like_a_sentence(name):
        return (Doubt("kinds.name.sentence"),)
    if names.lacks_marks(name):
        return (Doubt("kinds.name.no_marks"),)
    return (Doubt("kinds.name.foreign"),) if names.looks_foreign(name) else ()


def show_name(value: Value, field: Field) -> str:
    """`NGUYỄN VĂN AN`, as forms have it."""
    return str(value).upper()


TEXT = Typed(read_text, tidy=_tidy, limit=1000, is_open=True)
NAME = Typed(read_name, shower=show_name, is_open=True)
