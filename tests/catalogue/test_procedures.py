"""The catalogue's procedures and the texts about levels: complete, sourced, current, readable."""

from __future__ import annotations

import dataclasses
import itertools
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import bot
from bot.basics import yaml12
from bot.basics.errors import Misconfigured
from bot.basics.ids import ProcedureCode
from bot.basics.vietnamese.text import fold
from bot.procedures.model import Confidence, Procedure, Source, TimeUnit
from bot.procedures.read import read_procedure
from bot.procedures.shelf import Shelf

CATALOGUE = Path(bot.__file__).parent / "catalogue"
SHELF = Shelf(CATALOGUE)
LEVELS = yaml12.read(CATALOGUE / "levels.yml")

CODES = """
1.000656 1.000894 1.001193 1.001456 1.001570 1.001612 1.001699 1.001776 1.002755 1.004194
1.004222 1.004859 1.004873 1.004884 1.005429 1.010038 1.011607 1.012735 1.012783 1.013225
1.013314 1.013831 1.014027 1.014028 1.014061 1.014063 1.014064 2.000635 2.000720 2.000815
2.000884 2.001159 2.002206 2.002913 3.000228 3.000333 3.000347 3.000348 3.000722
"""

AMBIGUOUS = {"trich luc khai tu"}
"""The death certificate itself and a copy of it have the same name: the bot has to ask."""

FILLED_HERE = {"", *SHELF.forms}

SEEN = {"GS": "2026-07", "CT": "2026-07", "IA": "2026-04", "GK": "2026-11"}
"""When each source was seen; the TS ones in 2026-10."""

WHO_DECIDES = re.compile(
    r"cán bộ|Hội đồng nhân dân|Ủy ban nhân dân|Công an|cơ quan|nơi tiếp nhận|ngày hẹn|Trung tâm",
    re.I,
)
NO_LONGER_THERE = re.compile(r"huyện|\bquận\b|thị xã|thị trấn|Sở Giao thông", re.I)
REPEALED = re.compile(
    r"\b(42/2022/NĐ-CP|61/2018/NĐ-CP|107/2021/NĐ-CP|13/2023/NĐ-CP|01/2018/TT-VPCP|31/2021/QĐ-TTg)"
)
ABBREVIATION = re.compile(
    r"\b(PVHCC|CSDL|UBND|HĐND|TTHC|GPLX|BHXH|BHYT|CCCD|CMND|HKD|DVC|DVCTT|ĐBKK|XNC|CSGT|NĐ|TT|QĐ|NQ)\b"
)
NUMBER_OF_A_RULE = re.compile(r"\d+/(\d{4}/)?[A-ZĐ][\w-]*")
SOMEBODY_SPEAKS = re.compile(r"\b(tôi|chúng tôi|xin chào|kính chào|bot)\b", re.I)
FULL_NAME = re.compile(r"(Luật|Bộ luật|Nghị định|Nghị quyết|Thông tư|Quyết định) ")
CODE = re.compile(r"\d\.\d{6}")
LEVEL_IDS = ("muc_do_1", "muc_do_2", "muc_do_3", "muc_do_4", "mot_phan", "toan_trinh")


def read_all() -> dict[ProcedureCode, Procedure]:
    """Code → procedure, of every file that reads."""
    found = {}
    for path in SHELF.procedure_files():
        try:
            procedure = read_procedure(path, SHELF)
        except Misconfigured:
            continue
        found[procedure.code] = procedure
    return found


PROCEDURES = read_all()
every_procedure = pytest.mark.parametrize(
    "procedure", PROCEDURES.values(), ids=[str(code) for code in PROCEDURES]
)
every_topic = pytest.mark.parametrize("topic", [key for key in LEVELS if key != "compare"])


def sources(node: Any) -> Iterator[Source]:
    """Every source below `node`."""
    if isinstance(node, Source):
        yield node
    elif dataclasses.is_dataclass(node):
        for item in dataclasses.fields(node):
            yield from sources(getattr(node, item.name))
    elif isinstance(node, tuple):
        for part in node:
            yield from sources(part)


def prose(procedure: Procedure) -> Iterator[str]:
    """Every sentence a citizen may be told, without names of rules and other words for the name."""
    if procedure.authority:
        yield from place(procedure)
    for text in (procedure.applicants, procedure.conditions):
        yield text.text if text else ""
    for figure in (procedure.time_limit, procedure.fee, *(way.fee for way in procedure.ways)):
        yield figure.text if figure else ""
    for requirement in procedure.requirements:
        yield requirement.name
        yield requirement.condition
    yield from procedure.warnings
    yield from (result.name for result in procedure.results)
    yield procedure.name


def place(procedure: Procedure) -> Iterator[str]:
    """Where the citizen is sent and what happens there."""
    assert procedure.authority is not None
    yield procedure.authority.decides
    yield procedure.authority.receives
    yield procedure.authority.helps
    yield from (way.text for way in procedure.ways)
    yield from procedure.course.steps if procedure.course else ()


@pytest.mark.parametrize("path", SHELF.procedure_files(), ids=lambda path: path.stem)
def test_every_file_reads_without_problems(path: Path) -> None:
    assert read_procedure(path, SHELF).sector == path.parent.name


