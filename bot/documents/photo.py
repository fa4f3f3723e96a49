"""Develops a photo: decoded within limits, turned upright, freed of what a phone writes into it."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

import pillow_heif
from PIL import Image, ImageOps, JpegImagePlugin

_MOST_PIXELS = 60_000_000
"""The largest sensors in phones take 50 million; decoded they fill 150 MB for a moment."""
_LONGEST_SIDE = 4096
"""Dots: 350 an inch on A4. What is larger only fills the disk."""
_FEW_COLOURS = frozenset({"1", "L", "P"})
_CAMERA = frozenset({0x010F, 0x0110, 0x829A, 0x829D})
"""EXIF tags that cameras write and screens do not: make, model, exposure time, aperture."""
_EXIF = 0x8769

pillow_heif.register_heif_opener()


class Unreadable(Exception):
    """The bytes are no picture, or one too large to open."""


@dataclass(frozen=True)
class Photo:
    """A picture as it is kept."""

    image: Image.Image
    """Upright; grey or RGB."""
    content: bytes
    mime: str
    is_from_camera: bool
    """Whether it says so itself; most messengers strip that away."""


def develop(content: bytes) -> Photo:
    """The first picture in `content`, upright, no side above 4096 dots, with no word about who took
    it or where. Raises `Unreadable`.
    """
    try:
        with Image.open(io.BytesIO(content)) as opened:
            if opened.width * opened.height > _MOST_PIXELS:
                raise Unreadable
            return _developed(opened)
    except (OSError, ValueError, SyntaxError, EOFError, KeyError, TypeError, IndexError) as error:
        raise Unreadable from error  # decoders raise all of these on broken files
    except (Image.DecompressionBombError, MemoryError, OverflowError) as error:
        raise Unreadable from error


def _developed(opened: Image.Image) -> Photo:
    exif = opened.getexif()
    is_from_camera = not _CAMERA.isdisjoint({*exif, *exif.get_ifd(_EXIF)})
    how = _as_it_was(opened)
    is_drawing = opened.format == "PNG" and opened.mode in _FEW_COLOURS
    image = _flat(ImageOps.exif_transpose(opened))
    image.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE), Image.Resampling.LANCZOS)
    image.info.clear()
    written = io.BytesIO()
    if is_drawing:
        image.save(written, "PNG")
    else:
        image.save(written, "JPEG", **how)
    mime = "image/png" if is_drawing else "image/jpeg"
    return Photo(image, written.getvalue(), mime, is_from_camera)


def _as_it_was(opened: Image.Image) -> dict[str, Any]:
    """How a JPEG was compressed, so that compressing it again loses and adds next to nothing."""
    tables = getattr(opened, "quantization", None)
    if not tables or opened.mode not in ("L", "RGB"):
        return {"quality": 90}
    return {"qtables": tables, "subsampling": JpegImagePlugin.get_sampling(opened)}


def _flat(image: Image.Image) -> Image.Image:
    """The picture in grey or RGB; what is transparent becomes white."""
    if image.mode in ("1", "L"):
        return image.convert("L")
    if image.mode == "P" or image.mode.endswith(("A", "a")):
        image = image.convert("RGBA")
        white = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(white, image)
    return image.convert("RGB")
