"""Facts in any message: `con tên Nguyễn Gia Bảo sinh ngày 3/11/2026, mẹ là Trần Thị Lan cccd 079…`.

A fact is found by the word before it and belongs to the person named last. What is found is only where
to look: the kind of the field decides whether the words are an answer. A run of words for people that
names nobody of the form (`mẹ tôi` where the mother of a child is asked for) is somebody else, and what
is said of them is left alone; so is what is said of a thing (`quán phở tên Phở Hà`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.basics.ids import FieldId
from bot.basics.vietnamese.text import one_line
from bot.declarations.cues import ALONE, Cues
from bot.declarations.naming import Company, Naming
from bot.declarations.people import Someone
from bot.declarations.sentence import NAME, Sentence

_LONGEST_MESSAGE = 600
"""Characters."""
_NEAR = 7
"""Words after which a bare `tại` no longer goes on from the fact before."""
_AROUND = " ,;:-–."


@dataclass(frozen=True)
class Said:
    """What a message says besides the answer it gives."""

    answer: str
    """What stands before the first fact."""
    facts: Mapping[FieldId, str]
    """Field → the words said for it."""
    relation: str = ""
    """What the one who files is to whom the dossier is about."""
    tells: Mapping[FieldId, str] = field(default_factory=dict)
    """Field → what follows for it from who was named, and how."""


@dataclass(frozen=True)
class _Head:
    """Where a fact begins: whose it is (None: nobody's of the form), and which."""

    start: int
    value: int
    """Where its words begin."""
    owner: Someone | None
    fact: str


def find(cues: Cues, text: str, company: Company) -> Said:
    """The facts that `text` gives about `company`; those of nobody named are the speaker's."""
    line = one_line(text)
    if len(line) > _LONGEST_MESSAGE:
        return Said(line, {})
    return _Search(cues, line, company).run()


def holds_facts(cues: Cues, text: str) -> bool:
    """Whether `text` tells anything of anybody that a form may ask for."""
    line = one_line(text)
    return len(line) <= _LONGEST_MESSAGE and _Search(cues, line, Company({})).finds_any()


class _Search:
    """One message being searched."""

    def __init__(self, cues: Cues, text: str, company: Company) -> None:
        self._cues, self._text, self._company = cues, text, company
        self._naming = Naming(cues, company, text)
        self._owner = company.speaker
        self._thing: Someone | None = None
        self._is_of_a_thing = False
        called = (way for one in company.people.values() for way in one.person.words)
        self._in = Sentence(cues, text, called)
        self._sexes: dict[FieldId, str] = {}

    def run(self) -> Said:
        """Finds the heads, and takes what stands between them."""
        heads = self._heads()
        facts: dict[FieldId, str] = {}
        ends = [*(head.start for head in heads), len(self._text)][1:]
        for head, end in zip(heads, ends, strict=True):
            said, field = self._value(head, end), self._field(head)
            if field and said and facts.setdefault(field, said) != said:
                facts[field] = ""  # said twice, and not the same: ask
        sexes = self._sexes if facts else {}  # alone, it is as soon asked as read back
        found = {field: said for field, said in (sexes | facts).items() if said}
        answer = self._text[: heads[0].start] if heads else self._text
        return Said(answer.strip(_AROUND), found, self._naming.relation, self._naming.tells)

    def finds_any(self) -> bool:
        """Whether any fact is there, whoever it is of."""
        heads = self._heads()
        ends = [*(head.start for head in heads), len(self._text)][1:]
        return any(self._value(head, end) for head, end in zip(heads, ends, strict=True))

    # --- where facts begin --------------------------------------------------------------------

    def _heads(self) -> list[_Head]:
        heads: list[_Head] = []
        at = 0
        while at < len(self._in.tokens):
            head, at = self._head_at(at, heads[-1] if heads else None)
            if head:
                heads.append(head)
        return heads

    def _head_at(self, at: int, last: _Head | None) -> tuple[_Head | None, int]:
        """The head that begins at a word, if one does, and the word to look on from."""
        goes_on = last is not None and last.fact == NAME and self._in.goes_on_a_name(at, last.value)
        things = 0 if goes_on else self._in.length_of(at, self._in.is_thing)
        if things and things >= self._in.length_of(at, self._in.is_called_so):
            self._speak_of_a_thing(at, at + things)
            if not self._in.is_cue_word(at, at + things):
                return self._name_of_a_thing(at, at + things)
        if goes_on:
            return None, at + 1
        people = self._in.past_people(at)
        fact, after = self._in.past_cue(people)
        if people > at and fact and not self._in.is_free(people):
            fact = None  # `con tôi là …, sinh …`: the comma ends what was said of the people
        if fact == "":
            return None, after
        if fact is None:
            return self._alone(at, last) if people == at else self._named(at, people)
        behind = self._in.past_people(after) if self._in.is_free(after) else after
        if people > at:
            self._speak_of(at, people)
        elif behind > after and self._in.is_introduced(behind):
            self._speak_of(after, behind)
            after = behind
        after = self._in.past(after, "links")
        return self._head(at, after, fact), after

    def _named(self, at: int, after: int) -> tuple[_Head | None, int]:
        """`mẹ là Trần Thị Lan`, `mẹ: Trần Thị Lan`, `mẹ Trần Thị Lan`, `tôi là bà ngoại`."""
        past = self._in.past(after, "names")
        words = self._in.words(at, after)
        if past > after and self._naming.is_the_filer(words):
            if not self._in.begins_a_clause(at):  # `hàng xóm tôi là …`
                self._owner = None
                return None, past
            end = self._in.past_people(past)
            is_title = self._in.is_name(end) and self._naming.is_the_filer(
                self._in.words(past, end)
            )
            if not is_title and (said := self._naming.says_relation(self._in.words(past, end))):
                return None, past + said
        if (
            past > after
            and (titled := self._in.past_people(past)) > past
            and self._in.is_name(titled)
        ):
            self._speak_of(at, after)
            return self._head(at, titled, NAME), titled
        is_introduced = past > after or self._in.is_colon(after) or self._in.is_name(after)
        if is_introduced or not self._cues.are_all_in("pronouns", words):
            self._speak_of(at, after)
        if not is_introduced:
            return None, after
        return self._head(at, past, NAME), past

    def _name_of_a_thing(self, at: int, after: int) -> tuple[_Head | None, int]:
        is_named = self._in.past(after, "names") > after or self._in.is_name(after)
        past = self._in.past(after, "names")
        if is_named:
            return self._head(at, past, NAME), past
        word = self._in.joined(after, after + 1) if self._in.is_free(after) else ""
        begun = self._cues.after("things", word)
        return (self._head(at, after + 1, begun), after + 1) if begun else (None, after)

    def _alone(self, at: int, last: _Head | None) -> tuple[_Head | None, int]:
        """What says itself which fact it is, or a bare word that goes on from the fact before."""
        token = self._in.tokens[at]
        between = self._text[last.value : token.start] if last else ""
        is_near = last and between and not re.search("[,;]", between)
        is_near = is_near and len(between.split()) < _NEAR
        begun = self._cues.after(last.fact, token.text) if last and is_near else ""
        if begun:
            return self._head(at, at + 1, begun), at + 1
        is_first = self._text[: token.start].rstrip().endswith((",", ";"))
        clause = re.split("[,;]", self._text[token.start :])[0].strip(_AROUND)
        for fact, pattern in ALONE.items():
            if is_first and pattern.fullmatch(clause):
                end = token.start + len(clause)
                past = sum(other.start < end for other in self._in.tokens)
                return self._head(at, at, fact), past
        return None, at + 1

    def _head(self, at: int, value: int, fact: str) -> _Head:
        is_thing = self._is_of_a_thing and fact in self._cues.of_things
        owner = self._thing if is_thing else self._owner
        return _Head(self._in.start(at), self._in.start(value), owner, fact)

    # --- whose they are -----------------------------------------------------------------------

    def _speak_of(self, start: int, end: int) -> None:
        """From here on, of the people whom these words name; of nobody if they name none."""
        words = self._in.words(start, end)
        self._owner = self._naming.whom(words)
        self._is_of_a_thing = False
        sex = self._cues.sex(words) if self._owner else ""
        stop = self._owner.stops.get("gioi_tinh") if self._owner else None
        if sex and stop:
            self._sexes[stop.id] = sex

    def _speak_of_a_thing(self, start: int, end: int) -> None:
        one = self._naming.thing(self._in.words(start, end))
        self._thing = one or (self._thing if self._is_of_a_thing else None)
        self._is_of_a_thing = True

    def _field(self, head: _Head) -> FieldId | None:
        """The field that asks for the fact, of its owner or of whoever it must be of."""
        known = self._company.people
        facts = (head.fact, self._cues.of_things.get(head.fact, ""))
        ones = [head.owner] if head.owner else []
        if head.owner and self._naming.as_partner:
            ones += self._company.other_half(self._naming.as_partner, head.owner)
        if self._cues.is_in("unmistakable", head.fact):
            ones += [one for one in known.values() if head.fact in one.stops]
        stops = (one.stops[fact] for one in ones for fact in facts if fact in one.stops)
        return next((stop.id for stop in stops), None)

    # --- what was said ------------------------------------------------------------------------

    def _value(self, head: _Head, end: int) -> str:
        said = self._text[head.value : end]
        if self._cues.is_in("long", head.fact):
            said = self._cues.until_no_more(said)
        else:
            said = re.split("[,;]", said)[0]
        said = self._cues.so_far(head.fact, said.strip(_AROUND))
        return self._name(said) if head.fact == NAME else said

    def _name(self, said: str) -> str:
        """The words of a name: those written large, or all of them where none or all are."""
        words = re.split("[.(]", said)[0].split()
        if self._in.has_large_names:
            small = (n for n, word in enumerate(words) if not word[0].isupper())
            words = words[: next(small, len(words))]
        else:
            words = self._cues.name(words)
        is_name = len(words) > 1 and not self._cues.are_all_in("kin", words)
        return " ".join(words) if is_name else ""
