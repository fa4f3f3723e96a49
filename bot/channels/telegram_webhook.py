"""Hears updates that Telegram brings to our web server."""

from __future__ import annotations

import re

from bot.channels.secret_webhook import SecretWebhook

PATH = "/webhooks/telegram"
SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
NO_SECRET = "MOTCUA_TELEGRAM_SECRET: a webhook needs one, 1–256 of A–Z a–z 0–9 _ -"


class TelegramWebhook(SecretWebhook):
    """The secret comes in the header `X-Telegram-Bot-Api-Secret-Token`."""

    channel, proper, no_secret = "telegram", SECRET, NO_SECRET
