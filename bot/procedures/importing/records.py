"""Makes a procedure of one record of the export."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.basics.ids import ProcedureCode
from bot.basics.vietnamese.text import fold
from bot.procedures.importing import tables
from bot.procedures.importing.papers import papers
from bot.procedures.importing.portal import Portal, tidy
from bot.procedures.importing.tables import Note
from bot.procedures.model import Authority, Confidence, Procedure, Text, Tier

_CODE = re.compile(r"\d\.\d{6}")
_LONGEST_TITLE = 500
_LONGEST_TEXT = 300
_TIERS = (Tier.COMMUNE, Tier.PROVINCE, Tier.MINISTRY, Tier.OTHER)


class Unreadable(Exception):
    """The record is no procedure; the message says why."""


def procedure(record: Mapping[str, Any], portal: Portal, note: Note) -> tuple[Procedure, str]:
    """The procedure of the record, and the portal's name of its sector. Raises `Unreadable`."""
    code = str(record.get("ma_thu_tuc", "")).strip()
    if not _CODE.fullmatch(code):
        raise Unreadable("no national code such as 1.001193 in ma_thu_tuc")
    cells = {key: portal.cell(value) for key, value in record.items() if key != "raw_text"}
    title = tidy(cells.get("ten_thu_tuc", ""), _LONGEST_TITLE)
    if not title:
        raise Unreadable("no title in ten_thu_tuc")
    sector = tidy(cells.get("linh_vuc", ""), 120)
    tiers = _tiers(cells.get("cap_thuc_hien", ""), portal, note)
    ways = tables.ways(cells.get("cach_thuc_thuc_hien", ""), portal, note)
    requirements, forms = papers(cells.get("thanh_phan_ho_so", ""), portal, note)
    time, fee = tables.whole_time(ways, portal), tables.whole_fee(ways, portal)
    made = Procedure(
        code=ProcedureCode(code),
        name=_name(title, portal),
        official_name=title,
        sector=portal["sectors"].get(sector) or fold(sector).replace(" ", "-") or "khac",
        tiers=tiers,
        source=portal.source(Confidence.HIGH),
        authority=_authority(cells, tiers, portal),
        applicants=_text(cells.get("doi_tuong_thuc_hien", ""), portal),
        ways=tuple(tables.differing(way, time, fee) for way in ways),
        time_limit=time,
        fee=fee,
        requirements=requirements,
        forms=forms,
        course=tables.steps(cells.get("trinh_tu_thuc_hien", ""), portal, note),
        conditions=_text(cells.get("yeu_cau_dieu_kien", ""), portal),
        results=tables.results(cells.get("ket_qua_xu_ly", ""), portal),
        legal_basis=tables.basis(cells.get("can_cu_phap_ly", ""), portal),
        decision=tidy(cells.get("so_quyet_dinh", ""), 60),
        warnings=_warnings(cells, portal),
    )
    return made, sector


def _name(title: str, portal: Portal) -> str:
    """The title without the word that stands before many of them."""
    name = re.sub(rf"^{portal['title']}\s+", "", title, flags=re.I).rstrip(". ")
    return name[:1].upper() + name[1:]


def _tiers(cell: str, portal: Portal, note: Note) -> tuple[Tier, ...]:
    named = [part.strip().lower() for part in cell.split(",")]
    unknown = [part for part in named if part and part not in portal["tiers"]]
    if unknown or not cell:
        note("cap_thuc_hien names no known level of government — taken as another one")
    found = {Tier(portal["tiers"].get(part, Tier.OTHER)) for part in named}
    return tuple(tier for tier in _TIERS if tier in found)


def _authority(cells: Mapping[str, str], tiers: tuple[Tier, ...], portal: Portal) -> Authority:
    said = portal["says"]
    decides = cells.get("co_quan_co_tham_quyen") or cells.get("co_quan_thuc_hien")
    receives = cells.get("dia_chi_tiep_nhan")
    return Authority(
        decides=tidy(decides or said["decides"], _LONGEST_TEXT),
        receives=tidy(receives or said["receives"][tiers[0]], _LONGEST_TEXT),
        source=portal.source(Confidence.HIGH if decides and receives else Confidence.MED),
    )


def _text(cell: str, portal: Portal) -> Text | None:
    return Text(tables.statement(cell), portal.source(Confidence.HIGH)) if cell else None


def _warnings(cells: Mapping[str, str], portal: Portal) -> tuple[str, ...]:
    """Says so where the export still sends people to a district."""
    gone = "|".join(portal["districts"])
    told = " ".join(
        cells.get(key, "")
        for key in ("trinh_tu_thuc_hien", "co_quan_co_tham_quyen", "co_quan_thuc_hien")
    )
    return (portal["says"]["district"],) if re.search(rf"\b({gone})\b", told, re.I) else ()
