"""What the counter needs from outside: a transaction over what is kept, papers, the country's facts."""

from __future__ import annotations

from bot.counter.ports.conversations import Buttons, Conversations, Links, Lookups, Profiles
from bot.counter.ports.desk import Desk, Documents
from bot.counter.ports.dossiers import Dossiers, Drafts, Files, StoredFile
from bot.counter.ports.telling import (
    Feedback,
    FeedbackEntry,
    Letter,
    Letters,
    LostWords,
    Misunderstood,
    Notices,
    NoticeStep,
    Outbox,
    Spoken,
)
from bot.counter.ports.work import Work

__all__ = [
    "Buttons",
    "Conversations",
    "Desk",
    "Documents",
    "Dossiers",
    "Drafts",
    "Feedback",
    "FeedbackEntry",
    "Files",
    "Letter",
    "Letters",
    "Links",
    "Lookups",
    "LostWords",
    "Misunderstood",
    "NoticeStep",
    "Notices",
    "Outbox",
    "Profiles",
    "Spoken",
    "StoredFile",
    "Work",
]
