"""Hears updates that Zalo's Bot Platform brings to our web server."""

from __future__ import annotations

import re

from bot.channels.secret_webhook import SecretWebhook

PATH = "/webhooks/zalo-bot"
SECRET = re.compile(r"[A-Za-z0-9_-]{8,256}")
NO_SECRET = "MOTCUA_ZALO_BOT_SECRET: a webhook needs one, 8–256 of A–Z a–z 0–9 _ -"


class ZaloBotWebhook(SecretWebhook):
    """The secret comes in the header `X-Bot-Api-Secret-Token`."""

    channel, proper, no_secret = "zalo_bot", SECRET, NO_SECRET

    async def __call__(self, body: bytes, shown: str | None) -> int:
        """The status to answer."""
        if not body.strip():  # Zalo tries the address without a body and without the secret
            return 200
        return await super().__call__(body, shown)
