"""A long answer is said in parts, and nothing of it is lost."""

from __future__ import annotations

from dataclasses import replace

from bot.counter.parts import MOST, part_of
from bot.procedures.model import Procedure, Steps
from tests.unit.procedures.build import SOURCE, a_procedure


def with_steps(*steps: str) -> Procedure:
    return replace(a_procedure("9.000001", "Nuôi rồng"), course=Steps(steps, SOURCE))


def all_parts(procedure: Procedure) -> list[tuple[object, ...]]:
    found = [part_of(procedure, "steps", 0)]
    while found[-1].left:
        found.append(part_of(procedure, "steps", found[-1].number + 1))
    return [part.items for part in found]


def test_a_short_answer_is_one_part() -> None:
    part = part_of(with_steps("Nộp đơn.", "Nhận giấy."), "steps", 0)
    assert part.items == ("Nộp đơn.", "Nhận giấy.")
    assert not part.left


def test_the_parts_of_a_long_answer_are_the_whole_of_it() -> None:
    steps = tuple(f"Bước {number}. " + "x" * 700 for number in range(9))
    parts = all_parts(with_steps(*steps))
    assert len(parts) == 5
    assert sum(parts, ()) == steps
    assert all(sum(len(str(step)) for step in part) <= MOST for part in parts)


def test_counting_goes_on_in_the_next_part() -> None:
    procedure = with_steps(*("x" * 700 for _ in range(5)))
    assert [part_of(procedure, "steps", number).first for number in range(3)] == [0, 2, 4]


def test_a_step_longer_than_a_part_stands_alone() -> None:
    assert [len(part) for part in all_parts(with_steps("x" * 2000, "y", "z" * 2000))] == [1, 1, 1]


def test_asking_behind_the_end_gives_the_last_part() -> None:
    part = part_of(with_steps("a", "b"), "steps", 99)
    assert part.items == ("a", "b")


def test_what_is_not_known_is_an_empty_part() -> None:
    part = part_of(a_procedure("9.000001", "Nuôi rồng"), "steps", 0)
    assert (part.items, part.left) == ((), 0)
