"""One error tree, named by what the caller does about it.

BotError
├── CitizenMistake        say it kindly and ask again
│   ├── InvalidAnswer     the field's kind could not read it
│   ├── UnknownProcedure  no such code in the catalogue
│   └── UnknownDossier    no such dossier code
├── Refused               the rules say no
│   ├── ForbiddenMove     a dossier does not go from this state to that one
│   ├── NotYourDossier    it belongs to somebody else
│   ├── StaleView         somebody else changed it since it was shown
│   └── TooManyTries      guessing is slowed down
├── Misconfigured         a person who runs the system has to mend a file or a setting
└── Outside               something beyond us failed
    ├── TryLater          it was not done; keep it and try again, after `after` seconds
    ├── Undeliverable     it will never be done; stop trying, tell an officer
    └── Uncertain         it may have been done; do not repeat it blindly

An error carries a wording key and the facts for its holes, never a sentence.
"""

from __future__ import annotations

from collections.abc import Sequence


class BotError(Exception):
    """Base of everything this program raises on purpose."""

    def __init__(self, key: str, **facts: object) -> None:
        super().__init__(key)
        self.key = key
        self.facts = facts


class CitizenMistake(BotError):
    """Something the citizen gave does not fit."""


class InvalidAnswer(CitizenMistake):
    """An answer that its field's kind could not read."""


class UnknownProcedure(CitizenMistake):
    """A procedure code that is not in the catalogue."""


class UnknownDossier(CitizenMistake):
    """A dossier code that nobody has been given."""


class Refused(BotError):
    """The rules do not allow it."""


class ForbiddenMove(Refused):
    """A dossier cannot go from its state to the one asked for."""


class NotYourDossier(Refused):
    """The dossier belongs to somebody else."""


class StaleView(Refused):
    """The dossier was changed after it was shown to the one deciding."""


class TooManyTries(Refused):
    """Too many wrong codes in a short time."""


class Misconfigured(BotError):
    """Settings or catalogue files are wrong. `problems` lists all of them, for a person to mend."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("misconfigured")
        self.problems = tuple(problems)

    def __str__(self) -> str:
        return "\n".join(self.problems)


class Outside(BotError):
    """Something beyond this program failed."""


class TryLater(Outside):
    """It was certainly not done. `after` is in seconds."""

    def __init__(self, key: str, after: float = 0.0, **facts: object) -> None:
        super().__init__(key, **facts)
        self.after = after


class Undeliverable(Outside):
    """It will never succeed for this recipient or this content."""


class Uncertain(Outside):
    """It may have been done: a timeout after sending, a gateway error."""
