"""The schema at a glance. Columns named `sealed` hold encrypted JSON: everything personal is in them."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    Boolean,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    TypeDecorator,
    UniqueConstraint,
)

from bot.basics.clock import VIETNAM


class Moment(TypeDecorator[datetime]):
    """A point in time: kept in UTC, because SQLite forgets zones; given back in Vietnamese time."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.astimezone(UTC).replace(tzinfo=None) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC).astimezone(VIETNAM) if value else None


metadata = MetaData()

citizens = Table(
    "citizens",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("created_at", Moment, nullable=False),
)

conversations = Table(
    "conversations",
    metadata,
    Column("id", String(200), primary_key=True),
    Column("citizen", ForeignKey("citizens.id"), nullable=False, index=True),
    Column("draft", String(32)),
    Column("reachable", Boolean, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("heard_at", Moment, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
)

inbox = Table(
    "inbox",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("channel", String(20), nullable=False),
    Column("key", String(200), nullable=False),
    Column("conversation", String(200), nullable=False),
    Column("state", String(10), nullable=False),  # fetching · new · done · failed
    Column("incident", String(12)),
    Column("received_at", Moment, nullable=False),
    Column("done_at", Moment),
    Column("sealed", LargeBinary, nullable=False),
    UniqueConstraint("channel", "key"),
    Index("inbox_unread", "state", "id"),
    Index("inbox_of", "conversation", "id"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("conversation", String(200), nullable=False),
    Column("channel", String(20), nullable=False),
    Column("inbox", Integer),
    Column("key", String(80), nullable=False),
    Column("once", String(120), unique=True),
    Column("state", String(10), nullable=False),  # pending · sending · sent · unknown · failed
    Column("attempts", Integer, nullable=False),
    Column("not_before", Moment, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("sent_at", Moment),
    Column("provider_id", String(120)),
    Column("error", String(80)),
    Column("notice", Integer),
    Column("way", String(10)),  # of a notice: page · chat · account · phone
    Column("cost", Integer),  # VND, if it was sent
    Column("sealed", LargeBinary, nullable=False),
    Index("outbox_open", "state", "channel", "id"),
    Index("outbox_of", "conversation", "id"),
    Index("outbox_for", "notice", "id"),
)

buttons = Table(
    "buttons",
    metadata,
    Column("token", String(24), primary_key=True),
    Column("conversation", String(200), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Index("buttons_of", "conversation", "created_at"),
)

tracker_events = Table(
    "tracker_events",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("conversation", String(200), nullable=False),
    Column("inbox", Integer),
    Column("at", Moment, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Index("tracker_events_of", "conversation", "id"),
)

drafts = Table(
    "drafts",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("citizen", ForeignKey("citizens.id"), nullable=False),
    Column("procedure", String(20), nullable=False),
    Column("dossier", String(60)),
    Column("status", String(10), nullable=False),
    Column("updated_at", Moment, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Index("drafts_of", "citizen", "status"),
    Index("drafts_for", "dossier"),
)

dossiers = Table(
    "dossiers",
    metadata,
    Column("code", String(60), primary_key=True),
    Column("citizen", ForeignKey("citizens.id"), nullable=False, index=True),
    Column("conversation", String(200), nullable=False),
    Column("procedure", String(20), nullable=False),
    Column("state", Integer, nullable=False),
    Column("submitted_at", Moment, nullable=False),
    Column("due", String(10)),
    Column("version", Integer, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Index("dossiers_waiting", "state", "submitted_at"),
)

profiles = Table(
    "profiles",
    metadata,
    Column("citizen", ForeignKey("citizens.id"), primary_key=True),
    Column("used_at", Moment, nullable=False, index=True),
    Column("sealed", LargeBinary, nullable=False),
)

code_sequences = Table(
    "code_sequences",
    metadata,
    Column("agency", String(30), primary_key=True),
    Column("day", String(6), primary_key=True),
    Column("last", Integer, nullable=False),
)

lookups = Table(
    "lookups",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("conversation", String(200), nullable=False),
    Column("at", Moment, nullable=False),
    Index("lookups_of", "conversation", "at"),
)

files = Table(
    "files",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("size", Integer, nullable=False),
    Column("pages", Integer, nullable=False),
    Column("mime", String(80), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
)

feedback = Table(
    "feedback",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("conversation", String(200), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("dossier", String(60)),
    Column("at", Moment, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Index("feedback_by_time", "at"),
)

misunderstood = Table(
    "misunderstood",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", Moment, nullable=False),
    Column("reason", String(20), nullable=False),  # unsure · did_you_mean · thumbs_down
    Column("settled_at", Moment),
    Column("sealed", LargeBinary, nullable=False),
    Index("misunderstood_open", "settled_at", "id"),
)

zalo_grants = Table(
    "zalo_grants",
    metadata,
    Column("account", String(40), primary_key=True),
    Column("spends", String(64)),  # SHA-256 of the refresh key: only who spent it may replace it
    Column("locked_by", String(20)),
    Column("locked_until", Moment),
    Column("endpoint", String(10), nullable=False),
    Column("sealed", LargeBinary),  # empty until somebody logged in
)

uploads = Table(  # what a platform has of ours, by the SHA-256 of the content
    "uploads",
    metadata,
    Column("account", String(40), primary_key=True),
    Column("digest", String(64), primary_key=True),
    Column("uploaded", String(400), nullable=False),
    Column("at", Moment, nullable=False),
)

link_codes = Table(
    "link_codes",
    metadata,
    Column("digest", String(64), primary_key=True),  # of the code; the code itself is not kept
    Column("conversation", String(200), nullable=False, unique=True),
    Column("issued_at", Moment, nullable=False),
    Column("opened_by", String(200)),
)

notices = Table(
    "notices",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("once", String(120), nullable=False, unique=True),
    Column("dossier", String(60), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("not_before", Moment, nullable=False),
    Column("closed", String(10)),  # sent · left · call · called; empty while something may be done
    Column("closed_at", Moment),
    Column("sealed", LargeBinary, nullable=False),
    Index("notices_of", "dossier", "id"),
    Index("notices_open", "closed", "not_before"),
)

letters = Table(
    "letters",
    metadata,
    Column("inbox", Integer, primary_key=True),  # the citizen's message, which an officer answers
    Column("conversation", String(200), nullable=False),
    Column("answered_at", Moment),
    Index("letters_open", "answered_at", "inbox"),
)
