"""All the channels."""

from __future__ import annotations

from tests.contract.door import Door
from tests.contract.near_doors import Browser, Terminal
from tests.contract.telegram_doors import TelegramByPolling, TelegramByWebhook
from tests.contract.zalo_doors import ZaloBot, ZaloOfficialAccount

DOORS: tuple[type[Door], ...] = (
    ZaloOfficialAccount,
    ZaloBot,
    TelegramByWebhook,
    TelegramByPolling,
    Browser,
    Terminal,
)


def name_of(door: type[Door]) -> str:
    """A name for a test's id."""
    return door.name.replace(", ", "-").replace(" ", "-")
