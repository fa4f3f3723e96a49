"""What the counter needs from outside: a transaction over what is kept, papers, the country's facts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Protocol

from bot.basics.clock import Clock
from bot.basics.ids import CitizenId, ConversationId, DossierCode, DraftId, FileId, MessageId
from bot.basics.messages import FilledTemplate
from bot.basics.say import Command
from bot.basics.wording import Wording
from bot.citizens.link import LinkCode
from bot.citizens.model import Conversation
from bot.citizens.profile import Profile
from bot.declarations.asking import Line
from bot.declarations.cues import Cues
from bot.declarations.model import Draft
from bot.declarations.phrases import Phrases
from bot.declarations.steering import Steering
from bot.documents.model import Contents, SlipFacts
from bot.dossiers.calendar import OfficeHours, WorkingCalendar
from bot.dossiers.model import Dossier, Slip, State
from bot.notifications.notice import Closed, Notice, Way
from bot.notifications.templates import Rates
from bot.procedures.catalogue import Catalogue, LiveCatalogue
from bot.procedures.knowledge import Knowledge
from bot.procedures.levels import Figures
from bot.procedures.model import Form
from bot.procedures.near import Offices
from bot.procedures.office import Office
from bot.procedures.places import Places


@dataclass(frozen=True)
class Spoken:
    """A message in words, ready for the outbox."""

    key: str
    text: str
    buttons: tuple[tuple[str, Command], ...] = ()
    """Title and meaning of each."""
    files: tuple[FileId, ...] = ()
    phone_button: str = ""
    """What the button is called that shares the citizen's own number; empty: none is offered."""
    place_button: str = ""
    """The same for where they are."""
    asks_file: bool = False
    """Whether a photo or a document is wanted."""


@dataclass(frozen=True)
class NoticeStep:
    """One attempt to bring a notice, as the outbox keeps it."""

    notice: int
    way: Way
    cost: int = 0
    """VND, if it is sent."""
    template: FilledTemplate | None = None


@dataclass(frozen=True)
class StoredFile:
    """What is known about a file that is kept."""

    id: FileId
    name: str
    mime: str
    size: int
    """Bytes."""
    pages: int
    digest: str
    """SHA-256 of the content, hexadecimal."""


class Conversations(Protocol):
    """The conversations."""

    def get(self, conversation: ConversationId) -> Conversation | None: ...
    def claim(self, conversation: ConversationId) -> Conversation | None:
        """The conversation, for whoever changes it outside its turn: no turn begins meanwhile."""
        ...

    def save(self, conversation: Conversation) -> None: ...
    def of_citizen(self, citizen: CitizenId) -> list[Conversation]:
        """The one heard from last first."""
        ...

    def heard(self, conversation: ConversationId, at: datetime) -> None:
        """Remembers that the citizen was heard from, and so can be written to."""
        ...

    def move(self, source: CitizenId, target: CitizenId) -> None:
        """Makes every conversation of `source` one of `target`."""
        ...


class Drafts(Protocol):
    """The declarations being filled."""

    def get(self, draft: DraftId) -> Draft | None: ...
    def save(self, draft: Draft) -> None: ...
    def delete(self, draft: DraftId) -> None: ...
    def unfinished(self, citizen: CitizenId) -> list[Draft]:
        """Those not filed, latest first."""
        ...

    def every(self, citizen: CitizenId) -> list[Draft]:
        """All the citizen's drafts, also those that became dossiers."""
        ...

    def untouched_since(self, at: datetime) -> list[Draft]:
        """Those not filed that were last changed before then, oldest first."""
        ...

    def filed(self, dossier: DossierCode) -> Draft | None:
        """The draft that became this dossier, or completed it last."""
        ...

    def supplementing(self, dossier: DossierCode) -> Draft | None:
        """The unfinished draft that completes this dossier."""
        ...


class Dossiers(Protocol):
    """The dossiers."""

    def get(self, code: DossierCode) -> Dossier | None: ...
    def add(self, dossier: Dossier) -> None: ...
    def save(self, dossier: Dossier) -> None:
        """Stores the next version. Raises `StaleView` if somebody else stored one meanwhile."""
        ...

    def give(self, code: DossierCode, citizen: CitizenId) -> None:
        """Makes the dossier another citizen's, without a new version."""
        ...

    def next_code(self, agency: str, day: date) -> DossierCode:
        """The next free code of the agency on that day, reserved by this transaction."""
        ...

    def of_citizen(self, citizen: CitizenId) -> list[Dossier]:
        """Latest first."""
        ...

    def in_states(self, states: Iterable[State]) -> list[Dossier]:
        """Oldest first."""
        ...


class Profiles(Protocol):
    """What is remembered of citizens, and whether they agreed to it."""

    def get(self, citizen: CitizenId) -> Profile | None:
        """None if the citizen was never asked."""
        ...

    def save(self, profile: Profile) -> None: ...
    def erase(self, citizen: CitizenId) -> None: ...
    def forget_unused(self, since: datetime) -> int:
        """Erases those not used since then; how many."""
        ...


class Outbox(Protocol):
    """Messages to citizens that are committed with the change they tell of, and sent afterwards."""

    def add(
        self,
        conversation: ConversationId,
        spoken: Spoken,
        in_reply_to: MessageId | None = None,
        once: str = "",
        step: NoticeStep | None = None,
    ) -> None:
        """Queues a message. With `once`, a second message under the same name is dropped."""
        ...


