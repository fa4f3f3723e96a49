"""Other people's sentences for the understanding bench, of either shape, and what is said of broken ones."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.bench.foreign import Sentence, Unreadable, for_rasa, sentences

FILES = {
    "seq.in": "mở cửa sổ phòng_khách\ntắt đèn lúc 9 giờ tối\ntắt đèn lúc 9 giờ tối\n",
    "seq.out": "O B-thing I-thing B-room\nO B-thing O B-off.time I-off.time I-off.time\n"
    "O B-thing O B-off.time I-off.time I-off.time\n",
    "label": "open\nswitch#timer\nswitch#timer\n",
}
YAML = """
version: "3.1"
nlu:
- intent: open
  examples: |
    - mở [cửa sổ](thing) [phòng_khách](room)
- intent: switch#timer
  examples: |
    - tắt [đèn](thing) lúc [9 giờ tối](off.time)
    - tắt [đèn](thing) lúc [9 giờ tối](off.time)
"""
LATE = Sentence(
    "tắt đèn lúc 9 giờ tối",
    "switch#timer",
    frozenset({("thing", 4, 7), ("off.time", 12, 21)}),
)


def written(folder: Path, files: Mapping[str, str] = FILES) -> Path:
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_a_folder_of_word_and_tag_lines_says_what_the_same_sentences_say_as_rasa_yaml(tmp_path):
    file = tmp_path / "test.yml"
    file.write_text(YAML, encoding="utf-8")
    found = sentences(written(tmp_path))
    assert found == sentences(file)
    assert found[1:] == [LATE, LATE], "a sentence that is there twice counts twice"


def test_rasa_learns_from_the_folder_what_stands_in_it(tmp_path):
    source, made = tmp_path / "source", tmp_path / "made"
    source.mkdir()
    made.mkdir()
    file = for_rasa(written(source), made)
    assert set(sentences(file)) == set(sentences(source))


@pytest.mark.parametrize(
    ("part", "text", "told"),
    [
        ("seq.out", None, "seq.out missing"),
        ("label", "open\n", "label has 1"),
        ("seq.out", FILES["seq.out"].replace(" B-room", ""), "line 1 has 4 words, 3 tags"),
    ],
)
def test_what_is_wrong_with_a_folder_is_said(tmp_path, part, text, told):
    files = {**FILES, part: text} if text else {n: t for n, t in FILES.items() if n != part}
    with pytest.raises(Unreadable, match=told):
        sentences(written(tmp_path, files))


def test_a_folder_with_nothing_to_learn_from_is_refused_with_what_is_wanted(tmp_path):
    with pytest.raises(Unreadable, match=r"seq\.in, seq\.out, label"):
        sentences(tmp_path)
