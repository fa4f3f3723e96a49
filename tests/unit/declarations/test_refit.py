"""A form changes while drafts are open: what still fits is kept, the rest is asked again."""

from __future__ import annotations

import dataclasses

import pytest

from bot.basics.ids import FieldId
from bot.declarations.asking import Asker
from bot.declarations.model import Draft, Pending
from bot.declarations.refit import refit
from bot.procedures.model import Field, Form, Option
from tests.build import CATALOGUE, a_form, an_asker, filled_by_example

FORMS = sorted(path.stem for path in (CATALOGUE / "forms").glob("*.yml") if path.stem != "options")
BIRTH = a_form("TK_KHAI_SINH")


def changed(form: Form, field_id: str, **changes: object) -> Form:
    """`form` with one field changed, wherever it stands."""

    def same(field: Field) -> Field:
        return dataclasses.replace(field, **changes) if field.id == field_id else field  # type: ignore[arg-type]

    sections = tuple(
        dataclasses.replace(section, fields=tuple(map(same, section.fields)))
        for section in form.sections
    )
    return dataclasses.replace(form, sections=sections)


def without(form: Form, field_id: str) -> Form:
    """`form` without one field."""
    sections = tuple(
        dataclasses.replace(s, fields=tuple(f for f in s.fields if f.id != field_id))
        for s in form.sections
    )
    return dataclasses.replace(form, sections=sections)


@pytest.mark.parametrize("name", FORMS)
def test_every_answer_fits_the_form_it_was_given_to(name: str) -> None:
    form = a_form(name)
    draft = filled_by_example(form)
    now = refit(an_asker(form), draft)
    assert now.draft.answers == draft.answers
    assert now.again == ()


def test_a_choice_that_is_no_longer_offered_is_asked_again() -> None:
    options = (Option("cha", "Cha"), Option("ong_ba", "Ông/Bà"))
    asker = an_asker(changed(BIRTH, "nyc.quan_he", options=options))
    now = refit(asker, filled_by_example(BIRTH))
    assert now.again == ("Quan hệ với người được khai sinh",)
    assert FieldId("nyc.quan_he") not in now.draft.answers
    assert next_question(asker, now.draft) == "nyc.quan_he"


@pytest.mark.parametrize("kind", ["date", "integer", "address", "phone", "yes_no", "citizen_id"])
def test_an_answer_of_another_kind_is_asked_again(kind: str) -> None:
    asker = an_asker(changed(BIRTH, "tre.ho_ten", kind=kind, role=""))
    now = refit(asker, filled_by_example(BIRTH))
    assert next_question(asker, now.draft) == "tre.ho_ten"
    assert now.draft.answers[FieldId("tre.ngay_sinh")] == "2026-11-05"


def test_a_new_question_is_asked_and_a_dropped_one_forgotten() -> None:
    draft = filled_by_example(BIRTH)
    fewer = refit(an_asker(without(BIRTH, "lien_he.email")), draft)
    assert FieldId("lien_he.email") not in fewer.draft.answers
    asker = an_asker(BIRTH)
    more = refit(asker, without_answer(draft, "tre.noi_sinh"))
    assert more.again == ()
    assert next_question(asker, more.draft) == "tre.noi_sinh"


def test_answers_behind_a_question_asked_again_wait_for_it() -> None:
    field = next(field for field in BIRTH.fields if field.id == "loai_khai_sinh")
    options = tuple(one for one in field.options if one.id != "ca_cha_me")
    now = refit(
        an_asker(changed(BIRTH, "loai_khai_sinh", options=options)), filled_by_example(BIRTH)
    )
    assert FieldId("loai_khai_sinh") not in now.draft.answers
    assert now.draft.answers[FieldId("cha.ho_ten")] == "Trần Văn Cường"


def test_a_question_that_became_compulsory_is_asked_of_who_skipped_it() -> None:
    draft = filled_by_example(BIRTH).answered(FieldId("lien_he.email"), None)
    asker = an_asker(changed(BIRTH, "lien_he.email", required=True))
    assert next_question(asker, refit(asker, draft).draft) == "lien_he.email"


def test_what_waited_for_a_yes_is_forgotten_with_its_question() -> None:
    draft = filled_by_example(BIRTH)
    draft = draft.having(
        asking=FieldId("lien_he.email"), pending=Pending(FieldId("lien_he.email"), "a@b.vn")
    )
    now = refit(an_asker(without(BIRTH, "lien_he.email")), draft).draft
    assert now.pending is None
    assert now.asking is None


def test_a_value_that_disagrees_with_the_rules_of_today_is_asked_again() -> None:
    form = a_form("HKD_M3")
    draft = filled_by_example(form)
    later = dataclasses.replace(an_asker(form), today=an_asker(form).today.replace(year=2027))
    assert refit(later, draft).again == ("Tạm ngừng từ ngày", "Tạm ngừng đến ngày")


def without_answer(draft: Draft, field: str) -> Draft:
    return draft.having(answers={k: v for k, v in draft.answers.items() if k != field})


def next_question(asker: Asker, draft: Draft) -> FieldId | None:
    """The field asked next."""
    stop = asker.path(draft).first_open(draft.answers)
    return stop.id if stop else None
