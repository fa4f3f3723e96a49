"""What an officer is told the catalogue is not sure of."""

from __future__ import annotations

from bot.basics.ids import FieldId
from bot.procedures.doubts import doubts
from bot.procedures.model import Procedure
from bot.procedures.read import read_procedure
from bot.procedures.shelf import Shelf
from tests.build import CATALOGUE

SHELF = Shelf(CATALOGUE)


def procedure(code: str) -> Procedure:
    """The procedure of this code."""
    read = (read_procedure(path, SHELF) for path in SHELF.procedure_files())
    return next(found for found in read if found.code == code)


def test_what_was_seen_in_official_sources_raises_no_doubt() -> None:
    birth = procedure("1.001193")
    assert birth.form
    assert doubts(birth, [field.id for field in birth.form.fields]) == ()


def test_a_form_that_was_not_compared_and_a_fee_nobody_verified_are_told() -> None:
    told = [(doubt.about, doubt.confidence) for doubt in doubts(procedure("1.001612"))]
    assert told == [("form", "MED"), ("fee", "LOW")]


def test_a_field_is_told_only_if_answered_and_less_sure_than_its_form() -> None:
    answered = [FieldId("pp_thue"), FieldId("so_lao_dong"), FieldId("ten_hkd")]
    told = [doubt for doubt in doubts(procedure("1.001612"), answered) if doubt.about == "field"]
    assert [(doubt.name, doubt.confidence) for doubt in told] == [("Thông tin đăng ký thuế", "LOW")]
