"""`motcua bench understanding` on somebody else's sentences, in either shape."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli import motcua

pytestmark = pytest.mark.end_to_end
THINGS = ("đèn", "quạt", "cửa sổ", "ti vi", "điều hòa")
ROOMS = ("phòng khách", "bếp", "phòng ngủ", "sân thượng")


def as_folder(folder: Path) -> Path:
    """Every thing in every room is switched on, and its price asked, as lines of words and tags."""
    folder.mkdir()
    rows = [
        row
        for thing in THINGS
        for room in ROOMS
        for row in (
            ("on", f"bật {thing} ở {room}", f"O {tags('thing', thing)} O {tags('room', room)}"),
            ("price", f"{thing} giá bao nhiêu", f"{tags('thing', thing)} O O O"),
        )
    ]
    for name, lines in zip(("label", "seq.in", "seq.out"), zip(*rows, strict=True), strict=True):
        (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def tags(slot: str, value: str) -> str:
    return " ".join((f"B-{slot}", *[f"I-{slot}"] * (len(value.split()) - 1)))


def as_rasa(file: Path) -> Path:
    file.write_text(
        'version: "3.1"\n'
        "nlu:\n"
        "- intent: on\n  examples: |\n    - bật [ti vi](thing) ở [bếp](room)\n"
        "- intent: price\n  examples: |\n    - [quạt](thing) giá bao nhiêu\n",
        encoding="utf-8",
    )
    return file


def test_anybody_can_measure_the_pipeline_on_sentences_of_their_own(tmp_path):
    train, test = as_folder(tmp_path / "train"), as_rasa(tmp_path / "test.yml")
    asked = ["bench", "understanding", "--no-stock", "--train", str(train), "--test", str(test)]
    answer = CliRunner().invoke(motcua, asked)
    assert answer.exit_code == 0, answer.output
    figures = json.loads(answer.stdout)
    assert (figures["trained_on"], figures["sentences"], figures["slots"]) == (40, 2, 2)
    assert figures["ours"]["sentence_accuracy"] == 100.0
    assert "ours: learning from" in answer.stderr


def test_whoever_brings_half_a_folder_is_told_what_is_missing(tmp_path):
    train = as_folder(tmp_path / "train")
    (train / "seq.out").unlink()
    asked = ["bench", "understanding", "--train", str(train), "--test", str(train)]
    answer = CliRunner().invoke(motcua, asked)
    assert answer.exit_code == 1
    assert "seq.out missing" in answer.stderr
