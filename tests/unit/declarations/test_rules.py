"""The rules that form files name: what follows from answers, and which answers disagree."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.basics.ids import FieldId
from bot.declarations import checks, derive
from bot.declarations.path import holds
from bot.procedures.model import CrossCheck

TODAY = date(2026, 11, 19)
"""A Thursday."""
BA_DINH = {"commune": "Phường Ba Đình", "province": "Thành phố Hà Nội", "detail": "Số 5"}


def derived(rule: str, *values: Any, shown: tuple[str, ...] = (), **given: Any) -> Any:
    """What the rule makes of the values."""
    inputs = derive.Inputs(list(values), list(shown or map(str, values)), given, TODAY)
    return derive.RULES[rule](inputs)


@pytest.mark.parametrize(
    ("rule", "values", "given", "value"),
    [
        ("gender", ["001095012345"], {}, "nam"),
        ("gender", ["001196023456"], {}, "nu"),
        ("gender", ["001315012345"], {}, "nu"),
        ("copy_like", ["001095012345"], {"pattern": "[0-9]{12}"}, "001095012345"),
        ("copy_like", ["0100233488"], {"pattern": "[0-9]{12}"}, None),
        ("is_one_of", ["Chủ hộ"], {"values": ["Chủ hộ"]}, True),
        ("is_one_of", ["Vợ"], {"values": ["Chủ hộ"]}, False),
        ("titled", ["An Phúc"], {"text": "HỘ KINH DOANH"}, "HỘ KINH DOANH AN PHÚC"),
        ("titled", ["hộ kinh doanh An Phúc"], {"text": "HỘ KINH DOANH"}, "HỘ KINH DOANH AN PHÚC"),
        ("of_place", [BA_DINH], {"text": "Công an {province}"}, "Công an thành phố Hà Nội"),
        (
            "of_place",
            [BA_DINH],
            {"text": "UBND {commune}, {province}"},
            "UBND phường Ba Đình, thành phố Hà Nội",
        ),
        ("of_place", [{**BA_DINH, "commune": ""}], {"text": "UBND {commune}"}, None),
        (
            "within_days",
            ["2026-11-02T14:30"],
            {"days": 17, "then": "dung_han", "otherwise": "qua_han"},
            "dung_han",
        ),
        (
            "within_days",
            ["2026-11-01"],
            {"days": 17, "then": "dung_han", "otherwise": "qua_han"},
            "qua_han",
        ),
    ],
)
def test_what_follows_from_an_answer(
    rule: str, values: list[Any], given: dict[str, Any], value: Any
) -> None:
    assert derived(rule, *values, **given) == value


@pytest.mark.parametrize(
    ("rule", "values", "given", "agree"),
    [
        ("none_of", ["dang_co"], {"values": ["dang_co", "tu_den"]}, False),
        ("none_of", ["chua"], {"values": ["dang_co", "tu_den"]}, True),
        ("matches", ["aa 01234567"], {"pattern": "[A-Z]{2} ?[0-9]{6,8}"}, True),
        ("matches", ["AA 0123456789"], {"pattern": "[A-Z]{2} ?[0-9]{6,8}"}, False),
        ("renamed_since", ["D", "2020-01-01"], {"values": ["D"], "day": "2025-01-01"}, False),
        ("renamed_since", ["D", "2025-01-01"], {"values": ["D"], "day": "2025-01-01"}, True),
        ("renamed_since", ["B", "2020-01-01"], {"values": ["D"], "day": "2025-01-01"}, True),
        ("lacks", ["Công ty An Phúc"], {"words": ["công ty"]}, False),
        ("lacks", ["An Phúc"], {"words": ["công ty"]}, True),
        ("lacks", ["Cộng tyre"], {"words": ["công ty"]}, True),
        ("shares_family_name", ["Trần Minh Khôi", "Lê Thị Bình", "Trần Văn Cường"], {}, True),
        ("shares_family_name", ["Phạm Minh Khôi", "Lê Thị Bình", "Trần Văn Cường"], {}, False),
        ("shares_family_name", ["H'Hoa Niê", "H'Lan Êban", "Y Wăn Niê"], {}, True),
        ("matches", ["Việt Nam, Pháp"], {"pattern": ".*VIỆT NAM.*"}, True),
        ("matches", ["Pháp"], {"pattern": ".*VIỆT NAM.*"}, False),
        ("at_most", [65, 195.5], {}, True),
        ("at_most", [196, 195.5], {}, False),
        ("age_for", ["2006-01-01", "C"], {"B": 18, "C": 21}, False),
        ("age_for", ["2006-01-01", "B"], {"B": 18, "C": 21}, True),
        ("age_for", ["2006-01-01", "A9"], {"B": 18}, True),
        ("begins_by_age", ["1995-03-12", "2009"], {"years": 14}, True),
        ("begins_by_age", ["1995-03-12", "2010"], {"years": 14}, False),
        ("without_gap", ["2017", "2018"], {}, True),
        ("without_gap", ["2017", "2019"], {}, False),
        ("without_gap", ["2017-05-01", "2017-05-30"], {}, True),
        ("without_gap", ["2017-05-01", "2017-07-30"], {}, False),
        ("without_gap", ["2017-05-01", "2018"], {}, True),
        ("working_days_ahead", ["2026-11-25"], {"days": 3}, True),
        ("working_days_ahead", ["2026-11-24"], {"days": 3}, False),
        ("working_days_ahead", ["2026-11-19"], {"days": 3}, False),
        ("office_hours", ["2026-11-27T08:30"], {}, True),
        ("office_hours", ["2026-11-27T18:30"], {}, False),
        ("office_hours", ["2026-11-27"], {}, True),
        ("office_hours", ["2026-11-28T09:00"], {}, True),
        ("office_hours", ["2026-11-28T14:00"], {}, False),
        ("office_hours", ["2026-11-29"], {}, False),
        ("before", ["1985-03-20"], {"day": "2016-01-01"}, True),
        ("before", ["2016-01-01"], {"day": "2016-01-01"}, False),
    ],
)
def test_whether_answers_agree(
    rule: str, values: list[Any], given: dict[str, Any], agree: bool
) -> None:
    if rule == "office_hours":
        given = {"opens": "07:30", "closes": "17:00", "saturday": "11:30"}
    assert checks.RULES[rule](values, given, TODAY) is agree


def test_a_repetition_is_compared_with_the_one_before() -> None:
    fields = (FieldId("ở[-1].den"), FieldId("ở.tu"))
    rules = (CrossCheck("without_gap", fields, "Còn một khoảng trống."),)
    values = {FieldId("ở[1].den"): "2009", FieldId("ở[2].tu"): "2012"}
    assert checks.disagreements(rules, FieldId("ở[2].tu"), values, TODAY) == rules
    assert not checks.disagreements(rules, FieldId("ở[1].tu"), values, TODAY)
    values[FieldId("ở[1].den")] = "2011"
    assert not checks.disagreements(rules, FieldId("ở[2].tu"), values, TODAY)


def test_a_correction_of_the_repetition_before_is_compared_too() -> None:
    fields = (FieldId("ở[-1].den"), FieldId("ở.tu"))
    rules = (CrossCheck("without_gap", fields, "Còn một khoảng trống."),)
    values = {FieldId("ở[1].den"): "2009", FieldId("ở[2].tu"): "2012"}
    assert checks.disagreements(rules, FieldId("ở[1].den"), values, TODAY) == rules


def test_of_several_choices_one_is_enough_for_a_condition() -> None:
    values = {FieldId("đổi"): ["ten", "von"]}
    assert holds({"đổi": "von"}, values)
    assert holds({"đổi": ["chu_ho", "von"]}, values)
    assert not holds({"đổi": "chu_ho"}, values)
    assert not holds({"khác": "chu_ho"}, values)
