"""Whether people who tell what happened to them get the right procedure: by the whole assistant's replies.

`python -m tests.bench.stories` prints the figures of the half that may be studied, `--show` also its
mistakes, `--blind` the figures of the other half. Every sentence is the first that somebody new writes.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot import wiring
from bot.basics import logs
from bot.basics.settings import Settings
from bot.conversation import training
from bot.conversation.engine import Engine
from nlu.components import procedures
from tests.conversation.world import World, storage_in
from tests.fake_clock import MONDAY, FakeClock

SEEN = Path(__file__).with_name("stories_seen.yml")
BLIND = Path(__file__).with_name("stories_blind.yml")
"""Only its totals are looked at."""
_ANY = "?"
_LOST = {"talk.out_of_scope", "talk.still_lost", "subject.unknown", "talk.outside_a_form"}


@dataclass(frozen=True)
class Story:
    """What somebody writes, and the codes that are right: none if it is not for this counter."""

    text: str
    intents: frozenset[str]
    right: frozenset[str]

    @property
    def is_ours(self) -> bool:
        """Whether it must not be turned away."""
        return "out_of_scope" not in self.intents


@dataclass(frozen=True)
class Told:
    """What came back: the keys of the messages, the procedure they are about, those offered."""

    keys: tuple[str, ...]
    about: str | None
    offered: frozenset[str]
    text: str

    def fate(self, story: Story) -> str:
        """What became of it, in one word."""
        if not story.right or _ANY in story.right:
            if story.is_ours:
                return "lost" if self.keys[-1] in _LOST else "answered"
            return "strayed" if self.about or (self.offered and not story.right) else "kept out"
        if self.about in story.right:
            return "answered"
        if self.offered & story.right or any(code in self.text for code in story.right):
            return "offered"
        return "misled" if self.about else "lost"


def stories(path: Path) -> list[Story]:
    """The sentences of a file."""
    rows = yaml.safe_load(path.read_text(encoding="utf-8"))
    return [
        Story(text, frozenset(wanted.split(" / ")), frozenset((codes or "").split(" / ")) - {""})
        for group in rows.values()
        for text, wanted, codes in group
    ]


def told(world: World, path: Path) -> Iterator[tuple[Story, Told]]:
    """Each story with what came back."""
    for number, story in enumerate(stories(path)):
        citizen = world.citizen(f"{path.stem}{number}")
        heard = [one for one in citizen.says(story.text) if one.key != "talk.introduction"]
        with world.storage.look() as work:
            known = work.conversations.get(citizen.conversation)
        assert known is not None
        offered = {offer.command.facts.get("procedure", "") for offer in known.context.offered}
        keys = tuple(one.key for one in heard)
        about = known.context.procedure
        if about is None and known.draft and (draft := citizen.draft):
            about = draft.procedure
        text = " ".join(one.text for one in heard)
        yield story, Told(keys, about, frozenset(offered - {""}), text)


def run(path: Path = SEEN, show: bool = False) -> dict[str, Any]:
    """The figures: how many stories were answered, offered the right one, misled or lost, in percent."""
    logs.configure("error")
    clock = FakeClock()
    clock.set(MONDAY)
    desk = wiring.make_desk(Settings(_env_file=None), clock)  # type: ignore[call-arg]
    procedures.use(desk.live)
    engine = Engine(training.trained_model(Path("models")), desk)
    with tempfile.TemporaryDirectory() as folder:
        world = World(engine, storage_in(Path(folder), clock), desk, clock, Path(folder))
        pairs = list(told(world, path))
    if show:
        _print_mistakes(pairs)
    return {
        "ours": _shares([tale.fate(story) for story, tale in pairs if story.is_ours]),
        "not ours": _shares([tale.fate(story) for story, tale in pairs if not story.is_ours]),
    }


def _shares(fates: list[str]) -> dict[str, float]:
    count = Counter(fates)
    shares = {fate: round(100 * times / len(fates), 1) for fate, times in count.most_common()}
    return {"sentences": len(fates), **shares}


def _print_mistakes(pairs: list[tuple[Story, Told]]) -> None:
    for story, tale in pairs:
        fate = tale.fate(story)
        if fate in ("lost", "misled", "strayed"):
            print(f"{fate}: {story.text} | {tale.keys} {tale.about} {sorted(tale.offered)}")


if __name__ == "__main__":
    is_blind = "--blind" in sys.argv
    figures = run(BLIND) if is_blind else run(SEEN, "--show" in sys.argv)
    print(json.dumps(figures, ensure_ascii=False, indent=2))
