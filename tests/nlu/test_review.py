"""Messages kept for review tell nothing about who wrote them; what is taught becomes training data."""

from __future__ import annotations

import json
from datetime import date

import pytest
import yaml
from click.testing import CliRunner

from bot.commands import review as command
from nlu.review import Taught, add_everyday_name, grouped, keep, masked

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("typed", "secret"),
    [
        ("em tên Trần Thị Mai ở Huế", "Mai"),
        ("toi ten le van tam muon hoi", "tam"),
        ("cccd 079196001234 tra giúp", "079196001234"),
        ("gọi 0912 345 678 cho em", "345"),
        ("hồ sơ H26.12-261120-0007 đâu", "261120"),
        ("sinh 15/11/1990 ở quê", "1990"),
        ("gửi lan.dang@gmail.com nha", "lan.dang"),
        ("số tài khoản 12345678901", "12345678901"),
        ("nguyễn thị bích muốn làm hộ chiếu", "bích"),
        ("tra giùm hồ sơ le van tam nộp hôm qua", "tam"),
        ("phạm hồng phúc sinh năm 1990", "phúc"),
        ("đưa cho huynh thi thuy tien giữ", "tien"),
    ],
)
def test_nothing_personal_is_left(typed, secret):
    assert secret not in masked(typed, TODAY)


def test_what_was_asked_is_left():
    assert masked("em tên Trần Thị Mai, làm giấy khai sinh ở đâu", TODAY).endswith(
        "làm giấy khai sinh ở đâu"
    )


@pytest.mark.parametrize(
    "typed",
    [
        "lệ phí làm hộ chiếu bao nhiêu",
        "le phi dang ky ket hon",
        "ho so thuong tru o dau",
        "đăng ký thị thực thế nào",
        "vũ trường có phải xin phép không",
        "đỗ xe trước ủy ban",
    ],
)
def test_words_that_are_also_surnames_are_left(typed):
    assert masked(typed, TODAY) == typed


def test_spellings_of_one_message_are_one():
    [first, second] = grouped(["dk tạm trú cần j", "đăng ký tạm trú cần gì", "xin chào"])
    assert (first.text, first.times, second.times) == ("dk tạm trú cần j", 2, 1)


def test_lessons_are_training_data_and_are_kept_once(tmp_path):
    path = tmp_path / "reviewed.yml"
    lesson = Taught("làm cái tờ giấy gì: 'hỏi' đó", "ask_procedure_overview")
    assert keep([lesson], path) == 1
    assert keep([lesson, Taught("ủa", "greet")], path) == 1
    groups = yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]
    assert [group["intent"] for group in groups] == ["ask_procedure_overview", "greet"]
    assert groups[0]["examples"] == "- làm cái tờ giấy gì: 'hỏi' đó\n"


def test_an_everyday_name_is_added_once(tmp_path):
    path = tmp_path / "p.yml"
    path.write_text('code: "1.1"\naliases:\n  - giấy độc thân\nsource: X\n', encoding="utf-8")
    assert add_everyday_name(path, "giấy ế")
    assert not add_everyday_name(path, "giay e")
    assert yaml.safe_load(path.read_text(encoding="utf-8"))["aliases"] == [
        "giấy độc thân",
        "giấy ế",
    ]


def test_the_command_lists_masked_messages(tmp_path):
    path = tmp_path / "kept.jsonl"
    lines = [json.dumps({"text": "cccd 079196001234 sao rồi"})] * 2
    path.write_text("\n".join(lines), encoding="utf-8")
    result = CliRunner().invoke(command.review, ["--from", str(path), "--list"])
    assert result.output.split() == ["2", "cccd", "000000000000", "sao", "rồi"]
