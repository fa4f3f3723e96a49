"""One-time codes by which a citizen proves that a second conversation is theirs."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.basics.ids import ConversationId

LIVES = timedelta(minutes=15)
_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""None of them is read as another. Eight are 39 bits: nobody guesses one in 15 minutes."""
_LENGTH = 8
_FEWEST_DIGITS = 2
_TYPED = re.compile(r"(?:MÃ |MA )?LK[\s._–-]*([A-Z0-9]{4})[\s._–-]*([A-Z0-9]{4})[\s.]*")


@dataclass(frozen=True)
class LinkCode:
    """A code that was given out and not used yet; only its digest is kept."""

    digest: str
    conversation: ConversationId
    """Where it was asked for."""
    issued_at: datetime
    opened_by: ConversationId | None = None
    """The first conversation in which it was typed; in any other it is worth nothing."""

    def is_good_in(self, conversation: ConversationId, now: datetime) -> bool:
        """Whether it may still be used in this conversation."""
        return now - self.issued_at < LIVES and self.opened_by in (None, conversation)


def new_code(choose: Callable[[str], str] = secrets.choice) -> str:
    """A fresh code, `LK7KQM3XTA`: fits a deep link of any channel."""
    while True:
        characters = "".join(choose(_LETTERS) for _ in range(_LENGTH))
        if (
            sum(map(str.isdigit, characters)) >= _FEWEST_DIGITS
        ):  # so that no word is taken for a code
            return f"LK{characters}"


def spaced(code: str) -> str:
    """The code as people read it: `LK 7KQM 3XTA`."""
    return f"{code[:2]} {code[2:6]} {code[6:]}"


def code_in(text: str) -> str:
    """The code that the whole message is; empty if it is anything else."""
    match = _TYPED.fullmatch(text[:60].strip().upper())
    characters = match[1] + match[2] if match else ""
    return f"LK{characters}" if any(map(str.isdigit, characters)) else ""


def digest(code: str) -> str:
    """What is kept of a code. Slow on purpose: who steals the table cannot try all codes in time."""
    return hashlib.scrypt(code.encode(), salt=b"motcua.link", n=2**14, r=8, p=1, dklen=32).hex()
