"""Other people's sentences for the understanding bench: Rasa's own formats, or a folder of three files.

PhoATIS and its kin come as `seq.in` (words), `seq.out` (`O`, `B-slot`, `I-slot` for each word) and `label`
(the intent, several joined by `#`), a sentence a line in each. The words may be joined by `_` as a
segmenter does it; the pipeline takes them apart again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nlu.lexicon import spans

if TYPE_CHECKING:
    from rasa.shared.nlu.training_data.message import Message

_TAG = re.compile(r"O|[BI]-\S+")
_WORDS, _TAGS, _INTENTS = PARTS = ("seq.in", "seq.out", "label")
Slot = tuple[str, int, int]
"""A slot's name and the characters of the text from the first to before the second."""


class Unreadable(ValueError):
    """What is wrong with the data, for whoever brought it."""


@dataclass(frozen=True)
class Sentence:
    """A text, what it wants and the slots in it."""

    text: str
    intent: str
    slots: frozenset[Slot] = frozenset()


def sentences(path: Path) -> list[Sentence]:
    """The sentences of a folder of `PARTS`, or of a file or folder in Rasa's formats.

    Repeated ones stay where Rasa's YAML or the three files repeat them, so that shares are of all
    sentences. `Unreadable` says what is missing.
    """
    found = _of_folder(path) if _has_parts(path) else _of_rasa(path)
    if not found:
        raise Unreadable(
            f"{path}: no sentence with an intent; wanted is Rasa's training data"
            f" or a folder with {', '.join(PARTS)}"
        )
    return found


def for_rasa(path: Path, folder: Path) -> Path:
    """What Rasa can learn from: `path` itself, or the three files as one in `folder`."""
    if not _has_parts(path):
        return path
    examples = [
        {
            "text": sentence.text,
            "intent": sentence.intent,
            "entities": [
                {"entity": name, "start": start, "end": end, "value": sentence.text[start:end]}
                for name, start, end in sorted(sentence.slots, key=lambda slot: slot[1])
            ],
        }
        for sentence in sentences(path)
    ]
    file = folder / "sentences.json"
    file.write_text(
        json.dumps({"rasa_nlu_data": {"common_examples": examples}}, ensure_ascii=False),
        encoding="utf-8",
    )
    return file


def slots(entities: Iterable[Mapping[str, Any]]) -> frozenset[Slot]:
    """Rasa's entities; a role follows the name after `|`."""
    return frozenset(
        (
            f"{entity['entity']}|{entity['role']}" if entity.get("role") else entity["entity"],
            int(entity["start"]),
            int(entity["end"]),
        )
        for entity in entities
    )


def _has_parts(path: Path) -> bool:
    """Whether this is a folder of the three files; `Unreadable` where some of them are missing."""
    missing = [name for name in PARTS if not (path / name).is_file()]
    if missing and len(missing) < len(PARTS):
        raise Unreadable(f"{path}: {', '.join(missing)} missing beside the others of {PARTS}")
    return not missing


def _of_folder(path: Path) -> list[Sentence]:
    lines = {name: _lines(path / name) for name in PARTS}
    if len({len(part) for part in lines.values()}) > 1:
        counts = ", ".join(f"{name} has {len(part)}" for name, part in lines.items())
        raise Unreadable(f"{path}: the files differ in their number of lines: {counts}")
    found = []
    rows = zip(lines[_WORDS], lines[_TAGS], lines[_INTENTS], strict=True)
    for number, (words, tags, intent) in enumerate(rows, 1):
        if wrong := _wrong(words.split(), tags.split(), intent.strip()):
            raise Unreadable(f"{path}: line {number} has {wrong}")
        if words.strip():
            found.append(_sentence(words.split(), tags.split(), intent.strip()))
    return found


def _lines(file: Path) -> list[str]:
    """The lines up to the last that says something; a rare sign that Python takes for a line's end is none."""
    try:
        return file.read_text(encoding="utf-8-sig").rstrip().split("\n")
    except UnicodeDecodeError as wrong:
        raise Unreadable(f"{file}: not in UTF-8 ({wrong})") from wrong


def _wrong(words: Sequence[str], tags: Sequence[str], intent: str) -> str:
    """What does not fit in a sentence; nothing if all does."""
    if len(words) != len(tags):
        return f"{len(words)} words, {len(tags)} tags"
    if words and not intent:
        return "no intent"
    strange = next((tag for tag in tags if not _TAG.fullmatch(tag)), None)
    return f"the tag {strange}, which is none of O, B-slot, I-slot" if strange else ""


def _sentence(words: Sequence[str], tags: Sequence[str], intent: str) -> Sentence:
    starts, end = [], 0
    for word in words:
        starts.append(end)
        end += len(word) + 1
    return Sentence(
        " ".join(words),
        intent,
        frozenset(
            (span.slot, starts[span.start], starts[span.end - 1] + len(words[span.end - 1]))
            for span in spans(tags)
        ),
    )


def _of_rasa(path: Path) -> list[Sentence]:
    from rasa.shared.exceptions import RasaException

    try:
        examples = _examples(path)
    except (RasaException, UnicodeDecodeError) as wrong:
        raise Unreadable(f"{path}: {wrong}") from wrong
    return [
        Sentence(e.get("text"), e.get("intent"), slots(e.get("entities") or ()))
        for e in examples
        if e.get("intent")
    ]


def _examples(path: Path) -> list[Message]:
    """Rasa's own view of its formats."""
    from rasa.shared.importers.rasa import RasaFileImporter
    from rasa.shared.nlu.training_data.formats.rasa_yaml import RasaYAMLReader

    if path.suffix in {".yml", ".yaml"}:
        reader = RasaYAMLReader()
        reader.read(str(path))
        return list(reader.training_examples)  # what `read` returns has each sentence once
    return list(RasaFileImporter(training_data_paths=[str(path)]).get_nlu_data().intent_examples)
