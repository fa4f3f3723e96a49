"""Asks Telegram for updates, again and again, where no webhook can reach us.

The library would refuse a whole batch for one update that it cannot read, and ask for the same
batch for ever; here updates stay raw JSON.
"""

from __future__ import annotations

import asyncio
import math
import warnings
from collections.abc import Awaitable, Callable, Mapping

import structlog
from telegram import Bot
from telegram.error import Conflict, EndPointNotFound, InvalidToken, RetryAfter, TelegramError
from telegram.warnings import PTBUserWarning

from bot.basics.errors import Misconfigured
from bot.channels.telegram_errors import pause

log = structlog.get_logger()
WANTED = ("message", "callback_query", "my_chat_member")
"""Kinds of updates that are sent to us at all; an edited message is not heard twice."""

UNKNOWN_TOKEN = "MOTCUA_TELEGRAM_TOKEN: Telegram does not know this token"
_CONFLICT = (
    "MOTCUA_TELEGRAM_TOKEN: another process asks for the updates of this bot, or a webhook is set; "
    "stop the other one, or run `motcua telegram delete-webhook`"
)

Sleep = Callable[[float], Awaitable[object]]
_WAIT = 30
_BREATH = 0.2
_CONFLICTS = 3
_FIRST_BACKOFF = 1.0
_LONGEST_BACKOFF = 60.0

# The raw answer of getUpdates is just what we ask the library for.
warnings.filterwarnings("ignore", message="Please use 'Bot.getUpdates'", category=PTBUserWarning)


async def poll(
    bot: Bot,
    on_update: Callable[[object], Awaitable[None]],
    wait: int = _WAIT,
    sleep: Sleep = asyncio.sleep,
) -> None:
    """Hands over every update, in order, until cancelled; `wait` is Telegram's patience in seconds.

    An update counts as received only after `on_update` returned: what it raised, and whatever fails
    on the way, is tried again after a pause. Raises `Misconfigured` when asking again is no use.
    """
    offset: int | None = None
    failures = conflicts = 0
    while True:
        try:
            updates = await _ask(bot, offset, wait)
            conflicts = 0
            for update in updates:
                await on_update(update)
                offset = _after(update, offset)
        except (InvalidToken, EndPointNotFound) as error:
            raise Misconfigured([UNKNOWN_TOKEN]) from error
        except Conflict as error:
            # A process that has just ended may still be asking, so one conflict proves nothing.
            if (conflicts := conflicts + 1) == _CONFLICTS:
                raise Misconfigured([_CONFLICT]) from error
            await sleep(_backoff(conflicts))
        except RetryAfter as error:
            await sleep(pause(error))
        except Exception as error:
            failures += 1
            _tell(error)
            await sleep(_backoff(failures))
        else:
            failures = 0
            if not updates:
                await sleep(_BREATH)


async def _ask(bot: Bot, offset: int | None, wait: int) -> list[object]:
    asked = {"timeout": wait, "allowed_updates": list(WANTED)}
    if offset is not None:
        asked["offset"] = offset
    answer = await bot.do_api_request("getUpdates", api_kwargs=asked, read_timeout=wait + 10)
    return answer if isinstance(answer, list) else []


def _after(update: object, offset: int | None) -> int | None:
    number = update.get("update_id") if isinstance(update, Mapping) else None
    return number + 1 if isinstance(number, int) and not isinstance(number, bool) else offset


def _backoff(failures: int) -> float:
    return min(math.ldexp(_FIRST_BACKOFF, min(failures, 10) - 1), _LONGEST_BACKOFF)


def _tell(error: Exception) -> None:
    if isinstance(error, TelegramError):
        log.warning("telegram.did_not_answer", error=type(error).__name__)
    else:
        log.error("telegram.update_was_not_kept", exc_info=error)
