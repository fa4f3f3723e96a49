"""One picture of every paper in `docs/samples`, with invented people: `python -m tests.samples`."""

from __future__ import annotations

import dataclasses
import io
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from PIL import Image

from bot.basics.ids import FieldId
from bot.declarations.asking import Line
from bot.documents.model import Contents
from bot.documents.typst_documents import TypstDocuments, template_of
from bot.documents.values import blank_lines, cover_data, declaration_data, slip_data
from bot.dossiers import rules
from bot.dossiers.model import Dossier, Missing, Slip
from bot.procedures.model import Form
from tests.build import (
    CALENDAR,
    HOURS,
    a_dossier,
    a_form,
    an_asker,
    an_office,
    an_officer,
    at,
    example_lines,
    filled_by_example,
    slip_facts,
)

FOLDER = Path(__file__).parents[1] / "docs" / "samples"
FORMS = (
    "TK_KHAI_SINH",
    "TK_KHAI_SINH_LAI",
    "TK_KET_HON",
    "TK_KHAI_TU",
    "TK_TRICH_LUC",
    "TK_XNTTHN",
    "TK_CAI_CHINH",
    "CT01",
    "DC02",
    "TK01_HOCHIEU",
    "TK_LLTP",
    "GPLX_PL12",
    "HKD_M1",
    "HKD_M2",
    "HKD_M3",
    "TK_TROGIUP_1D",
    "DON_KHUYETTAT",
    "DN_HUUTRI_XH",
    "DN_HONGHEO",
    "GPXD_M01",
    "DAT_M18",
    "MSNS_01",
    "GIA_PL4_M01",
    "TK_LIEN_THONG_KS",
)
"""One form of each layout."""
GENERAL = "CT01"
"""Shown in the layout for all, which a form without its own gets."""
_DOTS_PER_INCH = 72
_COLOURS = 64
"""Enough for black, grey and one red; keeps a page under 150 kB."""

CLERK, EXAMINER = an_officer(), an_officer("Vũ Đức Long")
BLURRED = Missing(
    FieldId("giay_chung_sinh"),
    "Giấy chứng sinh",
    "Ảnh bị mờ ở phần ngày sinh, đề nghị chụp lại rõ cả bốn góc.",
    is_paper=True,
)
UNCLEAR = Missing(
    FieldId("tre.que_quan"),
    "Quê quán của người được khai sinh",
    "Ghi theo quê quán của cha hoặc của mẹ.",
)


CONTENTS = Contents(
    state="đã trả kết quả",
    papers=(
        ("Tờ khai", 2),
        ("Giấy chứng sinh", 1),
        ("Giấy chứng nhận kết hôn của cha mẹ", 0),
        ("Mẫu 01 – Giấy tiếp nhận hồ sơ và hẹn trả kết quả", 1),
        ("Mẫu 06 – Phiếu kiểm soát quá trình giải quyết hồ sơ", 2),
    ),
    doubts=(
        (
            "Phí, lệ phí",
            "mới thấy ở một nguồn",
            "Cổng Dịch vụ công quốc gia, tháng 07/2026",
        ),
    ),
)


def dossiers() -> dict[Slip, Dossier]:
    """For each slip, a dossier that has just come to it."""
    filed = a_dossier()
    accepted = rules.accept(filed, CLERK, at(20), CALENDAR, HOURS)
    examined = rules.start_processing(accepted, EXAMINER, at(20, 14))
    asked = rules.request_supplement(
        accepted,
        CLERK,
        at(20, 10),
        "Giấy chứng sinh không đọc được ngày sinh.\nQuê quán của bé khác quê quán của cha và mẹ.",
        (BLURRED, UNCLEAR),
        date(2026, 12, 1),
    )
    return {
        Slip.SUBMISSION: filed,
        Slip.RECEIPT: accepted,
        Slip.SUPPLEMENT: asked,
        Slip.REFUSAL: rules.refuse(
            filed,
            CLERK,
            at(20),
            "Hồ sơ không thuộc thẩm quyền giải quyết: cha mẹ của bé đều cư trú tại phường Sao Mai."
            "\nĐề nghị nộp hồ sơ tại Ủy ban nhân dân phường Sao Mai.",
        ),
        Slip.APOLOGY: rules.extend(
            examined,
            EXAMINER,
            at(26),
            "Cần xác minh việc đăng ký kết hôn của cha mẹ bé, nơi đăng ký trước đây chưa trả lời.",
            date(2026, 12, 2),
        ),
        Slip.STOP: rules.stop(
            examined,
            EXAMINER,
            at(25, 15, 30),
            "Gia đình đề nghị tạm dừng để thống nhất tên của bé.",
        ),
        Slip.CONTROL: _to_the_end(asked),
    }