def test_the_39_national_codes_are_all_there() -> None:
    codes = set(CODES.split())
    assert len(codes) == 39
    assert codes <= set(PROCEDURES)


@every_procedure
def test_it_answers_what_citizens_ask(procedure: Procedure) -> None:
    assert procedure.fee
    assert procedure.time_limit
    assert procedure.authority
    assert procedure.authority.receives
    assert procedure.applicants
    assert procedure.ways
    assert procedure.requirements
    assert procedure.course
    assert procedure.results
    assert procedure.online_level
    assert procedure.legal_basis


@every_procedure
def test_every_fact_names_a_known_source_and_its_date(procedure: Procedure) -> None:
    for source in sources(procedure):
        assert source.ref in SHELF.sources
        assert source.as_of == SEEN.get(source.ref, "2026-10")


@every_procedure
def test_an_unsure_figure_says_who_decides(procedure: Procedure) -> None:
    time, fee = procedure.time_limit, procedure.fee
    assert time
    assert fee
    if time.value is None or time.source.confidence != Confidence.HIGH:
        assert WHO_DECIDES.search(time.text)
    if fee.amount is None or fee.source.confidence != Confidence.HIGH:
        assert WHO_DECIDES.search(fee.text)


@every_procedure
def test_only_a_same_day_limit_has_no_days(procedure: Procedure) -> None:
    time = procedure.time_limit
    assert time
    assert (time.value == 0) == (time.unit == TimeUnit.SAME_DAY)


@every_procedure
def test_it_is_called_by_five_to_fifteen_other_names(procedure: Procedure) -> None:
    assert 5 <= len(set(procedure.aliases)) == len(procedure.aliases) <= 15


def test_no_two_procedures_share_a_name() -> None:
    owners = defaultdict(set)
    for procedure in PROCEDURES.values():
        for name in (procedure.name, *procedure.aliases):
            owners[fold(name)].add(procedure.code)
    assert {name for name, codes in owners.items() if len(codes) > 1} == AMBIGUOUS


@every_procedure
def test_nobody_is_sent_to_an_office_that_is_gone(procedure: Procedure) -> None:
    assert not [text for text in place(procedure) if NO_LONGER_THERE.search(text)]
    for text in prose(procedure):
        if "huyện" in text.lower():
            assert "Trước ngày 01/07/2025" in text


@every_procedure
def test_no_paper_of_the_past_is_asked_for(procedure: Procedure) -> None:
    asked = " ".join(f"{paper.name} {paper.condition}" for paper in procedure.requirements)
    assert "sổ hộ khẩu" not in asked.lower()
    assert "sổ tạm trú" not in asked.lower()


@every_procedure
def test_its_legal_basis_is_in_force_and_written_in_full(procedure: Procedure) -> None:
    for rule in procedure.legal_basis:
        assert FULL_NAME.match(rule)
        assert not REPEALED.search(rule)


@every_procedure
def test_its_prose_needs_no_dictionary(procedure: Procedure) -> None:
    for text in prose(procedure):
        assert not ABBREVIATION.search(NUMBER_OF_A_RULE.sub("", text)), text
        assert not SOMEBODY_SPEAKS.search(text), text


@every_procedure
def test_it_points_to_other_procedures_by_code(procedure: Procedure) -> None:
    assert procedure.code not in procedure.related
    assert all(CODE.fullmatch(code) for code in procedure.related)
    assert {form.form for form in procedure.forms} <= FILLED_HERE


@every_topic
def test_a_topic_about_levels_fits_a_message_and_has_a_source(topic: str) -> None:
    told = LEVELS[topic]
    assert set(told) == {"title", "text", "source", "also"}
    assert told["also"]
    check_told(told)


@pytest.mark.parametrize("pair", LEVELS["compare"])
def test_a_comparison_is_about_two_topics_and_has_a_source(pair: str) -> None:
    assert set(pair.split("/")) <= set(LEVELS)
    assert set(LEVELS["compare"][pair]) == {"text", "source"}
    check_told(LEVELS["compare"][pair])


def check_told(told: dict[str, Any]) -> None:
    """A text of at most 900 characters, with a source in the short form."""
    ref, _, confidence = told["source"].split()[:3]
    assert ref in SHELF.sources
    assert confidence in set(Confidence)
    assert 0 < len(told["text"]) <= 900
    assert not ABBREVIATION.search(NUMBER_OF_A_RULE.sub("", told["text"]))


def test_every_pair_of_levels_is_compared() -> None:
    pairs = {"/".join(pair) for pair in itertools.combinations(LEVEL_IDS, 2)}
    assert pairs <= set(LEVELS["compare"])


def test_no_two_topics_share_another_word() -> None:
    owners = defaultdict(set)
    for topic, told in LEVELS.items():
        for word in told.get("also", ()):
            owners[fold(word)].add(topic)
    assert not {word for word, topics in owners.items() if len(topics) > 1}


def test_every_source_says_its_name_and_what_it_is() -> None:
    for source in SHELF.sources.values():
        assert set(source) == {"name", "about"}
