"""What is told at once where it was only asked whether there is one more: `có, bán thêm bánh ngọt`."""

from __future__ import annotations

from bot.basics.vietnamese.answers import yes_or_no
from bot.declarations.kinds import KINDS
from bot.declarations.kinds.model import Ok, Reading, Wrong
from bot.declarations.model import Draft, Outcome
from bot.declarations.path import Stop
from bot.declarations.proposing import FREE
from bot.declarations.steps import Steps


def told(at: Steps, draft: Draft, gate: Stop, text: str, reading: Reading) -> Outcome | None:
    """One more, begun with what the words say of it, for a yes; None if they say nothing of it."""
    if not isinstance(reading, Wrong) and reading != Ok(True):
        return None
    said = at.phrases.groups.after_yes(text)
    opened = draft.having(answers={**draft.answers, gate.id: True}, misses=0)
    first = at.asker.path(opened).first_open(opened.answers)
    if not said or yes_or_no(said) or first is None or first.section.id != gate.section.id:
        return None
    opened = opened.having(asking=first.id)
    if at.proposer.cues.are_all_in("kin", said.split()):
        return at.next(opened)  # `thêm mẹ em`: who it is, comes next
    if more := at.proposer.from_message(opened, said, first):
        return at.next(more)
    said = at.proposer.only_answer(opened, said, first) or said
    found = KINDS[first.field.kind].read(said, at.asker.question(opened, first))
    is_any_word = first.field.kind in FREE
    is_told = any(letter.isalpha() for letter in said) if is_any_word else True
    if not isinstance(found, Ok) or not is_told or (found.doubts and not is_any_word):
        return None
    return at.take(opened, first, found, is_sure=False)
