"""The registry of kinds: what the forms ask for is there, and the likeliest is offered first."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from bot.basics.errors import Misconfigured
from bot.declarations.kinds import KINDS, ROLES, matching
from bot.declarations.kinds.matching import Entry
from bot.declarations.kinds.model import Choice, Ok
from bot.procedures.model import Form, Procedure
from bot.procedures.office import Office
from bot.procedures.read import read_procedure
from bot.procedures.shelf import Shelf
from tests.unit.declarations.kinds.kind_questions import CASES, CATALOGUE, ask

OFFICE = Office.read(CATALOGUE / "units" / "offices" / "demo.yml")
SURVEY = Path(__file__).parents[5] / "shared" / "domain" / "forms.yaml"
CALLED = {
    **{"cccd": "citizen_id", "enum": "choice", "enum_text": "choice_or_text"},
    **{"enum_multi": "choices", "ethnic": "ethnic_group", "mst": "tax_code", "int": "integer"},
    "bool": "yes_no",
}
"""How the survey of forms calls a kind, where not as we do."""
NO_KIND = {"table", "ref"}
"""A table is a repeated section; a reference is an `include`."""


def filed() -> Iterator[Procedure]:
    shelf = Shelf(CATALOGUE)
    for path in shelf.procedure_files():
        try:
            procedure = read_procedure(path, shelf)
        except Misconfigured:
            continue
        if procedure.form:
            yield procedure


every_form = pytest.mark.parametrize(
    ("form", "sector"),
    [pytest.param(each.form, each.sector, id=each.code) for each in filed()],
)


@every_form
def test_every_field_has_a_kind_and_a_role_that_exist(form: Form, sector: str) -> None:
    for field in form.fields:
        assert field.kind in KINDS, field.id
        assert field.role in {"", *ROLES.get(field.kind, ())}, f"{field.id}: {field.role}"


@every_form
def test_the_example_beside_a_question_is_an_answer_to_it(form: Form, sector: str) -> None:
    for field in form.fields:
        if field.example:
            office = OFFICE.receives(sector)
            question = dataclasses.replace(ask(field.kind, office=office), field=field)
            reading = KINDS[field.kind].read(field.example, question)
            assert isinstance(reading, Ok), f"{field.id}: {field.example} gives {reading}"


@every_form
def test_an_option_is_chosen_by_each_of_its_names(form: Form, sector: str) -> None:
    for field in form.fields:
        for option in field.options:
            for way in (option.label, *option.also):
                question = dataclasses.replace(ask(field.kind), field=field)
                reading = KINDS[field.kind].read(way, question)
                chosen = [option.id] if field.kind == "choices" else option.id
                assert reading == Ok(chosen), f"{field.id}: {way} gives {reading}"


def test_there_is_a_kind_for_everything_that_the_forms_of_the_country_ask() -> None:
    if not SURVEY.exists():
        pytest.skip(f"the survey of forms is not beside the project: {SURVEY}")
    survey = yaml.load(SURVEY.read_text(encoding="utf-8"), yaml.CSafeLoader)
    types = {field["type"] for form in survey["forms"].values() for field in form["fields"]}
    assert {CALLED.get(name, name) for name in types - NO_KIND} <= set(KINDS)


def test_our_own_office_is_offered_and_nothing_when_there_is_none() -> None:
    office = CASES["office"]
    assert KINDS["agency"].choices(ask("agency")) == (Choice(office, office),)
    assert KINDS["agency"].choices(ask("agency", office="")) == ()


def test_the_groups_of_the_parents_are_offered_first_for_a_child() -> None:
    known = {"me.dan_toc": "Tày", "cha.dan_toc": "Dao", "tre.ho_ten": "Lò Thị Ỏm"}
    choices = KINDS["ethnic_group"].choices(ask("ethnic_group", known=known, id="tre.dan_toc"))
    assert [choice.value for choice in choices][:3] == ["Tày", "Dao", "Kinh"]


@pytest.mark.parametrize(
    ("kind", "options", "offered"),
    [
        ("yes_no", "", [True, False]),
        ("gender", "", ["nam", "nu"]),
        ("choice", "loai_cu_tru", ["thuong_tru", "tam_tru", "dang_sinh_song"]),
        ("choices", "loai_cu_tru", [["thuong_tru"], ["tam_tru"], ["dang_sinh_song"]]),
        ("consent", "", ["Đồng ý"]),
        ("text", "", []),
    ],
)
def test_a_kind_with_few_answers_offers_them_all(
    kind: str, options: str, offered: list[object]
) -> None:
    choices = KINDS[kind].choices(ask(kind, options=options))
    assert [choice.value for choice in choices] == offered


def test_another_word_is_no_slip_of_the_keyboard() -> None:
    entries = [Entry("khong_me", "không có mẹ"), Entry("ho_chieu", "hộ chiếu")]
    assert matching.near("không có bố", entries) == ()
    assert matching.near("hộ chíu", entries) == (entries[1],)


def test_the_names_of_files_are_what_is_shown_of_them() -> None:
    value = [{"file": "f1", "name": "trang 1.jpg", "size": 9, "pages": 1}]
    value.append({"file": "f2", "name": "trang 2.jpg", "size": 9, "pages": 1})
    assert KINDS["file"].show(value, ask("file").field) == "trang 1.jpg, trang 2.jpg"


def test_a_message_longer_than_any_platform_sends_is_refused_unread() -> None:
    for kind in KINDS:
        reading = KINDS[kind].read("a " * 5000, ask(kind))
        assert getattr(reading, "key", "") == "kinds.too_long", kind
