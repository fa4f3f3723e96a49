"""Photos of identity cards of people who do not exist."""

from __future__ import annotations

import io

import segno
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter

MOTHER = (
    "001196023456|012345678|Lê Thị Bình|12031996|Nữ|Số 5, tổ 3, phường Ba Đình, Hà Nội|10052025"
)
FATHER = "001093034567||Trần Văn Cường|20101993|Nam|Số 5, tổ 3, phường Ba Đình, Hà Nội|01072024|||"
RUN_OUT = "001085012349||Nguyễn Văn Sơn|02021985|Nam|phường Láng, Hà Nội|15042021"
"""Its bearer became forty in 2025."""


def photo(code: str, angle: float = 0, blur: float = 0, light: float = 1, scale: int = 4) -> bytes:
    """A JPEG of a card with this QR code on a table: turned by degrees, blurred, darkened."""
    drawn = io.BytesIO()
    segno.make(code, error="m").save(drawn, kind="png", scale=scale, border=2)
    sign = Image.open(drawn).convert("RGB")
    card = Image.new("RGB", (1000, 630), (196, 222, 214))
    lines = ImageDraw.Draw(card)
    for x in range(0, 1000, 7):
        lines.line((x, 0, 1000 - x, 630), fill=(190 + x % 40, 215, 205))
    card.paste(sign, (960 - sign.width, 40))
    table = (90, 70, 60)
    turned = card.rotate(angle, expand=True, fillcolor=table, resample=Image.Resampling.BICUBIC)
    picture = Image.new("RGB", (1600, 1300), table)
    picture.paste(turned, ((1600 - turned.width) // 2, (1300 - turned.height) // 2))
    picture = picture.filter(ImageFilter.GaussianBlur(blur)) if blur else picture
    picture = ImageEnhance.Brightness(picture).enhance(light)
    photo = io.BytesIO()
    picture.save(photo, "JPEG", quality=80)
    return photo.getvalue()
