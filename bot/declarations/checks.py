"""Rules over several answers (FORMATS §9). Each is named in the form files and documented here.

A rule looks at the values of its fields, in the order the file lists them, and says whether they agree.
It is asked only when all of them are answered; what to tell the citizen stands in the file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from bot.basics.ids import FieldId
from bot.basics.vietnamese.text import fold
from bot.declarations.derive import years_old
from bot.declarations.model import Answers
from bot.procedures.model import CrossCheck

Rule = Callable[[list[Any], Mapping[str, Any], date], bool]


def disagreements(
    checks: tuple[CrossCheck, ...], answered: FieldId, values: Answers, today: date
) -> tuple[CrossCheck, ...]:
    """The checks that `answered` takes part in and that its new value does not pass."""
    return tuple(
        check
        for check in checks
        if any(
            _disagree(check, fields, values, today)
            for fields in _numbered_like(answered, check.fields)
            if answered in fields
        )
    )


def _disagree(check: CrossCheck, fields: tuple[FieldId, ...], values: Answers, today: date) -> bool:
    inputs = [values.get(name) for name in fields]
    return None not in inputs and not RULES[check.rule](inputs, check.given, today)


def _numbered_like(answered: FieldId, fields: tuple[FieldId, ...]) -> Iterator[tuple[FieldId, ...]]:
    """`fields` of a repeated section with the number that `answered` has: `x.a` → `x[2].a`.

    `x[-1].a` is that of the repetition before, so an answer is also compared with the next one.
    """
    match = re.match(r"(.+)\[(\d+)\]\.", answered)
    if match is None:
        yield fields
        return
    section, number = match[1], int(match[2])
    for last in (number, number + 1):
        yield tuple(_numbered(name, section, last) for name in fields)


def _numbered(name: FieldId, section: str, number: int) -> FieldId:
    for start, place in ((f"{section}.", number), (f"{section}[-1].", number - 1)):
        if name.startswith(start):
            return FieldId(f"{section}[{place}].{name.removeprefix(start)}")
    return name


def in_order(inputs: list[Any], _given: Mapping[str, Any], _today: date) -> bool:
    """The first date is not after the second. A year alone is compared by year."""
    first, second = str(inputs[0]), str(inputs[1])
    length = min(len(first), len(second), len("2026-11-21"))
    return first[:length] <= second[:length]


def years_apart(inputs: list[Any], given: Mapping[str, Any], _today: date) -> bool:
    """At least `given.years` full years lie between the first date and the second."""
    later = date.fromisoformat(str(inputs[1])[:10])
    return years_old(str(inputs[0]), later) >= int(given["years"])


def age_at_least(inputs: list[Any], given: Mapping[str, Any], today: date) -> bool:
    """Somebody born on the date is at least `given.years` old today."""
    return years_old(str(inputs[0]), today) >= int(given["years"])


def within_days(inputs: list[Any], given: Mapping[str, Any], today: date) -> bool:
    """The date lies at most `given.days` back."""
    return (today - date.fromisoformat(str(inputs[0])[:10])).days <= int(given["days"])


def within_months(inputs: list[Any], given: Mapping[str, Any], _today: date) -> bool:
    """From the first date to the second it is at most `given.months` months."""
    first = date.fromisoformat(str(inputs[0])[:10])
    second = date.fromisoformat(str(inputs[1])[:10])
    months = (second.year - first.year) * 12 + second.month - first.month
    return months < int(given["months"]) or (
        months == int(given["months"]) and second.day <= first.day
    )


def at_most_days_ahead(inputs: list[Any], given: Mapping[str, Any], today: date) -> bool:
    """The date lies at most `given.days` days after today."""
    return (date.fromisoformat(str(inputs[0])[:10]) - today).days <= int(given["days"])


def before(inputs: list[Any], given: Mapping[str, Any], _today: date) -> bool:
    """The date lies before the day `given.day`."""
    return str(inputs[0]) < str(given["day"])


def different(inputs: list[Any], _given: Mapping[str, Any], _today: date) -> bool:
    """The values are not the same: two people do not share one personal number."""
    return len({str(value) for value in inputs}) == len(inputs)


def shares_family_name(inputs: list[Any], _given: Mapping[str, Any], _today: date) -> bool:
    """The first name begins, or as in some ethnic groups ends, like one of the others."""
    child, *parents = (fold(str(name)).split() for name in inputs)
    return any(child[0] == parent[0] or child[-1] == parent[-1] for parent in parents)


def digit_parity(inputs: list[Any], given: Mapping[str, Any], _today: date) -> bool:
    """The fourth digit of a personal number is odd for women, even for men (NĐ 137/2015)."""
    is_odd = int(str(inputs[0])[3]) % 2 == 1
    return bool(is_odd == (given["gender"] == "nu"))


def none_of(inputs: list[Any], given: Mapping[str, Any], _today: date) -> bool:
    """The answer is none of `given.values`."""
    return inputs[0] not in given["values"]


def renamed_since(inputs: list[Any], given: Mapping[str, Any], _today: date) -> bool:
    """The answer is none of `given.values`, or the date is not before the day `given.day`."""
    return inputs[0] not in given["values"] or str(inputs[1]) >= str(given["day"])


def matches(inputs: list[Any], given: Mapping[str, Any], _today: date) -> bool:
    """The whole answer, in capitals, has the form `given.pattern`."""
    return re.fullmatch(str(given["pattern"]), str(inputs[0]).upper()) is not None


def lacks(inputs: list[Any], given: Mapping[str, Any], _today: date) -> bool:
    """None of `given.words` stands in the answer."""
    said = f" {str(inputs[0]).casefold()} "
    return not any(f" {word} " in said for word in given["words"])


def at_most(inputs: list[Any], _given: Mapping[str, Any], _today: date) -> bool:
    """The first number is not larger than the second."""
    return float(inputs[0]) <= float(inputs[1])


def age_for(inputs: list[Any], given: Mapping[str, Any], today: date) -> bool:
    """Somebody born on the date is old enough for the choice: `given` has the years for each."""
    return years_old(str(inputs[0]), today) >= int(given.get(str(inputs[1]), 0))


def begins_by_age(inputs: list[Any], given: Mapping[str, Any], _today: date) -> bool:
    """The second date, or only its year, is no later than the birthday of `given.years`."""
    return int(str(inputs[1])[:4]) - int(str(inputs[0])[:4]) <= int(given["years"])


def without_gap(inputs: list[Any], _given: Mapping[str, Any], _today: date) -> bool:
    """The second date follows the first within a month; years alone, within a year."""
    first, second = str(inputs[0]), str(inputs[1])
    if min(len(first), len(second)) < len("2026-11-21"):
        return int(second[:4]) - int(first[:4]) <= 1
    return (date.fromisoformat(second) - date.fromisoformat(first)).days <= 31


def working_days_ahead(inputs: list[Any], given: Mapping[str, Any], today: date) -> bool:
    """At least `given.days` days from Monday to Friday lie between today and the date."""
    day = date.fromisoformat(str(inputs[0])[:10])
    between = (today + timedelta(days=n) for n in range(1, (day - today).days))
    return sum(one.weekday() < 5 for one in between) >= int(given["days"])


def office_hours(inputs: list[Any], given: Mapping[str, Any], _today: date) -> bool:
    """The moment lies between `given.opens` and `closes`; on Saturdays until `saturday`."""
    day, _, hour = str(inputs[0]).partition("T")
    weekday = date.fromisoformat(day).weekday()
    closes = given["closes"] if weekday < 5 else given["saturday"]
    return weekday < 6 and (not hour or str(given["opens"]) <= hour <= str(closes))


def equals(inputs: list[Any], given: Mapping[str, Any], _today: date) -> bool:
    """The answer is `given.value`: a commitment has to be given."""
    return bool(inputs[0] == given["value"])


RULES: Mapping[str, Rule] = {
    "in_order": in_order,
    "years_apart": years_apart,
    "age_at_least": age_at_least,
    "within_days": within_days,
    "within_months": within_months,
    "at_most_days_ahead": at_most_days_ahead,
    "before": before,
    "different": different,
    "shares_family_name": shares_family_name,
    "digit_parity": digit_parity,
    "none_of": none_of,
    "renamed_since": renamed_since,
    "matches": matches,
    "lacks": lacks,
    "at_most": at_most,
    "age_for": age_for,
    "begins_by_age": begins_by_age,
    "without_gap": without_gap,
    "working_days_ahead": working_days_ahead,
    "office_hours": office_hours,
    "equals": equals,
}
