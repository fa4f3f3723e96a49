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
        ("seq.out", FILES["seq.out"].replace("B-room", "room"), "line 1 has the tag room, which"),
        ("label", "open\n\nswitch\n", "line 2 has no intent"),
    ],
)
def test_what_is_wrong_with_a_folder_is_said(tmp_path, part, text, told):
    files = {**FILES, part: text} if text else {n: t for n, t in FILES.items() if n != part}
    with pytest.raises(Unreadable, match=told):
        sentences(written(tmp_path, files))


def test_a_folder_with_nothing_to_learn_from_is_refused_with_what_is_wanted(tmp_path):
    with pytest.raises(Unreadable, match=r"seq\.in, seq\.out, label"):
        sentences(tmp_path)


def test_empty_lines_and_the_line_ends_of_windows_change_nothing(tmp_path):
    plain, other = tmp_path / "plain", tmp_path / "other"
    plain.mkdir()
    other.mkdir()
    for name, text in FILES.items():
        lines = text.splitlines()
        lines.insert(1, "")
        more = "\r\n" * (3 if name == "label" else 1)
        (other / name).write_bytes(("\r\n".join(lines) + more).encode("utf-8-sig"))
    assert sentences(other) == sentences(written(plain))


def test_a_value_may_begin_with_the_tag_of_one_that_goes_on(tmp_path):
    inside = {**FILES, "seq.out": FILES["seq.out"].replace("B-", "I-")}
    assert sentences(written(tmp_path, inside))[1:] == [LATE, LATE]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("broken.yml", b"nlu: [::"),
        ("broken.json", b'{"rasa_nlu_data": '),
        ("utf-16.yml", YAML.encode("utf-16")),
    ],
)
def test_a_file_that_nobody_can_read_is_refused_by_its_name(tmp_path, name, data):
    (tmp_path / name).write_bytes(data)
    with pytest.raises(Unreadable, match=name):
        sentences(tmp_path / name)


def test_words_in_another_encoding_are_refused_by_the_name_of_their_file(tmp_path):
    written(tmp_path)
    (tmp_path / "seq.in").write_text(FILES["seq.in"], encoding="utf-16")
    with pytest.raises(Unreadable, match=r"seq\.in: not in UTF-8"):
        sentences(tmp_path)


def test_roles_are_told_apart_and_synonyms_and_lists_of_values_are_no_sentences(tmp_path):
    file = tmp_path / "roles.yml"
    file.write_text(
        """
version: "3.1"
nlu:
- intent: travel
  examples: |
    - từ [vinh]{"entity": "city", "role": "from"}
    - đến [sg]{"entity": "city", "role": "to", "group": "1", "value": "sài gòn"}
- synonym: sài gòn
  examples: |
    - sg
- lookup: city
  examples: |
    - vinh
- regex: code
  examples: |
    - [a-z]{3}
""",
        encoding="utf-8",
    )
    slots = [found.slots for found in sentences(file)]
    assert slots == [{("city|from", 3, 7)}, {("city|to", 4, 6)}]
