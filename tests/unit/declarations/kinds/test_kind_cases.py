"""Every line of cases.yml: what people type, and what it is read as."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.declarations.kinds import KINDS
from bot.declarations.kinds.identity import bearer
from bot.declarations.kinds.model import NotKnown, Ok, Reading, Unsure, Wrong
from tests.unit.declarations.kinds.kind_questions import CASES, ask

SURVEY = Path(__file__).parents[5] / "shared" / "domain" / "format_cases.yaml"
ASKED = ("role", "ask", "options", "minimum", "maximum", "known", "office", "id")


def cases() -> Iterator[Any]:
    for part in ("carried_over", "our_own"):
        for kind, lines in CASES[part].items():
            for case in lines:
                yield pytest.param(kind, case, id=f"{kind}: {case['says'][:40]}")


def seen(reading: Reading) -> dict[str, Any]:
    """A reading in the words of cases.yml."""
    match reading:
        case Ok(value, doubts):
            keys = [doubt.key.removeprefix("kinds.") for doubt in doubts]
            return {"means": value, **({"doubts": keys} if keys else {})}
        case Wrong(key):
            return {"wrong": key.removeprefix("kinds.")}
        case Unsure(key, choices):
            offers = [choice.label for choice in choices]
            return {"asks": key.removeprefix("kinds."), "offers": offers}
        case NotKnown():
            return {"not_known": True}


@pytest.mark.parametrize(("kind", "case"), list(cases()))
def test_a_message_is_read_as_its_line_says(kind: str, case: dict[str, Any]) -> None:
    question = ask(kind, **{name: case[name] for name in ASKED if name in case})
    reading = KINDS[kind].read(case["says"], question)
    found = seen(reading)
    if "offers" not in case:
        found.pop("offers", None)
    expected = {name: case[name] for name in case if name not in ("says", "shown", "about", *ASKED)}
    if kind == "address" and "means" in found and "means" in expected:
        found["means"] = {part: found["means"][part] for part in expected["means"]}
    assert found == expected
    if "shown" in case:
        assert isinstance(reading, Ok)
        assert KINDS[kind].show(reading.value, question.field) == case["shown"]
    if "about" in case:
        person = bearer(case["means"])
        assert [person.gender, person.birth_year] == case["about"]


def test_every_case_of_the_survey_was_carried_over() -> None:
    if not SURVEY.exists():
        pytest.skip(f"the survey of formats is not beside the project: {SURVEY}")
    survey = yaml.load(SURVEY.read_text(encoding="utf-8"), yaml.CSafeLoader)
    asked = [str(case["in"]) for part in survey.values() if isinstance(part, list) for case in part]
    carried = [case["says"] for lines in CASES["carried_over"].values() for case in lines]
    assert sorted(carried) == sorted(asked)


def test_there_are_more_cases_of_our_own_and_every_kind_has_some() -> None:
    own, carried = (sum(map(len, CASES[p].values())) for p in ("our_own", "carried_over"))
    assert own > carried
    assert set(CASES["our_own"]) == set(KINDS)
