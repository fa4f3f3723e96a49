"""The people of a form: where the facts about each of them go, and what they are to the one who files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from bot.basics.ids import FieldId
from bot.declarations.model import Answers
from bot.declarations.path import Path, Stop
from bot.procedures.model import Form, Person, RelationBy

Facts = Mapping[str, str]
"""What is known of somebody, in words that a citizen might type: `{"ngay_sinh": "12/03/1990"}`."""


class Known(Protocol):
    """Somebody remembered from earlier dossiers, with the citizen's consent."""

    @property
    def id(self) -> str: ...
    @property
    def relation(self) -> str:
        """To the citizen: one of those in `Person`."""
        ...

    @property
    def facts(self) -> Facts: ...


@dataclass(frozen=True)
class Someone:
    """One of the people of a form."""

    id: str
    """`me`; inside a repeated section `thanh_vien[2]`."""
    person: Person
    stops: Mapping[str, Stop]
    """Fact → the question for it, also where the question does not apply (yet)."""

    def relation(self, values: Answers) -> str:
        """What they are to the one who files, as far as the answers tell; empty if they do not."""
        relation = self.person.relation
        if isinstance(relation, RelationBy):
            return relation.given.get(str(values.get(relation.of)).lower(), "")
        return relation

    def is_other(self, values: Answers) -> bool:
        """Whether the answers tell that they are not the one who files."""
        relation = self.person.relation
        is_told = isinstance(relation, RelationBy) and values.get(relation.of) is not None
        return is_told and self.relation(values) != "self"

    def offered(self, values: Answers) -> tuple[str, ...]:
        """The relations whose facts may be theirs."""
        own = self.relation(values)
        return ((own,) if own else ()) if self.person.offer is None else self.person.offer

    def fields(self, facts: Facts) -> dict[FieldId, str]:
        """`facts` by the fields that ask for them."""
        return {self.stops[fact].id: said for fact, said in facts.items() if fact in self.stops}


def every_stop(form: Form, found: Path) -> Iterator[Stop]:
    """Every question in the order of the form; of repeated sections those that are on the path."""
    for section in form.sections:
        if section.repeat is None:
            yield from (Stop(field, section) for field in section.fields)
        else:
            yield from (stop for stop in found.stops if stop.section.id == section.id)


def people_of(form: Form, found: Path) -> dict[str, Someone]:
    """The people of a form by their ids, in the order in which they are first asked about."""
    stops: dict[str, dict[str, Stop]] = {}
    for stop in every_stop(form, found):
        if stop.field.profile:
            owner, _, fact = stop.field.profile.rpartition(".")
            stops.setdefault(owner or next(iter(form.people), ""), {})[fact] = stop
    return {
        owner: Someone(owner, form.people[owner.partition("[")[0]], facts)
        for owner, facts in stops.items()
        if owner.partition("[")[0] in form.people
    }


def owner_of(people: Mapping[str, Someone], stop: Stop | None) -> Someone | None:
    """Whose fact the question asks for."""
    return next(
        (
            one
            for one in people.values()
            if stop and any(other.id == stop.id for other in one.stops.values())
        ),
        None,
    )
