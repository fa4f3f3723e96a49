"""Numbers of a person's papers: số định danh, old CMND, passport (FORMATS §1, §2, §7)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from bot.declarations.kinds import lists
from bot.declarations.kinds.model import Choice, Doubt, Ok, Question, Reading, Unsure, Value, Wrong
from bot.declarations.kinds.typed import Typed, plain_line, sibling

Gender = Literal["nam", "nu"]


@dataclass(frozen=True)
class Bearer:
    """What the 12 digits say about their bearer (NĐ 137/2015): nothing else, and no check digit."""

    province: str
    """Where the birth was registered, by the 63 provinces of before 2025; empty if unknown."""
    gender: Gender
    birth_year: int


def bearer(citizen_id: str) -> Bearer:
    """What a 12-digit number tells. The fourth digit is century and gender: 0 and 1 for 19xx."""
    century, is_female = divmod(int(citizen_id[3]), 2)
    return Bearer(
        lists.birth_provinces().get(citizen_id[:3], ""),
        "nu" if is_female else "nam",
        1900 + 100 * century + int(citizen_id[4:6]),
    )


def digit_runs(text: str) -> list[str]:
    """The numbers in `text`, their digits joined over spaces, dots, dashes and brackets."""
    joined = re.findall(r"\+?[0-9](?:[ .()-]*[0-9])*", text)
    return [re.sub(r"[^0-9+]", "", run) for run in joined]


def read_citizen_id(text: str, question: Question) -> Reading:
    """Twelve digits."""
    number = pick(text, 12)
    if isinstance(number, str):
        return judge_citizen_id(number, question)
    if number is not None:
        return number
    runs = digit_runs(text)
    length = len(max(runs, key=len, default=""))
    if length == 11:
        whole = f"0{max(runs, key=len)}"
        if whole[:3] in lists.birth_provinces():
            return Unsure("kinds.citizen_id.lost_zero", (Choice(whole, whole),))
    if length == 9:
        return Wrong("kinds.citizen_id.old_card")
    if length == 10 and re.fullmatch("0[35789][0-9]{8}", max(runs, key=len)):
        return Wrong("kinds.citizen_id.phone")
    if length == 0:
        return Wrong("kinds.citizen_id.expected")
    return Wrong("kinds.citizen_id.length", {"length": length})


def pick(text: str, length: int) -> str | Unsure | None:
    """The one number of `length` digits in `text`; a choice if there are several."""
    found = [run for run in digit_runs(text) if len(run) == length and run.isdecimal()]
    if not found:
        found = [run for run in re.findall("[0-9]+", text) if len(run) == length]
    found = list(dict.fromkeys(found))
    if len(found) > 1:
        return Unsure("kinds.several_numbers", tuple(Choice(run, run) for run in found[:4]))
    return found[0] if found else None


def judge_citizen_id(number: str, question: Question) -> Reading:
    """Refuses made-up numbers; what does not fit the person is a doubt, for exceptions exist."""
    if is_made_up(number):
        return Wrong("kinds.citizen_id.made_up")
    about = bearer(number)
    doubts = []
    if not about.province:
        doubts.append(Doubt("kinds.citizen_id.province", {"code": number[:3]}))
    if doubt := _birth_year_doubt(about, question):
        doubts.append(doubt)
    gender = _of_bearer(question, "gioi_tinh")
    if gender in ("nam", "nu") and gender != about.gender:
        doubts.append(Doubt("kinds.citizen_id.gender", {"gender": about.gender}))
    return Ok(number, tuple(doubts))


def _birth_year_doubt(about: Bearer, question: Question) -> Doubt | None:
    birth = _of_bearer(question, "ngay_sinh")
    if birth and str(birth)[:4] != str(about.birth_year):
        facts = {"year": about.birth_year, "birth": birth}
        return Doubt("kinds.citizen_id.birth_year", facts)
    if about.birth_year > question.today.year:
        return Doubt("kinds.citizen_id.future", {"year": about.birth_year})
    return None


def _of_bearer(question: Question, name: str) -> Value | None:
    """Another answer about the bearer; none for a number of somebody else, `cccd_chu_ho`."""
    is_own = question.field.id.rpartition(".")[2] == "so_dinh_danh"
    return sibling(question, name) if is_own else None


def is_made_up(number: str) -> bool:
    """All digits the same, or counting up: typed to get past the question."""
    steps = {(int(b) - int(a)) % 10 for a, b in pairwise(number)}
    return steps in ({0}, {1})


def read_old_id(text: str, question: Question) -> Reading:
    """The nine digits of a CMND, no longer valid but still written on old papers."""
    number = pick(text, 9)
    if isinstance(number, Unsure):
        return number
    if number is None:
        length = len(max(digit_runs(text), key=len, default=""))
        key = "kinds.old_id.twelve" if length == 12 else "kinds.old_id.expected"
        return Wrong(key)
    return Wrong("kinds.old_id.made_up") if len(set(number)) == 1 else Ok(number)


def read_passport(text: str, question: Question) -> Reading:
    """A letter and seven or eight digits; other countries' forms pass with a doubt."""
    written = re.sub(r"(?<=[A-Z0-9])[ .-]+(?=[0-9])", "", text.upper())
    numbers = [word for word in re.findall(r"[A-Z0-9]+", written) if re.search("[0-9]{4}", word)]
    ours = [word for word in numbers if re.fullmatch("[A-Z][0-9]{7,8}", word)]
    if len(ours) == 1:
        return Ok(ours[0])
    if len(numbers) != 1 or re.fullmatch("[0-9]{12}", numbers[0]):
        return Wrong("kinds.passport.expected")
    if not re.fullmatch("[A-Z0-9]{6,12}", numbers[0]):
        return Wrong("kinds.passport.expected")
    return Ok(numbers[0], (Doubt("kinds.passport.unusual", {"number": numbers[0]}),))


CITIZEN_ID = Typed(read_citizen_id, tidy=plain_line)
OLD_ID = Typed(read_old_id, tidy=plain_line)
PASSPORT = Typed(read_passport, tidy=plain_line)
