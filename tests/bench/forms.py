"""How many questions each form asks somebody who answers with its example, and what follows by itself.

`python -m tests.bench.forms` prints the table of `docs/forms.md`.
"""

from __future__ import annotations

from typing import Any

from bot.procedures.model import Form
from bot.procedures.read import Shelf, read_form, read_procedure
from tests.build import CATALOGUE, an_asker, filled_by_example

COLUMNS = ("form", "procedures", "questions", "optional", "derived", "papers")


def run() -> dict[str, Any]:
    """Form → the codes it is filed for, and how many questions, optional ones, derived values and papers.

    A gate that asks for one more repetition is a question; papers are those of all its procedures.
    """
    shelf = Shelf(CATALOGUE)
    filed = [read_procedure(path, shelf) for path in shelf.procedure_files()]
    figures = {}
    for name in shelf.forms:
        procedures = [each for each in filed if each.form and each.form.id == name]
        papers = {upload.id for each in procedures for upload in each.uploads}
        codes = ", ".join(each.code for each in procedures)
        figures[name] = {
            "procedures": codes,
            **_asked(read_form(name, shelf)),
            "papers": len(papers),
        }
    return figures


def _asked(form: Form) -> dict[str, int]:
    draft = filled_by_example(form)
    path = an_asker(form).path(draft)
    asked = [stop for stop in path.stops if stop.id in draft.answers]
    derived = [stop for stop in path.shown if stop.id not in draft.answers]
    optional = [stop for stop in asked if not stop.field.required]
    return {"questions": len(asked), "optional": len(optional), "derived": len(derived)}


def table() -> str:
    """The figures as Markdown."""
    rows = [COLUMNS, ["---"] * len(COLUMNS)]
    rows += [[name, *map(str, figures.values())] for name, figures in run().items()]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


if __name__ == "__main__":
    print(table())
