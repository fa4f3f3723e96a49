"""Structured logs that cannot hold what a citizen wrote.

An event is `room.past_tense`, its facts are keywords. Keys that could carry personal data are dropped
here, whoever logged them, and so are Rasa's own events below warning: they quote the message.
"""

from __future__ import annotations

import logging as standard  # noqa: TID251  (third-party libraries log through it)
import sys
import traceback
from collections.abc import MutableMapping
from typing import Any, TextIO

import structlog

PERSONAL = frozenset(
    "text answers answer value phone name citizen_id address file_name title body payload "
    "message user_message parse_data_text parse_data_entities slot_values rasa_events prediction_events".split()
)
_MUTE = ("rasa", "rasa_sdk", "telegram")
"""They quote messages, answers and exceptions; what goes wrong we log ourselves."""
_QUIET = (
    "httpx",
    "httpcore",
    "sqlalchemy",
    "alembic",
    "matplotlib",
)


def configure(level: str = "info", stream: TextIO = sys.stderr) -> None:
    """Sends events at `level` or above to `stream`, one JSON object a line, in colour on a terminal."""
    threshold = getattr(standard, level.upper())
    standard.basicConfig(
        stream=stream, level=threshold, force=True, format="%(levelname)s %(name)s %(message)s"
    )
    for name in _QUIET:
        standard.getLogger(name).setLevel(max(threshold, standard.WARNING))
    for name in _MUTE:
        standard.getLogger(name).setLevel(standard.CRITICAL)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            drop_personal,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=False),
            _frames_only,
            structlog.dev.ConsoleRenderer()
            if stream.isatty()
            else structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(threshold),
        logger_factory=structlog.PrintLoggerFactory(stream),
        cache_logger_on_first_use=False,
    )


def drop_personal(
    _logger: Any, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Removes every key that could hold personal data."""
    for key in PERSONAL & event.keys():
        del event[key]
    return event


def _frames_only(
    _logger: Any, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Keeps where an exception came from and what class it has; its message may quote a citizen."""
    error = event.pop("exc_info", None)
    if error is True:
        error = sys.exc_info()[1]
    if isinstance(error, BaseException):
        event["error"] = type(error).__qualname__
        frames = traceback.extract_tb(error.__traceback__)
        event["frames"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    return event
