"""What time does to drafts: a reminder first, then they are erased, as citizens were told."""

from __future__ import annotations

from datetime import timedelta

from bot.basics.say import button, say
from bot.counter.attach import erase
from bot.counter.drafts import close
from bot.counter.forms import name_of
from bot.counter.notices import contact_of
from bot.counter.ports import Desk, Work
from bot.counter.speak import spoken
from bot.declarations.model import Draft
from bot.notifications.chain import is_open

KEPT = timedelta(days=30)
REMINDED_BEFORE = timedelta(days=3)


def expire(work: Work, desk: Desk) -> tuple[int, int]:
    """Erases drafts nobody touched for 30 days, reminds of those that soon will be; counts of both.

    What an officer asked for has its own deadline and is left alone. Nobody is reminded at night.
    """
    now = desk.clock.now()
    old = [d for d in work.drafts.untouched_since(now - KEPT) if not d.demanded]
    for draft in old:
        close(work, draft)
        erase(work, draft)
    due = [d for d in work.drafts.untouched_since(now - KEPT + REMINDED_BEFORE) if not d.demanded]
    if desk.rates.held_until(now) > now:
        return len(old), 0
    for draft in due:
        _remind(work, desk, draft)
    return len(old), len(due)


def _remind(work: Work, desk: Desk, draft: Draft) -> None:
    """Once, in the conversation the citizen was heard from last that may be written to."""
    now, conversations = desk.clock.now(), work.conversations.of_citizen(draft.citizen)
    reachable = [c for c in conversations if is_open(contact_of(c), desk.rates, now)]
    if not reachable or not draft.answers:
        return
    reminder = say(
        "filing.expires",
        button("button.resume", "resume_filing", {"draft": draft.id}),
        name=name_of(desk, draft.procedure),
        answered=len(draft.answers),
        on=(draft.updated_at + KEPT).date(),
    )
    once = f"expires:{draft.id}:{draft.updated_at:%y%m%d}"
    work.outbox.add(reachable[0].id, spoken(reminder, desk.wording), once=once)
