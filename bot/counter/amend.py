"""Changing a dossier that was filed and that nobody took in yet; afterwards only an officer can ask for it."""

from __future__ import annotations

from bot.basics.errors import StaleView
from bot.basics.ids import DraftId, FieldId
from bot.basics.say import Button, Say, button, say
from bot.counter.attach import erase
from bot.counter.drafts import close, open_draft
from bot.counter.forms import shown
from bot.counter.papers import attachments, make_slip, with_declaration
from bot.counter.steer import AMEND, REUSE
from bot.counter.turn import Reply, Turn
from bot.declarations.loop import Loop
from bot.declarations.model import Draft, Status
from bot.declarations.refit import refit
from bot.dossiers import rules
from bot.dossiers.model import Dossier, Slip, State


def amend(turn: Turn) -> Reply | None:
    """Opens the dossier meant for changes, or says why not; None for one that waits to be completed."""
    own = turn.work.dossiers.of_citizen(turn.conversation.citizen)
    pressed = turn.message.pressed
    named = pressed.facts.get("dossier_code") if pressed else None
    waiting = [dossier for dossier in own if dossier.state is State.SUBMITTED]
    chosen = [dossier for dossier in own if dossier.code == named] if named else waiting or own[:1]
    if not chosen:
        return Reply((say("amend.not_yours" if named else "amend.nothing"),))
    if len(chosen) > 1:
        return Reply((Say("amend.which", {}, tuple(map(amend_button, chosen[:5]))),))
    dossier = chosen[0]
    turn.remember(dossier=dossier.code)
    if dossier.state is State.SUPPLEMENT:
        return None
    if dossier.state is not State.SUBMITTED:
        return Reply((_too_late(dossier),))
    begun = turn.work.drafts.supplementing(dossier.code) or _draft_of(turn, dossier)
    return open_draft(turn, begun.having(last_message=None))


def lapsed(turn: Turn, draft: Draft) -> Say | None:
    """Closes changes that came too late, because the dossier was taken in meanwhile; says so."""
    dossier = turn.work.dossiers.get(draft.dossier) if draft.dossier else None
    if not draft.is_amendment or dossier is None or dossier.state is State.SUBMITTED:
        return None
    close(turn.work, draft)
    erase(turn.work, draft)
    return _too_late(dossier, meanwhile=True)


def send_changes(turn: Turn, loop: Loop, draft: Draft) -> tuple[Say, ...]:
    """Hands the changed declaration in under the same code, with what changed in the history."""
    dossier = turn.work.dossiers.get(draft.dossier) if draft.dossier else None
    assert dossier is not None, "only `amend` makes such drafts"
    changes = _changes(loop, draft, dossier)
    if not changes:
        erase(turn.work, draft)
        return (say("amend.unchanged", code=dossier.code),)
    note = turn.desk.wording.render("amend.note", {"changes": changes})
    try:
        dossier = _amended(turn, loop, draft, dossier, note)
        turn.work.dossiers.save(dossier)
    except StaleView:  # an officer decided between our look and our answer
        erase(turn.work, draft)
        return (_too_late(dossier, meanwhile=True),)
    turn.work.drafts.save(draft.having(status=Status.FILED))
    track = button("button.track", "check_status_by_code", {"dossier_code": dossier.code})
    facts = {"dossier": dossier, "changes": changes, "office": turn.desk.office}
    files = (dossier.last.slip,) if dossier.last.slip else ()
    return (Say("amend.sent", facts, (track, amend_button(dossier, "button.amend")), files),)


def amend_button(dossier: Dossier, key: str = "button.choice") -> Button:
    """Opens the dossier for changes."""
    facts = {"dossier_code": dossier.code, "do": AMEND}
    return button(key, "supplement_dossier", facts, label=dossier.code)


def reuse_button(dossier: Dossier) -> Button:
    """Begins another declaration with the answers of this dossier."""
    facts = {"dossier_code": dossier.code, "do": REUSE}
    return button("button.reuse", "start_filing", facts)


def _draft_of(turn: Turn, dossier: Dossier) -> Draft:
    """A copy of what was filed, everything answered."""
    filed = turn.work.drafts.filed(dossier.code)
    return Draft(
        id=DraftId(turn.work.new_id()),
        citizen=dossier.citizen,
        procedure=dossier.procedure,
        form_version=filed.form_version if filed else dossier.form_version,
        updated_at=turn.now,
        answers=filed.answers if filed else dossier.answers,
        dossier=dossier.code,
        extra=filed.extra if filed else (),
    )


def _amended(turn: Turn, loop: Loop, draft: Draft, dossier: Dossier, note: str) -> Dossier:
    values, form = loop.asker.path(draft).values, loop.asker.form
    procedure = turn.desk.catalogue.get(draft.procedure)
    applicant, subject = form.filer(values), FieldId(form.subject)
    moved = rules.amend(
        dossier.having(form_version=draft.form_version),
        turn.now,
        note,
        values,
        attachments(values),
        applicant=shown(procedure, applicant, values.get(applicant)),
        subject=shown(procedure, subject, values.get(subject)),
    )
    moved = with_declaration(turn.work, turn.desk, loop.asker, draft, moved)
    return moved.with_slip(make_slip(turn.work, turn.desk, Slip.SUBMISSION, moved))


def _changes(loop: Loop, draft: Draft, dossier: Dossier) -> tuple[tuple[str, str, str], ...]:
    """What is called what, as it was and as it is; empty where there was nothing, or is nothing."""
    asker = loop.asker
    filed = refit(asker, draft.having(answers=dossier.answers)).draft
    before = {line.id: line for line in asker.lines(filed)}
    after = {line.id: line for line in asker.lines(draft)}
    found = []
    for key in dict.fromkeys((*before, *after)):
        line = after.get(key) or before[key]
        label = f"{line.label} ({line.number})" if line.number else line.label
        was, now = (lines[key].value if key in lines else "" for lines in (before, after))
        if was != now:
            found.append((label, was, now))
    return tuple(found)


def _too_late(dossier: Dossier, *, meanwhile: bool = False) -> Say:
    facts = {"dossier_code": dossier.code}
    buttons = [button("button.officer", "talk_to_officer")]
    if State.WITHDRAWN in rules.allowed(dossier):
        buttons.insert(0, button("button.withdraw", "withdraw_dossier", facts))
    if dossier.state in rules.ENDED:
        buttons.insert(0, reuse_button(dossier))
    return say(
        "amend.too_late",
        *buttons,
        dossier=dossier,
        state=dossier.state.name.lower(),
        meanwhile=meanwhile,
        can_withdraw=State.WITHDRAWN in rules.allowed(dossier),
    )
