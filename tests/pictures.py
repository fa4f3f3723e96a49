"""Pictures such as citizens send, made on the spot: a page as it is, as a camera sees it, a screen."""

from __future__ import annotations

import functools
import io
from typing import Any

import numpy as np
import pillow_heif
import typst
from fontpkg_be_vietnam_pro import ROOT
from PIL import Image, ImageFilter, ImageOps

_PAGE = """
#set page(paper: "a4", margin: 25mm)
#set text(size: {size}pt, fill: luma({ink}), font: "Be Vietnam Pro")
#align(center)[*CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM*]
#align(center)[#text(18pt)[*GIẤY CHỨNG SINH*]]
#for _ in range({lines}) [Họ và tên mẹ: {name}, sinh ngày 12/03/1995, nơi thường trú: số 5 ngõ 12
  phố Thử Nghiệm, phường Bình Minh, thành phố Hà Nội. \\ ]
"""
_APP = """
#set page(width: 390pt, height: 844pt, margin: 0pt, fill: luma(247))
#set text(font: "Be Vietnam Pro", size: 14pt)
#place(rect(width: 100%, height: 110pt, fill: rgb("{head}")))
#place(dx: 30pt, dy: 16pt)[#text(fill: white, weight: "bold")[9:41]]
#place(right, dx: -24pt, dy: 18pt)[#rect(width: 26pt, height: 11pt, fill: white, radius: 3pt)]
#place(dx: 20pt, dy: 64pt)[#text(fill: white, size: 18pt, weight: "bold")[{title}]]
#place(dx: 20pt, dy: 140pt)[#rect(width: 350pt, height: 220pt, fill: rgb("#d9ead3"), radius: 12pt)[
  Số: 001095000001 \\ Họ và tên: NGUYỄN VĂN THỬ]]
#place(dx: 20pt, dy: 400pt)[#rect(width: 350pt, height: 300pt, fill: white)[Thông tin cư trú]]
"""


@functools.cache
def page(
    size: int = 12, ink: int = 0, lines: int = 14, name: str = "Lê Thị Thử", ppi: int = 150
) -> Image.Image:
    """A printed page, clean."""
    return _drawn(_PAGE.format(size=size, ink=ink, lines=lines, name=name), ppi)


@functools.cache
def app(head: str = "#b3161b", title: str = "Căn cước điện tử") -> Image.Image:
    """The screen of a phone that shows an app."""
    return _drawn(_APP.format(head=head, title=title), 144)


def photo_of(
    paper: Image.Image, blur: float = 0.0, noise: float = 4.0, light: float = 1.0, seed: int = 1
) -> Image.Image:
    """The paper on a table, lit from one side, photographed from a little askew.

    `blur` is in dots of a picture whose longer side has 1280, like those that messengers send.
    """
    chance = np.random.default_rng(seed)
    width, height = (round(side * 1.24) for side in paper.size)
    grain = chance.normal(128, 30, (height // 8, width // 8)).clip(0, 255).astype(np.uint8)
    table = ImageOps.colorize(
        Image.fromarray(grain).resize((width, height)), (70, 45, 30), (150, 110, 80)
    )
    laid = paper.convert("RGBA").rotate(3, expand=True, resample=Image.Resampling.BICUBIC)
    table.paste(laid, ((width - laid.width) // 2, (height - laid.height) // 2), laid)
    table.thumbnail((1280, 1280), Image.Resampling.LANCZOS)
    seen = np.asarray(table.filter(ImageFilter.GaussianBlur(blur)), dtype=np.float32)
    shade = np.linspace(1.0, 0.65, seen.shape[1])[None, :, None]
    lit = seen * shade * light + chance.normal(0, noise, seen.shape)
    return Image.fromarray(lit.clip(0, 255).astype(np.uint8))


def jpeg(picture: Image.Image, quality: int = 85, **how: Any) -> bytes:
    """The picture as JPEG."""
    return _saved(picture, "JPEG", quality=quality, **how)


def png(picture: Image.Image) -> bytes:
    """The picture as PNG."""
    return _saved(picture, "PNG")


def heic(picture: Image.Image) -> bytes:
    """The picture as an iPhone keeps it."""
    written = io.BytesIO()
    pillow_heif.from_pillow(picture).save(written, quality=80)
    return written.getvalue()


def opened(content: bytes) -> Image.Image:
    """The picture in a file."""
    return Image.open(io.BytesIO(content))


def _saved(picture: Image.Image, kind: str, **how: Any) -> bytes:
    written = io.BytesIO()
    picture.save(written, kind, **how)
    return written.getvalue()


def _drawn(source: str, ppi: int) -> Image.Image:
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[ROOT / "files"])
    drawn = typst.compile(
        source.encode(), format="png", ppi=ppi, font_paths=fonts, ignore_system_fonts=True
    )
    return opened(drawn[0] if isinstance(drawn, list) else drawn).convert("RGB")
