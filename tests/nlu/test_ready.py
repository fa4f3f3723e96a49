"""One finder is built for a new catalogue, for all who need it."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from bot.procedures.catalogue import Catalogue
from nlu import ready
from nlu.ready import Ready
from tests.unit.procedures.build import a_catalogue, a_procedure

OLD = a_catalogue(a_procedure("9.000001", "Nuôi rồng"))
NEW = a_catalogue(a_procedure("9.000002", "Nuôi phượng hoàng"))


def test_a_new_catalogue_gets_a_new_finder_and_an_old_one_keeps_its_own() -> None:
    tools = Ready()
    assert tools.of(OLD)[0].catalogue is OLD
    assert tools.of(OLD) is tools.of(OLD)
    assert tools.of(NEW)[0].catalogue is NEW


def test_who_needs_a_finder_that_is_being_built_waits_for_that_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tools = Ready()
    begun, go_on, built = threading.Event(), threading.Event(), []
    build = ready.Finder

    def slowly(catalogue: Catalogue, models: Path) -> ready.Finder:
        begun.set()
        assert go_on.wait(10)
        built.append(build(catalogue, models))
        return built[-1]

    monkeypatch.setattr(ready, "Finder", slowly)
    got: list[ready.Finder] = []
    both = [threading.Thread(target=lambda: got.append(tools.of(NEW)[0])) for _ in range(2)]
    both[0].start()
    assert begun.wait(10)
    both[1].start()
    go_on.set()
    for thread in both:
        thread.join(10)
    assert len(built) == 1
    assert got == [built[0], built[0]]
