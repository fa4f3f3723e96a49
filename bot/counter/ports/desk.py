"""What the counter works with besides a transaction: papers, the country's facts, the clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Protocol

from bot.basics.clock import Clock
from bot.basics.ids import ConversationId
from bot.basics.wording import Wording
from bot.declarations.asking import Line
from bot.declarations.cues import Cues
from bot.declarations.phrases import Phrases
from bot.declarations.steering import Steering
from bot.documents.model import Contents, SlipFacts
from bot.dossiers.calendar import OfficeHours, WorkingCalendar
from bot.dossiers.model import Dossier, Slip
from bot.notifications.templates import Rates
from bot.procedures.catalogue import Catalogue, LiveCatalogue
from bot.procedures.knowledge import Knowledge
from bot.procedures.levels import Figures
from bot.procedures.model import Form
from bot.procedures.near import Offices
from bot.procedures.office import Office
from bot.procedures.places import Places


class Documents(Protocol):
    """Makes PDF papers."""

    def slip(self, slip: Slip, dossier: Dossier, facts: SlipFacts) -> bytes:
        """The slip as PDF/A."""
        ...

    def declaration(
        self, form: Form, lines: tuple[Line, ...], at: datetime, code: str = ""
    ) -> bytes:
        """A filled declaration as PDF/A; a preview while it has no `code`."""
        ...

    def blank(self, form: Form) -> bytes:
        """The form to fill in by hand, as PDF/A."""
        ...

    def cover(self, dossier: Dossier, facts: SlipFacts, contents: Contents) -> bytes:
        """The first sheet of a dossier's bundle, as PDF/A."""
        ...


@dataclass(frozen=True)
class Desk:
    """Everything the counter works with that is not kept in a transaction."""

    live: LiveCatalogue
    knowledge: Knowledge
    figures: tuple[Figures, ...]
    """What agencies published about how much they offer online."""
    wording: Wording
    phrases: Phrases
    cues: Cues
    steering: Steering
    places: Places
    calendar: WorkingCalendar
    office: Office
    offices: Offices
    """All offices of the catalogue, for who asks which is nearest."""
    hours: OfficeHours
    documents: Documents
    clock: Clock
    mask: Callable[[str, date], str]
    """A message without names, numbers, dates and places, given today."""
    public_url: str = ""
    telegram_url: str = ""
    """`https://t.me/…` of our bot, for links that open a dossier there; empty: none is shown."""
    upload_link: Callable[[ConversationId], str] = lambda _conversation: ""
    """Where this conversation may send papers instead of into the chat; empty: into the chat."""
    zalo_url: str = ""
    """`https://zalo.me/…` of our account, for who links it; empty: none is shown."""
    rates: Rates = field(default_factory=Rates)
    """When Zalo lets us write, what it costs, and the templates it approved."""
    officer_talks: timedelta = timedelta(hours=2)
    """How long the assistant is quiet where an officer wrote."""

    @property
    def catalogue(self) -> Catalogue:
        """The catalogue as its files are now."""
        return self.live.current()
