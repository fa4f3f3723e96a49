"""Putting a form to the citizen: questions with their buttons, reasons, help, and what was answered."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from bot.basics.ids import FieldId
from bot.basics.say import Button, Say, button, say
from bot.declarations import files
from bot.declarations.kinds import KINDS
from bot.declarations.kinds.model import Choice, Question, Unsure, Wrong
from bot.declarations.model import Answers, Draft
from bot.declarations.path import Path, Stop, path
from bot.declarations.phrases import Order
from bot.procedures.model import Form, Upload
from bot.procedures.places import Places

HELP_AFTER = 2
"""Misses in a row after which the help text comes by itself."""
WAYS_OUT_AFTER = 3
"""Misses in a row after which skipping, pausing and an officer are offered."""


NO_FIELD = FieldId("")


@dataclass(frozen=True)
class Line:
    """One answer, as it is read back."""

    section: str
    number: int
    """Which repetition of a repeated section; 0 outside them."""
    label: str
    value: str
    id: FieldId = NO_FIELD
    """The field answered; empty in a line that belongs to none."""


@dataclass(frozen=True)
class Asker:
    """One form, and what its questions need to know."""

    form: Form
    uploads: tuple[Upload, ...]
    today: date
    places: Places
    office: str

    def path(self, draft: Draft) -> Path:
        """The questions that apply to this draft."""
        return path(self.form, (*self.uploads, *draft.extra), draft.answers, self.today)

    def path_of(self, answers: Answers) -> Path:
        """The questions that apply to these answers."""
        return path(self.form, self.uploads, answers, self.today)

    def stop(self, draft: Draft) -> Stop | None:
        """The question last put, if it still applies."""
        return self.path(draft).stop(draft.asking)

    def question(self, draft: Draft, stop: Stop) -> Question:
        """What the field's kind may need to judge an answer."""
        return Question(stop.field, self.today, self.places, self.path(draft).values, self.office)

    def is_required(self, draft: Draft, stop: Stop) -> bool:
        """Whether the question cannot be skipped."""
        return stop.field.required or stop.id in draft.demanded

    def left(self, draft: Draft) -> tuple[Stop, ...]:
        """The questions still open on the way as it looks now."""
        found = self.path(draft)
        known = {*found.values, *draft.answers}
        return tuple(stop for stop in found.stops if stop.id not in known)

    def is_complete(self, draft: Draft) -> bool:
        """Whether every question that applies is answered."""
        return self.path(draft).first_open(draft.answers) is None

    def ask(self, draft: Draft, stop: Stop, noted: tuple[Line, ...], is_new_section: bool) -> Say:
        """The question of `stop`, after reading back what was `noted`."""
        value = self.path(draft).values.get(stop.id)
        question = say(
            "declaration.ask",
            *self._buttons(draft, stop),
            noted=noted,
            section=stop.section.title if is_new_section else "",
            number=stop.number,
            ask=stop.field.ask,
            example=stop.field.example,
            now=self.shown(stop, value),
            note=draft.demanded.get(stop.id, ""),
            half=draft.halves.get(stop.id, ""),
            **files.told(draft, stop),
            required=self.is_required(draft, stop),
            is_file=stop.field.kind == "file",
        )
        return replace(
            question, asks_phone=stop.field.kind == "phone", asks_file=stop.field.kind == "file"
        )

    def help(self, draft: Draft, stop: Stop) -> Say:
        """What the question means and where to find the answer."""
        return say(
            "declaration.help",
            *self._buttons(draft, stop),
            label=stop.field.label,
            ask=stop.field.ask,
            help=stop.field.help,
            example=stop.field.example,
            required=self.is_required(draft, stop),
        )

    def about(self, stop: Stop) -> Say:
        """What another question than the present one means."""
        return say("declaration.about", label=stop.field.label, help=stop.field.help)

    def why(self, draft: Draft) -> Say:
        """Why all this is asked, and how much of it is left."""
        return say("declaration.why", left=len(self.left(draft)))

    def wrong(self, draft: Draft, stop: Stop, reading: Wrong) -> tuple[Say, ...]:
        """Why the answer cannot be taken, and what would be one; ways out after several misses.

        Whoever answers neither yes nor no to “another one?” mostly asks who counts: told at once.
        """
        again = say(
            "declaration.wrong",
            *self._buttons(draft, stop),
            reason=Say(reading.key, reading.facts),
            ask=stop.field.ask,
            example=stop.field.example,
            help=stop.field.help if stop.is_gate or draft.misses >= HELP_AFTER else "",
        )
        if draft.misses < WAYS_OUT_AFTER:
            return (again,)
        return (again, Say("declaration.ways_out", {}, self._ways_out(draft, stop)))

    def which(self, draft: Draft, stop: Stop, reading: Unsure) -> Say:
        """Asks which of several things was meant."""
        options = tuple(self._choice(draft, stop, choice) for choice in reading.choices)
        return Say(reading.key, reading.facts, options)

    def doubt(self, draft: Draft, stop: Stop, value: Any, doubts: list[Say]) -> Say:
        """Asks for a yes to a value about which something is unusual."""
        return say(
            "declaration.doubt",
            order_button(draft, "button.confirm", "confirm", stop.id),
            order_button(draft, "button.retype", "retype", stop.id),
            label=stop.field.label,
            value=self.shown(stop, value),
            doubts=doubts,
        )

    def edit_which(self, draft: Draft, stops: list[Stop]) -> Say:
        """Asks which field is to be corrected."""
        options = (
            button(
                "button.choice",
                "inform",
                _facts(draft, Order.EDIT, stop.id),
                label=f"{stop.field.label} ({stop.number})" if stop.number else stop.field.label,
            )
            for stop in stops
        )
        return Say("declaration.edit_which", {}, tuple(options))

    def delete_sure(self, draft: Draft) -> Say:
        """Asks whether the draft is really to be erased."""
        return say(
            "declaration.delete_sure",
            order_button(draft, "button.delete", "really_delete"),
            order_button(draft, "button.keep", "keep"),
        )

    def lines(self, draft: Draft) -> tuple[Line, ...]:
        """Everything answered so far that a citizen sees."""
        found = self.path(draft)
        return tuple(self._line(stop, found) for stop in found.shown if stop.id in found.values)

    def changed(self, before: Path, after: Path, answered: FieldId) -> tuple[Line, ...]:
        """The answer just given, and every value that now follows from it."""
        return tuple(
            self._line(stop, after)
            for stop in after.shown
            if stop.id in after.values
            and (stop.id == answered or before.values.get(stop.id) != after.values[stop.id])
        )

    def shown(self, stop: Stop, value: Any) -> str:
        """A value as it is printed; empty when there is none."""
        return "" if value is None else KINDS[stop.field.kind].show(value, stop.field)

    def _line(self, stop: Stop, found: Path) -> Line:
        value = self.shown(stop, found.values[stop.id])
        return Line(stop.section.title, stop.number, stop.field.label, value, stop.id)

    def _buttons(self, draft: Draft, stop: Stop) -> tuple[Button, ...]:
        required = self.is_required(draft, stop)
        if stop.field.kind == "file":
            return files.buttons(draft, stop, required)
        choices = KINDS[stop.field.kind].choices(self.question(draft, stop))
        skip = () if required else (order_button(draft, "button.skip", Order.SKIP, stop.id),)
        return (*(self._choice(draft, stop, choice) for choice in choices), *skip)

    def _choice(self, draft: Draft, stop: Stop, choice: Choice) -> Button:
        facts = {**_facts(draft, "answer", stop.id), "value": json.dumps(choice.value)}
        return button("button.choice", "inform", facts, label=choice.label)

    def _ways_out(self, draft: Draft, stop: Stop) -> tuple[Button, ...]:
        skip = order_button(draft, "button.skip", Order.SKIP, stop.id)
        return (
            *(() if self.is_required(draft, stop) else (skip,)),
            order_button(draft, "button.later", Order.PAUSE),
            button("button.officer", "talk_to_officer"),
        )


def order_button(draft: Draft, key: str, do: str, field: FieldId | None = None) -> Button:
    """A button inside a declaration: `do` is an order, or one of the loop's own words."""
    return button(key, "inform", _facts(draft, do, field))


def _facts(draft: Draft, do: str, field: FieldId | None = None) -> dict[str, str]:
    return {"draft": draft.id, "do": str(do)} | ({"field": field} if field else {})
