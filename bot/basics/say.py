"""What is said to a citizen, before it has words: keys, facts, buttons, files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.basics.ids import FileId


@dataclass(frozen=True)
class Command:
    """What pressing a button means: the intent it stands for and the facts that go with it.

    Kept on the server under a random token. Only the token travels, so a citizen can press a
    button but can neither read nor forge what it does.
    """

    intent: str
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Button:
    """A choice under a message: the wording key of its title, and what it does."""

    key: str
    command: Command
    holes: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Say:
    """One message: a wording key, the facts for its holes, buttons and files."""

    key: str
    holes: Mapping[str, object] = field(default_factory=dict)
    buttons: tuple[Button, ...] = ()
    files: tuple[FileId, ...] = ()
    asks_phone: bool = False
    """Whether a door that can should offer to share the citizen's own number."""
    asks_file: bool = False
    """Whether a photo or a document is wanted: doors that can show the way to send one."""
    asks_place: bool = False
    """Whether it should offer to share where the citizen is."""


def say(key: str, *buttons: Button, files: tuple[FileId, ...] = (), **holes: object) -> Say:
    """`Say` with its parts in the order they are read."""
    return Say(key, holes, buttons, files)


def button(
    key: str, intent: str, facts: Mapping[str, str] | None = None, **holes: object
) -> Button:
    """A button that stands for `intent` with `facts`."""
    return Button(key, Command(intent, facts or {}), holes)
