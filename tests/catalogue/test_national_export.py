"""The whole national export: every record becomes a procedure that answers, and is found again."""

from __future__ import annotations

import random
import sys

import pytest

from bot.procedures import catalogue
from bot.procedures.catalogue import Catalogue
from bot.procedures.find import Finder
from bot.procedures.importing import Report, import_export
from bot.procedures.model import Confidence
from tests.bench import finder as bench
from tests.unit.procedures.build import a_folder

pytestmark = pytest.mark.skipif(
    not bench.EXPORT.exists(), reason=f"the national export is not at {bench.EXPORT}"
)


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> tuple[Catalogue, Report]:
    folder = a_folder(tmp_path_factory.mktemp("catalogue"))
    (folder / "units").mkdir()
    countries = bench.CATALOGUE / "units" / "countries.yml"
    (folder / "units" / "countries.yml").write_bytes(countries.read_bytes())
    report = import_export(bench.EXPORT, folder)
    return catalogue.read(folder), report


@pytest.fixture(scope="module")
def finder(imported: tuple[Catalogue, Report]) -> Finder:
    return Finder(imported[0])


def test_every_record_becomes_a_procedure(imported: tuple[Catalogue, Report]) -> None:
    known, report = imported
    assert report.read == report.kept == len(known)
    assert not [problem for problem in report.problems if "skipped" in problem]


def test_every_procedure_answers_what_citizens_ask(imported: tuple[Catalogue, Report]) -> None:
    known, _ = imported
    for procedure in known:
        assert procedure.name
        assert procedure.tiers
        assert procedure.fee
        assert procedure.time_limit
        assert procedure.authority
        assert procedure.course
        assert procedure.sector in known.sectors
        assert procedure.source.ref in known.sources


def test_no_placeholder_became_a_price(imported: tuple[Catalogue, Report]) -> None:
    for procedure in imported[0]:
        assert procedure.fee
        assert procedure.fee.source.confidence is not Confidence.HIGH
        assert procedure.fee.amount in (None, 0) or procedure.fee.amount >= 1000
        assert procedure.fee.text


def test_nothing_of_the_page_is_left_in_a_text(imported: tuple[Catalogue, Report]) -> None:
    for procedure in imported[0]:
        papers = [paper.name for paper in procedure.requirements]
        told = " ".join([*papers, *(result.name for result in procedure.results)])
        for left in ("Tên giấy tờ", "Chọn cơ quan thực hiện", ".docx", "<b", "</"):
            assert left not in told, procedure.code


def test_titles_are_found_without_diacritics_and_two_words(
    imported: tuple[Catalogue, Report], finder: Finder
) -> None:
    seed = random.randrange(10**6)
    sys.stdout.write(f"seed {seed}\n")
    chance = random.Random(seed)
    cases = chance.sample(list(bench.titles(imported[0], chance)), 300)
    decidable = bench.decidable(cases, imported[0])
    assert _first(finder, decidable) >= 0.93


def test_paraphrases_are_found(finder: Finder) -> None:
    known = finder.catalogue
    cases = [
        case
        for case in bench.paraphrases(bench.PARAPHRASES)
        if case.right and case.right <= set(known.summaries)
    ]
    found = [finder.find(case.text) for case in cases]
    pairs = list(zip(found, cases, strict=True))
    certain = [one.procedure in case.right for one, case in pairs if one.procedure]
    assert _first(finder, cases) >= 0.9
    assert sum(bool(case.right & set(one.candidates)) for one, case in pairs) >= 0.97 * len(cases)
    assert sum(certain) >= 0.98 * len(certain)


def _first(finder: Finder, cases: list[bench.Case]) -> float:
    found = (finder.find(case.text).candidates[:1] for case in cases)
    return sum(bool(case.right & set(one)) for one, case in zip(found, cases, strict=True)) / len(
        cases
    )
