"""Reads QR codes in photos: of cards held at an angle, in poor light, a little out of focus."""

from __future__ import annotations

import io
from collections.abc import Iterator

import zxingcpp
from PIL import Image, ImageFilter, ImageOps, UnidentifiedImageError

_LONG_SIDE = 2400
"""Pixels. Phones take larger photos, in which nothing is read better and everything slower."""
_SMALL = 900
_MOST_PIXELS = 60_000_000


def qr_texts(content: bytes) -> tuple[str, ...]:
    """The texts of all QR codes in a JPEG or PNG picture; none for anything else."""
    try:
        with Image.open(io.BytesIO(content)) as image:
            if image.width * image.height > _MOST_PIXELS:
                return ()
            image.draft("L", (_LONG_SIDE, _LONG_SIDE))
            grey = ImageOps.exif_transpose(image).convert("L")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return ()
    grey.thumbnail((_LONG_SIDE, _LONG_SIDE))
    for seen in _ways_to_look(grey):
        found = zxingcpp.read_barcodes(seen, formats=zxingcpp.BarcodeFormat.QRCode)
        if texts := tuple(text for code in found if (text := _text(code))):
            return texts
    return ()


def _ways_to_look(grey: Image.Image) -> Iterator[Image.Image]:
    """The picture, then with more contrast, sharper, larger or smaller: the cheapest first."""
    yield grey
    even = ImageOps.autocontrast(grey, cutoff=1)
    yield even
    yield even.filter(ImageFilter.UnsharpMask(radius=4, percent=250, threshold=2))
    if max(grey.size) <= _SMALL:
        yield even.resize((even.width * 2, even.height * 2), Image.Resampling.BICUBIC)
    else:
        yield even.resize((even.width // 2, even.height // 2), Image.Resampling.BOX)
    yield ImageOps.equalize(even).filter(ImageFilter.GaussianBlur(1))


def _text(code: zxingcpp.Barcode) -> str:
    """The text in UTF-8, as the cards have it; codes seldom say which letters they hold."""
    try:
        return bytes(code.bytes).decode("utf-8")
    except UnicodeDecodeError:
        return str(code.text)
