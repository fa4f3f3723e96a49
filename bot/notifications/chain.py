"""The ways to tell a citizen, in order, and which of them is next. Pure: what was seen goes in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.basics.ids import ConversationId
from bot.notifications.delivery import Fate
from bot.notifications.notice import Closed, Notice, Step, Way
from bot.notifications.templates import Rates, Template

ZALO = "zalo_oa"
_PAGES = frozenset({"web", "terminal"})
PATIENCE = timedelta(hours=6)
"""How long one way is tried before the next: a step of a dossier is no matter of minutes."""
RECEIPT_WITHIN = timedelta(days=1)
"""How long a receipt may still come for what may have arrived."""


@dataclass(frozen=True)
class Contact:
    """A conversation of the citizen, as far as it matters for reaching them."""

    conversation: ConversationId
    heard_at: datetime
    reachable: bool = True

    @property
    def channel(self) -> str:
        """The channel: what stands before the first colon of the id."""
        return self.conversation.partition(":")[0]

    @property
    def is_page(self) -> bool:
        """Whether nothing can be brought there: it is read when the citizen comes."""
        return self.channel in _PAGES


@dataclass(frozen=True)
class Reach:
    """All that is known of how to reach a citizen. The first contact is where the dossier was filed."""

    contacts: tuple[Contact, ...]
    has_phone: bool = False


def is_open(contact: Contact, rates: Rates, now: datetime) -> bool:
    """Whether free words may be written there now: Zalo's window closes, people block."""
    is_in_time = contact.channel != ZALO or now - contact.heard_at <= rates.window
    return contact.reachable and is_in_time


def page_step(reach: Reach) -> Step | None:
    """The page where the dossier was filed: the notice always stands there too, at any hour."""
    home = reach.contacts[0] if reach.contacts else None
    return Step(Way.PAGE, home.conversation) if home and home.is_page else None


def steps(reach: Reach, kind: str, rates: Rates, now: datetime) -> Iterator[Step]:
    """The ways to bring a notice of this kind, best first.

    Where the dossier was filed; for Zalo its window, then an approved template by account, then by
    telephone. Then the linked channels. A template by telephone comes last for everybody else.
    """
    template = rates.template(kind)
    by_phone = reach.has_phone and template is not None
    for number, contact in enumerate(reach.contacts):
        yield from _to(contact, template, rates, now)
        if by_phone and template and number == 0 and contact.channel == ZALO:
            yield Step(Way.PHONE, None, template.by_phone)
            by_phone = False
    if by_phone and template:
        yield Step(Way.PHONE, None, template.by_phone)


def _to(contact: Contact, template: Template | None, rates: Rates, now: datetime) -> Iterator[Step]:
    if contact.is_page or not contact.reachable:
        return
    is_zalo = contact.channel == ZALO
    if is_open(contact, rates, now):
        is_free = not is_zalo or now - contact.heard_at <= rates.free
        yield Step(Way.CHAT, contact.conversation, 0 if is_free else rates.price)
    if is_zalo and template:
        yield Step(Way.ACCOUNT, contact.conversation, template.by_account)


@dataclass(frozen=True)
class Wait:
    """Nothing is to be done yet."""

    until: datetime | None = None
    """None: until the attempt under way is settled."""


def decide(notice: Notice, reach: Reach, rates: Rates, now: datetime) -> Step | Wait | Closed:
    """What to do about the notice now: take a step, wait, or close it."""
    last = notice.pushed[-1] if notice.pushed else None
    if last is None or last.fate is Fate.FAILED:
        return _next(notice, steps(reach, notice.kind, rates, now), rates, now)
    if last.fate is Fate.SENT:
        return Closed.SENT
    if last.fate is Fate.UNKNOWN and now - last.at > RECEIPT_WITHIN:
        return Closed.CALL
    return Wait()


def is_stuck(notice: Notice, now: datetime) -> bool:
    """Whether the attempt under way was tried for long enough to give it up."""
    last = notice.pushed[-1] if notice.pushed else None
    return last is not None and last.fate is Fate.PENDING and now - last.at > PATIENCE


def _next(
    notice: Notice, possible: Iterator[Step], rates: Rates, now: datetime
) -> Step | Wait | Closed:
    taken = {(a.step.way, a.step.conversation) for a in notice.attempts}
    step = next((s for s in possible if (s.way, s.conversation) not in taken), None)
    if step is None:
        is_left = any(attempt.step.way is Way.PAGE for attempt in notice.attempts)
        return Closed.LEFT if is_left else Closed.CALL
    until = rates.held_until(now)
    return step if until <= now else Wait(until)
