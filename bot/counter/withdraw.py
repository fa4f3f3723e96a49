"""Taking a filed dossier back, after the citizen says so twice."""

from __future__ import annotations

from bot.basics.codes import find_dossier_code
from bot.basics.errors import ForbiddenMove
from bot.basics.ids import DossierCode
from bot.basics.say import Button, Say, button, say
from bot.counter.amend import reuse_button
from bot.counter.attach import erase
from bot.counter.drafts import close
from bot.counter.turn import Reply, Turn
from bot.dossiers import rules
from bot.dossiers.model import Dossier, State


def withdraw(turn: Turn) -> Reply:
    """Asks for a yes, then withdraws the dossier meant; only its owner may."""
    own = turn.work.dossiers.of_citizen(turn.conversation.citizen)
    running = [dossier for dossier in own if State.WITHDRAWN in rules.allowed(dossier)]
    code = _named(turn)
    chosen = [dossier for dossier in own if dossier.code == code] if code else running
    if not chosen:
        return Reply((say("withdraw.not_yours" if code else "withdraw.nothing"),))
    if len(chosen) > 1:
        return Reply((Say("withdraw.which", {}, tuple(map(_choice, chosen[:5]))),))
    dossier = chosen[0]
    turn.remember(dossier=dossier.code)
    if State.WITHDRAWN not in rules.allowed(dossier):
        return Reply((say("withdraw.too_late", dossier=dossier),))
    if not _is_sure(turn):
        return Reply((_are_you_sure(dossier),))
    return _withdrawn(turn, dossier)


def _withdrawn(turn: Turn, dossier: Dossier) -> Reply:
    try:
        moved = rules.withdraw(dossier, turn.now, turn.desk.wording.render("withdraw.reason"))
    except ForbiddenMove:
        return Reply((say("withdraw.too_late", dossier=dossier),))
    turn.work.dossiers.save(moved)
    draft = turn.work.drafts.supplementing(dossier.code)
    if draft:
        close(turn.work, draft)
        erase(turn.work, draft)
    return Reply((say("withdraw.done", reuse_button(dossier), dossier=moved),))


def _named(turn: Turn) -> DossierCode | None:
    pressed = turn.message.pressed
    if pressed and "dossier_code" in pressed.facts:
        return DossierCode(pressed.facts["dossier_code"])
    return find_dossier_code(turn.message.text)


def _is_sure(turn: Turn) -> bool:
    pressed = turn.message.pressed
    return bool(pressed and pressed.facts.get("sure"))


def _are_you_sure(dossier: Dossier) -> Say:
    facts = {"dossier_code": dossier.code}
    return say(
        "withdraw.sure",
        button("button.withdraw_sure", "withdraw_dossier", {**facts, "sure": "1"}),
        button("button.keep_dossier", "check_status_by_code", facts),
        dossier=dossier,
    )


def _choice(dossier: Dossier) -> Button:
    return button(
        "button.dossier",
        "withdraw_dossier",
        {"dossier_code": dossier.code},
        code=dossier.code,
        name=dossier.procedure_name,
        state=dossier.state.name.lower(),
    )
