"""What the QR code of an identity card says (FORMATS §1).

`number|old number|name|ddmmyyyy|gender|address|ddmmyyyy of issue`: the code on chip-based cards since
2021. Cards since 01/07/2024 put more parts after these; only the seven are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from bot.basics.vietnamese import show
from bot.basics.vietnamese.letters import flat
from bot.basics.vietnamese.text import fold, one_line
from bot.declarations.kinds.identity import is_made_up
from bot.declarations.people import Facts

_PARTS = 7
_LEAST_IN_WORDS = 3
"""Facts behind their labels, below which a text is no copy of a card."""
_FIRST_NEW_CARDS = date(2024, 7, 1)
_AGES = (14, 25, 40, 60)
"""At which a card has to be exchanged (Luật Căn cước 26/2023/QH15 Điều 21)."""
_NEAR_AGE = 2
"""Years before such an age in which a new card lasts until the next one (the same, khoản 2)."""
ON_CARD = frozenset(
    ("ho_ten", "ngay_sinh", "so_dinh_danh", "gioi_tinh", "dia_chi", "loai_giay_to", "ngay_cap")
)
CARD_FACTS = frozenset(("loai_giay_to", "so_giay_to", "ngay_cap", "noi_cap"))
"""Facts about a card rather than its bearer: they end with it."""


def looks_like_a_card(code: str) -> bool:
    """Whether a code has the parts of a card's, whatever stands in them."""
    return code.count("|") >= _PARTS - 1 and re.match("[0-9]{12}[|]", code) is not None


def read(code: str, today: date) -> Facts | None:
    """The facts on a card; None if the code is no identity card's or says what cannot be."""
    parts = [one_line(part) for part in code.split("|")]
    if len(parts) < _PARTS:
        return None
    number, _, name, birth, gender, address, issued = parts[:_PARTS]
    born, since = _day(birth), _day(issued)
    is_card = re.fullmatch("[0-9]{12}", number) and not is_made_up(number) and len(name) > 1
    genders = {fold(word): word for word in (show.MALE, show.FEMALE)}
    if not is_card or not born or not since or fold(gender) not in genders:
        return None
    if not born <= since <= today:
        return None
    facts = {
        "so_dinh_danh": number,
        "ho_ten": name,
        "ngay_sinh": show.day(born),
        "gioi_tinh": genders[fold(gender)],
        "dia_chi": address,
        "loai_giay_to": "the_can_cuoc" if since >= _FIRST_NEW_CARDS else "can_cuoc_cong_dan",
        "ngay_cap": show.day(since),
    }
    return {fact: said for fact, said in facts.items() if said}


def in_words(text: str, labels: Mapping[str, Iterable[str]]) -> Facts | None:
    """The facts of a card copied as text, each behind one of its `labels`; None if too few stand there."""
    ways = {fold(way): fact for fact, all_ in labels.items() for way in all_}
    line = one_line(text.replace("/", " / "))
    said = flat(line)
    heads = list(_labels(ways).finditer(said))
    ends = [*(head.start() for head in heads), len(said)][1:]
    facts: dict[str, str] = {}
    for head, end in zip(heads, ends, strict=True):
        fact = ways[head["label"]]
        value = line[head.end() : end].replace(" / ", "/").strip(" .,:;/")
        if value:
            facts.setdefault(fact, value)
    is_card = re.fullmatch("[0-9]{12}", facts.get("so_dinh_danh", "")) and "ho_ten" in facts
    return facts if is_card and len(facts) >= _LEAST_IN_WORDS else None


def _labels(ways: Iterable[str]) -> re.Pattern[str]:
    """Where one of the labels stands; one of a single word (`Số`) needs a sign behind it."""
    by_length = sorted(ways, key=len, reverse=True)
    signed = (rf"{re.escape(way)}(?= ?[.:/])" for way in by_length if " " not in way)
    either = "|".join((*(re.escape(way) for way in by_length if " " in way), *signed))
    return re.compile(rf"(?<![a-z])(?P<label>{either})(?![a-z])[ .:/]*")


def valid_until(born: date, issued: date) -> date | None:
    """The day a card runs out; None for one that never does."""
    return next((day for day in _ends(born) if day > _years_after(issued, _NEAR_AGE)), None)


def has_run_out(facts: Facts, today: date) -> date | None:
    """The day on which the card in `facts` ran out; None if it did not, or nobody can tell."""
    born, issued = (_written(facts.get(key, "")) for key in ("ngay_sinh", "ngay_cap"))
    end = valid_until(born, issued) if born and issued else None
    return end if end and end <= today else None


def _ends(born: date) -> Iterator[date]:
    return (_years_after(born, age) for age in _AGES)


def _years_after(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return date(day.year + years, 3, 1)


def _day(digits: str) -> date | None:
    """ddmmyyyy."""
    return _date(digits[4:], digits[2:4], digits[:2]) if re.fullmatch("[0-9]{8}", digits) else None


def _written(text: str) -> date | None:
    """dd/mm/yyyy, as `show.day` writes it."""
    match = re.fullmatch("([0-9]{2})/([0-9]{2})/([0-9]{4})", text)
    return _date(match[3], match[2], match[1]) if match else None


def _date(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
