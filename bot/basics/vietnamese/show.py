"""How values are written for people: dates, money, phones, lists. Nothing here is read back."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

YES, NO, AGREED = "Có", "Không", "Đồng ý"
MALE, FEMALE = "Nam", "Nữ"
_CHANNELS = {
    "truc_tuyen": "Trực tuyến",
    "truc_tiep": "Trực tiếp",
    "buu_chinh": "Qua bưu chính",
}
_LEVELS = {
    "toan_trinh": "trực tuyến toàn trình",
    "mot_phan": "trực tuyến một phần",
    "khong_truc_tuyen": "chưa làm trực tuyến",
}
_FILE_KINDS = {"anh": "ảnh", "pdf": "tệp PDF"}
_UNITS = {
    "ngay_lam_viec": "ngày làm việc",
    "ngay": "ngày",
    "gio_lam_viec": "giờ làm việc",
    "thang": "tháng",
}
_WEEKDAYS = ("thứ hai", "thứ ba", "thứ tư", "thứ năm", "thứ sáu", "thứ bảy", "chủ nhật")


def day(value: date | str) -> str:
    """`20/11/2026` for a date or its ISO form; a year alone stays as it is."""
    found = _date(value)
    if found is None:
        return str(value)
    return f"{found.day:02}/{found.month:02}/{found.year:04}"


def long_day(value: date | str) -> str:
    """`thứ sáu, 20/11/2026`."""
    found = _date(value)
    return day(value) if found is None else f"{_WEEKDAYS[found.weekday()]}, {day(found)}"


def clock(value: time | datetime | str) -> str:
    """`07:30`, for a time, a moment, or the ISO form of either."""
    if isinstance(value, str):
        return value.rpartition("T")[2][:5]
    return value.strftime("%H:%M")


def moment(value: datetime | str) -> str:
    """`14:30 ngày 02/11/2026` for `2026-11-02T14:30`; only the day if there is no hour."""
    if isinstance(value, datetime):
        value = value.isoformat()
    return f"{clock(value)} ngày {day(value)}" if "T" in value else day(value)


def money(value: int | Decimal) -> str:
    """`200.000 đ`."""
    return f"{number(value)} đ"


def number(value: float | Decimal) -> str:
    """`1.234,5`: a dot between thousands, a comma before decimals."""
    return f"{value:,}".replace(",", " ").replace(".", ",").replace(" ", ".")


def phone(value: str) -> str:
    """`0912 345 678`; a landline as area code and number, `024 3825 3536`."""
    if not value.startswith("02"):
        return f"{value[:4]} {value[4:7]} {value[7:]}".strip()
    area = 3 if value.startswith(("024", "028")) else 4
    return f"{value[:area]} {value[area : area + 4]} {value[area + 4 :]}".strip()


def masked_id(value: str) -> str:
    """`0010•••••456`: enough to recognise a number one knows, too little to learn it."""
    hidden = len(value) - 7
    return f"{value[:4]}{'•' * hidden}{value[-3:]}" if hidden > 0 else "•" * len(value)


def size(value: int) -> str:
    """Bytes: `850 KB`, `1,2 MB`."""
    megabytes = value / 1024 / 1024
    return f"{number(round(megabytes, 1))} MB" if megabytes >= 1 else f"{-(-value // 1024)} KB"


def file(value: Any) -> str:
    """A file that was received: `giay-chung-sinh.pdf (1,2 MB, 2 trang)`."""
    return f"{value.name} ({size(value.size)}, {value.pages} trang)"


def file_kind(value: object) -> str:
    """A kind of file, by its id in the catalogue."""
    return _FILE_KINDS.get(str(value), str(value))


def bullets(items: Iterable[object]) -> str:
    """One item a line, each after a dot."""
    return "\n".join(f"• {item}" for item in items)


def lower_first(text: str) -> str:
    """`text` as it stands within a sentence; abbreviations and codes keep their capitals."""
    first = text.partition(" ")[0]
    return text if not first[1:].islower() and first[1:] else text[:1].lower() + text[1:]


def masked_name(name: str) -> str:
    """`N••••• V•• A•`: enough for its owner to recognise."""
    return " ".join(word[0] + "•" * (len(word) - 1) for word in name.split())


def channel(value: object) -> str:
    """A way of handing in, by its id in the catalogue: `Trực tuyến`."""
    return _CHANNELS.get(str(value), str(value))


def limit(value: Any) -> str:
    """A time limit of the catalogue (`value` and `unit`): `7 ngày làm việc`."""
    if str(value.unit) == "trong_ngay":
        return "trong ngày làm việc"
    if value.value is None:
        return "chưa có thời hạn chung"
    return f"{value.value} {_UNITS[str(value.unit)]}"


def level(value: object) -> str:
    """A level of online service, by its id in the catalogue: `trực tuyến toàn trình`."""
    return _LEVELS.get(str(value), str(value))


def as_of(value: str) -> str:
    """When a fact was seen: `cập nhật tháng 07/2026`, or to the day where that is known."""
    year, month, *rest = value.split("-")
    return f"cập nhật {rest[0]}/{month}/{year}" if rest else f"cập nhật tháng {month}/{year}"


def groupby_order(items: Iterable[Any], attribute: str) -> list[tuple[Any, list[Any]]]:
    """Runs of items that share an attribute, in the order they come in."""
    runs = itertools.groupby(items, lambda item: getattr(item, attribute))
    return [(key, list(run)) for key, run in runs]


def _date(value: date | str) -> date | None:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value[:10])
    except ValueError:
        return None


def distance(kilometres: float) -> str:
    """`350 m`, `2,4 km`, `18 km`: as exact as a straight line can be of use."""
    if kilometres < 1:
        return f"{max(50, round(kilometres * 20) * 50)} m"
    if kilometres < 10:
        return f"{kilometres:.1f} km".replace(".", ",").replace(",0 ", " ")
    return f"{number(round(kilometres))} km"


FILTERS: Mapping[str, Callable[..., Any]] = {
    "money": money,
    "day": day,
    "long_day": long_day,
    "clock": clock,
    "distance": distance,
    "moment": moment,
    "number": number,
    "phone": phone,
    "masked_id": masked_id,
    "bullets": bullets,
    "lower_first": lower_first,
    "masked_name": masked_name,
    "channel": channel,
    "limit": limit,
    "as_of": as_of,
    "level": level,
    "size": size,
    "file": file,
    "file_kind": file_kind,
    "groupby_order": groupby_order,
}
"""The filters that wording templates may use."""
