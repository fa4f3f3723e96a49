"""The sentences: each key that is used exists, each that exists is used, and holes are filled."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import bot
from bot.basics.say import Say
from bot.basics.vietnamese import show
from bot.basics.wording import Wording

PROJECT = Path(bot.__file__).parent.parent
WORDING = Wording.read(PROJECT / "bot" / "catalogue" / "wording")
CODE = {
    path: path.read_text(encoding="utf-8")
    for folder in ("bot", "actions")
    for path in sorted((PROJECT / folder).rglob("*"))
    if path.suffix in {".py", ".html", ".yml", ".typ"} and "migrations" not in path.parts
}
USED = re.compile(r'"([a-z_]+(?:\.[a-z_]+)+)"')
KEYS = WORDING.keys()
FAMILIES = tuple(
    f"{name}."
    for name in "terminal notice state answer button kinds paper channel proposal way".split()
)
"""Keys put together from a name: tested where they are put together."""
FIRST_PARTS = {key.partition(".")[0] for key in KEYS}


def used() -> set[str]:
    """Every quoted dotted name in Python that looks like a key."""
    found = {
        key for path, text in CODE.items() if path.suffix == ".py" for key in USED.findall(text)
    }
    return {key for key in found if key.partition(".")[0] in FIRST_PARTS}


INTERNAL = {
    "delivery.",
    "file.gone",
    "file.out_of_reach",
    "talk.log",
    "track.html",
    "web.too_many_files",
}
"""File names, and reasons that officers and logs read; no citizen does."""


def test_every_key_that_is_used_exists() -> None:
    unknown = {key for key in used() if key not in WORDING}
    events = {key for key in unknown if re.search(rf'log\.\w+\(\s*"{re.escape(key)}"', _python())}
    assert {k for k in unknown - events if not any(k.startswith(i) for i in INTERNAL)} == set()


def test_every_key_that_exists_is_used() -> None:
    everything = "\n".join(CODE.values())
    idle = {
        key
        for key in KEYS
        if key not in everything and not key.startswith(FAMILIES) and not key.startswith("web.")
    }
    assert idle == set()


def _python() -> str:
    return "\n".join(text for path, text in CODE.items() if path.suffix == ".py")


def test_a_missing_fact_is_an_error_and_not_an_empty_hole() -> None:
    with pytest.raises(KeyError):
        WORDING.render("track.unknown", {})


def test_a_sentence_within_a_sentence_is_filled_first() -> None:
    text = WORDING.render(
        "declaration.wrong",
        {"reason": Say("declaration.not_complete"), "ask": "Tên?", "example": "", "help": ""},
    )
    assert text.startswith(WORDING.render("declaration.not_complete"))


def test_what_a_citizen_typed_is_never_read_as_a_template() -> None:
    shown = WORDING.render("declaration.disagrees", {"message": "{{ 7 * 7 }} {% if %}"})
    assert shown == "{{ 7 * 7 }} {% if %}"


@pytest.mark.parametrize(
    ("name", "masked"),
    [("NGUYỄN VĂN AN", "N••••• V•• A•"), ("H'Hen Niê", "H•••• N••"), ("A", "A"), ("", "")],
)
def test_a_name_is_masked_but_for_its_initials(name: str, masked: str) -> None:
    assert show.masked_name(name) == masked
