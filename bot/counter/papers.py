"""What goes on a slip: the papers received, the fee, how the result is handed over."""

from __future__ import annotations

import re
from collections import Counter

from bot.basics.ids import FieldId, FileId
from bot.basics.vietnamese.text import fold
from bot.counter.forms import procedure_of, shown
from bot.counter.ports import Desk, Work
from bot.declarations.asking import Asker
from bot.declarations.model import Answers, Draft
from bot.documents.model import SlipFacts
from bot.documents.pdf import pdf_pages
from bot.dossiers.model import Attachment, Dossier, Slip
from bot.procedures.model import Form, Procedure

FILE_NAMES = {
    Slip.SUBMISSION: "phieu-xac-nhan-nop-ho-so",
    Slip.RECEIPT: "mau-01-giay-tiep-nhan-va-hen-tra",
    Slip.SUPPLEMENT: "mau-02-phieu-yeu-cau-bo-sung",
    Slip.REFUSAL: "mau-03-phieu-tu-choi-tiep-nhan",
    Slip.APOLOGY: "mau-04-van-ban-xin-loi-va-gia-han",
    Slip.STOP: "mau-05-thong-bao-dung-giai-quyet",
    Slip.CONTROL: "mau-06-phieu-kiem-soat",
}
_DELIVERY = (FieldId("nhan_kq.hinh_thuc"),)
_DELIVERED_TO = (FieldId("nhan_kq.dia_chi"), FieldId("dia_chi_nhan"))
_PHONES = (FieldId("lien_he.dien_thoai"), FieldId("dien_thoai"))
_MOBILE = re.compile(r"0[35789][0-9]{8}")
_EMAILS = (FieldId("lien_he.email"), FieldId("email"))


def make_slip(work: Work, desk: Desk, slip: Slip, dossier: Dossier) -> FileId:
    """The slip as a PDF that is kept."""
    pdf = desk.documents.slip(slip, dossier, slip_facts(desk, dossier))
    name = f"{FILE_NAMES[slip]}-{dossier.code}.pdf"
    return work.files.put(name, "application/pdf", pdf, pdf_pages(pdf)).id


def slip_facts(desk: Desk, dossier: Dossier) -> SlipFacts:
    """What a slip shows besides the dossier itself."""
    procedure = procedure_of(desk, dossier.procedure)

    def first(fields: tuple[FieldId, ...]) -> str:
        found = (shown(procedure, field, dossier.answers.get(field)) for field in fields)
        return next((value for value in found if value), "")

    return SlipFacts(
        office=desk.office,
        made_at=desk.clock.now(),
        papers=tuple(Counter(paper_name(procedure, item) for item in dossier.attachments).items()),
        fee=desk.wording.render("slip.fee", {"fee": procedure.fee_online if procedure else None}),
        delivery=desk.wording.render(
            "slip.delivery", {"how": first(_DELIVERY), "address": first(_DELIVERED_TO)}
        ),
        phone=first(_PHONES),
        email=first(_EMAILS),
        legal_basis=procedure.legal_basis if procedure else (),
        tracking_url=f"{desk.public_url}/ho-so/{dossier.code}",
    )


def phone_of(dossier: Dossier) -> str:
    """The mobile number the citizen gave in the dossier to be reached at; empty if there is none."""
    given = (str(dossier.answers.get(field) or "") for field in _PHONES)
    return next((phone for phone in given if _MOBILE.fullmatch(phone)), "")


def with_declaration(
    work: Work, desk: Desk, asker: Asker, draft: Draft, dossier: Dossier
) -> Dossier:
    """The dossier with its declaration in print: what was sent stays, whatever the form becomes."""
    lines = asker.lines(draft)
    pdf = desk.documents.declaration(asker.form, lines, desk.clock.now(), dossier.code)
    name = f"to-khai-{dossier.code}.pdf"
    return dossier.having(
        declaration=work.files.put(name, "application/pdf", pdf, pdf_pages(pdf)).id
    )


def blank_form(work: Work, desk: Desk, procedure: Procedure) -> FileId | None:
    """The form of the procedure to fill in by hand, kept once however often it is asked for."""
    form = procedure.form
    if form is None:
        return None
    pdf = desk.documents.blank(form)
    return work.files.put_once(blank_name(form), "application/pdf", pdf, pdf_pages(pdf)).id


def blank_name(form: Form) -> str:
    """What the file of a blank form is called."""
    return f"{fold(form.name).replace(' ', '-')}.pdf"


def attachments(answers: Answers) -> tuple[Attachment, ...]:
    """The files among a draft's answers, each with the requirement it answers."""
    return tuple(
        Attachment(FileId(item["file"]), field, item["name"], item["size"], item["pages"])
        for field, value in answers.items()
        if isinstance(value, list)
        for item in value
        if isinstance(item, dict) and "file" in item
    )


def paper_name(procedure: Procedure | None, attachment: Attachment) -> str:
    """What the paper is called that the citizen sent."""
    uploads = procedure.uploads if procedure else ()
    known = {upload.id: upload.name for upload in uploads}
    return known.get(attachment.field, attachment.name)
