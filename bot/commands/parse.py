"""`motcua parse`: what is understood of each text, without a conversation."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from typing import Any

import click

from bot.basics import settings


@click.command()
def parse() -> None:
    """JSON lines {"text", "procedure"?} on stdin; what is understood of each on stdout."""
    from bot import wiring

    chosen = settings.read()
    wiring.start_logging(chosen)
    understand = wiring.make_understanding(chosen)
    for line in sys.stdin:
        if not line.strip():
            continue
        try:
            asked = json.loads(line)
            text = str(asked["text"])
        except (ValueError, TypeError, KeyError) as error:
            click.echo(f'parse: each line is {{"text": …}}: {error}', err=True)
            continue
        found = understand(text, asked.get("procedure"))
        print(json.dumps(_line(text, found), ensure_ascii=False), flush=True)  # noqa: T201


def _line(text: str, found: Mapping[str, Any]) -> dict[str, Any]:
    entities: dict[str, list[str]] = {}
    for entity in found.get("entities") or ():
        entities.setdefault(entity["entity"], []).append(str(entity["value"]))
    return {
        "text": text,
        "intent": found["intent"]["name"],
        "confidence": round(float(found["intent"]["confidence"]), 4),
        "also": list(found.get("also") or ()),
        "procedure": found.get("procedure"),
        "candidates": list(found.get("candidates") or ()),
        "entities": entities,
    }
