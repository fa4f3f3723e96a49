"""Each mistake in a procedure file is told with file, line and remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.basics.errors import Misconfigured
from bot.procedures.check import check
from bot.procedures.skeleton import begin
from tests.unit.procedures.build import CATALOGUE, a_folder

GOOD = """\
code: "9.000001"
name: Nuôi rồng
official_name: Cấp phép nuôi rồng
tiers: [xa]
source: CT 2026-07 HIGH
"""


def problems(folder: Path, text: str) -> list[str]:
    found = check(a_folder(folder, [text])).problems
    return [problem.removeprefix(f"{folder}/ho-tich/") for problem in found]


def test_a_good_file_has_no_problems(tmp_path: Path) -> None:
    assert problems(tmp_path, GOOD) == []


@pytest.mark.parametrize(
    ("wrong", "right", "line", "told"),
    [
        ('"9.000001"', "9.000001", 1, 'write the code in quotes: "9.000001"'),
        ("name: Nuôi", "nam: Nuôi", 2, "unknown key nam — did you mean name?"),
        ("tiers: [xa]", "tiers: [xax]", 4, "tiers.0: Input should be 'xa', 'tinh', 'bo' or 'khac'"),
        ("CT 2026-07 HIGH", "CX 2026-07 HIGH", 5, "source CX is not in sources.yml"),
        ("CT 2026-07 HIGH", "CT", 5, "write a source as CODE DATE CONFIDENCE"),
        ("tiers: [xa]", "tiers: [xa]\nsector: ho-tic", 5, "did you mean ho-tich?"),
        ("tiers: [xa]", "tiers: [xa]\nform: CT02", 5, "there is no form CT02"),
        ("tiers: [xa]", "tiers: [xa]\ntiers: [tinh]", 5, "tiers stands twice (first on line 4)"),
        (
            "tiers: [xa]",
            "tiers: [xa]\naliases: [a, A]",
            5,
            "an alias stands there twice — drop one",
        ),
        ("tiers: [xa]", 'tiers: [xa]\nrelated: ["9.000001"]', 5, "drop its own code"),
        ("tiers: [xa]", "tiers: [xa", 5, "expected ',' or ']'"),
    ],
)
def test_a_mistake_names_line_and_remedy(
    tmp_path: Path, wrong: str, right: str, line: int, told: str
) -> None:
    found = problems(tmp_path, GOOD.replace(wrong, right))
    assert any(one.startswith(f"p0.yml:{line}: ") and told in one for one in found), found


def test_a_missing_key_is_named(tmp_path: Path) -> None:
    assert problems(tmp_path, GOOD.replace("name: Nuôi rồng\n", "", 1)) == [
        "p0.yml:1: name is missing"
    ]


def test_two_files_may_not_share_a_code_or_a_name(tmp_path: Path) -> None:
    found = check(a_folder(tmp_path, [GOOD, GOOD])).problems
    assert any("p1.yml:1: 9.000001 is the code of" in one for one in found)
    assert any("p1.yml:2: the name is also a name in" in one for one in found)


def test_all_files_are_reported_at_once(tmp_path: Path) -> None:
    bad = GOOD.replace("[xa]", "[xax]")
    assert len(check(a_folder(tmp_path, [bad, bad.replace("9.000001", "9.000002")])).problems) == 2


def test_only_the_files_asked_for_are_checked(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, [GOOD.replace("[xa]", "[xax]"), GOOD])
    assert check(folder, [folder / "ho-tich" / "p1.yml"]).problems == ()


def test_the_catalogue_of_the_project_is_right() -> None:
    assert check(CATALOGUE).problems == ()


def test_a_new_file_is_right_as_it_stands(tmp_path: Path) -> None:
    path = begin(a_folder(tmp_path), "ho-tich", 'Nuôi "rồng": con', "9.000001")
    assert path == tmp_path / "ho-tich" / "nuoi-rong-con.yml"
    assert check(tmp_path).problems == ()


def test_every_key_of_a_new_file_is_right_when_it_is_used(tmp_path: Path) -> None:
    path = begin(a_folder(tmp_path), "ho-tich", "Nuôi rồng", "9.000001")
    lines = path.read_text(encoding="utf-8").splitlines()
    used = [line.removeprefix("# ") for line in lines[2:] if not line.startswith("# form:")]
    path.write_text("\n".join(used), encoding="utf-8")
    assert check(tmp_path).problems == ()


@pytest.mark.parametrize(
    ("sector", "name", "code", "told"),
    [
        ("ho-tic", "Rồng", "9.000001", "did you mean ho-tich?"),
        ("ho-tich", "?!", "9.000001", "needs a name"),
        ("ho-tich", "Rồng", "1001193", "no national code"),
    ],
)
def test_a_new_file_is_refused_with_a_reason(
    tmp_path: Path, sector: str, name: str, code: str, told: str
) -> None:
    with pytest.raises(Misconfigured, match=told.replace("?", r"\?")):
        begin(a_folder(tmp_path), sector, name, code)


def test_no_file_is_overwritten(tmp_path: Path) -> None:
    begin(a_folder(tmp_path), "ho-tich", "Rồng", "9.000001")
    with pytest.raises(Misconfigured, match="there already"):
        begin(tmp_path, "ho-tich", "Rồng", "9.000001")
