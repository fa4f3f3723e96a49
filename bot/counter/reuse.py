"""A new declaration after the pattern of a filed dossier: what may have changed is asked again."""

from __future__ import annotations

from bot.basics.ids import DossierCode, FieldId
from bot.basics.say import say
from bot.counter.drafts import new_draft, open_draft
from bot.counter.forms import loop_for, procedure_of
from bot.counter.turn import Reply, Turn
from bot.declarations.asking import Asker
from bot.declarations.model import Answers
from bot.declarations.refit import refit
from bot.dossiers.model import Dossier
from bot.procedures.model import Form

_EACH_TIME = frozenset({"consent", "file"})
"""Kinds that answer for one dossier only: an agreement, a paper."""


def reuse(turn: Turn) -> Reply:
    """Opens a draft with the answers of the dossier named, else of the one filed last."""
    own = turn.work.dossiers.of_citizen(turn.conversation.citizen)
    pressed = turn.message.pressed
    named = pressed.facts.get("dossier_code") if pressed else None
    chosen = [dossier for dossier in own if dossier.code == named] if named else own[:1]
    if not chosen:
        return Reply((say("reuse.not_yours" if named else "reuse.nothing"),))
    return _after_the_pattern(turn, chosen[0])


def _after_the_pattern(turn: Turn, dossier: Dossier) -> Reply:
    procedure = procedure_of(turn.desk, dossier.procedure)
    loop = loop_for(turn.desk, dossier.procedure)
    if procedure is None or loop is None:
        return Reply((say("filing.form_gone", name=dossier.procedure_name),))
    filed = turn.work.drafts.filed(DossierCode(dossier.code))
    answers = _lasting(loop.asker, filed.answers if filed else dossier.answers)
    now = refit(loop.asker, new_draft(turn, procedure).having(answers=answers))
    opened = open_draft(turn, now.draft)
    told = say("reuse.opened", name=dossier.procedure_name, code=dossier.code, kept=now.kept)
    return Reply((told, *opened.says), opens=True)


def _lasting(asker: Asker, answers: Answers) -> Answers:
    """What holds for another dossier too: no papers, no promises, not whom it is about, if not oneself."""
    form = asker.form
    gone: set[FieldId] = {upload.id for upload in asker.uploads}
    gone |= {field.id for field in form.fields if field.kind in _EACH_TIME}
    gone |= {id_ for check in form.cross_checks if check.rule == "equals" for id_ in check.fields}
    if form.subject != form.applicant:
        gone |= _about_the_subject(form)
    return {key: value for key, value in answers.items() if key not in gone}


def _about_the_subject(form: Form) -> frozenset[FieldId]:
    """The fields beside the one with the subject's name: `tre.ngay_sinh` beside `tre.ho_ten`."""
    beside = [s for s in form.sections if any(field.id == form.subject for field in s.fields)]
    return frozenset(
        field.id for s in beside for field in s.fields if _person(field.id) == _person(form.subject)
    )


def _person(field: str) -> str:
    return field.rpartition(".")[0]