class Notices(Protocol):
    """What citizens are told unasked, and what became of it."""

    def open(self, once: str, dossier: DossierCode, kind: str, words: Spoken) -> Notice | None:
        """Keeps a new notice; None if there is one under this name."""
        ...

    def get(self, number: int) -> Notice | None: ...
    def words(self, notice: Notice) -> Spoken:
        """What the citizen is told, in full."""
        ...

    def due(self) -> list[Notice]:
        """The notices about which something may be to do, oldest first."""
        ...

    def latest(self, dossier: DossierCode | None, limit: int) -> list[Notice]:
        """The newest first, of one dossier or of all."""
        ...

    def to_call(self) -> list[Notice]:
        """Those that an officer has to tell by telephone, oldest first."""
        ...

    def hold(self, notice: Notice, until: datetime) -> None:
        """It is not looked at again before then."""
        ...

    def close(self, notice: Notice, why: Closed) -> None:
        """Nothing more is sent for it."""
        ...

    def give_up(self, notice: Notice) -> bool:
        """Ends the attempt that is still to be sent; False if it is being sent just now."""
        ...


class Buttons(Protocol):
    """What the buttons shown to citizens mean, by token."""

    def press(self, conversation: ConversationId, token: str) -> Command | None:
        """The meaning of a button shown in this conversation and still valid."""
        ...

    def link(self, command: Command) -> str:
        """A token for a deep link that means `command` in whichever conversation it is opened."""
        ...


class Lookups(Protocol):
    """Wrong dossier codes tried, to slow down guessing."""

    def record(self, conversation: ConversationId, at: datetime) -> None: ...
    def since(self, conversation: ConversationId, at: datetime) -> list[datetime]:
        """When wrong codes were tried since then, oldest first."""
        ...


class Links(Protocol):
    """Codes by which a citizen shows that another conversation is theirs too."""

    def issue(self, code: LinkCode) -> None:
        """Keeps a code; the one that its conversation had before is worth nothing any more."""
        ...

    def find(self, digest: str) -> LinkCode | None: ...
    def open(self, digest: str, conversation: ConversationId) -> bool:
        """Whether the code is this conversation's to use; the first that asks has it."""
        ...

    def spend(self, digest: str) -> bool:
        """Uses the code up; False if somebody else just did."""
        ...


@dataclass(frozen=True)
class Letter:
    """What a citizen wrote for an officer to answer."""

    id: MessageId
    conversation: ConversationId
    at: datetime
    text: str
    """Empty if only files came, or if a button asked for the officer."""
    phone: str = ""
    files: tuple[FileId, ...] = ()


@dataclass(frozen=True)
class LostWords:
    """What an officer wrote and the citizen may never have got."""

    conversation: ConversationId
    at: datetime
    text: str
    may_have_arrived: bool


class Letters(Protocol):
    """What waits for an officer's answer, and answers that did not arrive."""

    def lost(self, key: str, since: datetime) -> list[LostWords]:
        """Messages under this wording key that failed since then, or are not sure, oldest first."""
        ...

    def keep(self, message: MessageId, conversation: ConversationId) -> None:
        """The message waits for an officer; twice is once."""
        ...

    def waiting(self) -> list[Letter]:
        """What no officer answered yet, oldest first."""
        ...

    def get(self, message: MessageId) -> Letter | None: ...
    def answered(self, conversation: ConversationId) -> None:
        """An officer answered everything written in this conversation so far."""
        ...


@dataclass(frozen=True)
class FeedbackEntry:
    """One thing a citizen told the office."""

    at: datetime
    kind: str
    dossier: DossierCode | None
    words: str


class Feedback(Protocol):
    """Ratings, complaints and requests to be called, for officers to read."""

    def add(
        self, conversation: ConversationId, kind: str, words: str, dossier: DossierCode | None
    ) -> None: ...
    def latest(self, limit: int = 100) -> Sequence[FeedbackEntry]:
        """The newest entries first."""
        ...


class Misunderstood(Protocol):
    """Messages that were not understood, for a person to review."""

    def add(self, reason: str, facts: Mapping[str, object]) -> None:
        """Keeps one message, already masked."""
        ...


class Files(Protocol):
    """Files, encrypted, under names that say nothing."""

    def put(self, name: str, mime: str, content: bytes, pages: int = 0) -> StoredFile: ...
    def put_once(self, name: str, mime: str, content: bytes, pages: int = 0) -> StoredFile:
        """Keeps a paper that says nothing of anybody, and is the same for all, a single time."""
        ...

    def get(self, file: FileId) -> StoredFile | None: ...
    def open(self, file: FileId) -> bytes: ...
    def erase(self, files: Iterable[FileId]) -> None:
        """Erases files for good, once the transaction commits; unknown ones are no matter."""
        ...


class Work(Protocol):
    """One transaction over everything that is kept."""

    @property
    def conversations(self) -> Conversations: ...
    @property
    def drafts(self) -> Drafts: ...
    @property
    def dossiers(self) -> Dossiers: ...
    @property
    def profiles(self) -> Profiles: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def buttons(self) -> Buttons: ...
    @property
    def lookups(self) -> Lookups: ...
    @property
    def links(self) -> Links: ...
    @property
    def letters(self) -> Letters: ...
    @property
    def notices(self) -> Notices: ...
    @property
    def feedback(self) -> Feedback: ...
    @property
    def files(self) -> Files: ...
    @property
    def misunderstood(self) -> Misunderstood: ...

    def new_id(self) -> str:
        """A fresh random identifier."""
        ...


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
