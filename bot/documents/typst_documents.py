"""Lays papers out with typst: hands a dossier's or a form's facts to a template as plain values."""

from __future__ import annotations

import json
from datetime import datetime
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any

from bot.basics.clock import VIETNAM
from bot.declarations.asking import Line
from bot.documents.model import Contents, SlipFacts
from bot.documents.values import all_printable, blank_lines, cover_data, declaration_data, slip_data
from bot.dossiers.model import Dossier, Slip
from bot.procedures.model import Form

TEMPLATES = Path(__file__).parent / "templates"
STANDARDS = ("a-2a", "ua-1")
"""Kept for decades and read aloud: PDF/A-2a and PDF/UA-1, the strictest pair that typst accepts."""


class TypstDocuments:
    """Makes papers with one compiler, for any number of threads."""

    def __init__(self, is_demo: bool = False) -> None:
        self._lock = Lock()
        self._is_demo = is_demo
        self._blanks: dict[str, tuple[Form, bytes]] = {}

    def slip(self, slip: Slip, dossier: Dossier, facts: SlipFacts) -> bytes:
        """The slip as PDF/A-2a. The moves are read from the dossier's history."""
        return self.pdf(slip.name.lower(), slip_data(dossier, facts), facts.made_at)

    def cover(self, dossier: Dossier, facts: SlipFacts, contents: Contents) -> bytes:
        """The first sheet of a dossier's bundle as PDF/A-2a: what is in it, and what is unsure."""
        return self.pdf("cover", cover_data(dossier, facts, contents), facts.made_at)

    def declaration(
        self, form: Form, lines: tuple[Line, ...], at: datetime, code: str = ""
    ) -> bytes:
        """The declaration as it stands at `at`, as PDF/A-2a; a preview while it has no `code`."""
        data = declaration_data(form, lines, at, code, self._is_demo)
        return self.pdf(template_of(form), data, at)

    def blank(self, form: Form) -> bytes:
        """The form with lines to write on, as PDF/A-2a, dated as its source is. Made once."""
        known, pdf = self._blanks.get(form.id, (None, b""))
        if known != form:
            pdf = self._blank(form)
            self._blanks[form.id] = (form, pdf)
        return pdf

    def _blank(self, form: Form) -> bytes:
        year, month, *_ = map(int, form.source.as_of.split("-"))
        data = declaration_data(form, blank_lines(form), None, is_demo=self._is_demo)
        return self.pdf(template_of(form), data, datetime(year, month, 1, tzinfo=VIETNAM))

    def pictures(self, template: str, data: dict[str, Any], dots_per_inch: int) -> list[bytes]:
        """The pages as PNG, for samples and previews."""
        found = self._compile(template, data, format="png", ppi=dots_per_inch)
        return found if isinstance(found, list) else [found]

    def pdf(self, template: str, data: dict[str, Any], at: datetime) -> bytes:
        """A paper as PDF/A-2a, dated `at`."""
        pdf: bytes = self._compile(
            template, data, pdf_standards=list(STANDARDS), timestamp=int(at.timestamp())
        )
        return pdf

    def _compile(self, template: str, data: dict[str, Any], **how: Any) -> Any:
        with self._lock:
            return self._compiler.compile(
                input=str(TEMPLATES / f"{template}.typ"),
                sys_inputs={"data": json.dumps(all_printable(data), ensure_ascii=False)},
                **how,
            )

    @cached_property
    def _compiler(self) -> Any:
        # Importing typst takes longer than most commands; only those that print should wait.
        import typst
        from fontpkg_be_vietnam_pro import ROOT

        fonts = typst.Fonts(include_system_fonts=False, font_paths=[ROOT / "files"])
        return typst.Compiler(root=TEMPLATES, font_paths=fonts, ignore_system_fonts=True)


def template_of(form: Form) -> str:
    """The template that lays the form out."""
    return f"forms/{form.print}" if form.print else "declaration"
