"""What papers show besides the dossier itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.procedures.office import Office


@dataclass(frozen=True)
class SlipFacts:
    """The office's part of a slip. Missing things stand in the dossier."""

    office: Office
    made_at: datetime
    papers: tuple[tuple[str, int], ...] = ()
    """Name and number of files of each paper received."""
    fee: str = ""
    delivery: str = ""
    """How the citizen wants the result."""
    phone: str = ""
    email: str = ""
    legal_basis: tuple[str, ...] = ()
    """The rules of the procedure, on slips that turn something down."""
    tracking_url: str = ""
    """What the QR code opens."""


@dataclass(frozen=True)
class Contents:
    """What an officer's copy of a dossier holds, as its cover lists it."""

    state: str
    """Where the dossier stands, in words."""
    papers: tuple[tuple[str, int], ...]
    """Title and pages of each paper; 0 pages: it could not be opened and is not in the bundle."""
    doubts: tuple[tuple[str, str, str], ...] = ()
    """What was not seen in an official source: what, how sure it is, where it comes from."""
