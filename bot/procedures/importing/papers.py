"""Takes the portal's table of papers apart: names, cases, numbers of copies, files stuck to them."""

from __future__ import annotations

import re

from bot.procedures.importing.portal import Portal, tidy
from bot.procedures.importing.tables import Note
from bot.procedures.model import Confidence, FormReference, Requirement, RequirementKind

_MOST = {"papers": 60, "forms": 10}
_LONGEST = {"paper": 700, "case": 300}
_LONGEST_FILE = 120
"""Letters a file may have in its name."""
_FILE = re.compile(
    r"\.(?:docx|doc|pdf|xlsx|xls|rtf|zip|rar|odt|jpeg|jpg|png)(?![a-zà-ỹ]{2} )", re.I
)


def papers(
    cell: str, portal: Portal, note: Note
) -> tuple[tuple[Requirement, ...], tuple[FormReference, ...]]:
    """The papers asked for, each with the case it is asked in, and the forms among them."""
    words = portal["papers"]
    found: list[Requirement] = []
    forms: list[FormReference] = []
    case, *tables = cell.split(words["head"])
    if cell and not tables:
        note("the table of papers has no known head — kept as one paper")
        tables = [cell + f"1 {words['original']}"]
        case = ""
    original, copy = words["original"], words["copy"]
    count = re.compile(rf"(\d) {original}(?:,(\d+) {copy})?|(\d) {copy}")
    for table in tables:
        place = 0
        for match in count.finditer(table):
            paper, file = _paper(table[place : match.start()], portal)
            place = match.end()
            if not paper:
                continue
            found.append(
                Requirement(
                    paper,
                    _kind(paper, portal),
                    portal.source(Confidence.HIGH),
                    int(match[1] or 0),
                    int(match[2] or match[3] or 0),
                    tidy(case, _LONGEST["case"]),
                )
            )
            if file:
                forms.append(FormReference(paper, portal.source(Confidence.HIGH)))
        case = table[place:]
    if len(found) > _MOST["papers"]:
        note(f"{len(found)} papers — the first {_MOST['papers']} are kept")
    return tuple(found[: _MOST["papers"]]), tuple(forms[: _MOST["forms"]])


def _paper(text: str, portal: Portal) -> tuple[str, str]:
    """The name of a paper without the names of the files stuck to it; the first of these."""
    files = _FILE.search(text)
    if not files:
        return tidy(text, _LONGEST["paper"]), ""
    head = text[: files.start()]
    begin = _stuck(head, "|".join(portal["papers"]["files"]))
    name = tidy(head[:begin], _LONGEST["paper"])
    return (name or tidy(head, _LONGEST["paper"])), head[begin:] or head


def _stuck(head: str, starts: str) -> int:
    """Where, near its end, the name of a file is stuck to `head`; its length if nowhere."""
    nearest = max(1, len(head) - _LONGEST_FILE)
    places = [
        match.start()
        for match in re.finditer(rf"(?<=[\w).;])(?=(?i:{starts})[ _.\d-])", head)
        if match.start() >= nearest
    ]
    for place in range(nearest, len(head)):
        before, letter = head[place - 1], head[place]
        if letter.isalpha() and (
            before in ");”"
            or (letter.isupper() and before.islower())
            or (letter.isupper() and before == "." and _ends_words(head[: place - 1]))
        ):
            places.append(place)
            break
    return min(places, default=len(head))


def _ends_words(text: str) -> bool:
    """Whether the text ends as a sentence does, not as a number such as `09.QLT` begins."""
    return text[-1:].islower() or text[-1:] == ")"


def _kind(paper: str, portal: Portal) -> RequirementKind:
    words, said = portal["papers"], paper.lower()
    if any(said.startswith(shown) for shown in words["shown"]):
        return RequirementKind.SHOW
    if any(form in said for form in words["electronic"]):
        return RequirementKind.E_FORM
    return RequirementKind.SUBMIT
