"""An officer's decisions. Each is one transaction with the message that tells the citizen."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from bot.basics.errors import ForbiddenMove, StaleView, UnknownDossier
from bot.basics.ids import DossierCode, FieldId
from bot.basics.vietnamese.text import fold
from bot.counter import supplement
from bot.counter.attach import erase
from bot.counter.drafts import close
from bot.counter.notify import tell
from bot.counter.papers import make_slip
from bot.counter.ports import Desk, Work
from bot.dossiers import rules
from bot.dossiers.model import Actor, Dossier, Missing, Role, Slip, State

_LOOKS_LIKE_AN_ID = re.compile(r"[a-z0-9_.\[\]]*[_.][a-z0-9_.\[\]]*")


@dataclass(frozen=True)
class Officer:
    """The one at the counter of this transaction. `seen` is the version they decided on, if known."""

    work: Work
    desk: Desk
    name: str

    @property
    def actor(self) -> Actor:
        """How the officer stands in the history."""
        return Actor(Role.OFFICER, self.name)


def waiting(officer: Officer) -> list[Dossier]:
    """What waits for an officer, oldest first."""
    open_ = (State.SUBMITTED, State.ACCEPTED, State.PROCESSING, State.PAYMENT, State.STOPPED)
    return officer.work.dossiers.in_states((*open_, State.FINISHED))


def every(officer: Officer) -> list[Dossier]:
    """All dossiers, oldest first."""
    return officer.work.dossiers.in_states(State)


def files(officer: Officer, code: DossierCode) -> Iterator[tuple[str, bytes]]:
    """Name and content of the declaration, of what the citizen sent and of every slip, numbered."""
    dossier = get(officer, code)
    ids = [dossier.declaration] if dossier.declaration else []
    ids += [item.file for item in dossier.attachments]
    ids += [event.slip for event in dossier.history if event.slip]
    for number, file in enumerate(ids, start=1):
        known = officer.work.files.get(file)
        if known is not None:
            yield f"{number:02} {known.name}", officer.work.files.open(file)


def get(officer: Officer, code: DossierCode, seen: int | None = None) -> Dossier:
    """The dossier. Raises `UnknownDossier`, and `StaleView` if it is not the version `seen`."""
    dossier = officer.work.dossiers.get(code)
    if dossier is None:
        raise UnknownDossier("officer.unknown", code=code)
    if seen is not None and seen != dossier.version:
        raise StaleView("officer.stale", code=code)
    return dossier


def accept(officer: Officer, code: DossierCode, seen: int | None = None) -> Dossier:
    """Takes the dossier in: Mẫu 01 with the appointment date."""
    dossier = get(officer, code, seen)
    desk = officer.desk
    moved = rules.accept(dossier, officer.actor, desk.clock.now(), desk.calendar, desk.hours)
    return _save(officer, moved, Slip.RECEIPT)


def refuse(officer: Officer, code: DossierCode, reason: str, seen: int | None = None) -> Dossier:
    """Turns the dossier away for a formal reason: Mẫu 03."""
    dossier = get(officer, code, seen)
    moved = rules.refuse(dossier, officer.actor, officer.desk.clock.now(), reason)
    return _save(officer, moved, Slip.REFUSAL)


def request_supplement(
    officer: Officer,
    code: DossierCode,
    reason: str,
    missing: Sequence[Missing],
    reply_by: date | None = None,
    seen: int | None = None,
) -> Dossier:
    """Asks for everything that is missing, at once: Mẫu 02, and a loop in the chat that asks for it."""
    dossier = get(officer, code, seen)
    moved = rules.request_supplement(
        dossier, officer.actor, officer.desk.clock.now(), reason, tuple(missing), reply_by
    )
    old = officer.work.drafts.supplementing(code)
    draft = supplement.draft_for(officer.work, officer.desk, moved)
    if old:
        close(officer.work, old)
        erase(officer.work, old)
    officer.work.drafts.save(draft)
    return _save(officer, moved, Slip.SUPPLEMENT)


def start_processing(officer: Officer, code: DossierCode, seen: int | None = None) -> Dossier:
    """Passes the dossier to examination."""
    dossier = get(officer, code, seen)
    return _save(officer, rules.start_processing(dossier, officer.actor, officer.desk.clock.now()))


def request_payment(
    officer: Officer, code: DossierCode, reason: str, seen: int | None = None
) -> Dossier:
    """Asks the citizen to pay a charge or a tax first."""
    dossier = get(officer, code, seen)
    moved = rules.request_payment(dossier, officer.actor, officer.desk.clock.now(), reason)
    return _save(officer, moved)


def stop(officer: Officer, code: DossierCode, reason: str, seen: int | None = None) -> Dossier:
    """Stops work on the dossier: Mẫu 05."""
    dossier = get(officer, code, seen)
    moved = rules.stop(dossier, officer.actor, officer.desk.clock.now(), reason)
    return _save(officer, moved, Slip.STOP)


def resume(officer: Officer, code: DossierCode, seen: int | None = None) -> Dossier:
    """Ends a pause; the paused working days are given back."""
    dossier = get(officer, code, seen)
    desk = officer.desk
    moved = rules.resume(dossier, officer.actor, desk.clock.now(), desk.calendar)
    return _save(officer, moved)


def extend(
    officer: Officer, code: DossierCode, reason: str, due: date, seen: int | None = None
) -> Dossier:
    """Apologises and sets a later date: Mẫu 04."""
    dossier = get(officer, code, seen)
    moved = rules.extend(dossier, officer.actor, officer.desk.clock.now(), reason, due)
    return _save(officer, moved, Slip.APOLOGY)


def finish(
    officer: Officer,
    code: DossierCode,
    note: str = "",
    result: tuple[str, str, bytes] | None = None,
    seen: int | None = None,
) -> Dossier:
    """The result is ready; `result` is its name, type and content when it is a file."""
    dossier = get(officer, code, seen)
    stored = officer.work.files.put(*result) if result else None
    moved = rules.finish(
        dossier,
        officer.actor,
        officer.desk.clock.now(),
        note,
        stored.id if stored else None,
    )
    return _save(officer, moved)


def hand_over(officer: Officer, code: DossierCode, seen: int | None = None) -> Dossier:
    """The citizen has the result."""
    dossier = get(officer, code, seen)
    return _save(officer, rules.hand_over(dossier, officer.actor, officer.desk.clock.now()))


def missing_item(officer: Officer, dossier: Dossier, words: str, note: str = "") -> Missing:
    """The field or paper that `words` name by id or label, else a paper that is not listed.

    Raises `ForbiddenMove` for what looks like an id and is none.
    """
    procedure = officer.desk.catalogue.get(dossier.procedure)
    uploads: dict[str, str] = {upload.id: upload.name for upload in procedure.uploads}
    labels: dict[str, str] = dict(uploads)
    if procedure.form:
        labels |= {field.id: field.label for field in procedure.form.fields}
    ids = [key for key, label in labels.items() if words == key or fold(words) == fold(label)]
    if len(ids) == 1:
        field = FieldId(ids[0])
        return Missing(field, labels[field], note, is_paper=field in uploads)
    if ids or _LOOKS_LIKE_AN_ID.fullmatch(words):
        near = ids or difflib.get_close_matches(words, labels, 3, 0.5)
        raise ForbiddenMove("officer.which_field", words=words, fields=", ".join(near))
    return Missing(FieldId(f"bo_sung.{officer.work.new_id()}"), words, note, is_paper=True)


def _save(officer: Officer, dossier: Dossier, slip: Slip | None = None) -> Dossier:
    if slip is not None:
        dossier = dossier.with_slip(make_slip(officer.work, officer.desk, slip, dossier))
    officer.work.dossiers.save(dossier)
    tell(officer.work, officer.desk, dossier)
    return dossier
