"""Remembering the citizen and their family for the next declaration: asked once, shown, taken back any time.

Nothing is remembered before a yes. Afterwards each filing brings it up to date, and says so.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from bot.basics.say import Button, Say, button, say
from bot.basics.vietnamese import show
from bot.citizens.profile import Consent, Profile, Remembered, together
from bot.counter.forms import loop_for
from bot.counter.ports import Desk, Work
from bot.counter.turn import Turn
from bot.declarations.card import CARD_FACTS, has_run_out
from bot.declarations.model import Origin
from bot.declarations.telling import told
from bot.dossiers.model import Dossier

KEPT = timedelta(days=365)
_NUMBER = "so_dinh_danh"


def known_to(turn: Turn) -> tuple[Remembered, ...]:
    """Who may be offered in a declaration; of a card that ran out nothing but the number."""
    profile = turn.work.profiles.get(turn.conversation.citizen)
    today = turn.desk.clock.today()
    return tuple(_still_true(one, today) for one in profile.known) if profile else ()


def after_filing(turn: Turn, dossier: Dossier) -> tuple[Say, ...]:
    """Asks for consent after the first filing; brings up to date what is kept after later ones."""
    profile = turn.work.profiles.get(dossier.citizen)
    people = together((), _told(turn.work, turn.desk, dossier))
    if not people:
        return ()
    if profile is None:
        turn.work.profiles.save(Profile(dossier.citizen, Consent.ASKED, turn.now, turn.now))
        return (say("memory.ask", *_consent_buttons(), people=described(people)),)
    if profile.consent is not Consent.GIVEN:
        return ()
    people = together(profile.people, people)
    turn.work.profiles.save(profile.having(people=people, used_at=turn.now))
    is_new = [one.facts for one in people] != [one.facts for one in profile.people]
    return (say("memory.updated"),) if is_new else ()


def agree(turn: Turn) -> Say:
    """Remembers, from now on, whoever the citizen's dossiers tell of."""
    citizen = turn.conversation.citizen
    people: tuple[Remembered, ...] = ()
    for dossier in reversed(turn.work.dossiers.of_citizen(citizen)):
        people = together(people, _told(turn.work, turn.desk, dossier))
    turn.work.profiles.save(Profile(citizen, Consent.GIVEN, turn.now, turn.now, people))
    return say("memory.agreed", _see_button(), people=described(people))


def refuse(turn: Turn) -> Say:
    """Erases what is remembered, if anything is, and never asks again."""
    citizen = turn.conversation.citizen
    profile = turn.work.profiles.get(citizen)
    had = bool(profile and profile.people)
    for draft in turn.work.drafts.unfinished(citizen):
        if draft.proposal and draft.proposal.origin is Origin.KNOWN:
            turn.work.drafts.save(draft.having(proposal=None))
    turn.work.profiles.save(Profile(citizen, Consent.REFUSED, turn.now, turn.now))
    return say("memory.forgotten" if had else "memory.refused")


def remembered(turn: Turn) -> Profile | None:
    """What is remembered of the citizen who writes."""
    return turn.work.profiles.get(turn.conversation.citizen)


def memory_buttons(profile: Profile | None, has_filed: bool) -> tuple[Button, ...]:
    """To take consent back where it is given, to give it where something was filed."""
    if profile and profile.consent is Consent.GIVEN:
        return (button("button.forget", "privacy_delete", {"memory": "forget"}),)
    return _consent_buttons()[:1] if has_filed else ()


def answered(turn: Turn, is_yes: bool) -> Say | None:
    """What a bare yes or no means right after the question; None if that was not what was asked."""
    offered = turn.conversation.context.offered
    asked = [offer for offer in offered if offer.command.facts.get("memory") == "keep"]
    if len(offered) != len(_consent_buttons()) or not asked:
        return None
    return agree(turn) if is_yes else refuse(turn)


def described(people: tuple[Remembered, ...]) -> list[Say]:
    """Each of them with their facts, numbers masked."""
    return [say("memory.person", relation=one.relation, facts=list(_shown(one))) for one in people]


def forget_unused(work: Work, now: datetime) -> int:
    """Erases what nobody filed with for a year; how many profiles."""
    return work.profiles.forget_unused(now - KEPT)


def _shown(one: Remembered) -> Iterator[tuple[str, str]]:
    number = one.facts.get(_NUMBER, "")
    for fact, said in one.facts.items():
        yield fact, show.masked_id(said) if number and said == number else said


def _told(work: Work, desk: Desk, dossier: Dossier) -> Iterator[Remembered]:
    """Whom of the citizen's family a dossier tells of, and what."""
    loop, day = loop_for(desk, dossier.procedure), dossier.submitted_at.date()
    for relation, facts in told(loop.asker, dossier.answers, day) if loop else ():
        yield Remembered(work.new_id(), relation, facts, day)


def _still_true(one: Remembered, today: date) -> Remembered:
    if not has_run_out(one.facts, today):
        return one
    facts = {fact: said for fact, said in one.facts.items() if fact not in CARD_FACTS}
    return dataclasses.replace(one, facts=facts)


def _consent_buttons() -> tuple[Button, ...]:
    return (
        button("button.remember", "privacy_delete", {"memory": "keep"}),
        button("button.do_not_remember", "privacy_delete", {"memory": "forget"}),
    )


def _see_button() -> Button:
    return button("button.see_memory", "privacy_delete")
