"""Addresses and provinces of today, from words of today or of before 01/07/2025 (FORMATS §8).

Roles of an address: `home`, where somebody lives or gets mail, so a house or hamlet is expected;
`anywhere`, a place of birth or origin, which may lie abroad and of which papers may show no more
than the province; none for any place in the country.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable

from bot.basics.vietnamese import show
from bot.basics.vietnamese.answers import without_politeness
from bot.declarations.kinds import lists, matching
from bot.declarations.kinds.matching import Entry
from bot.declarations.kinds.model import Choice, Doubt, Ok, Question, Reading, Unsure, Value, Wrong
from bot.declarations.kinds.typed import Typed
from bot.procedures.model import Field
from bot.procedures.places import Place, Resolution

_MOST_OFFERED = 10
_SAYING = re.compile(
    r"^(?:(?:quê|que)(?: quán| quan| gốc| goc)? (?:ở|o|tại|tai) |quê(?: quán| gốc)?[ :]+|"
    r"(?:(?:nhà|nha) )?(?:(?:chúng tôi|vợ chồng em|vợ chồng tôi|em|tôi|toi|mình|chị|anh|bé|con|cháu) )?"
    r"(?:(?:vẫn|van|vân|vẩn|vn|đang|dang|hiện|hien|thường trú|thuong tru|cư trú|sống|sinh sống) )*(?:ở|tại) |"
    r"(?:(?:vẫn|van|vn|đang|dang|hiện|hien|thuong tru|song) )+(?:o|tai) )(?=\S)",
    re.IGNORECASE,
)
"""`nhà em ở số 5 …`: what comes before the address itself."""


def read_address(text: str, question: Question) -> Reading:
    """`Place` as a mapping. Of several communes none is chosen; what is missing is asked for."""
    text = without_politeness(text)
    if country := _foreign_country(text):
        if question.field.role != "anywhere":
            return Wrong("kinds.address.not_abroad", {"country": country})
        return Ok(dataclasses.asdict(Place("", "", detail=text)))
    found = question.places.resolve(_SAYING.sub("", text))
    if found.status == "ok" and found.place:
        return Ok(dataclasses.asdict(found.place), _doubts(found.place, question.field))
    if found.status == "partial" and found.place:
        return _incomplete(found.place, found, question)
    return _which(found.candidates)


def _which(places: tuple[Place, ...]) -> Reading:
    """Asks which place is meant, even if there is only one: the words did not say so much."""
    if not places:
        return Wrong("kinds.address.expected")
    choices = _few(places)
    if len(choices) == 1:
        return Unsure("kinds.address.one", choices)
    is_near = len({place.province_code for place in places}) == 1
    key = "kinds.address.which" if is_near else "kinds.address.which_province"
    return Unsure(key, choices)


def _foreign_country(text: str) -> str:
    """The country other than Việt Nam that stands at the end, after a comma or alone."""
    countries = lists.listing("countries")
    home, *others, _none = countries.entries
    for form in matching.bare_forms(text.rpartition(",")[2].strip(), countries.around):
        if named := matching.same_marks(form, (home, *others)):
            return "" if named[0] is home else named[0].label
    return ""


def _doubts(place: Place, field: Field) -> tuple[Doubt, ...]:
    doubts = []
    if place.old:
        now = f"{place.commune}, {place.province}"
        doubts.append(Doubt("kinds.address.renamed", {"old": place.old, "now": now}))
    if field.role == "home" and not place.detail:
        doubts.append(Doubt("kinds.address.no_detail"))
    return tuple(doubts)


def _incomplete(place: Place, found: Resolution, question: Question) -> Unsure:
    """Asks for the commune; where the province may be enough, it is among what is offered."""
    facts = {"province": place.province, "old": place.old}
    offered = _few(found.candidates)
    if question.field.role == "anywhere":
        offered = (*offered, Choice(place.province, dataclasses.asdict(place)))
    return Unsure("kinds.address.no_commune", offered, facts)


def _few(places: Iterable[Place]) -> tuple[Choice, ...]:
    """The places to pick from; none if there are more than one can look through."""
    choices = {f"{p.commune}, {p.province}": dataclasses.asdict(p) for p in places}
    few = choices if len(choices) <= _MOST_OFFERED else {}
    return tuple(Choice(label, value) for label, value in few.items())


def show_address(value: Value, field: Field) -> str:
    """`Số 5, tổ 3, phường Ba Đình, thành phố Hà Nội`; what was typed, for a place abroad."""
    first, *others = [value[part] for part in ("detail", "commune", "province") if value[part]]
    return ", ".join((first, *map(show.lower_first, others)))


def read_province(text: str, question: Question) -> Reading:
    """The name of a province of today; of a former one, what it belongs to now."""
    text = without_politeness(text)
    place = question.places.find_province(text)
    if place and place.old:
        facts = {"old": place.old, "now": place.province}
        return Ok(place.province, (Doubt("kinds.address.renamed", facts),))
    if place:
        return Ok(place.province)
    names = [place.province for place in question.places.provinces()]
    entries = [Entry(name, name, (name.partition(" ")[2],)) for name in names]
    if near := matching.near(text, entries):
        return Unsure("kinds.province.near", tuple(Choice(e.label, e.value) for e in near))
    return Wrong("kinds.province.expected")


ADDRESS = Typed(read_address, shower=show_address, is_open=True)
PROVINCE = Typed(read_province)
