"""Whether a picture is a screen of a phone, and whether the screen shows VNeID.

What is on VNeID counts when the citizen opens it in the app, not as a picture of it (FORMATS, Upload). A
screen is told by its shape, by colours without any noise, and by the status bar; that the app's head is red
was remembered, not looked up. So only what is both, or shows the QR code of an identity card, is refused;
of any other screen the citizen is asked what it is.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from bot.declarations.card import looks_like_a_card
from bot.documents.legible import Verdict

_Dots = NDArray[np.int16]

_SHAPES = (1.7, 2.4)
"""Height by width, from 16:9 to 21:9."""
_FLAT = 0.7
"""Share of dots that are as their neighbours: 0.9 on screens, below 0.5 in photos of paper."""
_STATUS_BAR = (0.008, 0.04)
_HEAD = (0.045, 0.13)
"""Where they are, as shares of the height."""
_BACKGROUND = 0.7
_RED = 0.5


def judge(image: Image.Image, codes: Iterable[str]) -> Verdict | None:
    """What there is to say about a screen with these QR codes; None for anything else."""
    dots = np.asarray(image.convert("RGB"), dtype=np.int16)
    if not is_screen(dots):
        return None
    if has_red_head(dots) or any(map(looks_like_a_card, codes)):
        return Verdict("file.vneid")
    return Verdict(doubt="file.maybe_screen")


def is_screen(dots: _Dots) -> bool:
    """Whether the picture was made by a phone of its own screen."""
    height, width = dots.shape[:2]
    if not _SHAPES[0] <= height / width <= _SHAPES[1]:
        return False
    return flatness(dots) >= _FLAT and has_status_bar(dots)


def flatness(dots: _Dots) -> float:
    """The share of dots that are as their neighbours to the right and below."""
    grey = dots.mean(axis=2)
    right, below = np.abs(np.diff(grey, axis=1))[1:], np.abs(np.diff(grey, axis=0))[:, 1:]
    return float(((right < 1) & (below < 1)).mean())


def has_status_bar(dots: _Dots) -> bool:
    """Whether along the top there is one colour with signs at the left and at the right."""
    bar = _band(dots, _STATUS_BAR).astype(np.int16)
    unlike = np.abs(bar - np.median(bar, axis=(0, 1))).max(axis=2) > 40
    third = unlike.shape[1] // 3
    signs = [bool(part.any()) for part in (unlike[:, :third], unlike[:, -third:])]
    return all(signs) and 1 - float(unlike.mean()) >= _BACKGROUND


def has_red_head(dots: _Dots) -> bool:
    """Whether what stands under the status bar stands on red."""
    head = _band(dots, _HEAD)
    red, others = head[..., 0], head[..., 1:].max(axis=2)
    return float(((red > 120) & (red - others > 60)).mean()) >= _RED


def _band(dots: _Dots, shares: tuple[float, float]) -> _Dots:
    top, bottom = (round(share * len(dots)) for share in shares)
    return dots[top : max(bottom, top + 1)]
