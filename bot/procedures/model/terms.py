"""The closed lists of words that catalogue files use, each as an enumeration."""

from __future__ import annotations

from enum import StrEnum

STRICT = {"extra": "forbid"}
"""Read by pydantic: an unknown key in a file is a mistake, not an extra."""


class Confidence(StrEnum):
    """How sure a fact is. Below HIGH, a citizen is told that the receiving officer decides."""

    HIGH = "HIGH"
    MED = "MED"
    LOW = "LOW"


class Level(StrEnum):
    """How much of a procedure can be done online, in the two levels in use since 15/08/2022."""

    FULL = "toan_trinh"
    PARTIAL = "mot_phan"
    OFFLINE = "khong_truc_tuyen"


class Channel(StrEnum):
    """A way of handing in a dossier."""

    ONLINE = "truc_tuyen"
    IN_PERSON = "truc_tiep"
    POST = "buu_chinh"


class Tier(StrEnum):
    """The level of government that decides. There is no district since 01/07/2025."""

    COMMUNE = "xa"
    PROVINCE = "tinh"
    MINISTRY = "bo"
    OTHER = "khac"


class TimeUnit(StrEnum):
    """How a time limit counts (LEGAL §8)."""

    SAME_DAY = "trong_ngay"
    WORKING_DAY = "ngay_lam_viec"
    DAY = "ngay"
    WORKING_HOUR = "gio_lam_viec"
    MONTH = "thang"


class RequirementKind(StrEnum):
    """What is done with a paper the law asks for."""

    SUBMIT = "nop"
    SHOW = "xuat_trinh"
    E_FORM = "e_form"
    LOOKED_UP = "khai_thac"
    ON_SITE = "tai_cho"


class FileKind(StrEnum):
    """What kind of file a paper may come as."""

    PHOTO = "anh"
    PDF = "pdf"
