"""Whose facts are proposed: the people of a form as this draft has them, and whose card one may be."""

from __future__ import annotations

from bot.basics.ids import FieldId
from bot.basics.vietnamese.text import fold
from bot.declarations.asking import Asker
from bot.declarations.behalf import answers
from bot.declarations.model import Answers, Draft, Proposal
from bot.declarations.naming import Company
from bot.declarations.path import Stop
from bot.declarations.people import Facts, Someone, every_stop, owner_of, people_of

NUMBER, NAME = "so_dinh_danh", "ho_ten"


def people(asker: Asker, draft: Draft) -> dict[str, Someone]:
    """The people of the form by their ids."""
    return people_of(asker.form, asker.path(draft))


def stops_of(asker: Asker, draft: Draft) -> list[Stop]:
    """Every question about one of them, then the others on the path."""
    known = [stop for one in people(asker, draft).values() for stop in one.stops.values()]
    return [*known, *(stop for stop in asker.path(draft).stops if stop not in known)]


def proposed(asker: Asker, draft: Draft, proposal: Proposal) -> list[Stop]:
    """The questions that the proposal answers."""
    return [stop for stop in stops_of(asker, draft) if stop.id in proposal.words]


def listening(asker: Asker, draft: Draft, stop: Stop | None) -> Company:
    """Who may be meant in a message that comes while `stop` is asked; None: before any question."""
    form, known, found = asker.form, people(asker, draft), asker.path(draft)
    subject = owner_of(known, _stop(asker, draft, form.subject))
    filer = owner_of(known, _stop(asker, draft, form.applicant))
    only = subject if subject is filer and not _is_one_of_two(subject, found.values) else None
    return Company(
        people=known,
        speaker=owner_of(known, stop) if stop else only,
        asked=owner_of(known, stop),
        asks_a_name=stop is not None and stop.field.kind == "name",
        subject=subject,
        is_for_oneself=subject is filer,
        relation=FieldId(form.relation) if form.relation else None,
        fits=lambda relation: bool(answers(asker, draft, relation)),
        not_the_filer=frozenset(one.id for one in known.values() if one.is_other(found.values)),
        couple=tuple(one for one in known.values() if _is_one_of_two(one, found.values)),
    )


def _is_one_of_two(one: Someone | None, values: Answers) -> bool:
    """Whether the one who files is this one or their partner, and only words can tell."""
    offered = set(one.offered(values)) if one and one.person.gender else set()
    return offered == {"self", "partner"}


def _stop(asker: Asker, draft: Draft, field: str) -> Stop | None:
    return next(
        (stop for stop in every_stop(asker.form, asker.path(draft)) if stop.id == field), None
    )


def bearers(asker: Asker, draft: Draft, facts: Facts) -> list[Someone]:
    """Whose card it can be: those who have a name or a number, and this sex."""
    sex = fold(facts.get("gioi_tinh", ""))
    return [
        one
        for one in people(asker, draft).values()
        if {NUMBER, NAME} & one.stops.keys()
        and (not one.person.gender or not sex or one.person.gender == sex)
    ]


def is_surely(asker: Asker, draft: Draft, one: Someone, facts: Facts) -> bool:
    """Whether the number on the card was already given as this person's."""
    stop = one.stops.get(NUMBER)
    return stop is not None and asker.path(draft).values.get(stop.id) == facts[NUMBER]


def subject(asker: Asker, draft: Draft, proposal: Proposal) -> Someone | None:
    """The one whom the proposal is about; None if it is about several, or not clear yet."""
    return people(asker, draft).get(proposal.someone)


def named(asker: Asker, draft: Draft, proposal: Proposal, text: str) -> str:
    """Whom the words name among those a card may belong to; empty if nobody."""
    words = fold(text).removeprefix("cua ").removeprefix("the cua ")
    for one in bearers(asker, draft, proposal.card):
        if words in {fold(one.person.who), *map(fold, one.person.words)}:
            return one.id
    return ""
