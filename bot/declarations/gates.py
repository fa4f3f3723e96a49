"""What is told at once where it was only asked whether there is one more: `có, bán thêm bánh ngọt`."""

from __future__ import annotations

from bot.basics.vietnamese.answers import Reply, yes_or_no
from bot.basics.vietnamese.text import fold
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
    if _only_says_that_there_is(at, text, said):
        return at.next(opened)
    if more := at.proposer.from_message(opened, said, first):
        return at.next(more)
    said = at.proposer.only_answer(opened, said, first) or said
    found = KINDS[first.field.kind].read(said, at.asker.question(opened, first))
    is_any_word = first.field.kind in FREE
    is_told = any(letter.isalpha() for letter in said) if is_any_word else True
    if not isinstance(found, Ok) or not is_told or (found.doubts and not is_any_word):
        return None
    return at.take(opened, first, found, is_sure=False)


def _only_says_that_there_is(at: Steps, text: str, said: str) -> bool:
    """`thêm mẹ em`, `có 2 đứa con`: who that is, comes next."""
    words, cues = said.split(), at.proposer.cues
    if cues.are_all_in("kin", words):
        return True
    denies = any(yes_or_no(word) is Reply.NO for word in words)
    is_counted = fold(words[0]) in at.phrases.groups.many or words[0].isdigit()
    is_kin = any(cues.is_in("kin", word) for word in words)
    return said != text.strip() and is_counted and is_kin and not denies
