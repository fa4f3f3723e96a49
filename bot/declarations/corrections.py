"""What a correction is about: which answers its words mean, and repetitions added or taken out."""

from __future__ import annotations

from bot.basics.ids import FieldId
from bot.basics.say import Say, say
from bot.declarations import groups
from bot.declarations.asking import Asker
from bot.declarations.groups import One, Spoken
from bot.declarations.model import Draft
from bot.declarations.path import Stop
from bot.declarations.phrases import matching
from bot.procedures.model import Section

Regrouped = tuple[Draft, tuple[Say, ...]]
"""The draft with a repetition more or less, and what is said of it."""


def meant(spoken: Spoken, asker: Asker, draft: Draft, label: str) -> list[Stop]:
    """The answered questions that the label of a correction may mean, best first."""
    found = asker.path(draft)
    answered = [stop for stop in found.shown if stop.id in {*found.values, *draft.answers}]
    if split := spoken.split(label, found):
        label, one = split
        answered = [
            stop
            for stop in answered
            if (stop.section.id, stop.number) == (one.section.id, one.number)
        ]
        if not label:
            return answered
    labels: dict[str, str] = {
        stop.id: f"{stop.field.label} {stop.section.title}" for stop in answered
    }
    return [stop for key in matching(label, labels) if (stop := found.stop(FieldId(key)))]


def regroup(spoken: Spoken, asker: Asker, draft: Draft, text: str) -> Regrouped | None:
    """One more repetition of a repeated part, or one less; None if the words ask for neither."""
    found = asker.path(draft)
    asked = asker.stop(draft)
    section = asked.section if asked and asked.is_gate and spoken.is_more(text) else None
    if section := section or spoken.adds(text, found):
        return _one_more(draft, section, groups.count(section, found))
    if one := spoken.removes(text, found):
        return _one_less(asker, draft, one)
    if asked and asked.is_gate and (names := spoken.removes_one_of(text, asked.section, found)):
        return draft, (say("declaration.remove_which", repeat=asked.section.repeat, names=names),)
    return None


def _one_more(draft: Draft, section: Section, count: int) -> Regrouped:
    assert section.repeat is not None
    if count >= section.repeat.maximum:
        return draft, (say("declaration.group_full", repeat=section.repeat),)
    answers = {**draft.answers, groups.gate(section, count + 1): True}
    return _settled(draft).having(answers=answers), ()


def _one_less(asker: Asker, draft: Draft, one: One) -> Regrouped:
    repeat = one.section.repeat
    assert repeat is not None
    if groups.count(one.section, asker.path(draft)) <= repeat.minimum:
        return draft, (say("declaration.group_least", repeat=repeat),)
    gone = [line for line in asker.lines(draft) if line.id.startswith(groups.start(one))]
    answers = groups.without(draft.answers, one)
    told = say("declaration.removed", repeat=repeat, lines=gone)
    return _settled(draft).having(answers=answers), (told,)


def _settled(draft: Draft) -> Draft:
    """Nothing is left open about the question being asked."""
    return draft.having(pending=None, revisiting=None, misses=0)
