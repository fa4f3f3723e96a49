"""Which office is nearest."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.basics.errors import Misconfigured
from bot.procedures.near import Offices, kilometres
from tests.build import an_office

HANOI, SAIGON = (21.0285, 105.8542), (10.7769, 106.7009)
DEGREES = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


def test_a_distance_is_that_of_the_map() -> None:
    assert kilometres(*HANOI, *SAIGON) == pytest.approx(1143, abs=5)
    assert kilometres(0, 0, 0, 180) == pytest.approx(20015, abs=1)
    assert kilometres(*HANOI, *HANOI) == 0


@given(DEGREES, DEGREES)
def test_a_distance_is_the_same_both_ways_and_never_further_than_around_half_the_earth(
    here: tuple[float, float], there: tuple[float, float]
) -> None:
    assert kilometres(*here, *there) == pytest.approx(kilometres(*there, *here))
    assert 0 <= kilometres(*here, *there) <= 20016


def test_the_nearest_is_found_and_who_has_no_place_is_not_asked_about() -> None:
    north = an_office(name="bắc", latitude=21.05, longitude=105.85)
    south = an_office(name="nam", latitude=10.78, longitude=106.70)
    offices = Offices([an_office(), south, north])
    for here, name in ((HANOI, "bắc"), (SAIGON, "nam")):
        found = offices.nearest(*here)
        assert found is not None
        assert found.office.name == name
    assert Offices([an_office()]).nearest(*HANOI) is None


def test_an_office_is_found_by_its_commune() -> None:
    offices = Offices([an_office(commune="00004"), an_office(commune="00166", name="Cầu Giấy")])
    found = offices.of_commune("00166")
    assert found is not None
    assert found.name == "Cầu Giấy"
    assert offices.of_commune("99999") is None


def test_a_demonstration_knows_only_made_up_offices_and_a_real_installation_none(
    tmp_path: Path,
) -> None:
    text = (Path("bot/catalogue/units/offices/demo.yml")).read_text()
    (tmp_path / "made_up.yml").write_text(text)
    (tmp_path / "real.yml").write_text(text.replace("is_demo: true", "is_demo: false"))
    for is_demo in (True, False):
        found = Offices.read(tmp_path, is_demo=is_demo).nearest(*HANOI)
        assert found is not None
        assert found.office.is_demo == is_demo


def test_a_file_that_is_no_office_is_named(tmp_path: Path) -> None:
    (tmp_path / "wrong.yml").write_text("ten: Sai")
    with pytest.raises(Misconfigured, match=r"wrong\.yml"):
        Offices.read(tmp_path, is_demo=True)
