"""Choosing among the options of a field: one, several, or one or else one's own words."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.basics.vietnamese.answers import AROUND, pieces
from bot.basics.vietnamese.letters import flat
from bot.basics.vietnamese.text import clean, fold
from bot.declarations.kinds import lists, matching
from bot.declarations.kinds.matching import Entry
from bot.declarations.kinds.model import Choice, Ok, Question, Reading, Unsure, Value, Wrong
from bot.declarations.kinds.typed import Typed
from bot.procedures.model import Field

_NUMBERS = re.compile(r"[0-9]{1,2}(?:[ ,;.+&/]+(?:va +)?[0-9]{1,2})+")
_CONNECTING = frozenset(("va", "voi", "cung", "ca", "em", "toi", "chon", "la", "a", "nha", "da"))
_NEAR_TO_TEXT = 88
_MOST_NEAR = 4


def entries_of(field: Field) -> tuple[Entry, ...]:
    """The options of `field` for matching."""
    return tuple(Entry(item.id, item.label, item.also) for item in field.options)


def read_choice(text: str, question: Question) -> Reading:
    """The id of one option."""
    return choose(text, question.field)


def choose(text: str, field: Field) -> Reading:
    """The id of the one option meant; what is only likely is asked about."""
    entries, around = entries_of(field), (*AROUND, *matching.asked(field))
    found = matching.pick(text, entries, around)
    for form in matching.bare_forms(text, around):
        found = found or matching.part_of(form, entries)
    if len(found) == 1:
        return Ok(found[0].value)
    if found:
        return Unsure("kinds.choice.which", as_choices(found))
    if matching.number_in(text) is not None:
        return Wrong("kinds.choice.no_such_number", {"count": len(entries)})
    for close in (matching.near, matching.inside, matching.holding):
        if found := close(text, entries):
            return Unsure("kinds.choice.near", as_choices(found[:_MOST_NEAR]))
    return Wrong("kinds.choice.expected", {"options": [entry.label for entry in entries]})


def as_choices(entries: tuple[Entry, ...]) -> tuple[Choice, ...]:
    """The entries to pick from."""
    return tuple(Choice(entry.label, entry.value) for entry in entries)


def offer_options(question: Question) -> tuple[Choice, ...]:
    """Every option of the field."""
    return as_choices(entries_of(question.field))


def show_option(value: Value, field: Field) -> str:
    """The label of the option."""
    labels = {item.id: item.label for item in field.options}
    return labels.get(value, str(value))


def read_choices(text: str, question: Question) -> Reading:
    """The ids of one or several options, in the order of the form."""
    entries = entries_of(question.field)
    alone = matching.pick(text, entries)
    if len(alone) == 1:
        return Ok([alone[0].value])
    if _NUMBERS.fullmatch(flat(text).strip(" .")):
        return _numbered(text, entries)
    found = _all_named(text, entries) or []
    told = [] if found else pieces(text)
    if len(told) == 1 and isinstance(only := choose(text, question.field), Unsure):
        choices = tuple(Choice(choice.label, [choice.value]) for choice in only.choices)
        return replace(only, choices=choices)
    for piece in told:
        reading = choose(piece, question.field)
        if isinstance(reading, Unsure | Wrong):
            facts = {"piece": piece, "options": [entry.label for entry in entries]}
            return Wrong("kinds.choices.piece", facts)
        if isinstance(reading, Ok):
            found.append(reading.value)
    if not found:
        return Wrong("kinds.choice.expected", {"options": [entry.label for entry in entries]})
    return Ok(_in_order(found, entries))


def _numbered(text: str, entries: tuple[Entry, ...]) -> Reading:
    numbers = [int(number) for number in re.findall("[0-9]+", text)]
    if not all(1 <= number <= len(entries) for number in numbers):
        return Wrong("kinds.choice.no_such_number", {"count": len(entries)})
    return Ok(_in_order([entries[number - 1].value for number in numbers], entries))


def _all_named(text: str, entries: tuple[Entry, ...]) -> list[str] | None:
    """The options named one after another, longest names first, for names may hold commas."""
    rest = f" {fold(text)} "
    ways = [(fold(way), entry.value) for entry in entries for way in entry.ways]
    found = []
    for way, value in sorted(ways, key=lambda pair: -len(pair[0])):
        if way and f" {way} " in rest:
            rest = rest.replace(f" {way} ", "  ")
            found.append(value)
    return found if found and _CONNECTING.issuperset(rest.split()) else None


def _in_order(values: list[str], entries: tuple[Entry, ...]) -> list[str]:
    return [entry.value for entry in entries if entry.value in values]


def offer_each(question: Question) -> tuple[Choice, ...]:
    """Every option, each as the only one chosen."""
    return tuple(Choice(item.label, [item.id]) for item in question.field.options)


def show_options(value: Value, field: Field) -> str:
    """The labels, apart by semicolons, for they may hold commas."""
    return "; ".join(show_option(item, field) for item in value)


def read_choice_or_text(text: str, question: Question) -> Reading:
    """The id of an option, or `{"text": …}` with the citizen's own words."""
    entries = entries_of(question.field)
    found = matching.pick(text, entries)
    if len(found) == 1:
        return Ok(found[0].value)
    own = Choice(text, {"text": text})
    if close := found or matching.near(text, entries, _NEAR_TO_TEXT):
        return Unsure("kinds.choice.or_own_words", (*as_choices(close), own))
    if matching.number_in(text) is not None:
        return Wrong("kinds.choice.no_such_number", {"count": len(entries)})
    if not any(letter.isalpha() for letter in text):
        return Wrong("kinds.choice.expected", {"options": [entry.label for entry in entries]})
    return Ok(own.value)


def show_choice_or_text(value: Value, field: Field) -> str:
    """The label of the option, or the citizen's words."""
    return str(value["text"]) if isinstance(value, dict) else show_option(value, field)


def read_gender(text: str, question: Question) -> Reading:
    """`nam` or `nu`, or another option where the form has one."""
    listing = lists.listing("genders")
    entries = _genders(question.field)
    found = matching.pick(text, entries, listing.around)
    if len(found) == 1:
        return Ok(found[0].value)
    if fold(text) in map(fold, listing.unclear):
        return Unsure("kinds.gender.unclear", as_choices(entries))
    return Wrong("kinds.gender.expected")


def _genders(field: Field) -> tuple[Entry, ...]:
    """The form's own options, or else the two of the law, with every way to say them."""
    known = {fold(entry.label): entry for entry in lists.listing("genders").entries}
    if not field.options:
        return tuple(Entry(key, entry.label, entry.also) for key, entry in known.items())
    return tuple(
        Entry(item.id, item.label, (*item.also, *(known[item.id].also if item.id in known else ())))
        for item in field.options
    )


def offer_genders(question: Question) -> tuple[Choice, ...]:
    """The genders of the form."""
    return as_choices(_genders(question.field))


def show_gender(value: Value, field: Field) -> str:
    """`Nam`, `Nữ`."""
    return next((e.label for e in _genders(field) if e.value == value), str(value))


CHOICE = Typed(read_choice, offer_options, show_option)
CHOICES = Typed(read_choices, offer_each, show_options, tidy=clean)
CHOICE_OR_TEXT = Typed(read_choice_or_text, offer_options, show_choice_or_text, is_open=True)
GENDER = Typed(read_gender, offer_genders, show_gender)
