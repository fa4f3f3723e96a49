"""What the understanding bench counts, in percent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from bot.bench.cases import Case
from bot.bench.measuring import Heard

_ANY_PROCEDURE = "?"


def foreign_figures(cases: Sequence[Case], heard: Sequence[Heard]) -> dict[str, Any]:
    """Intent accuracy, slot F1 as CoNLL counts it, and sentences with everything right, in percent."""
    pairs = list(zip(cases, heard, strict=True))
    right = sum(len(case.slots & h.slots) for case, h in pairs)
    found = sum(len(h.slots) for h in heard)
    wanted = sum(len(case.slots) for case in cases)
    intents = [h.intent == case.intents[0] for case, h in pairs]
    slots = [h.slots == case.slots for case, h in pairs]
    return {
        "intent_accuracy": _percent(intents),
        "slot_f1": round(200 * right / (found + wanted), 2) if found + wanted else None,
        "sentence_accuracy": _percent([a and b for a, b in zip(intents, slots, strict=True)]),
    }


def own_figures(cases: Sequence[Case], heard: Sequence[Heard]) -> dict[str, Any]:
    """Accuracy of intents and procedures by tag, what is out of scope, and how sure answers are."""
    pairs = list(zip(cases, heard, strict=True))
    return {
        group: _summary([(c, h) for c, h in pairs if c.group == group])
        for group in dict.fromkeys(case.group for case in cases)
    }


def _summary(pairs: Sequence[tuple[Case, Heard]]) -> dict[str, Any]:
    plain = [(c, h) for c, h in pairs if len(c.intents) == 1]
    several = [(c, h) for c, h in pairs if len(c.intents) > 1]
    out = [c.is_right(h.intent) for c, h in pairs if c.intents[0] == "out_of_scope"]
    alarms = [
        h.intent == "out_of_scope" and not c.is_right(h.intent)
        for c, h in pairs
        if c.intents[0] != "out_of_scope"
    ]
    named = [
        (c, _settled(c, h), h) for c, h in pairs if c.procedure and c.procedure != _ANY_PROCEDURE
    ]
    by_tag: dict[str, list[bool]] = defaultdict(list)
    for c, h in pairs:
        by_tag[c.tag].append(c.is_right(h.intent))
    return {
        "sentences": len(pairs),
        "intent": _percent([c.is_right(h.intent) for c, h in plain]),
        "intent_by_tag": {tag: _percent(right) for tag, right in by_tag.items()},
        "several_acts_all_found": _percent(
            [{h.intent, *h.also} == {*c.intents} for c, h in several]
        ),
        "further_acts_heard_where_there_are_none": _percent([bool(h.also) for _, h in plain]),
        "procedure_at_once": _percent([c.is_about(settled) for c, settled, _ in named]),
        "procedure_at_once_or_offered": _percent(
            [any(map(c.is_about, (settled, *h.candidates))) for c, settled, h in named]
        ),
        "right_when_not_asked_back": _percent(
            [c.is_about(settled) for c, settled, _ in named if settled]
        ),
        "out_of_scope_caught": _percent(out),
        "false_alarms": _percent(alarms),
    }


def _settled(case: Case, heard: Heard) -> str | None:
    """The procedure an answer would be about, without asking; None if it would ask."""
    if heard.procedure or heard.candidates:
        return heard.procedure
    return case.talked_about


def _percent(right: Sequence[bool]) -> float | None:
    return round(100 * sum(right) / len(right), 2) if right else None
