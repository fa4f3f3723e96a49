"""Draws a QR code as a picture that a telephone reads off a screen."""

from __future__ import annotations

import io

import segno

_DOT, _MARGIN = 8, 4
"""Pixels of one dot; dots of white around, as the standard wants."""


def qr_picture(address: str) -> bytes:
    """The address as a QR code, PNG."""
    drawn = io.BytesIO()
    segno.make(address, error="m", micro=False).save(drawn, kind="png", scale=_DOT, border=_MARGIN)
    return drawn.getvalue()
