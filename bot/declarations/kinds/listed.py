"""Ethnic group, religion, country, relation: long lists people know by many names (FORMATS §6)."""

from __future__ import annotations

from collections.abc import Iterable

from bot.basics.vietnamese.answers import Reply, pieces, yes_or_no
from bot.basics.vietnamese.letters import agrees
from bot.basics.vietnamese.text import fold, has_marks
from bot.declarations.kinds import lists, matching
from bot.declarations.kinds.lists import Listing
from bot.declarations.kinds.matching import Entry
from bot.declarations.kinds.model import Choice, Ok, Question, Reading, Unsure, Wrong
from bot.declarations.kinds.typed import Typed

_MOST_OFFERED = 6
_LONGEST_RELATION = 40


def _find(text: str, listing: Listing) -> tuple[tuple[Entry, ...], bool]:
    """The entries that `text` may mean, and whether it surely means the only one."""
    forms = matching.bare_forms(text, listing.around)
    for form in forms:
        found = matching.same_marks(form, listing.entries)
        if values := _unclear([form], listing):
            others = (entry for entry in listing.entries if entry.value in values)
            return tuple(dict.fromkeys((*found, *others))), False
        if found:
            return found, len(found) == 1
    for form in forms:
        if found := matching.same_letters(form, listing.entries):
            return found, False
    return matching.near(forms[-1], listing.entries), False


def _unclear(forms: list[str], listing: Listing) -> tuple[str, ...]:
    for words, values in listing.unclear.items():
        if any(agrees(form, words) for form in forms):
            return values
    return ()


def _reading(text: str, name: str) -> Reading:
    found, is_sure = _find(text, lists.listing(name))
    if is_sure:
        return Ok(found[0].value)
    if found:
        return Unsure(f"kinds.{name}.near", _choices(entry.value for entry in found))
    return Wrong(f"kinds.{name}.expected")


def _choices(values: Iterable[str]) -> tuple[Choice, ...]:
    return tuple(Choice(value, value) for value in values)


def read_ethnic_group(text: str, question: Question) -> Reading:
    """One of the 54 groups. `tay` and `thai` without marks may be other words, and are asked."""
    reading = _reading(text, "ethnic_groups")
    if isinstance(reading, Ok) and _may_be_another_word(text, reading.value):
        return Unsure("kinds.ethnic_groups.near", _choices([reading.value]))
    if isinstance(reading, Wrong) and _find(text, lists.listing("countries"))[1]:
        return Wrong("kinds.ethnic_groups.country")
    return reading


def _may_be_another_word(text: str, group: str) -> bool:
    """One syllable, written without the marks that the name has."""
    typed = matching.bare_forms(text, lists.listing("ethnic_groups").around)[-1]
    is_one_syllable = fold(typed) == fold(group) and " " not in fold(group)
    return is_one_syllable and has_marks(group) and not has_marks(typed)


def offer_ethnic_groups(question: Question) -> tuple[Choice, ...]:
    """The groups of others in the form, as a child's parents (BLDS Điều 29), then the largest."""
    own = question.field.id
    family = [
        str(value)
        for name, value in question.answers.items()
        if value and name != own and name.rpartition(".")[2] == own.rpartition(".")[2]
    ]
    likely = dict.fromkeys((*family, *lists.listing("ethnic_groups").first))
    return _choices(list(likely)[:_MOST_OFFERED])


def read_religion(text: str, question: Question) -> Reading:
    """One of the recognised religions, or none."""
    if yes_or_no(text) is Reply.NO:
        return Ok(lists.listing("religions").entries[0].value)
    return _reading(text, "religions")


def offer_religions(question: Question) -> tuple[Choice, ...]:
    """The religions met most."""
    return _choices(lists.listing("religions").first)


def read_country(text: str, question: Question) -> Reading:
    """A nationality, or two apart by a comma; having none is one of the list."""
    reading = _reading(text, "countries")
    parts = pieces(text)
    if isinstance(reading, Ok) or len(parts) != 2:
        return reading
    both = [_reading(part, "countries") for part in parts]
    unsure = [one for one in both if not isinstance(one, Ok)]
    names = dict.fromkeys(one.value for one in both if isinstance(one, Ok))
    return Wrong("kinds.countries.expected") if unsure else Ok(", ".join(names))


def offer_countries(question: Question) -> tuple[Choice, ...]:
    """The likeliest country."""
    return _choices(lists.listing("countries").first)


def read_relation(text: str, question: Question) -> Reading:
    """How two people are related. Rarer kin is kept in the citizen's words, once they confirm."""
    listing = lists.listing("relations")
    reading = _reading(text, "relations")
    is_kin = any(agrees(text.split()[0], word) for word in listing.begin)
    is_clear = not _unclear(matching.bare_forms(text, listing.around), listing)
    is_name = len(text) <= _LONGEST_RELATION and all(map(str.isalpha, text.split()))
    if isinstance(reading, Ok) or not (is_kin and is_clear and is_name):
        return reading
    near = reading.choices if isinstance(reading, Unsure) else ()
    return Unsure("kinds.relations.unknown", (*near, Choice(text, text)))


def offer_relations(question: Question) -> tuple[Choice, ...]:
    """The relations met most."""
    return _choices(lists.listing("relations").first)


ETHNIC_GROUP = Typed(read_ethnic_group, offer_ethnic_groups)
RELIGION = Typed(read_religion, offer_religions)
COUNTRY = Typed(read_country, offer_countries)
RELATION = Typed(read_relation, offer_relations)
