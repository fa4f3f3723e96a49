"""Values that follow from other answers. Each rule is named in the form files and documented here."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.basics.vietnamese.show import lower_first

_OF_AGE = 18
_FIRST_NEW_CARDS = "2024-07-01"
_FIRST_CHIP_CARDS = "2018-10-10"


@dataclass(frozen=True)
class Inputs:
    """What a rule derives from: values in the order the file names them, and as they are printed."""

    values: list[Any]
    shown: list[str]
    given: Mapping[str, Any]
    today: date


Rule = Callable[[Inputs], Any]
"""Returns the value, or None when it does not follow: then the question is asked."""


def copy(inputs: Inputs) -> Any:
    """The same value as another field."""
    return inputs.values[0]


def copy_if(inputs: Inputs) -> Any:
    """The second value, if the first is one of `given.values`: the mother who files is the mother."""
    return inputs.values[1] if inputs.values[0] in inputs.given["values"] else None


def is_one_of(inputs: Inputs) -> bool:
    """Whether the answer is one of `given.values`."""
    return inputs.values[0] in inputs.given["values"]


def copy_like(inputs: Inputs) -> Any:
    """The same value as another field, if all of it has the form `given.pattern`."""
    value = str(inputs.values[0])
    return value if re.fullmatch(str(inputs.given["pattern"]), value) else None


def constant(inputs: Inputs) -> Any:
    """`given.value`, whatever was answered."""
    return inputs.given["value"]


def sentence(inputs: Inputs) -> str:
    """`given.text` with `{0}`, `{1}` … replaced by the answers as they are printed."""
    text = str(inputs.given["text"])
    for number, shown in enumerate(inputs.shown):
        text = text.replace(f"{{{number}}}", shown)
    return text


def is_minor(inputs: Inputs) -> bool:
    """Whether somebody born on the date is younger than `given.years`, 18 unless said."""
    return years_old(str(inputs.values[0]), inputs.today) < int(inputs.given.get("years", 18))


def within_days(inputs: Inputs) -> str:
    """`given.then` when the date lies at most `given.days` back, else `given.otherwise`."""
    days = (inputs.today - date.fromisoformat(str(inputs.values[0])[:10])).days
    return str(inputs.given["then" if days <= int(inputs.given["days"]) else "otherwise"])


def table(inputs: Inputs) -> Any:
    """The entry for the answer in `given`; None for an answer that is not in it."""
    return inputs.given.get(str(inputs.values[0]))


def gender(inputs: Inputs) -> str:
    """`nam` or `nu`, by the fourth digit of a personal number: even for men (NĐ 137/2015)."""
    return "nu" if int(str(inputs.values[0])[3]) % 2 else "nam"


def titled(inputs: Inputs) -> str:
    """The answer in capitals after `given.text`, which people may or may not have typed."""
    name, title = inputs.shown[0].upper(), str(inputs.given["text"])
    return name if name.startswith(title) else f"{title} {name}"


def of_place(inputs: Inputs) -> str | None:
    """`given.text` with the {commune} and {province} of an address, if it names both."""
    place = {part: lower_first(str(inputs.values[0][part])) for part in ("commune", "province")}
    return str(inputs.given["text"]).format(**place) if all(place.values()) else None


def issuer(inputs: Inputs) -> str | None:
    """Who issued an identity card, from its kind and date (Luật Căn cước 2023; TT 59/2021/TT-BCA)."""
    kind, issued = str(inputs.values[0]), str(inputs.values[1])
    if kind == "the_can_cuoc" and issued >= _FIRST_NEW_CARDS:
        return "bo_cong_an"
    if kind == "can_cuoc_cong_dan" and _FIRST_CHIP_CARDS <= issued < _FIRST_NEW_CARDS:
        return "cuc_canh_sat"
    return None


def authority(inputs: Inputs) -> str | None:
    """As whom somebody files for another: the key of `given.is` that lists the relation; None if none does.

    `given.parents` are that of a child under 18 in their own right, so `given.parents_are`; the second
    value is the birth of whom it is about.
    """
    relation = str(inputs.values[0]).casefold()
    if (
        relation in inputs.given.get("parents", ())
        and years_old(str(inputs.values[1]), inputs.today) < _OF_AGE
    ):
        return str(inputs.given["parents_are"])
    found = (key for key, relations in inputs.given["is"].items() if relation in relations)
    return next(found, None)


RULES: Mapping[str, Rule] = {
    "copy": copy,
    "copy_if": copy_if,
    "is_one_of": is_one_of,
    "copy_like": copy_like,
    "constant": constant,
    "sentence": sentence,
    "is_minor": is_minor,
    "within_days": within_days,
    "table": table,
    "gender": gender,
    "titled": titled,
    "of_place": of_place,
    "issuer": issuer,
    "authority": authority,
}


def years_old(birth: str, today: date) -> int:
    """Full years from `birth` (`1990-02-01` or only `1990`) to `today`."""
    if len(birth) == len("1990"):
        return today.year - int(birth)
    born = date.fromisoformat(birth)
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))
