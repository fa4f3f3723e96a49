"""How a picture looks, as a mark by which it is known again (see `declarations.marks`)."""

from __future__ import annotations

import numpy as np
from PIL import Image

from bot.declarations.marks import LOOK

_FIELDS = 16
_LIGHTER = 2
"""Levels of grey: less is noise of compression."""


def look_of(image: Image.Image) -> str:
    """Its mark: whether of two neighbouring fields of a 16 × 16 raster the right one is lighter
    (the difference hash, dHash).
    """
    raster = image.convert("L").resize((_FIELDS + 1, _FIELDS), Image.Resampling.BOX)
    levels = np.asarray(raster, dtype=np.int16)
    return LOOK + np.packbits(levels[:, 1:] - levels[:, :-1] > _LIGHTER).tobytes().hex()
