"""Every office of the catalogue: where it is, and what it takes in."""

from __future__ import annotations

import pytest

from bot.basics import yaml12
from bot.procedures.office import Office
from tests.build import CATALOGUE, PLACES

FILES = sorted((CATALOGUE / "units" / "offices").glob("*.yml"))
COMMUNES = {
    place.commune_code
    for province in PLACES.provinces()
    for place in PLACES.communes(province.province_code)
}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_an_office_stands_in_the_country_in_a_commune_of_today_and_takes_in_known_sectors(path):
    office = Office.read(path)
    assert office.latitude is not None
    assert office.longitude is not None
    assert 8 < office.latitude < 24
    assert 102 < office.longitude < 110
    assert office.commune in COMMUNES
    assert set(office.accepts) <= set(yaml12.read(CATALOGUE / "sectors.yml"))


def test_no_two_offices_give_out_the_same_codes():
    agencies = [Office.read(path).agency for path in FILES]
    assert len(agencies) == len(set(agencies))