def _to_the_end(asked: Dossier) -> Dossier:
    sent = rules.supplement(asked, at(23, 20, 5), {}, (), CALENDAR)
    examined = rules.start_processing(sent, EXAMINER, at(25, 8))
    finished = rules.finish(examined, EXAMINER, at(26, 10), "Đã ký số giấy khai sinh.", None)
    return rules.hand_over(finished, CLERK, at(26, 15, 2))


def papers() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """File name, template and data of every sample."""
    for slip, dossier in dossiers().items():
        facts = slip_facts(made_at=dossier.last.at, office=an_office(is_demo=True))
        yield slip.name.lower(), slip.name.lower(), slip_data(dossier, facts)
    for name in FORMS:
        form, file = a_form(name), name.lower().replace("_", "-")
        lines, template = example_lines(form), template_of(form)
        yield file, template, declaration_data(form, lines, at(19, 10, 15), is_demo=True)
        yield f"{file}-blank", template, declaration_data(form, blank_lines(form), None)
    form = a_form("TK01_HOCHIEU")
    data = declaration_data(form, lines_of_a_child(), at(19, 10, 15), is_demo=True)
    yield "tk01a-hochieu", template_of(form), data
    code = str(a_dossier().code)
    form = a_form(GENERAL)
    data = declaration_data(form, example_lines(form), at(19, 10, 15), code, is_demo=True)
    yield "declaration", "declaration", data
    yield "declaration-blank", "declaration", declaration_data(form, blank_lines(form), None)
    form = a_form(FORMS[0])
    yield "stress", template_of(form), declaration_data(form, long_lines(form), at(20), code)
    last = dossiers()[Slip.CONTROL]
    facts = slip_facts(made_at=last.last.at, office=an_office(is_demo=True))
    yield "cover", "cover", cover_data(last, facts, CONTENTS)


def lines_of_a_child() -> tuple[Line, ...]:
    """The example of a passport, for a girl of ten whose mother stands for her."""
    form = a_form("TK01_HOCHIEU")
    draft = filled_by_example(form)
    others = {
        "nyc.ho_ten": "NGUYỄN THỊ MAI",
        "nyc.ngay_sinh": "2016-03-12",
        "nyc.so_dinh_danh": "001316012345",
        "dai_dien.ho_ten": "LÊ THỊ BÌNH",
        "dai_dien.ngay_sinh": "1990-02-01",
        "dai_dien.so_dinh_danh": "001190023456",
        "dai_dien.ngay_cap": "2021-05-10",
        "dai_dien.quan_he": "me",
        "dai_dien.thuong_tru": draft.answers[FieldId("tam_tru")],
        "me.ho_ten": "LÊ THỊ BÌNH",
        "me.ngay_sinh": "1990-02-01",
    }
    for field, value in others.items():
        draft = draft.answered(FieldId(field), value)
    return an_asker(form).lines(draft)


def long_lines(form: Form) -> tuple[Line, ...]:
    """The example's answers, with 300 characters in every name and every address."""
    more = "Nguyễn Thị Thanh Huyền Trang, số 5, ngõ 10, tổ 3, phường Ba Đình, thành phố Hà Nội; "
    long = {field.id for field in form.fields if field.kind in ("name", "address", "agency")}
    return tuple(
        dataclasses.replace(line, value=f"{line.value} {more * 4}"[:300])
        if re.sub(r"\[\d+\]", "", line.id) in long
        else line
        for line in example_lines(form)
    )


def picture(pages: list[bytes]) -> bytes:
    """The pages side by side in one small PNG."""
    opened = [Image.open(io.BytesIO(page)).convert("RGB") for page in pages]
    width, height = opened[0].size
    sheet = Image.new("RGB", (width * len(opened), height), "white")
    for place, page in enumerate(opened):
        sheet.paste(page, (width * place, 0))
    drawn = io.BytesIO()
    sheet.quantize(_COLOURS, Image.Quantize.FASTOCTREE).save(drawn, "PNG", optimize=True)
    return drawn.getvalue()


def main() -> None:
    """Draws every sample again."""
    documents = TypstDocuments()
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, template, data in papers():
        pages = documents.pictures(template, data, _DOTS_PER_INCH)
        (FOLDER / f"{name}.png").write_bytes(picture(pages))


if __name__ == "__main__":
    main()
