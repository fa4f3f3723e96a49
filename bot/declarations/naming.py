"""Whom the words of a message name, and what naming them so tells of the one who files.

`cháu nội` is the child of the form, and makes the one who files a grandparent; `ông nội tôi` is the dead
where somebody is registered as dead, and nobody where a child is. `vợ tôi`, said of a child's mother,
makes the one who files its father.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.basics.ids import FieldId
from bot.basics.vietnamese.letters import agrees
from bot.basics.vietnamese.text import fold
from bot.declarations.behalf import SomebodyElse
from bot.declarations.cues import Cues
from bot.declarations.people import Someone
from bot.procedures.model import RelationBy

_PARTNER = "partner"


@dataclass(frozen=True)
class Company:
    """Who may be meant in a message."""

    people: Mapping[str, Someone]
    speaker: Someone | None = None
    """Whose facts are given without a name."""
    asked: Someone | None = None
    """Whom the question is about that is being answered."""
    asks_a_name: bool = False
    """Whether it is their name that is asked for."""
    subject: Someone | None = None
    """Whom the dossier is about."""
    is_for_oneself: bool = True
    """Whether the form takes whom it is about to be the one who files, unless it is told otherwise."""
    relation: FieldId | None = None
    """The question what the one who files is to whom it is about."""
    fits: Callable[[str], bool] = lambda words: False
    """Whether words answer that question."""
    not_the_filer: frozenset[str] = frozenset()
    """Who is known not to be the one who writes."""
    couple: tuple[Someone, ...] = ()
    """The two who want to marry, of whom the one who writes may be either."""

    def other_half(self, partner: Someone, filer: Someone) -> list[Someone]:
        """Which of the couple the one who writes is, where the other was called their partner."""
        is_clear = partner in self.couple and filer not in self.couple
        return [one for one in self.couple if is_clear and one is not partner]


class Naming:
    """One message's words for people, in the order in which they stand in it."""

    def __init__(self, cues: Cues, company: Company, text: str) -> None:
        self._cues, self._company = cues, company
        self.relation = ""
        """What the one who files is to whom it is about."""
        self.tells: dict[FieldId, str] = {}
        """Answers that follow from who was named, and how."""
        self.as_partner: Someone | None = None
        """Whom the one who writes called their partner, or somebody they are with."""
        somebody = cues.behalf.read(text)
        is_fitting = somebody is not None and company.fits(somebody.relation)
        self._kin = fold(somebody.called) if somebody and is_fitting else ""
        """By what words whom it is about was called first, folded."""
        self._other = somebody.called.split() if somebody and company.is_for_oneself else []
        self._is_subject = is_fitting or (somebody is not None and self._is_called_so(somebody))

    def whom(self, words: list[str]) -> Someone | None:
        """The one whom a run of words names; None if it is nobody of the form."""
        words = [word for word in words if not self._cues.is_in("of", word)]
        one = self._found(words)
        if one is None:
            return None
        self._learn_from(words, one)
        return one

    def thing(self, words: list[str]) -> Someone | None:
        """The shop, the home that words name, if the form asks about one."""
        return self._called(" ".join(words))

    def is_the_filer(self, words: list[str]) -> bool:
        """Whether the words are how the one who writes calls themselves."""
        return bool(words) and self._cues.are_all_in("pronouns", words)

    def says_relation(self, words: list[str]) -> int:
        """How many of the words behind `tôi là` say what the one who files is to whom it is about."""
        if self._company.is_for_oneself:
            return 0
        ends = ("of", "pronouns", "its")
        of = (
            n for n, word in enumerate(words) if n and any(self._cues.is_in(e, word) for e in ends)
        )
        for end in range(next(of, len(words)), 0, -1):
            said = " ".join(words[:end])
            if self._cues.are_all_in("kin", words[:end]) and self._company.fits(said):
                self.relation = said
                return end
        return 0

    def _found(self, words: list[str]) -> Someone | None:
        called = " ".join(words)
        if self._company.asked in self._company.couple and self.is_the_filer(words):
            return self._company.asked  # `em tên …` where it is asked what the bride is called
        if self._other:
            if fold(called).startswith(fold(" ".join(self._other))):
                return self._company.subject if self._is_subject else None
            if any(self._cues.is_in("pronouns", word) for word in words):
                return None
        one = self._called(called) or self._child(words) or self._parent(words) or self._of(words)
        return one or (self._company.asked if self._is_how_one_is_called(words) else None)

    def _is_how_one_is_called(self, words: list[str]) -> bool:
        """`bà` before the name asked for; any word, `chồng tôi`, where nobody else can be meant.

        That is: of members, who are alike, and of the only one whom a form is about.
        """
        asked, company = self._company.asked, self._company
        is_one_of_several = asked is not None and asked.id.endswith("]")
        is_the_only_one = asked is not None and asked is company.subject and company.is_for_oneself
        is_clear = company.asks_a_name and (is_one_of_several or is_the_only_one)
        if is_clear and not self.is_the_filer(words):
            return bool(words) and self._cues.are_all_in("kin", words)
        return bool(words) and self._cues.are_all_in("titles", words)

    def _called(self, called: str) -> Someone | None:
        for one in self._company.people.values():
            is_filer = self.is_the_filer(called.split())
            if is_filer and one.id in self._company.not_the_filer:
                continue
            if any(agrees(called, way) for way in one.person.words):
                return one
        return None

    def _child(self, words: list[str]) -> Someone | None:
        """`cháu ngoại nhà em` where the form calls a child `cháu`."""
        is_one = bool(words) and self._cues.is_in("child", words[0])
        if not is_one or not self._cues.are_all_in("of_a_child", words[1:]):
            return None
        return self._called(words[0])

    def _parent(self, words: list[str]) -> Someone | None:
        """`mẹ nó` where the form asks about a child."""
        if len(words) < 2 or not self._cues.is_in("its", words[-1]):
            return None
        ways = (way for one in self._company.people.values() for way in one.person.words)
        has_child = any(self._cues.is_in("child", way) for way in ways)
        return self._called(" ".join(words[:-1])) if has_child else None

    def _of(self, words: list[str]) -> Someone | None:
        """Kin of the one who writes: the first of them are whom it is about, where that can be."""
        if self._company.is_for_oneself or not self._relation(words):
            return None
        called = fold(" ".join(words))
        if self._kin and not (called.startswith(self._kin) or self._kin.startswith(called)):
            return None
        self._kin = self._kin or called
        return self._company.subject

    def _relation(self, words: list[str]) -> str:
        """What calling somebody so makes of the one who files; empty if the form has no place for it."""
        relation = self._cues.behalf.relation(words)
        return relation if relation and self._company.fits(relation) else ""

    def _learn_from(self, words: list[str], one: Someone) -> None:
        if one is self._company.subject and not self._company.is_for_oneself:
            self.relation = self.relation or self._relation(words)
        is_partner = any(self._cues.is_in("partner", " ".join(words[:n])) for n in (1, 2))
        if one.person.gender and (is_partner or self._cues.are_all_in("pronouns", words)):
            self.as_partner = one
        by = one.person.relation
        if is_partner and isinstance(by, RelationBy) and by.of == self._company.relation:
            keys = [key for key, relation in by.given.items() if relation == _PARTNER]
            self.tells |= {by.of: keys[0]} if len(keys) == 1 else {}

    def _is_called_so(self, somebody: SomebodyElse) -> bool:
        """Whether the form calls whom it is about so: `con` where a card is made for a child."""
        one = self._called(somebody.called) or self._child(somebody.called.split())
        return one is not None and one is self._company.subject
