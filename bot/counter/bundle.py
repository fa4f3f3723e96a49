"""A dossier bound for an officer: cover, declaration, what the citizen sent, slips, result."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.basics.ids import DossierCode, FileId
from bot.counter.decide import Officer, get
from bot.counter.forms import answers_shown, procedure_of
from bot.counter.papers import FILE_NAMES, paper_name, slip_facts
from bot.counter.ports import Desk
from bot.documents.bundle import Bound, Bundle, Paper, bundle
from bot.documents.model import Contents
from bot.dossiers.model import Dossier, Slip
from bot.procedures.doubts import Doubt, doubts

_PDF = "application/pdf"


def bundle_dossier(officer: Officer, code: DossierCode) -> Bundle:
    """The whole dossier as one PDF. Raises `UnknownDossier`."""
    dossier = get(officer, code)
    desk, facts = officer.desk, slip_facts(officer.desk, dossier)

    def cover(bound: Sequence[Bound]) -> Paper:
        contents = Contents(
            state=desk.wording.render(f"state.{dossier.state.name.lower()}"),
            papers=tuple((paper.title, len(paper.pages)) for paper in bound),
            doubts=unsure(desk, dossier),
        )
        title = desk.wording.render("paper.cover")
        return Paper(title, _PDF, desk.documents.cover(dossier, facts, contents))

    title = desk.wording.render("paper.bundle", {"code": code})
    return bundle(title, tuple(_papers(officer, dossier)), cover)


def unsure(desk: Desk, dossier: Dossier) -> tuple[tuple[str, str, str], ...]:
    """What the catalogue is not sure of that this dossier rests on: what, how sure, which source."""
    procedure = procedure_of(desk, dossier.procedure)
    if procedure is None:
        return ()
    return tuple(_told(desk, doubt) for doubt in doubts(procedure, dossier.answers))


def _told(desk: Desk, doubt: Doubt) -> tuple[str, str, str]:
    entry = desk.catalogue.sources.get(doubt.source.ref, {})
    name = {"name": entry.get("name", doubt.source.ref), "as_of": doubt.source.as_of}
    # The note of a form's source is of the form, not of each of its fields.
    note = "" if doubt.about == "field" else doubt.source.note
    sure = {"confidence": doubt.confidence.value, "note": note}
    return (
        desk.wording.render("doubt.what", {"about": doubt.about, "name": doubt.name}),
        desk.wording.render("doubt.how_sure", sure),
        desk.wording.render("doubt.source", name),
    )


def _papers(officer: Officer, dossier: Dossier) -> Iterator[Paper]:
    """Everything but the cover, in order. A file that is gone has no content, and is left out."""
    desk = officer.desk
    procedure = procedure_of(desk, dossier.procedure)
    title = desk.wording.render("paper.declaration")
    if dossier.declaration:
        yield _stored(officer, dossier.declaration, title)
    elif procedure and procedure.form:
        lines = answers_shown(desk, dossier)
        at = dossier.submitted_at
        pdf = desk.documents.declaration(procedure.form, lines, at, dossier.code)
        yield Paper(title, _PDF, pdf)
    for item in dossier.attachments:
        yield _stored(officer, item.file, paper_name(procedure, item))
    for slip in (event.slip for event in dossier.history if event.slip):
        yield _stored(officer, slip)
    control = desk.documents.slip(Slip.CONTROL, dossier, slip_facts(desk, dossier))
    yield Paper(_slip_name(desk, Slip.CONTROL), _PDF, control)
    if dossier.result:
        yield _stored(officer, dossier.result, desk.wording.render("paper.result"))


def _stored(officer: Officer, file: FileId, title: str = "") -> Paper:
    """A kept file; without a `title` it is a slip, and is known by its own name."""
    known = officer.work.files.get(file)
    if known is None:
        return Paper(title or officer.desk.wording.render("paper.lost"), "", b"")
    slips = (slip for slip, name in FILE_NAMES.items() if known.name.startswith(name))
    title = title or next((_slip_name(officer.desk, slip) for slip in slips), known.name)
    try:
        return Paper(title, known.mime, officer.work.files.open(file))
    except FileNotFoundError:
        return Paper(title, known.mime, b"")


def _slip_name(desk: Desk, slip: Slip) -> str:
    return desk.wording.render(f"paper.{slip.name.lower()}")
