"""Learning from messages that were not understood: who wrote them is hidden, what a person taught is kept.

Knows no storage and no screen.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

from bot.basics.vietnamese.letters import flat
from bot.basics.vietnamese.normalise import normalise
from bot.basics.vietnamese.text import fold, one_line
from nlu.entities import Found, find
from nlu.people import SURNAMES, lower_names

LONGEST_TEXT = 300
"""Characters of a message that are kept for review."""

_PLACEHOLDERS = {
    "dossier_code": "H00.00-000000-0000",
    "citizen_id": "000000000000",
    "phone": "0900000000",
    "date": "01/01/2000",
    "money": "100 nghìn",
    "place": "Hà Nội",
}
_NAME = "Nguyễn Văn A"
_EMAIL = re.compile(r"\S+@\S+\.\w+")
_DIGITS = re.compile(r"\d{4,}")
_CAPITALS = re.compile(r"(?<!\w)[^\W\d_a-zà-ỹ][^\W\d_]*(?:\s+[^\W\d_a-zà-ỹ][^\W\d_]*)+")
_AFTER_A_SURNAME = re.compile(
    rf"(?<!\w)(?:ten(?: la)?|ong|ba|anh|chi) (?:{'|'.join(sorted(SURNAMES))})(?: [^\W\d_]+){{1,3}}"
)
_HEAD = 'version: "3.1"\n# What people taught with `motcua review`. Names and numbers are placeholders.\nnlu:\n'


@dataclass(frozen=True)
class NotUnderstood:
    """A message without what tells who wrote it, and how often its like came."""

    text: str
    times: int = 1


@dataclass(frozen=True)
class Taught:
    """What a person says a message wants, and the procedure it is about."""

    text: str
    intent: str
    procedure: str | None = None


def masked(text: str, today: date) -> str:
    """`text` with codes, numbers, dates, places and names replaced by made-up ones of their kind."""
    text = _EMAIL.sub("a@vi.vn", one_line(text)[:LONGEST_TEXT])
    for found in reversed(find(text, today)):
        text = text[: found.start] + _placeholder(found, text) + text[found.end :]
    text = _CAPITALS.sub(_NAME, text)
    for match in reversed(list(_AFTER_A_SURNAME.finditer(flat(text)))):
        first, _, _ = text[match.start() : match.end()].partition(" ")
        text = f"{text[: match.start()]}{first} {_NAME}{text[match.end() :]}"
    for start, end in reversed(lower_names(text)):
        if text[start:end] != _NAME:
            text = f"{text[:start]}{_NAME}{text[end:]}"
    kept = {value for value in _PLACEHOLDERS.values()}
    return " ".join(
        word if word in kept else _DIGITS.sub(lambda m: "0" * len(m[0]), word)
        for word in text.split()
    )


def _placeholder(found: Found, text: str) -> str:
    return _PLACEHOLDERS.get(found.entity, text[found.start : found.end])


def grouped(texts: Iterable[str]) -> list[NotUnderstood]:
    """Masked messages, those of one spelling once, the most frequent first."""
    times: Counter[str] = Counter()
    first: dict[str, str] = {}
    for text in texts:
        key = spelling(text)
        if key:
            times[key] += 1
            first.setdefault(key, text)
    return [NotUnderstood(first[key], count) for key, count in times.most_common()]


def spelling(text: str) -> str:
    """The key under which ways of writing the same sentence meet."""
    return fold(normalise(text).text)


def keep(taught: Sequence[Taught], path: Path) -> int:
    """Adds what was taught to the training sentences in `path`; how many were new."""
    known = _read(path)
    new = 0
    for lesson in taught:
        sentences = known.setdefault(lesson.intent, [])
        if lesson.text not in sentences:
            sentences.append(lesson.text)
            new += 1
    path.write_text(_HEAD + "".join(map(_group, known.items())), encoding="utf-8")
    return new


def _read(path: Path) -> dict[str, list[str]]:
    if not path.exists():
        return {}
    groups = yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"] or []
    return {
        group["intent"]: [
            line.strip()[2:] for line in group["examples"].splitlines() if line.strip()
        ]
        for group in groups
    }


def _group(intent_and_sentences: tuple[str, Sequence[str]]) -> str:
    intent, sentences = intent_and_sentences
    lines = "".join(f"    - {sentence}\n" for sentence in sentences)
    return f"- intent: {intent}\n  examples: |\n{lines}"


def add_everyday_name(procedure_file: Path, name: str) -> bool:
    """Writes `name` under `aliases:` of a procedure's file; False if it stands there already."""
    lines = procedure_file.read_text(encoding="utf-8").splitlines(keepends=True)
    start = next((at for at, line in enumerate(lines) if line.startswith("aliases:")), None)
    if start is None:
        return False
    end = start + 1
    while end < len(lines) and lines[end].lstrip().startswith("- "):
        if fold(lines[end]) == fold(name):
            return False
        end += 1
    lines.insert(end, f"  - {name}\n")
    procedure_file.write_text("".join(lines), encoding="utf-8")
    return True
