"""What people say leads to the procedure it was said for, and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from bot.basics.ids import ProcedureCode
from bot.basics.vietnamese.text import fold
from bot.procedures.catalogue import read
from bot.procedures.check import check
from bot.procedures.everyday import Everyday
from bot.procedures.find import Finder
from bot.procedures.find.kept import meaning_of
from bot.procedures.sayings import Sayings
from tests.bench import finder as bench
from tests.unit.procedures.build import CATALOGUE, MODELS, a_catalogue, a_folder, a_procedure

DRAGON, PHOENIX, UNICORN = "9.000001", "9.000002", "9.000003"
BEASTS = (
    a_procedure(DRAGON, "Cấp phép nuôi rồng"),
    a_procedure(PHOENIX, "Cấp phép nuôi phượng hoàng"),
    a_procedure(UNICORN, "Cấp phép nuôi kỳ lân"),
)


def sayings(of: Mapping[str, Sequence[str]], nothing: Sequence[str] = ()) -> Sayings:
    return Sayings.given({ProcedureCode(code): said for code, said in of.items()}, nothing)


def first(finder: Finder, text: str) -> str:
    return (finder.find(text).candidates or ("",))[0]


def problems(folder: Path, text: str, name: str = "sayings/beasts.yml") -> list[str]:
    path = a_folder(folder) / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return [problem.removeprefix(f"{path}:") for problem in check(folder).problems]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("9.000001:\n- phun lửa\n", "1: 9.000001"),
        ('"9.000001": phun lửa\n', "1: 9.000001: not a list of sayings"),
        ('"9.000001": []\n', "1: 9.000001: not a list of sayings"),
        ('"9.000001":\n- phun lửa\n- 12\n', "3: 9.000001: 12 has no words"),
        ('"9.000001":\n- phun lửa\n- "?"\n', "3: 9.000001: '?' has no words"),
        ("rồng:\n- phun lửa\n", "1: rồng is no national code"),
        ("- phun lửa\n", "1: not `key: [sayings]`"),
        ('"9.000001":\n- a b\n"9.000001":\n- c d\n', "3: 9.000001 stands twice"),
    ],
)
def test_a_mistake_in_a_file_of_sayings_names_file_line_and_remedy(
    tmp_path: Path, text: str, told: str
) -> None:
    if told == "1: 9.000001":  # codes without quotes are still text as keys
        assert problems(tmp_path, text) == []
    else:
        assert any(one.startswith(told) for one in problems(tmp_path, text))


def test_a_mistake_among_what_means_nothing_is_told_too(tmp_path: Path) -> None:
    assert problems(tmp_path, "talk:\n- chào em\n- 7\n", "nothing.yml") == [
        "3: talk: 7 has no words — take it out, or put it in quotes"
    ]


def test_a_code_stands_in_one_file_only(tmp_path: Path) -> None:
    problems(tmp_path, '"9.000001":\n- phun lửa\n', "sayings/a.yml")
    assert problems(tmp_path, '"9.000001":\n- có cánh\n', "sayings/b.yml") == [
        "1: 9.000001 stands in another file too"
    ]


def test_what_people_say_leads_to_the_procedure_whose_title_says_it_otherwise() -> None:
    told = {DRAGON: ["nuôi thằn lằn phun lửa"], PHOENIX: ["nuôi con gà sống lại từ tro"]}
    finder = Finder(a_catalogue(*BEASTS, sayings=sayings(told)))
    assert first(finder, "tôi nuôi thằn lằn biết phun lửa") == DRAGON
    assert first(finder, "muon nuoi con ga tro") == PHOENIX


def test_diacritics_of_a_saying_count_where_the_citizen_wrote_them() -> None:
    told = {DRAGON: ["nuôi ở bên hồ"], PHOENIX: ["nuôi ở bên hố"]}
    finder = Finder(a_catalogue(*BEASTS, sayings=sayings(told)))
    assert first(finder, "nuôi ở bên hồ") == DRAGON
    assert first(finder, "nuôi ở bên hố") == PHOENIX


def test_sayings_are_read_as_messages_are() -> None:
    told = sayings({DRAGON: ["nuôi thằn lằn k biết bay"]})
    finder = Finder(a_catalogue(*BEASTS, sayings=told))
    assert first(finder, "nuôi thằn lằn không biết bay") == DRAGON


def test_a_procedure_nobody_said_anything_for_is_found_beside_those_with_many() -> None:
    many = [f"nuôi con rồng màu {color} phun lửa" for color in ("đỏ", "xanh", "vàng", "tím")]
    told = {DRAGON: many, PHOENIX: [text.replace("rồng", "gà lửa") for text in many]}
    finder = Finder(a_catalogue(*BEASTS, sayings=sayings(told)))
    assert first(finder, "giấy phép nuôi kỳ lân") == UNICORN
    assert first(finder, "xin phep nuoi ky lan mau do") == UNICORN


def test_whoever_asks_for_what_is_not_in_the_catalogue_gets_no_sibling_for_it() -> None:
    turtle = "9.999999"
    told = {DRAGON: ["thằn lằn phun lửa", "nuôi rồng"], turtle: ["nuôi rùa vàng", "con rùa vàng"]}
    finder = Finder(a_catalogue(*BEASTS, sayings=sayings(told)))
    found = finder.find("xin phép nuôi con rùa vàng")
    assert found.procedure is None
    assert found.elsewhere == (turtle,)
    assert finder.find("nuôi thằn lằn phun lửa").elsewhere == ()


def test_a_procedure_that_is_not_here_is_called_by_its_shortest_saying_with_marks() -> None:
    told = sayings({DRAGON: ["nuoi rong", "nuôi con rồng lửa", "nuôi rồng"]})
    assert told.called(ProcedureCode(DRAGON)) == "nuôi rồng"


def test_what_was_said_for_a_code_of_the_past_leads_to_what_followed_it() -> None:
    followed = Everyday(successors={ProcedureCode("9.000009"): (ProcedureCode(DRAGON),)})
    told = sayings({"9.000009": ["nuôi thằn lằn phun lửa"]})
    finder = Finder(a_catalogue(*BEASTS, everyday=followed, sayings=told))
    assert first(finder, "nuôi thằn lằn phun lửa") == DRAGON


def test_what_is_told_beside_it_does_not_hide_what_is_asked() -> None:
    finder = Finder(read(CATALOGUE), MODELS)
    assert first(finder, "bố em vừa mất hôm qua, khai tử ở đâu ạ") == "1.000656"


def test_what_was_learned_is_kept_and_read_again(tmp_path: Path) -> None:
    known = a_catalogue(*BEASTS, sayings=Sayings(CATALOGUE))
    known.sayings.of = {ProcedureCode(DRAGON): [f"rồng số {n} lửa {n * 7}" for n in range(900)]}
    learned = meaning_of(known, tmp_path)
    (file,) = tmp_path.glob("finder-*.npz")
    assert meaning_of(known, tmp_path).numbers == learned.numbers
    for damaged in (b"not an archive", file.read_bytes()[:-100], b""):
        file.write_bytes(damaged)
        again = meaning_of(known, tmp_path)
        assert (again.vectors == learned.vectors).all()
    assert [one.name for one in tmp_path.iterdir()] == [file.name]


def test_a_folder_that_cannot_be_written_does_not_keep_anybody_waiting(tmp_path: Path) -> None:
    (tmp_path / "models").write_text("a file stands where the folder should")
    known = a_catalogue(*BEASTS, sayings=Sayings(CATALOGUE))
    assert first(Finder(known, tmp_path / "models"), "nuôi rồng") == DRAGON


def test_no_sentence_the_bench_asks_about_was_learned_from() -> None:
    told = Sayings(CATALOGUE)
    learned = {fold(text) for texts in told.of.values() for text in texts}
    learned |= {fold(text) for text in told.nothing}
    for path in (bench.NOTHING, bench.BLIND):
        both = [case.text for case in bench.paraphrases(path) if fold(case.text) in learned]
        assert both == []


def test_a_full_disk_leaves_nothing_half_written_and_is_no_reason_not_to_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(file: Path, **arrays: object) -> None:
        file.write_bytes(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("numpy.savez", full)
    known = a_catalogue(*BEASTS, sayings=Sayings(CATALOGUE))
    assert first(Finder(known, tmp_path), "nuôi rồng") == DRAGON
    assert list(tmp_path.iterdir()) == []
