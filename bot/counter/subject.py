"""Which procedure a message is about: the one it names, else the one last talked about."""

from __future__ import annotations

from collections.abc import Sequence

from bot.basics.codes import find_procedure_code
from bot.basics.ids import ProcedureCode
from bot.basics.say import Button, Say, button, say
from bot.counter.learn import DID_YOU_MEAN, note
from bot.counter.turn import Reply, Turn
from bot.procedures.labels import LONGEST, labels
from bot.procedures.model import Procedure
from bot.procedures.summary import Summary

MOST_OFFERED = 5
_MOST_MEANT = 3
"""Procedures offered to who named none, as what they may be about."""
_MOST_BESIDE = 2
"""Procedures offered beside one that is not in the catalogue."""
NAMES_ANOTHER = 0.8
_OVERVIEW = "ask_procedure_overview"
_TWINS_OWN = 20
"""Letters of a button that tell a twin from the other."""
ABOUT_A_PROCEDURE = frozenset(
    """ask_procedure_overview ask_documents ask_fee ask_time ask_where ask_steps ask_conditions
    ask_form ask_result ask_legal_basis ask_online_level ask_channel start_filing""".split()
)
"""Intents that need to know which procedure is meant."""


def subject(turn: Turn) -> Procedure | None:
    """The procedure in question; None when the message names none, or several, and none was named before.

    A button names its procedure itself.
    """
    meaning = turn.message.meaning
    code = _pressed(turn) or meaning.procedure
    # After talk of one procedure, words that hardly name another are more about the first.
    if code is None and not names_one(turn) and find_procedure_code(turn.message.text) is None:
        code = turn.conversation.context.procedure
    if code is None or code not in turn.desk.catalogue:
        return None
    return turn.desk.catalogue.get(code)


def names_one(turn: Turn) -> bool:
    """Whether the words surely name a procedure, though perhaps not which."""
    meaning = turn.message.meaning
    names_any = bool(meaning.candidates or meaning.elsewhere)
    return names_any and meaning.names_one >= NAMES_ANOTHER


def named_for(turn: Turn) -> str:
    """The intent that waited for the procedure which the message now names; empty if none did."""
    meaning, waiting = turn.message.meaning, turn.conversation.context.waiting
    is_bare = meaning.intent == _OVERVIEW != waiting and not turn.message.pressed
    names_any = meaning.procedure is not None or bool(meaning.candidates)
    return waiting if is_bare and names_any else ""


def ask_which(turn: Turn, intent: str, key: str = "subject.which") -> Reply:
    """Asks which procedure is meant; pressing one repeats `intent` about it."""
    code = find_procedure_code(turn.message.text)
    if code is not None and code not in turn.desk.catalogue:
        officer = button("button.officer", "talk_to_officer")
        return Reply((say("procedure.unknown", officer, code=code),))
    if elsewhere(turn):
        return Reply((known_elsewhere(turn, intent),))
    turn.remember(waiting=intent, unclear=turn.told(), elsewhere=())
    candidates = turn.message.meaning.candidates[:MOST_OFFERED]
    known = [turn.desk.catalogue.get(code) for code in candidates if code in turn.desk.catalogue]
    if not known:
        return Reply((Say("subject.unknown", {}, common(turn, intent)),))
    note(turn, DID_YOU_MEAN)
    return Reply((offer(key, known, intent),))


def elsewhere(turn: Turn) -> tuple[ProcedureCode, ...]:
    """The procedures that are meant and not in the catalogue: those named, else those last talked about."""
    meaning, context = turn.message.meaning, turn.conversation.context
    names_none = meaning.procedure is None and not meaning.candidates
    return meaning.elsewhere or (context.elsewhere if names_none else ())


def did_you_mean(turn: Turn, intent: str) -> Say | None:
    """What somebody may be about who asked nothing that was understood; None if they name nothing.

    Pressing one asks `intent` about it.
    """
    meaning, catalogue = turn.message.meaning, turn.desk.catalogue
    if meaning.elsewhere:
        return known_elsewhere(turn, intent)
    known = [catalogue.get(code) for code in meaning.candidates if code in catalogue]
    if not known:
        return None
    note(turn, DID_YOU_MEAN)
    return offer("talk.did_you_mean", known[:_MOST_MEANT], intent)


def known_elsewhere(turn: Turn, intent: str) -> Say:
    """That what is meant, as far as can be told, is none of the catalogue, and where it is to be found.

    What else of the catalogue it may be is offered.
    """
    meaning, codes = turn.message.meaning, elsewhere(turn)
    sayings = turn.desk.catalogue.sayings
    may_be = [turn.desk.catalogue.get(c) for c in meaning.candidates if c in turn.desk.catalogue]
    note(turn, DID_YOU_MEAN)
    turn.remember(procedure=None, unclear="", elsewhere=codes)
    return say(
        "subject.elsewhere",
        *procedure_buttons(may_be[:_MOST_BESIDE], intent),
        button("button.officer", "talk_to_officer"),
        known=[(code, sayings.called(code)) for code in codes],
        office=turn.desk.office,
        may_be=bool(may_be),
    )


def common(turn: Turn, intent: str) -> tuple[Button, ...]:
    """Buttons for the procedures that this office is asked for most."""
    known = (code for code in turn.desk.office.offers if code in turn.desk.catalogue)
    offered = [turn.desk.catalogue.get(code) for code in known]
    return procedure_buttons(offered[:MOST_OFFERED], intent)


def offer(key: str, procedures: Sequence[Procedure | Summary], intent: str) -> Say:
    """Buttons for the procedures; the message has their full names where a button cannot."""
    buttons = procedure_buttons(procedures, intent)
    shown = [button.holes["label"] for button in buttons]
    is_cut = shown != [procedure.name for procedure in procedures]
    return say(key, *buttons, procedures=procedures if is_cut else ())


def procedure_buttons(procedures: Sequence[Procedure | Summary], intent: str) -> tuple[Button, ...]:
    """A button for each procedure that means `intent` about it, with its name as far as it fits.

    Twins of one name are told apart by the level of government, or else by their codes.
    """
    names = [procedure.name for procedure in procedures]
    return tuple(
        _button(procedure, label, intent, [p for p in procedures if p.name == procedure.name])
        for procedure, label in zip(procedures, labels(names), strict=True)
    )


def _button(
    procedure: Procedure | Summary,
    label: str,
    intent: str,
    twins: Sequence[Procedure | Summary],
) -> Button:
    facts = {"procedure": procedure.code}
    if len(twins) == 1:
        return button("button.choice", intent, facts, label=label)
    (label,) = labels([procedure.name], LONGEST - _TWINS_OWN)
    if len({twin.tiers for twin in twins}) == len(twins):
        return button("button.twin", intent, facts, label=label, tiers=procedure.tiers)
    return button("button.twin", intent, facts, label=label, code=procedure.code)


def _pressed(turn: Turn) -> ProcedureCode | None:
    pressed = turn.message.pressed
    named = pressed.facts.get("procedure") if pressed else None
    return ProcedureCode(named) if named else None
