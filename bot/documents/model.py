"""What a slip shows besides the dossier itself."""

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
