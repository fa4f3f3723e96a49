"""A message as words: where names, words for people and for things, and cues begin and end in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bot.basics.vietnamese.letters import agrees
from bot.declarations.cues import LONGEST, Cues

_TOKEN = re.compile(r"[^\W_]+")
NAME = "ho_ten"
_LONGEST_NAME = 4
"""Words after which, in small letters, a word for people begins something new."""


@dataclass(frozen=True)
class Token:
    text: str
    start: int
    end: int
    is_free: bool
    """Nothing but a space stands between it and the word before."""


class Sentence:
    """One message, looked at word by word; `at` and what is returned are places of words."""

    def __init__(self, cues: Cues, text: str, called: Iterable[str]) -> None:
        """`called`: how the people of the form are called."""
        self._cues, self._text = cues, text
        self._called = frozenset(called)
        self.tokens = _tokens(text)
        self.has_large_names = not text.isupper() and any(
            token.text.istitle() and token.is_free for token in self.tokens[1:]
        )

    def goes_on_a_name(self, at: int, start: int) -> bool:
        """Whether a word for people, or for things, is part of a name in small letters: `trần minh anh`.

        `start`: the letter with which the name begins.
        """
        if self.has_large_names:
            return False
        if self.tokens[at].start == start and self.is_name(at):
            return True  # `tôi tên võ thị bảy`, where `vo` may also be a wife
        since = [token for token in self.tokens[:at] if token.start >= start]
        is_one_run = all(token.is_free for token in (*since[1:], self.tokens[at]))
        if not is_one_run or len(since) >= _LONGEST_NAME:
            return False
        word = self.tokens[at].text
        cue, following = self.past_cue(at)[0], self.past_cue(at + 1)[0]
        if cue:  # `trần văn nam sinh 1990`
            return cue == following and len(since) < _LONGEST_NAME - 1
        ends = self.past(at + 1, "names") > at + 1 or following == NAME
        return not ends and any(self._cues.is_in(name, word) for name in ("pronouns", "things"))

    def past_people(self, at: int) -> int:
        """The end of the run of words for people that begins at a word; `at` if none does."""
        end = at
        while end < len(self.tokens):
            token = self.tokens[end]
            if (end > at and not token.is_free) or self.is_in_a_name(end):
                break
            words = self.length_of(end, self.is_called)
            words = words or int(self._cues.is_in("kin", token.text))
            if not words or self.length_of(end, self.is_thing):
                break
            end += words
        return end

    def length_of(self, at: int, is_it: Callable[[str], bool]) -> int:
        """How many words from here on are it, the most there can be; 0 if none are."""
        for length in range(min(LONGEST, len(self.tokens) - at), 0, -1):
            words = self.tokens[at : at + length]
            if all(word.is_free for word in words[1:]) and is_it(self.joined(at, at + length)):
                return length if not self.is_in_a_name(at) else 0
        return 0

    def is_called(self, words: str) -> bool:
        """Whether somebody of the form is called so."""
        return any(agrees(words, way) for way in self._called)

    def is_called_so(self, words: str) -> bool:
        """Whether more words than the one for a thing call somebody: `ban gai`, where `ban` may be both."""
        return self.is_called(words) and " " in words and not self.is_thing(words)

    def is_thing(self, words: str) -> bool:
        """Whether the words are for something that has a name and is nobody: `quán`."""
        return self._cues.is_in("things", words)

    def is_cue_word(self, at: int, after: int) -> bool:
        """Whether a word for a thing is also the beginning of a cue."""
        return self.past_cue(at)[1] > after

    def past_cue(self, at: int) -> tuple[str | None, int]:
        """The longest cue that begins at a word, and where it ends."""
        for length in range(min(LONGEST, len(self.tokens) - at), 0, -1):
            words = self.tokens[at : at + length]
            if all(word.is_free for word in words[1:]) and not self.is_in_a_name(at):
                fact = self._cues.cue(self.joined(at, at + length))
                if fact is not None:
                    return fact, at + length
        return None, at

    def past(self, at: int, name: str) -> int:
        """The end of the run of words from a list of the cues that begins here."""
        while at < len(self.tokens) and self._cues.is_in(name, self.tokens[at].text):
            at += 1
        return at

    def is_introduced(self, at: int) -> bool:
        """Whether what comes here is said of the people just named."""
        is_number = at < len(self.tokens) and self.tokens[at].text[0].isdigit()
        is_begun = any(self.past(at, name) > at for name in ("links", "days"))
        return is_number or is_begun or self.is_colon(at) or self.is_name(at)

    def begins_a_clause(self, at: int) -> bool:
        """Whether nothing stands before the word but what may begin a sentence."""
        before = self.tokens[at - 1].text if at else ""
        return not at or not self.is_free(at) or self._cues.is_in("polite", before)

    def is_free(self, at: int) -> bool:
        """Whether no comma stands before the word."""
        return at >= len(self.tokens) or self.tokens[at].is_free

    def is_colon(self, at: int) -> bool:
        """Whether a colon stands before the word."""
        return self._text[self.tokens[at - 1].end :].lstrip().startswith(":")

    def is_in_a_name(self, at: int) -> bool:
        """Whether a word is written large in the middle of a sentence: `Nguyễn Văn Anh`."""
        token = self.tokens[at]
        return self.has_large_names and token.text.istitle() and token.is_free and at > 0

    def is_name(self, at: int) -> bool:
        """Whether a name begins here: two words written large, or a family name in small letters."""
        words = self.tokens[at : at + 2]
        if len(words) < 2 or not all(word.is_free for word in words):
            return False
        if self.has_large_names:
            return all(word.text.istitle() for word in words)
        return self._cues.is_name([word.text for word in words])

    def words(self, start: int, end: int) -> list[str]:
        """The words between two places."""
        return [token.text for token in self.tokens[start:end]]

    def joined(self, start: int, end: int) -> str:
        """The same with a space between them."""
        return " ".join(self.words(start, end))

    def start(self, at: int) -> int:
        """The letter with which a word begins; behind the last word, the end."""
        return self.tokens[at].start if at < len(self.tokens) else len(self._text)


def _tokens(text: str) -> list[Token]:
    tokens: list[Token] = []
    last = 0
    for match in _TOKEN.finditer(text):
        is_free = not text[last : match.start()].strip()
        tokens.append(Token(match[0], match.start(), match.end(), is_free))
        last = match.end()
    return tokens
