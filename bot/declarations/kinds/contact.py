"""Telephone numbers and e-mail addresses (FORMATS §3, §7)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapidfuzz.distance import OSA

from bot.basics.vietnamese import show
from bot.basics.vietnamese.text import has_marks, strip_marks
from bot.declarations.kinds.identity import digit_runs
from bot.declarations.kinds.model import Choice, Doubt, Ok, Question, Reading, Unsure, Value, Wrong
from bot.declarations.kinds.typed import Typed, plain_line
from bot.procedures.model import Field

_MOBILE = re.compile(r"0(?:3[2-9]|5[25689]|7[06-9]|8[1-9]|9[0-46-9])[0-9]{7}")
_LANDLINE = re.compile(r"02[0-9]{8,9}")
_ELEVEN_DIGITS = {
    **{f"016{digit}": f"03{digit}" for digit in range(2, 10)},
    **{"0120": "070", "0121": "079", "0122": "077", "0126": "076", "0128": "078"},
    **{"0123": "083", "0124": "084", "0125": "085", "0127": "081", "0129": "082"},
    **{"0186": "056", "0188": "058", "0199": "059"},
}
"""Prefixes of eleven-digit numbers and what they became in 2018."""
_MOST_GROUPS = 5
"""Groups of digits in which people write one number."""


def read_phone(text: str, question: Question) -> Reading:
    """Ten digits beginning with 0; a landline with a doubt, for it gets no messages."""
    written = [_national(run) for run in digit_runs(text)]
    numbers = list(dict.fromkeys(run for run in written if _is_phone(run)))
    if not numbers:
        numbers = list(dict.fromkeys(_side_by_side(re.findall(r"\+?[0-9]+", text))))
    if len(numbers) > 1:
        choices = tuple(Choice(show.phone(number), number) for number in numbers[:4])
        return Unsure("kinds.phone.several", choices)
    if not numbers:
        return _not_a_phone(max(written, key=len, default=""))
    if _LANDLINE.fullmatch(numbers[0]):
        return Ok(numbers[0], (Doubt("kinds.phone.landline", {"phone": numbers[0]}),))
    return Ok(numbers[0])


def _national(run: str) -> str:
    """`run` as dialled inside the country: +84, 0084 and 84 become 0."""
    abroad = re.fullmatch(r"(?:\+|00)?84(0?[0-9]{9,10})", run)
    return f"0{abroad[1].removeprefix('0')}" if abroad else run


def _side_by_side(groups: list[str]) -> Iterator[str]:
    """The numbers that neighbouring groups of digits make up: `0912 345 678 - 0987 654 321`."""
    start = 0
    while start < len(groups):
        for end in range(start + 1, min(start + _MOST_GROUPS, len(groups)) + 1):
            number = _national("".join(groups[start:end]))
            if _is_phone(number):
                yield number
                start = end - 1
                break
        start += 1


def _is_phone(run: str) -> bool:
    return bool(_MOBILE.fullmatch(run) or _LANDLINE.fullmatch(run))


def _not_a_phone(run: str) -> Reading:
    if len(run) == 11 and run[:4] in _ELEVEN_DIGITS:
        number = _ELEVEN_DIGITS[run[:4]] + run[4:]
        return Unsure("kinds.phone.eleven_digits", (Choice(show.phone(number), number),))
    if _MOBILE.fullmatch(f"0{run}"):
        return Unsure("kinds.phone.lost_zero", (Choice(show.phone(f"0{run}"), f"0{run}"),))
    if run.startswith("+"):
        return Wrong("kinds.phone.foreign")
    if len(run) == 12:
        return Wrong("kinds.phone.citizen_id")
    if len(run) == 10:
        return Wrong("kinds.phone.prefix", {"prefix": run[:3]})
    return (
        Wrong("kinds.phone.length", {"length": len(run)}) if run else Wrong("kinds.phone.expected")
    )


def show_phone(value: Value, field: Field) -> str:
    """`0912 345 678`."""
    return show.phone(value)


_LOCAL = re.compile(r"[a-z0-9_%+-]+(?:\.[a-z0-9_%+-]+)*")
_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,24}")
_PROVIDERS = ("gmail.com", "yahoo.com", "yahoo.com.vn", "hotmail.com", "outlook.com", "icloud.com")
_LOOK_ALIKES = ("ymail.com", "mail.com", "gmx.com", "email.com", "hotmail.co")
"""Real services one slip away from a commoner one."""
_LONGEST_ADDRESS, _LONGEST_LOCAL = 254, 64


def read_email(text: str, question: Question) -> Reading:
    """One address, in lower case. A likely slip in the provider's name is asked about."""
    words = re.sub(r" ?@ ?", "@", text.lower()).split()
    found = [word.strip(".,;:<>()[]\"'") for word in words if "@" in word]
    if len(found) != 1:
        return Wrong("kinds.email.expected")
    if has_marks(found[0]):
        found = [strip_marks(found[0])]
        return _suggest(found) if _is_email(found[0]) else Wrong("kinds.email.expected")
    local, _, domain = found[0].partition("@")
    meant = _provider_meant(domain)
    if meant and _is_email(f"{local}@{meant}"):
        return _suggest([f"{local}@{meant}", *(found if _is_email(found[0]) else ())])
    return Ok(found[0]) if _is_email(found[0]) else Wrong("kinds.email.expected")


def _suggest(addresses: list[str]) -> Unsure:
    return Unsure("kinds.email.slip", tuple(Choice(address, address) for address in addresses))


def _is_email(address: str) -> bool:
    local, at, domain = address.partition("@")
    is_short = len(address) <= _LONGEST_ADDRESS and len(local) <= _LONGEST_LOCAL
    return bool(at and is_short and _LOCAL.fullmatch(local) and _DOMAIN.fullmatch(domain))


def _provider_meant(domain: str) -> str:
    """The domain probably meant by a misspelt one; empty if it stands as it is."""
    if domain in _PROVIDERS or domain in _LOOK_ALIKES:
        return ""
    for provider in _PROVIDERS:
        if domain == provider.partition(".")[0] or OSA.distance(domain, provider) <= 2:
            return provider
    return re.sub(r"\.(?:con|cm|comm|cim|vom|xom)$", ".com", domain).replace(domain, "")


PHONE = Typed(read_phone, shower=show_phone, tidy=plain_line)
EMAIL = Typed(read_email, tidy=plain_line)
