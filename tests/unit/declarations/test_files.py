"""Files inside a declaration, and what a paper says about those it takes."""

from __future__ import annotations

from typing import Any

import pytest

from bot.basics.ids import FieldId, FileId
from bot.declarations import files
from bot.declarations.model import Draft, ReceivedFile
from bot.declarations.path import path
from bot.procedures.model import FileKind, Form, Upload
from tests.build import a_draft, a_form, at

PAPER = FieldId("giay")
MEGABYTE = 1024 * 1024


def a_file(number: int = 1, **changes: Any) -> ReceivedFile:
    facts: dict[str, Any] = {
        "file": FileId(f"f{number}"),
        "name": f"{number}.jpg",
        "size": 1000,
        "pages": 1,
        "mime": "image/jpeg",
        "marks": (f"sha256:{number:064x}", f"look:{(1 << 8 * number) - 1:064x}"),
    }
    return ReceivedFile(**{**facts, **changes})


def received(*sent: ReceivedFile, draft: Draft | None = None, **paper: Any):
    """The draft and what is said, when a paper with these limits is asked for."""
    form = Form("f", "", a_form("CT01").source, ())
    upload = Upload(PAPER, "Anh/chị gửi giúp em?", "Giấy chứng sinh", **paper)
    draft = draft or a_draft(asking=PAPER)
    return files.receive(draft, sent, path(form, (upload,), draft.answers, at(20).date()))


@pytest.mark.parametrize(
    ("paper", "sent", "key"),
    [
        ({"max_files": 2}, [a_file(1), a_file(2), a_file(3)], "file.too_many"),
        ({"max_pages": 3}, [a_file(1), a_file(2, pages=3)], "file.too_many_pages"),
        ({"max_mb": 2}, [a_file(1), a_file(2, size=2 * MEGABYTE + 1)], "file.too_large_here"),
        ({"kinds": (FileKind.PDF,)}, [a_file(1)], "file.other_kind"),
        (
            {"kinds": (FileKind.PHOTO,)},
            [a_file(1), a_file(2, mime="application/pdf")],
            "file.other_kind",
        ),
        ({}, [a_file(1), a_file(2, problem="file.blurred")], "file.blurred"),
        ({}, [a_file(1), a_file(9, marks=a_file(1).marks)], "file.twice"),
    ],
)
def test_what_a_paper_does_not_take_is_said_and_the_rest_kept(paper, sent, key):
    draft, says = received(*sent, **paper)
    assert [said.key for said in says] == [key]
    assert draft.taking == tuple(sent[:-1])


def test_a_photo_that_looks_like_the_one_before_is_asked_about():
    again = a_file(2, marks=("sha256:" + "f" * 64, a_file(1).marks[1]))
    draft, says = received(a_file(1), again)
    assert not says
    assert [item.doubt for item in draft.taking] == ["", "file.maybe_twice"]


def test_files_that_were_held_are_taken_as_far_as_the_paper_takes_them():
    draft = a_draft(asking=PAPER, held=(a_file(1), a_file(2)))
    form = Form("f", "", a_form("CT01").source, ())
    upload = Upload(PAPER, "", "Giấy", max_files=1)
    draft, says = files.use_held(draft, path(form, (upload,), {}, at(20).date()))
    assert (draft.taking, draft.held) == ((a_file(1),), ())
    assert [said.key for said in says] == ["file.too_many"]
