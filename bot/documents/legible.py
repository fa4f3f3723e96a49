"""Whether a picture can be read: large enough, light enough, sharp enough.

Sharpness is what the strongest edges lose when they are blurred once more: a sharp edge loses most of
its slope, a blurred one has little left to lose (Crete and others, 2007). Unlike the variance of the
Laplacian, it does not fall with faint ink or rise with a sensor's noise: docs/attachments.md has the figures.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

_Grey = NDArray[np.float32]

_LOOKED_AT = 1024
"""Dots of the longer side, whatever the picture has."""
_TINY, _SMALL = 400, 700
"""Dots of the longer side: below, nothing can be read; below, only a card can."""
_FAINTEST = 14
"""Levels of grey of 255 between ink and paper."""
_NIGHT, _DUSK = 30, 70
"""Levels of grey of the lightest parts."""
_BLURRED, _HOPELESS = 0.75, 0.93
"""What strong edges keep of their slope: 12 pt on a page that fills the picture is read well up to 0.6,
with effort at 0.8, and not at all beyond 0.9."""


@dataclass(frozen=True)
class Verdict:
    """Wording keys of why a picture cannot be taken and of what is to be asked; empty: nothing."""

    problem: str = ""
    doubt: str = ""


def judge(image: Image.Image) -> Verdict:
    """What an officer who has to read the picture would say."""
    if max(image.size) < _TINY:
        return Verdict("file.tiny")
    grey = smoothed(grey_of(image))
    darkest, lightest = np.quantile(grey, (0.001, 0.99))
    if lightest < _NIGHT:
        return Verdict("file.dark")
    if lightest - darkest < _FAINTEST:
        return Verdict("file.blank")
    blur = blurring(grey)
    if blur > _HOPELESS:
        return Verdict("file.blurred")
    if blur > _BLURRED:
        return Verdict(doubt="file.maybe_blurred")
    if lightest < _DUSK:
        return Verdict(doubt="file.maybe_dark")
    return Verdict(doubt="file.maybe_small" if max(image.size) < _SMALL else "")


def grey_of(image: Image.Image, longest: int = _LOOKED_AT) -> _Grey:
    """The picture in levels of grey, no side above `longest`."""
    small = image.convert("L")
    small.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    return np.asarray(small, dtype=np.float32)


def blurring(grey: _Grey) -> float:
    """What the strongest edges keep of their slope after one more blur: about 0.2 sharp, 1 blurred."""
    slopes = np.abs(np.diff(grey, axis=1))
    strong = slopes >= max(float(np.quantile(slopes, 0.98)), 2.0)
    if not strong.any():
        return 1.0
    left = np.abs(np.diff(smoothed(grey, 2), axis=1))
    return float(left[strong].sum() / slopes[strong].sum())


def smoothed(grey: _Grey, reach: int = 1) -> _Grey:
    """Each dot as the mean of those at most `reach` away, which takes a sensor's noise out."""
    width, (height, length) = 2 * reach + 1, grey.shape
    padded = np.pad(grey, reach, mode="edge")
    rows = np.add.reduce([padded[n : n + height] for n in range(width)])
    whole: _Grey = np.add.reduce([rows[:, n : n + length] for n in range(width)]) / width**2
    return whole
