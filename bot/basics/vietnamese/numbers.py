"""Numbers as Vietnamese write and say them: `1.000`, `56,7`, `hai mươi lăm`, `1 triệu 2`."""

from __future__ import annotations

import re
from decimal import Decimal

from bot.basics.vietnamese.letters import flat

UNITS = {
    **{"khong": 0, "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "lam": 5},
    **{"nham": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9},
}
"""Digits in words, without marks."""

SCALES = {
    **{"ty": 10**9, "ti": 10**9, "trieu": 10**6, "tr": 10**6, "van": 10**4},
    **{"nghin": 1000, "ngan": 1000, "ngin": 1000, "k": 1000},
}
"""What a number is multiplied by, without marks."""

WORD = "|".join(sorted({*UNITS, *SCALES, "muoi", "chuc", "tram", "linh", "le"}, reverse=True))
"""A pattern of one number word, for text without marks."""

_MARKED = re.compile(
    "không|một|mốt|bốn|tư|năm|lăm|nhăm|sáu|bảy|bẩy|tám|chín|mười|mươi|chục|trăm|lẻ"
    "|nghìn|ngàn|vạn|triệu|tỷ|tỉ|rưỡi|rưởi|nửa"
)
_ORDINALS = {"nhat": 1, "nhi": 2, "dau": 1, "dau tien": 1}
_BESIDE = re.compile(
    "a|ah|anh|ban|bo|buc|cai|cap|can|chac|chiec|cho|chung|chi|co|con|cua|da|dang|di|du|dung|em|gio"
    "|in|khoang|la|lan|lay|luot|minh|muon|ngay|ngoi|ngon|nguoi|nha|nhe|nuoc|o|phong|phut|quyen|sao"
    "|so|tam|tang|thang|thoi|thu|to|toi|tuan|tuoi|vang|vay|xin"
)
"""What may stand beside a number in an answer: counting words, politeness, "about"."""
_STOREYS = re.compile(
    rf"(?:(?:da|nha|co|xay|la) )*(?:(?:1|mot) )?(?:tang )?tret(?: va)?"
    rf" (?P<above>[0-9]{{1,2}}|{WORD}) (?:tang )?lau(?: (?:a|nha|nhe))*"
)

_TOKEN = re.compile(r"[0-9][0-9.,]*|[a-z]+")
_SPACED_THOUSANDS = re.compile(r"(?<![0-9.,])[0-9]{1,3}(?: [0-9]{3})+(?![0-9])")
_GROUPED = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,3}(?:,[0-9]{3})+")
_DIGIT = f"[0-9]|{'|'.join(UNITS)}"
_BELOW_THOUSAND = re.compile(
    rf"(?:(?:(?P<hundreds>{_DIGIT}) )?(?P<tram>tram)(?: (?P<half>ruoi))?(?: |$))?"
    r"(?:(?P<linh>linh|le) )?"
    rf"(?:(?:(?P<tens>{_DIGIT}) )?(?P<muoi>muoi|chuc)(?: |$))?(?P<ones>{_DIGIT})?"
)
_SHORT_TENS = re.compile(rf"(?P<tens>{_DIGIT}) (?:lam|nham)")
_LONGEST = 60
_MOST_TOKENS = 24


def amount(written: str) -> Decimal | None:
    """A number in digits; dot and comma both separate thousands: `200.000`, `200,000`, `1,5`."""
    written = written.strip(" .,")
    if whole := re.fullmatch(r"(.*(?:\.[0-9]{3})),0{1,2}|(.*(?:,[0-9]{3}))\.0{1,2}", written):
        written = whole[1] or whole[2]
    if _GROUPED.fullmatch(written):
        written = re.sub(r"[.,]", "", written)
    return _number(written.replace(",", "."))


def decimal(written: str) -> Decimal | None:
    """A number with a decimal comma: `56,7`, `1.234,5`; `56.7` passes, `1.234` is 1234."""
    written = written.strip(" .,")
    if re.fullmatch(r"[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?", written):
        written = written.replace(".", "")
    return _number(written.replace(",", "."))


def _number(written: str) -> Decimal | None:
    return Decimal(written) if re.fullmatch(r"[0-9]{1,15}(?:\.[0-9]{1,6})?", written) else None


def read(text: str) -> Decimal | None:
    """The number that the whole of `text` is, in digits, in words or mixed; None if it is none."""
    tokens = _tokens(text)
    if not tokens:
        return None
    total, scale, group = Decimal(0), 0, list[str]()
    for token in tokens:
        if token not in SCALES:
            group.append(token)
            continue
        step = _scaled(group, SCALES[token], total, scale)
        if step is None:
            return None
        total, scale, group = step, SCALES[token], []
    rest = _tail(group, scale) if group else Decimal(0)
    return None if rest is None else total + rest


