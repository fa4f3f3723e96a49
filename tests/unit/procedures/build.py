"""Small catalogues for tests: invented procedures, and records in the shape of the export."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import bot
from bot.basics.ids import ProcedureCode
from bot.procedures.catalogue import Catalogue
from bot.procedures.everyday import Everyday
from bot.procedures.model import Confidence, Procedure, Result, Source, Tier
from bot.procedures.sayings import Sayings

MODELS = Path("models")
"""Where what the finder learned of the whole catalogue is kept."""
CATALOGUE = Path(bot.__file__).parent / "catalogue"
EVERYDAY = Everyday.read(CATALOGUE / "everyday.yml")
SOURCE = Source("CT", "2026-07", Confidence.HIGH)


def a_procedure(code: str, name: str, *aliases: str, **given: Any) -> Procedure:
    """A procedure of a commune with this name."""
    facts = {"official_name": name, "sector": "ho-tich", "tiers": (Tier.COMMUNE,), **given}
    facts["results"] = tuple(Result(result) for result in given.get("results", ()))
    return Procedure(code=ProcedureCode(code), name=name, aliases=aliases, source=SOURCE, **facts)


def a_catalogue(
    *procedures: Procedure, everyday: Everyday = EVERYDAY, sayings: Sayings | None = None
) -> Catalogue:
    """A catalogue of hand-written procedures."""
    known = {one.code: one for one in procedures}
    return Catalogue(known, {}, {}, everyday, sayings=sayings)


def a_record(**given: str) -> dict[str, str]:
    """A record of the export, of an invented procedure."""
    return {
        "ma_thu_tuc": "9.000001",
        "ten_thu_tuc": "Thủ tục cấp Giấy phép nuôi rồng",
        "so_quyet_dinh": "1/QĐ-RONG",
        "cap_thuc_hien": "Cấp tỉnh, Cấp xã",
        "linh_vuc": "Chăn nuôi rồng",
        "doi_tuong_thuc_hien": "Công dân Việt Nam",
        "co_quan_co_tham_quyen": "Ủy ban nhân dân cấp xã",
        "dia_chi_tiep_nhan": "",
        "trinh_tu_thuc_hien": "Bước 1: Nộp đơn.\nBước 2: Nhận giấy phép.",
        "cach_thuc_thuc_hien": (
            "Hình thức nộpThời gianPhí, lệ phíMô tả"
            "Trực tiếp5 Ngày làm việc70,000 Việt Nam Đồng(/giấy phép)Nộp tại một cửa."
            "Trực tuyến5 Ngày làm việcMiễn phí"
        ),
        "thanh_phan_ho_so": (
            "--Tên giấy tờMẫu đơn, tờ khaiSố lượngĐơn xin nuôi rồngDon xin.docx1 bản chính"
            "Bản sao giấy chứng sinh của rồng0 bản chính,2 bản sao"
        ),
        "can_cu_phap_ly": (
            "Tên văn bản pháp lýMã văn bảnLuật Rồng1/2026/QH15"
            "Nghị định số 2/2026/NĐ-CP2/2026/NĐ-CPThông tư về rồng3/2026/TT-BCA"
        ),
        "co_quan_thuc_hien": "Không có thông tin",
        "yeu_cau_dieu_kien": "Không có thông tin",
        "ket_qua_xu_ly": (
            "Giấy phép nuôi rồngMã: KQ.G10.000001Từ khóaKhông có thông tinMô tảKhông có thông tin"
            "Chọn cơ quan thực hiệnTỉnh/ Thành phốBộ ngànhNộp hồ sơ"
        ),
        "raw_text": "x" * 50,
        **given,
    }


def an_export(path: Path, *records: dict[str, str] | str) -> Path:
    """Writes records, or lines as they are, as an export; gzipped if the name says so."""
    lines = (
        one if isinstance(one, str) else json.dumps(one, ensure_ascii=False) for one in records
    )
    text = "".join(f"{line}\n" for line in lines).encode()
    path.write_bytes(gzip.compress(text) if path.suffix == ".gz" else text)
    return path


def a_folder(path: Path, written: Iterable[str] = ()) -> Path:
    """A catalogue folder with the shared files and these procedure files, `sector/name.yml: text`."""
    for name in ("sources.yml", "sectors.yml", "everyday.yml", "portal.yml", "skeleton.yml"):
        (path / name).write_text((CATALOGUE / name).read_text(encoding="utf-8"), encoding="utf-8")
    for text in written:
        (path / "ho-tich").mkdir(exist_ok=True)
        count = len(list(path.glob("ho-tich/*.yml")))
        (path / "ho-tich" / f"p{count}.yml").write_text(text, encoding="utf-8")
    return path
