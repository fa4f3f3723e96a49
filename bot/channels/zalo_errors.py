"""What Zalo's error codes mean for the message: the table of CHANNELS §A.8."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import Enum

import structlog

from bot.basics.errors import Outside, TryLater, Uncertain, Undeliverable

log = structlog.get_logger()
A_MINUTE = 60.0
AFTER_A_PERSON = 600.0
"""Seconds until it is tried again whether a person has mended it."""
_MORNING = 6


class Means(Enum):
    """What an error code is about."""

    TOKEN = frozenset((-216, -220, -124))
    RATE = frozenset((-32,))
    ASSET = frozenset((-100,))
    AMBIGUOUS = frozenset((-200,))
    ENDPOINT = frozenset((-235, -240))
    RECIPIENT = frozenset((-213, -217, -218, -227, -244, -108, -114, -118, -119, -139, -140, -141))
    WINDOW = frozenset((-230, -232))
    NIGHT = frozenset((-234, -133))
    MONEY = frozenset((-211, -321, -115, -144, -147))
    CONFIGURATION = frozenset(
        (-204, -205, -209, -212, -219, -221, -223, -224, -242, -320, *range(-105, -100))
    ) | frozenset((-117, -120, -125, -131, -135, -136, -137, -146))
    OURS = frozenset((-201, -210, -233, -109, -111, -112, -1121, -1122, -1124, -132))
    CONTENT = frozenset((-248,))


_MEANING = {code: means for means in Means for code in means.value}
_ALERTS = frozenset(
    (Means.TOKEN, Means.ENDPOINT, Means.MONEY, Means.CONFIGURATION, Means.OURS, Means.CONTENT)
)
NOBODY_CAN_BE_WRITTEN_TO = frozenset((Means.RATE, Means.TOKEN, Means.MONEY, Means.CONFIGURATION))
"""These do not depend on the recipient or the message: every other one would meet them too."""


class Refusal(Exception):
    """Zalo answered, and did not do what was asked."""

    def __init__(self, code: int) -> None:
        super().__init__(str(code))
        self.code = code

    @property
    def means(self) -> Means | None:
        """What the code is about; None for one that nobody told us of."""
        return _MEANING.get(self.code)


def outcome(refusal: Refusal, now: datetime) -> Outside:
    """Whether the message so refused should be sent again, never, or may have arrived.

    What a person has to look at is logged as an error.
    """
    means = refusal.means
    if means is None or means in _ALERTS:
        log.error("zalo.refused", code=refusal.code, means=means.name.lower() if means else "?")
    match means:
        case Means.RATE:
            return TryLater("delivery.busy", after=A_MINUTE)
        case Means.ASSET:
            return TryLater("delivery.refused", after=A_MINUTE)
        case Means.NIGHT:
            return TryLater("delivery.night", after=until_morning(now))
        case Means.TOKEN | Means.ENDPOINT | Means.MONEY | Means.CONFIGURATION:
            return TryLater("delivery.misconfigured", after=AFTER_A_PERSON)
        case Means.RECIPIENT:
            return Undeliverable("delivery.blocked")
        case Means.WINDOW:
            return Undeliverable("delivery.window_closed")
        case Means.OURS | Means.CONTENT:
            return Undeliverable("delivery.refused")
    return Uncertain("delivery.uncertain")


def until_morning(now: datetime) -> float:
    """Seconds until 06:00 in the zone of `now`, when Zalo sends again what it holds back at night."""
    morning = now.replace(hour=_MORNING, minute=0, second=0, microsecond=0)
    if morning <= now:
        morning += timedelta(days=1)
    return (morning - now).total_seconds()
