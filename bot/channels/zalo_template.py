"""Sends templates that Zalo approved (ZBS), by account or by telephone (CHANNELS §A.6)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import structlog

from bot.basics.clock import Clock
from bot.basics.errors import Outside, TryLater, Uncertain, Undeliverable
from bot.basics.messages import FilledTemplate
from bot.channels.zalo_api import ZaloApi
from bot.channels.zalo_errors import A_MINUTE, Means, Refusal, until_morning

log = structlog.get_logger()
BY_ACCOUNT = "/v3.0/oa/message/template"
BY_PHONE = "/message/template"
TRACKED = "motcua-"
"""Before our own number of the message, which Zalo's receipt gives back for one sent by telephone."""
_WAITS = {Means.RATE: A_MINUTE, Means.ASSET: A_MINUTE}


class TemplateSender:
    """The way out for templates. `business` is the server for telephone numbers, another one."""

    def __init__(self, api: ZaloApi, business: ZaloApi, clock: Clock) -> None:
        self._api, self._business, self._clock = api, business, clock

    async def send(self, number: int, account: str, template: FilledTemplate) -> str:
        """Sends the template of our message `number`; returns Zalo's id.

        Raises `TryLater`, `Undeliverable` or `Uncertain`. What a person must mend is refused for good
        here: the notice goes on by another way, and nothing else has to wait for the template.
        """
        body: dict[str, Any] = {"template_id": template.id, "template_data": dict(template.data)}
        try:
            if template.phone:
                return await self._business.send(BY_PHONE, body | _to_phone(number, template.phone))
            return await self._api.send(BY_ACCOUNT, body | {"user_id": account})
        except Refusal as refusal:
            raise outcome(refusal, self._clock.now()) from refusal


def outcome(refusal: Refusal, now: datetime) -> Outside:
    """Whether a template so refused should be sent again, never, or may have arrived."""
    means = refusal.means
    if means in _WAITS:
        return TryLater("delivery.busy", after=_WAITS[means])
    match means:
        case Means.NIGHT:
            return TryLater("delivery.night", after=until_morning(now))
        case Means.RECIPIENT | Means.WINDOW:
            return Undeliverable("delivery.no_templates_taken")
        case None | Means.AMBIGUOUS:
            log.error("zalo.template_is_uncertain", code=refusal.code)
            return Uncertain("delivery.uncertain")
    log.error("zalo.template_was_refused", code=refusal.code, means=means.name.lower())
    return Undeliverable("delivery.template_refused")


def _to_phone(number: int, phone: str) -> dict[str, Any]:
    return {"phone": f"84{phone.removeprefix('0')}", "tracking_id": f"{TRACKED}{number}"}
