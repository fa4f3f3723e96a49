"""Public offices by name. Ours is known; of others the name is kept, with the body in full.

Roles: `receiver`, who gets the dossier, named as of today; none for an office that once did
something: its name of then is kept, for old papers show it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.basics.vietnamese import show
from bot.basics.vietnamese.answers import Reply, yes_or_no
from bot.basics.vietnamese.letters import agrees
from bot.basics.vietnamese.text import fold
from bot.declarations.kinds import lists, matching
from bot.declarations.kinds.model import Choice, Doubt, Ok, Question, Reading, Unsure, Wrong
from bot.declarations.kinds.typed import Typed
from bot.procedures.places import Place

_MOST_OFFERED = 8
_LONGEST_BODY = 12
"""Words."""


@dataclass(frozen=True)
class _Agency:
    """An office in two parts: what kind of body it is, and of which unit."""

    body: str
    of: str

    @property
    def name(self) -> str:
        """Both parts."""
        return f"{self.body} {self.of}".strip()


def read_agency(text: str, question: Question) -> Reading:
    """The name of an office."""
    words = matching.bare_forms(text, lists.listing("agencies").around)[-1]
    if text.strip() == "1" and question.office:
        return Ok(question.office)  # the number of the only button, where buttons are typed
    if yes_or_no(text) is Reply.YES and question.office:
        return Unsure("kinds.agency.ours", offer_ours(question), {"office": question.office})
    agency = _read(words)
    if _is_ours(agency.name if agency else words, question.office):
        return Ok(question.office)
    if agency and not agency.of and agency.body in lists.listing("agencies").first:
        return Unsure("kinds.agency.of_where", offer_ours(question), {"body": agency.body})
    if question.field.role == "receiver" and agency is None and " " not in words:
        return Wrong("kinds.agency.expected")  # `làm luôn`: no commune is called by one bare word
    if question.field.role == "receiver":
        return _receiver(agency or _Agency(_usual_bodies(question)[0], words), question)
    return Ok(agency.name) if agency else _without_body(text, question)


def _read(words: str) -> _Agency | None:
    """The office that `words` begin to name; None if they do not say what kind of body it is."""
    typed = words.split()
    for length in range(min(_LONGEST_BODY, len(typed)), 0, -1):
        start = " ".join(typed[:length]).rstrip(" ,:.-")
        for body in lists.listing("agencies").entries:
            if any(agrees(start, way) for way in body.ways):
                return _Agency(body.label, " ".join(typed[length:]).strip(" ,:.-"))
    return None


def _is_ours(name: str, office: str) -> bool:
    """Whether `name` is our office in full, or only its unit: `phường Ba Đình`, `Ba Đình`."""
    ours = _read(office)
    unit = fold(ours.of) if ours else ""
    return bool(office) and fold(name) in {fold(office), unit, unit.partition(" ")[2]} - {""}


def _usual_bodies(question: Question) -> tuple[str, ...]:
    """The kinds of body that every commune has, ours first."""
    ours = _read(question.office)
    return tuple(dict.fromkeys((*([ours.body] if ours else ()), *lists.listing("agencies").first)))


def _without_body(text: str, question: Question) -> Unsure:
    """A unit alone may be of its people's committee or its police; other words may be a name."""
    found = question.places.resolve(text)
    bodies = _usual_bodies(question) if found.status != "not_found" else ()
    names = [*(f"{body} {text}" for body in bodies), text]
    choices = tuple(Choice(name, name) for name in names)
    return Unsure("kinds.agency.unknown", (*choices, *offer_ours(question)))


def _receiver(agency: _Agency, question: Question) -> Reading:
    """The office as it is called today. That it is not ours has to be meant."""
    found = question.places.resolve(agency.of)
    names = list(dict.fromkeys(_names(agency.body, found.candidates)))
    ours = [name for name in names if question.office and _is_under(name, question.office)]
    if len(names) > 1 and len(ours) == 1:
        return Ok(ours[0])  # `p ba dinh` may be old wards elsewhere too: here, they mean this one
    if found.place:
        return _judged(next(_names(agency.body, (found.place,))), question)
    if agency.body not in lists.listing("agencies").first and not names:
        return _judged(agency.name, question)
    if not names:
        return Wrong("kinds.agency.expected")
    if len(names) > _MOST_OFFERED:
        return Unsure("kinds.agency.which_province")
    return Unsure("kinds.agency.which", tuple(Choice(name, name) for name in names))


def _names(body: str, places: tuple[Place, ...]) -> Iterator[str]:
    for place in places:
        units = [unit for unit in (place.commune, place.province) if unit]
        yield f"{body} {', '.join(map(show.lower_first, units))}"


def _is_under(name: str, office: str) -> bool:
    return f"{fold(name)} ".startswith(f"{fold(office)} ")


def _judged(name: str, question: Question) -> Ok:
    ours = question.office
    is_ours = not ours or _is_under(name, ours)
    return Ok(name, () if is_ours else (Doubt("kinds.agency.not_ours", {"office": ours}),))


def offer_ours(question: Question) -> tuple[Choice, ...]:
    """The office that runs this installation."""
    return (Choice(question.office, question.office),) if question.office else ()


AGENCY = Typed(read_agency, offer_ours, is_open=True)
