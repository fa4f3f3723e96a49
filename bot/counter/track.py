"""Tracking: by code for anyone, with the name masked; by heart for those who filed it (LEGAL §5)."""

from __future__ import annotations

from bot.basics.codes import find_dossier_code, looks_like_part_of_a_code
from bot.basics.ids import DossierCode
from bot.basics.say import Button, Say, button, say
from bot.counter.amend import amend_button, reuse_button
from bot.counter.guessing import WITHIN, free_again
from bot.counter.turn import Reply, Turn
from bot.counter.unlink import LINK
from bot.dossiers.model import Dossier, State


def track(turn: Turn) -> Reply:
    """The state of the dossier the message names, else of the citizen's own."""
    code = _named(turn)
    if code is None:
        return _without_code(turn)
    dossier = turn.work.dossiers.get(code)
    if dossier and dossier.citizen == turn.conversation.citizen:
        return Reply((_whole(turn, dossier),))
    return _as_a_stranger(turn, code, dossier)


def _named(turn: Turn) -> DossierCode | None:
    pressed = turn.message.pressed
    if pressed and "dossier_code" in pressed.facts:
        return DossierCode(pressed.facts["dossier_code"])
    return find_dossier_code(turn.message.text)


def _as_a_stranger(turn: Turn, code: DossierCode, dossier: Dossier | None) -> Reply:
    """What anybody with the code may see. Wrong codes cost more and more time, right ones do not."""
    now = turn.now
    free_at = free_again(turn.work.lookups.since(turn.conversation.id, now - WITHIN))
    if free_at > now:
        return Reply((say("track.too_many", wait=round((free_at - now).total_seconds())),))
    if dossier is None:
        turn.work.lookups.record(turn.conversation.id, now)
        return Reply(
            (say("track.unknown", button("button.officer", "talk_to_officer"), code=code),)
        )
    turn.understood()
    link = button("button.link_code", LINK, {"do": "code"})
    return Reply((Say("track.stranger", _facts(turn, dossier), (link,)),))


def _without_code(turn: Turn) -> Reply:
    own = turn.work.dossiers.of_citizen(turn.conversation.citizen)
    if looks_like_part_of_a_code(turn.message.text):
        return Reply((say("track.partial", *_own_buttons(own)),))
    if not own:
        return Reply((say("track.ask_code"),))
    if len(own) == 1:
        return Reply((_whole(turn, own[0]),))
    return Reply((say("track.which", *_own_buttons(own), count=len(own)),))


def _own_buttons(own: list[Dossier]) -> tuple[Button, ...]:
    return tuple(
        button(
            "button.dossier",
            "check_status_by_code",
            {"dossier_code": dossier.code},
            code=dossier.code,
            name=dossier.procedure_name,
            state=dossier.state.name.lower(),
        )
        for dossier in own[:5]
    )


def _whole(turn: Turn, dossier: Dossier) -> Say:
    turn.understood(dossier=dossier.code)
    facts = {"dossier_code": dossier.code}
    buttons: list[Button] = []
    if dossier.state is State.SUPPLEMENT:
        buttons.append(button("button.supplement", "supplement_dossier", facts))
    if dossier.state is State.SUBMITTED:
        buttons.append(amend_button(dossier, "button.amend"))
    if dossier.state in _MAY_WITHDRAW:
        buttons.append(button("button.withdraw", "withdraw_dossier", facts))
    if dossier.state is not State.SUPPLEMENT:
        buttons.append(reuse_button(dossier))
    facts_shown = {"history": dossier.history, **_facts(turn, dossier)}
    return Say("track.own", facts_shown, tuple(buttons))


def _facts(turn: Turn, dossier: Dossier) -> dict[str, object]:
    return {
        "dossier": dossier,
        "state": dossier.state.name.lower(),
        "overdue": dossier.is_overdue(turn.desk.clock.today()),
        "missing": dossier.missing,
    }


_MAY_WITHDRAW = frozenset(
    {State.SUBMITTED, State.ACCEPTED, State.PROCESSING, State.SUPPLEMENT, State.PAYMENT}
)
