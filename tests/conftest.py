"""What every test shares: logs as in production, so that nothing a citizen wrote is printed."""

from __future__ import annotations

from bot.basics import logs

logs.configure("error")
