"""What a resolved address is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Status = Literal["ok", "partial", "ambiguous", "not_found"]
Era = Literal["new", "old"]


@dataclass(frozen=True)
class Place:
    """A place in today's two levels. Codes are those of the statistics office."""

    province_code: str
    province: str
    """Full name, `Thành phố Hà Nội`."""

    commune_code: str = ""
    commune: str = ""
    """Full name, `Phường Cầu Giấy`; empty when only the province is known."""

    detail: str = ""
    """House number, street, hamlet, as the citizen typed them."""

    old: str = ""
    """The former units that were named, `Phường Bến Nghé, Quận 1, Thành phố Hồ Chí Minh`."""


@dataclass(frozen=True)
class Resolution:
    """What an address says, and what it leaves open.

    `ok`: `place` is a commune. `partial`: `place` is a province, and `asks` for the commune;
    a named district narrows `candidates`. `ambiguous`: no `place`; one of `candidates` has to be
    confirmed, even if there is only one, and `asks` says whether the province or the commune was
    unclear. `not_found`: nothing was recognised.
    """

    status: Status
    place: Place | None
    candidates: tuple[Place, ...] = ()
    era: Era | None = None
    """Whether the words name units of today or of before 01/07/2025; `None` if of both."""

    asks: str = ""
    """`province`, `commune` or nothing."""


NOT_FOUND = Resolution("not_found", None)
