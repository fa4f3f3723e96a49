"""What is remembered of a citizen and their family, once they agreed (Luật 91/2025/QH15)."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.basics.ids import CitizenId
from bot.basics.vietnamese.text import fold

_NUMBER, _NAME = "so_dinh_danh", "ho_ten"
MOST_PEOPLE = 15


class Consent(StrEnum):
    """What the citizen answered when asked, once."""

    ASKED = "asked"
    """Nothing yet."""
    GIVEN = "given"
    REFUSED = "refused"
    """Or given, and taken back."""


@dataclass(frozen=True)
class Remembered:
    """Somebody in words, as the citizen gave them."""

    id: str
    relation: str
    """To the citizen: `self`, `partner`, `child` …, see `procedures.model.Person`."""
    facts: Mapping[str, str]
    as_of: date
    """When the latest of them were given."""


@dataclass(frozen=True)
class Profile:
    """One citizen's."""

    citizen: CitizenId
    consent: Consent
    asked_at: datetime
    used_at: datetime
    """When something was filed last; a year later everything is erased."""
    people: tuple[Remembered, ...] = ()
    """Empty unless consent is given."""

    @property
    def known(self) -> tuple[Remembered, ...]:
        """Who may be offered."""
        return self.people if self.consent is Consent.GIVEN else ()

    def having(self, **changes: object) -> Profile:
        """This profile with some parts changed."""
        return dataclasses.replace(self, **changes)  # type: ignore[arg-type]


def together(people: Iterable[Remembered], told: Iterable[Remembered]) -> tuple[Remembered, ...]:
    """`people` with what was `told` since: of the same person the newer facts, and new people."""
    known = list(people)
    for new in told:
        at = next((n for n, old in enumerate(known) if _is_same(old, new)), None)
        if at is None:
            known.append(new)
        else:
            facts = {**known[at].facts, **new.facts}
            known[at] = dataclasses.replace(known[at], facts=facts, as_of=new.as_of)
    return tuple(known[-MOST_PEOPLE:])


def joined(profiles: list[Profile]) -> Profile:
    """The profiles of one citizen who was taken for several; a refusal counts for all of them."""
    first = profiles[0]
    answers = {profile.consent for profile in profiles}
    if Consent.REFUSED in answers:
        return first.having(consent=Consent.REFUSED, people=())
    consent = Consent.GIVEN if Consent.GIVEN in answers else Consent.ASKED
    people: tuple[Remembered, ...] = ()
    for profile in profiles:
        people = together(people, profile.known)
    return first.having(
        consent=consent, people=people, used_at=max(profile.used_at for profile in profiles)
    )


def _is_same(old: Remembered, new: Remembered) -> bool:
    """Of one relation, and by number, or else by name, the same; nothing to tell apart: the same."""
    if old.relation != new.relation:
        return False
    for fact in (_NUMBER, _NAME):
        if fact in old.facts and fact in new.facts:
            return fold(old.facts[fact]) == fold(new.facts[fact])
    return True
