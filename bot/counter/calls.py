"""The citizens whom nothing else reaches: an officer calls them, and says so."""

from __future__ import annotations

from dataclasses import dataclass

from bot.basics.errors import UnknownDossier
from bot.basics.ids import DossierCode
from bot.counter.decide import Officer
from bot.counter.papers import phone_of
from bot.dossiers.model import Dossier
from bot.notifications.notice import Closed, Notice


@dataclass(frozen=True)
class Call:
    """Somebody to call, and what to tell them."""

    notice: Notice
    dossier: Dossier
    phone: str
    """Empty if the citizen gave none."""
    words: str


def calls(officer: Officer) -> list[Call]:
    """Whom to call, the longest waiting first."""
    work = officer.work
    return [
        Call(notice, dossier, phone_of(dossier), work.notices.words(notice).text)
        for notice in work.notices.to_call()
        if (dossier := work.dossiers.get(notice.dossier))
    ]


def called(officer: Officer, code: DossierCode) -> int:
    """The citizen was told everything about this dossier by telephone; how many notices that were.

    Raises `UnknownDossier` if nobody had to be called about it.
    """
    found = [notice for notice in officer.work.notices.to_call() if notice.dossier == code]
    if not found:
        raise UnknownDossier("officer.nothing_to_call", code=code)
    for notice in found:
        officer.work.notices.close(notice, Closed.CALLED)
    return len(found)