def _tokens(text: str) -> list[str]:
    written = flat(text).strip(" .,")
    is_other = len(written) > _LONGEST or _TOKEN.sub("", written).strip(" ")
    if is_other or any(map(_is_another_word, text.split())):
        return []
    joined = _SPACED_THOUSANDS.sub(lambda match: match[0].replace(" ", ""), written)
    tokens = _TOKEN.findall(joined)
    return tokens if len(tokens) <= _MOST_TOKENS else []


def _is_another_word(word: str) -> bool:
    """Written like a number word but marked otherwise: `bà` is not `ba`."""
    word = word.strip(".,").lower()
    is_like_one = re.fullmatch(WORD, flat(word)) and word != flat(word)
    return bool(is_like_one) and not _MARKED.fullmatch(word)


def _scaled(group: list[str], by: int, total: Decimal, previous: int) -> Decimal | None:
    """`total` and `group` times `by`; a larger scale after a smaller one multiplies: 2 nghìn tỷ."""
    if not group:
        return total * by if previous and by > previous else None
    value = _below_thousand(group)
    # 1,500 triệu is one and a half million to one reader and one and a half billion to the next.
    is_ambiguous = by >= SCALES["trieu"] and re.fullmatch(r"[0-9]+,[0-9]{3}", group[0])
    if value is None or is_ambiguous or (previous and by >= previous):
        return None
    return total + value * by


def _tail(group: list[str], scale: int) -> Decimal | None:
    """What stands after the last scale: in `1 triệu 2` the 2 is two tenths of the million."""
    if not scale:
        return _below_thousand(group)
    if group == ["ruoi"]:
        return Decimal(scale) / 2
    last = str(UNITS.get(group[0], group[0])) if len(group) == 1 else ""
    if re.fullmatch(r"[0-9]{1,3}", last):
        return Decimal(last) * scale / Decimal(10) ** len(last)
    value = _below_thousand(group)
    if value is None or value >= scale:
        return None
    if scale < SCALES["trieu"] or value >= 1000:
        return value
    # "1 triệu 2 trăm" is short for two hundred thousand; nobody says a million and twenty.
    return value * scale / 1000 if group[-1] == "tram" else None


def _below_thousand(group: list[str]) -> Decimal | None:
    if len(group) == 1 and group[0][0].isdigit():
        return amount(group[0])
    words = " ".join(group)
    if words == "nua":
        return Decimal("0.5")
    if match := _SHORT_TENS.fullmatch(words):
        return Decimal(10 * _digit(match["tens"]) + 5)
    match = _BELOW_THOUSAND.fullmatch(words)
    # "hai trăm hai" may be 202 or 220, and "mười năm" is ten years: not numbers to rely on.
    if not match or (match["tram"] and match["ones"] and not (match["linh"] or match["muoi"])):
        return None
    if match["muoi"] and match["ones"] == "nam":
        return None
    hundreds = 100 * _digit(match["hundreds"]) if match["tram"] else 0
    tens = 10 * _digit(match["tens"]) if match["muoi"] else 0
    ones = _digit(match["ones"]) if match["ones"] else 0
    return Decimal(hundreds + tens + ones + (50 if match["half"] else 0))


def _digit(word: str | None) -> int:
    """A hundred and a ten without a number before them are one hundred, one ten."""
    return UNITS[word] if word in UNITS else int(word or 1)


def whole(text: str) -> int | None:
    """The one whole number in a short answer: `2`, `hai bản ạ`, `lần thứ nhất`, `khoảng 1.000`."""
    tokens = _tokens(text)
    numeric = [index for index, token in enumerate(tokens) if _is_numeric(token)]
    beside = [token for index, token in enumerate(tokens) if index not in numeric]
    if not numeric:
        return _ORDINALS.get(" ".join(token for token in tokens if not _BESIDE.fullmatch(token)))
    run = tokens[numeric[0] : numeric[-1] + 1]
    if len(run) > len(numeric) or not all(map(_BESIDE.fullmatch, beside)):
        return None
    value = read(" ".join(run))
    if value is None and run[-1] == "nam":
        value = read(" ".join(run[:-1]))
    return int(value) if value is not None and value == int(value) else None


def storeys(text: str) -> int | None:
    """Floors of a house told as in the South: `1 trệt 2 lầu` is three. None for anything else."""
    match = _STOREYS.fullmatch(re.sub("[ ,+]+", " ", flat(text)).strip(" ."))
    above = read(match["above"]) if match else None
    return None if above is None else 1 + int(above)


def _is_numeric(token: str) -> bool:
    return token[0].isdigit() or re.fullmatch(WORD, token) is not None
