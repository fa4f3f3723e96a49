"""One procedure played through without a database: for authors who try what they wrote."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path

from bot.basics.clock import VIETNAM
from bot.basics.ids import CitizenId, DraftId, FieldId, FileId, MessageId
from bot.basics.say import Button, say
from bot.basics.vietnamese.text import fold
from bot.counter.declare import review_of
from bot.counter.forms import version_of
from bot.counter.ports import Desk
from bot.counter.speak import spoken
from bot.declarations import proof
from bot.declarations.asking import Asker, Line
from bot.declarations.loop import Loop
from bot.declarations.model import Draft, Heard, Outcome, ReceivedFile, Then
from bot.declarations.offering import Offers
from bot.declarations.path import Stop
from bot.declarations.proposing import Proposer
from bot.documents.typst_documents import TEMPLATES, template_of
from bot.procedures.model import Form, Procedure
from bot.procedures.places import Places

EXAMPLE_DAY = date(2026, 11, 19)
"""The day on which the catalogue's examples are taken to be typed."""
_PAPER = ReceivedFile(FileId("giay-thu"), "giay-thu.pdf", 1000, 1)


def asker_for(procedure: Procedure, form: Form, places: Places, office: str) -> Asker:
    """Who puts the questions of a procedure's form, to be answered as on the example day."""
    return Asker(form, procedure.uploads, EXAMPLE_DAY, places, office)


def a_blank(procedure: Procedure) -> Draft:
    """A draft with no answer in it."""
    return Draft(
        id=DraftId("thu"),
        citizen=CitizenId("thu"),
        procedure=procedure.code,
        form_version=version_of(procedure),
        updated_at=datetime.combine(EXAMPLE_DAY, time(9), VIETNAM),
    )


def mistakes(read: Mapping[Path, Procedure], places: Places, forms: Path) -> Iterator[str]:
    """What keeps a form from being talked through or printed: `file:line: what — remedy`."""
    for path, procedure in read.items():
        if procedure.form is None:
            continue
        asker = asker_for(procedure, procedure.form, places, "")
        written_in = (path, forms / f"{procedure.form.id}.yml")
        for field, what in proof.problems(asker, a_blank(procedure)):
            yield f"{_where(written_in, field)}: {field + ': ' if field else ''}{what}"
        if not (TEMPLATES / f"{template_of(procedure.form)}.typ").exists():
            yield f"{_where(written_in, 'print')}: there is no layout {procedure.form.print}"


def _where(places: Iterable[Path], words: str) -> str:
    """The file and line that begin with `words`, as an id or as a key; else where the form begins."""
    bare = re.escape(re.sub(r"\[\d+\]", "", words)) or "form"
    looked_for = re.compile(rf"(.*\bid: |.*rule: |\s*){bare}\b|.*\"{re.escape(words)}\":")
    found = [path for path in places if path.exists()]
    for path in found:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if words and looked_for.match(line):
                return f"{path}:{number}"
    return f"{found[-1]}:1"


class Walk:
    """A declaration talked through at a terminal: `show` prints, `hear` asks for the next line."""

    def __init__(
        self,
        procedure: Procedure,
        form: Form,
        desk: Desk,
        show: Callable[[str], None],
        hear: Callable[[str], str],
    ) -> None:
        self._procedure, self._form, self._desk = procedure, form, desk
        self._show, self._hear = show, hear
        office = desk.office.receives(procedure.sector)
        asker = asker_for(procedure, form, desk.places, office)
        self._loop = Loop(asker, desk.phrases, Proposer(asker, desk.cues, Offers(asker, ())))
        self._buttons: tuple[Button, ...] = ()
        self._numbers = itertools.count()

    def to_the_end(self) -> Draft | None:
        """The draft after the review; None if it was put aside."""
        outcome = self._loop.repeat(a_blank(self._procedure))
        while True:
            self._tell(outcome)
            match outcome.then:
                case Then.PAUSE:
                    return None
                case Then.FILE:
                    return outcome.draft
            outcome = self._next(outcome)

    def lines(self, draft: Draft) -> tuple[Line, ...]:
        """What was answered, as it is printed."""
        return self._loop.asker.lines(draft)

    def _tell(self, outcome: Outcome) -> None:
        says = list(outcome.says)
        if outcome.then is Then.REVIEW:
            says.append(review_of(self._desk, self._loop, outcome.draft, self._procedure))
        if outcome.then is Then.ASIDE:
            says.append(say("terminal.try_aside"))
        for said in says:
            words = spoken(said, self._desk.wording)
            titles = [f"  [{n}] {title}" for n, (title, _) in enumerate(words.buttons, start=1)]
            self._show("\n".join([words.text, *titles, ""]))
            self._buttons = said.buttons or self._buttons

    def _next(self, outcome: Outcome) -> Outcome:
        draft = outcome.draft
        stop = self._loop.asker.stop(draft)
        usual = self._usual(draft, stop)
        typed = self._hear(self._words("try_enter", answer=usual)).strip() or usual
        heard = Heard(MessageId(next(self._numbers)), typed)
        if stop and stop.field.kind == "file" and typed == _PAPER.name:
            heard = replace(heard, files=(_PAPER,))
        if named := self._named(typed):
            heard = replace(heard, pressed=named.command)
        answered = self._loop.hear(draft, heard)
        numbered = self._numbered(typed)
        if numbered and answered.draft.misses > draft.misses:
            return self._loop.hear(draft, replace(heard, pressed=numbered.command))
        return answered

    def _usual(self, draft: Draft, stop: Stop | None) -> str:
        """What Enter alone answers: the form's example, or the shortest way on."""
        if stop is None:
            return self._words("try_file")
        if draft.pending:
            return self._words("try_yes")
        if stop.field.kind == "file":
            return self._words("try_done") if draft.taking else _PAPER.name
        if stop.id in self._form.example:
            return str(self._form.example[FieldId(stop.id)])
        if stop.is_gate:
            return self._words("try_no")
        return stop.field.example if stop.field.required else self._words("try_skip")

    def _words(self, key: str, **holes: object) -> str:
        return self._desk.wording.render(f"terminal.{key}", holes)

    def _named(self, typed: str) -> Button | None:
        """The button of this title among those shown last."""
        titles = [self._desk.wording.render(b.key, b.holes) for b in self._buttons]
        found = zip(self._buttons, titles, strict=True)
        return next((shown for shown, title in found if fold(title) == fold(typed)), None)

    def _numbered(self, typed: str) -> Button | None:
        """The button of this number; the question's own kind reads numbers first."""
        number = int(typed) if typed.isdigit() else 0
        return self._buttons[number - 1] if 0 < number <= len(self._buttons) else None
