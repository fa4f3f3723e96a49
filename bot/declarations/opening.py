"""What the words that begin a declaration choose already: `cccd của em hết hạn`, `lý lịch tư pháp số 1`."""

from __future__ import annotations

from bot.basics.ids import FieldId
from bot.basics.vietnamese.text import fold
from bot.declarations.asking import Asker, Line
from bot.declarations.filling import fill
from bot.declarations.model import Draft
from bot.procedures.model import Form


def chosen(form: Form, text: str) -> dict[FieldId, str]:
    """Field → the one option that the words tell, by its id; nothing of what repeats."""
    said = f" {fold(text)} "
    told = {
        field.id: [
            option.id
            for option in field.options
            if any(f" {fold(way)} " in said for way in option.told)
        ]
        for section in form.sections
        for field in (() if section.repeat else section.fields)
    }
    return {field: options[0] for field, options in told.items() if len(options) == 1}


def begun(asker: Asker, draft: Draft, text: str) -> tuple[Draft, tuple[Line, ...]]:
    """The draft with what was chosen, as far as the form takes it, and that read back."""
    told = chosen(asker.form, text).items()
    words = {field: option for field, option in told if field not in draft.answers}
    filled = fill(asker, draft, words)
    if filled.doubts:
        return draft, ()
    done = draft.having(answers={**draft.answers, **filled.values})
    return done, tuple(line for line in asker.lines(done) if line.id in filled.values)
