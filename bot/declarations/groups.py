"""Parts of a form that are filled several times, changed by talking: one more, the second one, without Bảo."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.basics.ids import FieldId
from bot.basics.vietnamese.text import fold
from bot.declarations.model import Answers
from bot.declarations.path import Path
from bot.procedures.model import Section

LAST = -1
_LONGEST = 80
"""Characters; whoever writes more answers a question."""


@dataclass(frozen=True)
class One:
    """One repetition of a repeated section."""

    section: Section
    number: int


@dataclass(frozen=True)
class Spoken:
    """What the words say of repetitions: which words are orders, ordinals, politeness."""

    add: re.Pattern[str]
    remove: re.Pattern[str]
    away: re.Pattern[str]
    whose: re.Pattern[str]
    ordinals: Mapping[str, int]
    more: frozenset[str]
    yes: re.Pattern[str]
    many: frozenset[str]

    @classmethod
    def of(cls, words: Mapping[str, Any]) -> Spoken:
        """The words of `phrases.yml: groups`."""
        ordinals = {fold(word): int(n) for n, all_ in words["ordinals"].items() for word in all_}
        return cls(
            re.compile(
                rf"(?:(?:{_either(words['polite'])}) )*(?:{_either(words['add'])})"
                rf"(?: (?:{_either(words['one'])}))? (?P<noun>.+?)"
                rf"(?: (?:{_either(words['too'])}))*"
            ),
            re.compile(
                rf"(?:(?:{_either(words['polite'])}) )*(?:{_either(words['remove'])}) (?P<who>.+)"
            ),
            re.compile(rf"(?: (?:{_either(words['away'])}))+$"),
            re.compile(rf"^(?:{_either(words['of'])}) "),
            ordinals,
            frozenset(map(fold, words["more"])),
            re.compile(
                rf"(?:(?:{'|'.join({*words['yes'], *map(fold, words['yes'])})})[ ,.:]+)+",
                re.IGNORECASE,
            ),
            frozenset(map(fold, words["many"])),
        )

    def is_more(self, text: str) -> bool:
        """Whether the words say that there is one more, as an answer to being asked."""
        return fold(text) in self.more

    def after_yes(self, text: str) -> str:
        """What is told of one more, without the yes before it."""
        match = self.yes.match(text)
        return text[match.end() :].strip() if match else text.strip()

    def adds(self, text: str, path: Path) -> Section | None:
        """The section that is to be filled once more."""
        match = self.add.fullmatch(fold(text)) if len(text) <= _LONGEST else None
        if match is None:
            return None
        found = [section for section in _repeated(path) if match["noun"] in _nouns(section)]
        return found[0] if len(found) == 1 else None

    def removes(self, text: str, path: Path) -> One | None:
        """The repetition that is to be taken out."""
        match = self.remove.fullmatch(fold(text)) if len(text) <= _LONGEST else None
        return self.one(self.away.sub("", match["who"]), path) if match else None

    def removes_one_of(self, text: str, section: Section, path: Path) -> list[str]:
        """What the repetitions are called, where one is to be taken out and nobody can tell which."""
        match = self.remove.fullmatch(fold(text)) if len(text) <= _LONGEST else None
        said = self.away.sub("", match["who"]) if match else ""
        is_one = any(f"{said} ".startswith(f"{noun} ") for noun in _nouns(section))
        called = section.fields[0].id.removeprefix(f"{section.id}.")
        ids = (f"{section.id}[{n}].{called}" for n in range(1, count(section, path) + 1))
        return [str(path.values.get(FieldId(id_), "")) for id_ in ids] if is_one else []

    def one(self, said: str, path: Path) -> One | None:
        """The repetition that the folded words name, by its place or by the name given in it."""
        said = self.whose.sub("", said)
        ones = [
            One(section, number)
            for section in _repeated(path)
            for number in range(1, count(section, path) + 1)
        ]
        places = [one for one in ones if self._stands(said, one, path)]
        found = places or [one for one in ones if _bears(said, one, path.values)]
        return found[0] if len(found) == 1 else None

    def split(self, label: str, path: Path) -> tuple[str, One] | None:
        """`ngay sinh cua chau Bao` as a field and a repetition; the field may be empty."""
        words = fold(label).split()
        for cut in range(len(words)):
            rest = " ".join(words[cut:])
            is_told = cut == 0 or self.whose.match(rest) or _begins_with_a_noun(rest, path)
            if is_told and (one := self.one(rest, path)):
                return " ".join(words[:cut]), one
        return None

    def _stands(self, said: str, one: One, path: Path) -> bool:
        """Whether the words name the place of the repetition: `nguoi thu hai`, `thu hai`, `nguoi cuoi`."""
        nouns = "|".join(map(re.escape, _nouns(one.section)))
        match = re.fullmatch(rf"(?:(?P<noun>{nouns}) )?(?P<how>thu |so )?(?P<place>.+)", said)
        if match is None or match["place"] not in self.ordinals:
            return False
        number = self.ordinals[match["place"]]
        is_clear = number == LAST or match["place"].startswith("dau")
        if not match["noun"] and not match["how"] and not is_clear:
            return False
        return one.number == (count(one.section, path) if number == LAST else number)


def count(section: Section, path: Path) -> int:
    """How many repetitions of the section are on the path."""
    return max(
        (s.number for s in path.stops if s.section.id == section.id and not s.is_gate), default=0
    )


def gate(section: Section, number: int) -> FieldId:
    """The id of the question whether there is a repetition of this number."""
    return FieldId(f"{section.id}[{number}]")


def start(one: One) -> str:
    """What the ids of the repetition's fields begin with."""
    return f"{one.section.id}[{one.number}]."


def without(answers: Answers, one: One) -> Answers:
    """The answers without one repetition; those after it move up."""
    kept: dict[FieldId, Any] = {}
    pattern = re.compile(rf"{re.escape(one.section.id)}\[(\d+)\](.*)", re.DOTALL)
    for key, value in answers.items():
        match = pattern.fullmatch(key)
        number = int(match[1]) if match else 0
        if match is None or number < one.number:
            kept[key] = value
        elif number > one.number:
            kept[FieldId(f"{one.section.id}[{number - 1}]{match[2]}")] = value
    return kept


def _repeated(path: Path) -> list[Section]:
    found = {stop.section.id: stop.section for stop in path.stops if stop.section.repeat}
    return list(found.values())


def _begins_with_a_noun(said: str, path: Path) -> bool:
    return any(said.startswith(f"{noun} ") for one in _repeated(path) for noun in _nouns(one))


def _nouns(section: Section) -> tuple[str, ...]:
    assert section.repeat is not None
    return tuple(fold(word) for word in (section.repeat.noun, *section.repeat.also))


def _bears(said: str, one: One, values: Answers) -> bool:
    """Whether a name in the repetition is `said`, or ends so: `chau Bao` for TRẦN GIA BẢO."""
    section = one.section
    names = [f.id for f in section.fields if f.kind == "name"] or [section.fields[0].id]
    ids = (FieldId(start(one) + name.removeprefix(f"{section.id}.")) for name in names)
    known = [fold(str(values[id_])) for id_ in ids if id_ in values]
    bare = [
        said,
        *(said.removeprefix(f"{n} ") for n in _nouns(section) if said.startswith(f"{n} ")),
    ]
    return any(f" {name}".endswith(f" {called}") for name in known for called in bare)


def _either(words: Iterable[str]) -> str:
    return "|".join(sorted({re.escape(fold(word)) for word in words}, key=len, reverse=True))
