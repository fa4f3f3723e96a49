"""Whether a form can be talked through: kinds, rules and fields that are there, an example that works."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bot.basics.ids import FieldId
from bot.declarations import checks, derive
from bot.declarations.asking import Asker
from bot.declarations.example import rehearse
from bot.declarations.kinds import KINDS, ROLES
from bot.declarations.model import Draft
from bot.procedures.model import Field, Form, Upload
from bot.procedures.problems import did_you_mean

Found = tuple[str, str]
"""The id of the field it is about (empty: the whole form), and what is wrong."""

_REPETITION = re.compile(r"\[-?\d+\]")


def problems(asker: Asker, blank: Draft) -> tuple[Found, ...]:
    """Every mistake in the form of `asker`; its example is walked only if there is no other."""
    form = asker.form
    found = [*_fields(form), *_checks(form), *_people(form), *_papers(form, asker.uploads)]
    if found:
        return tuple(found)
    done = rehearse(asker, blank)
    idle = (name for name in form.example if name not in done.used)
    return (*done.problems, *((name, "the example answers what is not asked") for name in idle))


def _fields(form: Form) -> Iterator[Found]:
    known: dict[str, Field] = {}
    for section in form.sections:
        yield from _conditions(section.when, known, section.id)
        if section.repeat and not section.repeat.help:
            yield (
                section.id,
                "`help` is missing in `repeat` — whoever is asked must know who counts",
            )
        for field in section.fields:
            if field.id in known:
                yield field.id, "two fields have this id — ids are unique in a form"
            yield from _conditions(field.when, known, field.id)
            yield from _field(field, known)
            known[field.id] = field
            if section.repeat and not field.id.startswith(f"{section.id}."):
                yield (
                    field.id,
                    f"in a repeated section ids begin with {section.id}. — write {section.id}.{field.id}",
                )


def _field(field: Field, known: Iterable[str]) -> Iterator[Found]:
    if field.kind not in KINDS:
        yield (
            field.id,
            f"there is no kind {field.kind}{did_you_mean(field.kind, KINDS)}",
        )
        return
    roles = ROLES.get(field.kind, frozenset())
    if field.role and field.role not in roles:
        yield field.id, f"{field.kind} has no role {field.role}{did_you_mean(field.role, roles)}"
    if field.kind in ("choice", "choices") and not field.options:
        yield field.id, f"a {field.kind} needs options"
    if derivation := field.derive:
        if derivation.rule not in derive.RULES:
            hint = did_you_mean(derivation.rule, derive.RULES)
            yield field.id, f"there is no rule {derivation.rule}{hint}"
        for name in derivation.of:
            if name not in known:
                yield field.id, f"it is derived from {name}, no field before it{_hint(name, known)}"
    elif not field.ask:
        yield field.id, "a question is missing — write `ask`"
    if field.ask and not field.hidden:
        for key in ("help", "example"):
            if not getattr(field, key):
                yield field.id, f"`{key}` is missing — whoever is asked must know what to answer"


def _conditions(when: Mapping[str, Any], known: Mapping[str, Field], at: str) -> Iterator[Found]:
    for name, wanted in when.items():
        field = known.get(name)
        if field is None:
            yield at, f"`when` names {name}, no field before it{_hint(name, known)}"
            continue
        options = [option.id for option in field.options]
        for value in wanted if isinstance(wanted, list | tuple) else [wanted]:
            if options and value not in options:
                yield at, f"{name} is never {value}{did_you_mean(str(value), options)}"


def _checks(form: Form) -> Iterator[Found]:
    known = {field.id for field in form.fields}
    for check in form.cross_checks:
        if check.rule not in checks.RULES:
            hint = did_you_mean(check.rule, checks.RULES)
            yield check.rule, f"there is no check {check.rule}{hint}"
        for name in check.fields:
            if FieldId(_REPETITION.sub("", name)) not in known:
                yield check.rule, f"the check names {name}, which is no field{_hint(name, known)}"


def _people(form: Form) -> Iterator[Found]:
    known = {field.id for field in form.fields}
    named = {"applicant": form.applicant, "subject": form.subject}
    named |= {"representative": form.representative} if form.representative else {}
    for key, name in named.items():
        if name not in known:
            yield "", f"`{key}` must name the field with that person's name{_hint(name, known)}"


def _papers(form: Form, uploads: tuple[Upload, ...]) -> Iterator[Found]:
    known: dict[str, Field] = {field.id: field for field in form.fields}
    for upload in uploads:
        if upload.id in known:
            yield upload.id, "a paper has the id of a field — choose another"
        yield from _conditions(upload.when, known, upload.id)


def _hint(name: str, known: Iterable[str]) -> str:
    return did_you_mean(name, list(known))
