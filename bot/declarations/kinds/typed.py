"""A kind made of functions: what all kinds do with a message before they look at it themselves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.basics.ids import FieldId
from bot.basics.vietnamese.answers import says_not_known
from bot.basics.vietnamese.letters import flat, plain, untyped
from bot.basics.vietnamese.text import fold, one_line
from bot.declarations.kinds.matching import asked
from bot.declarations.kinds.model import Choice, NotKnown, Ok, Question, Reading, Value, Wrong
from bot.procedures.model import Field

Reader = Callable[[str, Question], Reading]

LONGEST_MESSAGE = 4096
"""Characters. Telegram cuts messages here; nothing longer is looked at."""


def offer_nothing(question: Question) -> tuple[Choice, ...]:
    """For kinds that have nothing to offer."""
    return ()


def show_as_text(value: Value, field: Field) -> str:
    """For kinds whose value is printed as it is kept."""
    return str(value)


def plain_line(text: str) -> str:
    """One line with plain digits, dashes and quotes, for numbers and codes."""
    return one_line(plain(text))


@dataclass
class Typed:
    """A kind. `reader` gets a tidy, non-empty message of at most `limit` characters."""

    reader: Reader
    offer: Callable[[Question], tuple[Choice, ...]] = offer_nothing
    shower: Callable[[Value, Field], str] = show_as_text
    tidy: Callable[[str], str] = one_line
    limit: int = 300
    is_open: bool = False

    def read(self, text: str, question: Question) -> Reading:
        """See `Kind.read`."""
        if len(text) > LONGEST_MESSAGE:
            return _too_long(self.limit, question)
        # A lone surrogate can be typed by no one, sent by anyone, and stored nowhere.
        words = self.tidy(text.encode("utf-8", "ignore").decode("utf-8"))
        if not words:
            return Wrong("kinds.empty", {"example": question.field.example})
        if len(words) > self.limit:
            return _too_long(self.limit, question)
        reading = self._reading(words, question)
        if self.is_open or isinstance(reading, Ok | NotKnown):
            return reading
        return self._retyped(words, question) or reading

    def choices(self, question: Question) -> tuple[Choice, ...]:
        """See `Kind.choices`."""
        return self.offer(question)

    def show(self, value: Value, field: Field) -> str:
        """See `Kind.show`."""
        return self.shower(value, field)

    def _reading(self, words: str, question: Question) -> Reading:
        if _is_not_known(words, question.field):
            return NotKnown()
        return self.reader(words, question)

    def _retyped(self, words: str, question: Question) -> Reading | None:
        """What the words say as Telex or VNI typed with the keyboard off, if that is an answer."""
        meant = untyped(words)
        if meant == flat(words):
            return None
        reading = self._reading(meant, question)
        return reading if isinstance(reading, Ok | NotKnown) else None


def sibling(question: Question, name: str) -> Value | None:
    """Another answer about the same person or thing: `me.ngay_sinh` beside `me.so_dinh_danh`."""
    prefix, dot, _ = question.field.id.rpartition(".")
    return question.answers.get(FieldId(f"{prefix}{dot}{name}"))


def _too_long(limit: int, question: Question) -> Wrong:
    return Wrong("kinds.too_long", {"limit": limit, "example": question.field.example})


def _is_not_known(words: str, field: Field) -> bool:
    """`không biết`, `chưa rõ mã ngành`: words of the question may stand behind, but are not all of it."""
    said, own = words.split(), set(map(fold, asked(field)))
    ends = (n for n in range(1, len(said) + 1) if own.issuperset(map(fold, said[n:])))
    is_said = any(says_not_known(" ".join(said[:n])) for n in ends)
    return is_said and not _is_an_option(words, field)


def _is_an_option(words: str, field: Field) -> bool:
    typed = fold(words)
    return any(typed == fold(way) for item in field.options for way in (item.label, *item.also))
