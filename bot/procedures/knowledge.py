"""What is known about online public service itself: levels, benefits, risks (`catalogue/levels.yml`)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.basics import yaml12
from bot.basics.vietnamese.text import fold
from bot.procedures.model import Confidence, Source


@dataclass(frozen=True)
class Topic:
    """One thing citizens ask about, explained."""

    id: str
    title: str
    text: str
    source: Source
    also: tuple[str, ...] = ()


class Knowledge:
    """All topics, and comparisons of two of them."""

    def __init__(self, topics: Mapping[str, Topic], pairs: Mapping[str, Topic]) -> None:
        self._topics = topics
        self._pairs = pairs
        self._words = sorted(
            (
                (fold(word), topic.id)
                for topic in topics.values()
                for word in {topic.title, topic.id.replace("_", " "), *topic.also}
            ),
            key=lambda item: -len(item[0]),
        )

    @classmethod
    def read(cls, path: Path) -> Knowledge:
        """The topics in `path`."""
        tree = yaml12.read(path)
        topics = {name: _topic(name, entry) for name, entry in tree.items() if name != "compare"}
        pairs = {name: _topic(name, entry) for name, entry in tree["compare"].items()}
        return cls(topics, pairs)

    def topic(self, topic_id: str) -> Topic:
        """The topic with this id. Raises `KeyError`."""
        return self._topics[topic_id]

    def mentioned(self, text: str) -> tuple[str, ...]:
        """The ids of the topics that `text` speaks of, in the order it names them."""
        words = f" {fold(text)} "
        found: dict[int, str] = {}
        for word, topic in self._words:
            at = words.find(f" {word} ")
            if at >= 0:
                found[at] = topic
                words = words.replace(f" {word} ", f" {'_' * len(word)} ", 1)
        levels = [
            (match.start(), f"muc_do_{match[1]}")
            for match in re.finditer(r"(?<= )([1-4])(?= )", words)
        ]
        if levels and any(topic.startswith("muc_do_") for topic in found.values()):
            found |= dict(levels)  # "mức độ 3 và 4"
        return tuple(dict.fromkeys(topic for _, topic in sorted(found.items())))

    def compared(self, first: str, second: str) -> Topic | None:
        """How the two topics differ."""
        return self._pairs.get(f"{first}/{second}") or self._pairs.get(f"{second}/{first}")


def _topic(name: str, entry: Mapping[str, object]) -> Topic:
    parts = str(entry["source"]).split(maxsplit=3)
    source = Source(parts[0], parts[1], Confidence(parts[2]))
    also = entry.get("also") or ()
    assert isinstance(also, list | tuple)
    return Topic(
        id=name,
        title=str(entry.get("title", "")),
        text=str(entry["text"]),
        source=source,
        also=tuple(str(word) for word in also),
    )
