"""Ports of what citizens declare and file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.basics.ids import CitizenId, DossierCode, DraftId, FileId
from bot.declarations.model import Draft
from bot.dossiers.model import Dossier, State


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
