"""How much can be done online, counted from the catalogue and from what agencies published."""

from __future__ import annotations

from bot.procedures.levels import (
    by_sector,
    choose,
    figures_of,
    is_sure,
    level_of,
    read_figures,
)
from bot.procedures.model import Authority, Confidence, Level, OnlineLevel, Source, Tier
from bot.procedures.summary import Summary, summary
from tests.unit.procedures.build import CATALOGUE, SOURCE, a_procedure

FIGURES = read_figures(CATALOGUE / "level_counts.yml")


def known(code: str, level: Level | None, sector: str = "ho-tich", sure: bool = False) -> Summary:
    confidence = Confidence.HIGH if sure else Confidence.MED
    source = Source("CT", "2026-07", confidence)
    online = OnlineLevel(level, 4, source) if level else None
    authority = Authority("Công an cấp xã", "Một cửa", SOURCE)
    return summary(a_procedure(code, code, sector=sector, online_level=online, authority=authority))


PROCEDURES = (
    known("9.000001", Level.FULL),
    known("9.000002", Level.PARTIAL, sure=True),
    known("9.000003", None),
    known("9.000004", Level.FULL, sector="dat-dai"),
)


def test_levels_are_counted_sector_by_sector() -> None:
    first, second = by_sector(PROCEDURES)
    assert (first.sector, first.total, first.online) == ("ho-tich", 3, 2)
    assert (second.sector, second.total, second.online) == ("dat-dai", 1, 1)


def test_procedures_are_chosen_by_sector_tier_agency_and_level() -> None:
    assert len(choose(PROCEDURES, sector="ho-tich", level=Level.FULL)) == 1
    assert len(choose(PROCEDURES, agency="công an")) == 4
    assert choose(PROCEDURES, agency="an cap x") == ()
    assert choose(PROCEDURES, tier=Tier.MINISTRY) == ()


def test_a_level_is_sure_only_if_its_source_is() -> None:
    assert [is_sure(one) for one in PROCEDURES] == [False, True, False, False]
    assert level_of(PROCEDURES[2]) is None


def test_the_published_figures_add_up() -> None:
    figures = figures_of(FIGURES, "Sở Tài chính có bao nhiêu thủ tục mức độ 4?")
    assert figures
    assert (figures.online, figures.total) == (38, 42)
    assert sum(field.total for field in figures.fields) == figures.online
    assert (figures.at_level_4, figures.at_level_3, figures.below) == (34, 1, 3)
    assert figures.source.as_of == "2022-05"


def test_an_agency_nobody_published_about_has_no_figures() -> None:
    assert figures_of(FIGURES, "Sở Giáo dục có bao nhiêu thủ tục?") is None
