"""The declaration in print: what was sent stays as it was, whatever becomes of the form."""

from __future__ import annotations

import dataclasses
import re

from bot.counter import decide
from bot.counter.bundle import bundle_dossier
from bot.dossiers.model import Missing
from tests.conversation.test_amending import files
from tests.conversation.test_filing import BIRTH
from tests.conversation.world import Citizen, World
from tests.unit.documents.reading_pdf import opened, text_of

COPY_OF_A_RECORD = "2.000635"


def declaration(citizen: Citizen, world: World) -> str:
    """The words of the declaration that is kept with the dossier."""
    [dossier] = citizen.dossiers
    assert dossier.declaration
    with world.storage.look() as work:
        known = work.files.get(dossier.declaration)
        assert known
        assert known.name == f"to-khai-{dossier.code}.pdf"
        assert known.pages == 1
        return text_of(work.files.open(dossier.declaration))


def test_the_declaration_is_kept_as_it_was_filed(citizen: Citizen, world: World) -> None:
    files(citizen)
    text = declaration(citizen, world)
    assert f"Mã hồ sơ {citizen.code}" in text
    assert "0912 345 678" in text
    assert "BẢN XEM TRƯỚC" not in text


def test_a_change_before_it_was_taken_in_is_printed_anew(citizen: Citizen, world: World) -> None:
    files(citizen)
    citizen.says("sửa hồ sơ")
    citizen.says("sửa số điện thoại thành 0987654321")
    citizen.says("nộp")
    assert "0987 654 321" in declaration(citizen, world)


def test_what_was_supplemented_is_printed_anew(citizen: Citizen, world: World) -> None:
    files(citizen)
    with world.officer() as officer:
        phone = Missing("dien_thoai", "Số điện thoại liên hệ", "Số này không gọi được.")
        decide.request_supplement(officer, citizen.code, "gọi không được", [phone])
    citizen.looks()
    citizen.says("0987654321")
    citizen.says("nộp")
    citizen.hears("supplement.sent")
    assert "0987 654 321" in declaration(citizen, world)


def receipt(citizen: Citizen, world: World) -> str:
    """The words of the receipt, once an officer took the dossier in."""
    with world.officer() as officer:
        decide.accept(officer, citizen.code)
    [dossier] = citizen.dossiers
    found = dossier.last.slip
    assert found
    with world.storage.look() as work:
        return text_of(work.files.open(found))


def test_a_slip_tells_what_filing_online_costs(citizen: Citizen, world: World) -> None:
    files(citizen)
    text = receipt(citizen, world)
    assert "Phí, lệ phí: 7.000 đ/lần" in text
    assert "Nhận kết quả: Theo thông báo của cơ quan tiếp nhận" in text


def test_a_slip_tells_where_the_post_brings_the_result(citizen: Citizen, world: World) -> None:
    files(citizen, COPY_OF_A_RECORD)
    text = receipt(citizen, world)
    assert "Nhận kết quả: Qua dịch vụ bưu chính công ích, tới Số 5, tổ 3, phường Ba Đình" in text
    assert "Phí, lệ phí: 8.000 đ/bản" in text


def test_a_birth_is_free_only_in_time_and_the_slip_says_so(citizen: Citizen, world: World) -> None:
    files(citizen, BIRTH)
    text = receipt(citizen, world)
    assert re.search(r"Phí, lệ phí: Miễn phí\. .*đúng hạn.* 8\.000 đồng một bản", text)


def test_what_files_are_called_is_not_printed(citizen: Citizen, world: World) -> None:
    files(citizen)
    text = declaration(citizen, world)
    assert "Giấy tờ chứng minh chỗ ở hợp pháp: có gửi kèm" in text
    assert ".jpg" not in text


def test_an_officer_reads_what_was_filed_though_the_form_left_the_catalogue(
    citizen: Citizen, world: World
) -> None:
    files(citizen)
    with world.officer() as officer:
        gone = dataclasses.replace(officer.work.dossiers.get(citizen.code), procedure="9.999999")
        officer.work.dossiers.save(gone.having(version=gone.version + 1))
    with world.officer() as officer:
        bound = bundle_dossier(officer, citizen.code)
        first = next(iter(decide.files(officer, citizen.code)))
    assert "0912 345 678" in text_of(bound.pdf)
    assert [mark.title for mark in opened(bound.pdf).outline][:2] == [
        "Phiếu tóm tắt hồ sơ",
        "Tờ khai",
    ]
    assert first[0] == f"01 to-khai-{citizen.code}.pdf"
