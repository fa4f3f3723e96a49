"""Bare words while a proposal waits: a name once more with its marks, the answer that is due, another value."""

from __future__ import annotations

from bot.basics.vietnamese.text import fold
from bot.declarations import whose
from bot.declarations.cues import Cues
from bot.declarations.kinds import KINDS
from bot.declarations.kinds.model import Unsure
from bot.declarations.model import Draft, Proposal
from bot.declarations.path import Stop
from bot.declarations.proposing import FREE, Proposer


def completed(at: Proposer, draft: Draft, proposal: Proposal, text: str) -> Draft | None:
    """The draft with the proposal and these words; None where it is not clear which line they are for."""
    stops = whose.proposed(at.asker, draft, proposal)
    again = [stop for stop in stops if fold(proposal.words[stop.id]) == fold(text)]
    for stop in (*again, *_due(at, draft, proposal)):
        if found := _with_words(at, draft, proposal, stop, text):
            return found
    others = [
        changed for stop in stops if (changed := _with_words(at, draft, proposal, stop, text))
    ]
    return others[0] if len(others) == 1 else None


def _due(at: Proposer, draft: Draft, proposal: Proposal) -> list[Stop]:
    """The question that stood, and the one that comes after a yes."""
    taken = at.take(draft, proposal)
    after = at.asker.path(taken).first_open(taken.answers)
    stood = at.asker.stop(draft)
    return [stop for stop in (stood, after) if stop and stop.id not in proposal.words]


def _with_words(
    at: Proposer, draft: Draft, proposal: Proposal, stop: Stop, text: str
) -> Draft | None:
    """The draft with these words proposed for a field; None if they are hardly meant for it."""
    if stop.field.kind in FREE or (stop.field.kind == "name" and not _is_name(at.cues, text)):
        return None
    reading = KINDS[stop.field.kind].read(text, at.asker.question(draft, stop))
    if isinstance(reading, Unsure) and len(reading.choices) == 1:
        text = reading.choices[0].label
    return at.with_value(draft, proposal, stop, text)


def _is_name(cues: Cues, text: str) -> bool:
    words = text.split()
    return len(words) > 1 and (all(map(str.istitle, words)) or cues.is_name(words))
