"""What papers show, as plain values for the templates: text, numbers, days and moments in ISO form."""

from __future__ import annotations

import io
import itertools
import re
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

import segno

from bot.basics.clock import VIETNAM
from bot.declarations.asking import Line
from bot.documents.model import Contents, SlipFacts
from bot.dossiers.calendar import OfficeHours
from bot.dossiers.model import Dossier, Event, Role
from bot.procedures.model import Confidence, Form
from bot.procedures.office import Office

_FOREIGN = re.compile(
    "[^\n\x20-\x7e\xa0-\xac\xae-\u036f\u0391-\u03a1\u03a3-\u03ce\u0400-\u045f\u1e00-\u1eff"
    "\u2010-\u2027\u2030-\u203a\u2070\u2071\u2074-\u208e\u20a0-\u20c0\u2100-\u211e\u2150-\u2184"
    "\u2190-\u23ff\u2460-\u2604\u2713\u2714]"
)
"""What the fonts in the papers have no shape for; a shape missing in the file is no PDF/A."""
_NO_SHAPE = "□"


def slip_data(dossier: Dossier, facts: SlipFacts) -> dict[str, Any]:
    """Everything that the templates of slips may show. Days and moments in ISO form, no zone."""
    last = dossier.last
    earlier = dossier.history[-2].due if len(dossier.history) > 1 else None
    return {
        "office": _office(facts.office),
        "made_at": _moment(facts.made_at),
        "code": dossier.code,
        "procedure": dossier.procedure_name,
        "procedure_code": dossier.procedure,
        "applicant": dossier.applicant,
        "subject": dossier.subject,
        "phone": facts.phone,
        "email": facts.email,
        "legal_basis": facts.legal_basis,
        "submitted_at": _moment(dossier.submitted_at),
        "is_accepted": dossier.accepted_at is not None,
        "due": _day(dossier.due),
        "time_limit": (dossier.time_limit.value, dossier.time_limit.unit.value),
        "papers": facts.papers,
        "fee": facts.fee,
        "delivery": facts.delivery,
        "url": facts.tracking_url,
        "qr": _qr(facts.tracking_url) if facts.tracking_url else "",
        "at": _moment(last.at),
        "officer": last.by.name if last.by.role is Role.OFFICER else "",
        "reason": last.note,
        "new_due": _day(last.due),
        "old_due": _day(earlier),
        "missing": [(item.name, item.note, item.is_paper) for item in dossier.missing],
        "reply_by": _day(dossier.reply_by),
        "history": [_event(event) for event in dossier.history],
    }


def cover_data(dossier: Dossier, facts: SlipFacts, contents: Contents) -> dict[str, Any]:
    """What slips show, the state in words, what is bound, and what is unsure."""
    told = slip_data(dossier, facts)
    return told | {"state": contents.state, "bound": contents.papers, "doubts": contents.doubts}


def declaration_data(
    form: Form, lines: tuple[Line, ...], at: datetime | None, code: str = "", is_demo: bool = False
) -> dict[str, Any]:
    """The form's name and the answers, by section and by repetition of the section.

    Without `at` it is a form to fill in by hand; with a `code` it was filed, else it is a preview.
    """
    said = {line.id: line.value for line in lines}
    nouns = {section.title: section.repeat.noun for section in form.sections if section.repeat}
    return {
        "name": form.name,
        "number": form.number,
        "at": None if at is None else _moment(at),
        "code": code,
        "is_demo": is_demo,
        "doubt": "" if form.source.confidence is Confidence.HIGH else form.source.confidence.value,
        "applicant": said.get(form.filer({field for field, value in said.items() if value}), ""),
        "sections": [
            {"title": title, "noun": nouns.get(title, ""), "parts": _parts(found)}
            for title, found in itertools.groupby(lines, lambda line: line.section)
        ],
    }


def blank_lines(form: Form) -> tuple[Line, ...]:
    """A line without a value for every field that a form shows; a repeated section comes once."""
    return tuple(
        Line(section.title, 1 if section.repeat else 0, field.label, "", field.id)
        for section in form.sections
        for field in section.fields
        if not field.hidden
    )


def printable(text: str) -> str:
    """`text` in characters that the papers' fonts have: look-alikes for styled letters, □ for the
    rest; signs without a shape of their own, such as marks of direction, are dropped.
    """
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\t", " "))
    return _FOREIGN.sub(lambda found: _look_alike(found[0]), composed)


def _look_alike(letter: str) -> str:
    if unicodedata.category(letter) in ("Cc", "Cf", "Mn", "Me"):
        return ""
    plain = unicodedata.normalize("NFKC", letter)
    return _NO_SHAPE if _FOREIGN.search(plain) else plain


def all_printable(value: Any) -> Any:
    """`value` with every text in it printable."""
    match value:
        case str():
            return printable(value)
        case dict():
            return {key: all_printable(part) for key, part in value.items()}
        case list() | tuple():
            return [all_printable(part) for part in value]
    return value


def _parts(lines: Iterable[Line]) -> list[dict[str, Any]]:
    return [
        {"number": number, "rows": [(line.id, line.label, line.value) for line in found]}
        for number, found in itertools.groupby(lines, lambda line: line.number)
    ]


def _office(office: Office) -> dict[str, Any]:
    hours = OfficeHours.of(office.hours)
    return {
        "name": office.name,
        "authority": office.authority,
        "address": office.address,
        "phone": office.phone,
        "hours": [
            (f"{hours.opens:%H:%M}", f"{hours.lunch:%H:%M}"),
            (f"{hours.resumes:%H:%M}", f"{hours.closes:%H:%M}"),
        ],
        "is_demo": office.is_demo,
    }


def _event(event: Event) -> dict[str, Any]:
    return {
        "at": _moment(event.at),
        "role": event.by.role.value,
        "name": event.by.name,
        "state": event.state.name,
        "note": event.note,
        "due": _day(event.due),
    }


def _day(value: date | None) -> str | None:
    return None if value is None else value.isoformat()


def _moment(value: datetime) -> str:
    return value.astimezone(VIETNAM).strftime("%Y-%m-%dT%H:%M")


def _qr(url: str) -> str:
    drawn = io.BytesIO()
    segno.make(url, error="m", micro=False).save(drawn, kind="svg", xmldecl=False, border=1)
    return drawn.getvalue().decode()
