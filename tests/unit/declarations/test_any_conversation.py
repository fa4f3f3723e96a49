"""Whatever a citizen does in whatever order, the draft stays in order and nothing raises."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from bot.basics.ids import FileId, MessageId
from bot.basics.say import Command
from bot.basics.wording import Wording
from bot.declarations.kinds import KINDS
from bot.declarations.model import Draft, Heard, Outcome, ReceivedFile, Status, Then
from bot.declarations.refit import fits
from tests.build import CATALOGUE
from tests.walking import NONSENSE, PAGE, Citizen, filed_here, typing

FORMS = ("TK_KHAI_SINH", "CT01", "TK_LLTP", "HKD_M1", "TK_CAI_CHINH", "DN_HONGHEO", "TK_XNTTHN")
"""With sections that repeat, that depend on answers, with derived values, papers and promises."""
STEPS = 14
SPOILT = ReceivedFile(FileId(""), "hong.jpg", 1000, 0, "kinds.file.expected")
FACTS = (
    "vợ tôi là Lê Thị Bình, sinh 12/3/1996, căn cước 001196023456",
    "tôi tên Trần Văn An, số điện thoại 0912345678",
    "con tôi tên Trần Gia Bảo sinh hôm qua",
    "số 5, tổ 3, phường Ba Đình, Hà Nội, email an@example.vn",
)
SAID = (
    *("quay lại", "bỏ qua", "để sau", "xem lại", "giúp", "xong", "nộp", "xóa bản nháp", "sửa"),
    *("có", "không", "đúng rồi", "2", "không biết", "hôm qua", "dạ", "thôi", "ừ", "0912345678"),
    *("thêm một người nữa", "bỏ người cuối ra", "sửa người thứ hai", "bỏ Mai ra", "thêm ngành nữa"),
    *("thêm một giai đoạn nữa", "bỏ giai đoạn đầu", "sửa ngày sinh", "sửa họ tên thành Trần An"),
    *(
        "sửa quan hệ",
        "sửa số định danh thành 001196023456",
        "đổi ngày sinh thành 1/2/2020",
        "hết rồi",
    ),
    *(
        "sửa loại khai sinh thành chưa xác định được cha",
        "sửa chủ thể thành hộ gia đình",
        *FACTS,
        *NONSENSE,
    ),
)
_WORDING = Wording.read(CATALOGUE / "wording")
_KEPT = TypeAdapter(Draft)

said = st.sampled_from(SAID).map(lambda text: Heard(MessageId(0), text))
asked = st.sampled_from(("ask_fee", "start_filing", "go_back", "skip", "cancel_filing")).map(
    lambda intent: Heard(MessageId(0), "lệ phí bao nhiêu vậy?", intent=intent, confidence=0.95)
)
sent = st.sampled_from(((PAGE,), (SPOILT,), (PAGE, PAGE, SPOILT))).map(
    lambda files: Heard(MessageId(0), files=files)
)
shared = st.just(Heard(MessageId(0), phone="0912345678", is_own_phone=True))
step = st.one_of(
    st.just("answer"), st.just("answer"), st.integers(0, 400), said, asked, sent, shared
)
"""An answer from the example, a button ever shown, or something said, asked, sent, shared."""


@cache
def begun(form: str, part: int) -> Citizen:
    """Somebody who answered none, half or all of the form."""
    procedure = next(p for p in filed_here() if p.form and p.form.id == form)
    citizen = Citizen(procedure)
    whole = len(Citizen(procedure).walks(typing).draft.answers)
    while citizen.last.then is not Then.REVIEW and len(citizen.draft.answers) * 2 < whole * part:
        typing(citizen)
    return citizen


@pytest.mark.parametrize("form", FORMS)
@settings(derandomize=True, database=None, deadline=None, max_examples=24)
@given(part=st.integers(0, 2), steps=st.lists(step, min_size=1, max_size=STEPS), data=st.data())
def test_any_sequence_leaves_a_draft_in_order(
    form: str, part: int, steps: list[str | int | Heard], data: st.DataObject
) -> None:
    citizen = begun(form, part)
    citizen.draft, citizen.last = begun(form, part).draft, begun(form, part).last
    draft, last = citizen.draft, citizen.last
    shown: list[Command] = [b.command for one in last.says for b in one.buttons]
    try:
        for number, done in enumerate(steps, start=1000):
            heard = as_heard(citizen, done, shown)
            heard = Heard(**{**heard.__dict__, "message": MessageId(number)})
            before = citizen.draft
            outcome = citizen.hear(heard)
            shown += [b.command for one in outcome.says for b in one.buttons]
            in_order(citizen, outcome, before)
            repeated = citizen.loop.hear(citizen.draft, heard)
            assert repeated.draft.answers == citizen.draft.answers, "the same message came twice"
    finally:
        citizen.draft, citizen.last = draft, last


def as_heard(citizen: Citizen, done: str | int | Heard, shown: list[Command]) -> Heard:
    """The step as a message."""
    if isinstance(done, Heard):
        return done
    if isinstance(done, int):
        return Heard(MessageId(0), pressed=shown[done % len(shown)] if shown else None, text="dạ")
    stop = citizen.loop.asker.stop(citizen.draft)
    return Heard(MessageId(0), citizen.example(stop) if stop else "dạ")


def in_order(citizen: Citizen, outcome: Outcome, before: Draft) -> None:
    """What holds of every draft after every message."""
    draft, asker = citizen.draft, citizen.loop.asker
    path = asker.path(draft)
    assert _KEPT.validate_python(_KEPT.dump_python(draft, mode="json")) == draft
    for told in outcome.says:
        assert _WORDING.render(told.key, told.holes).strip()
    if draft.status is Status.REVIEW:
        assert asker.is_complete(draft)
        assert draft.asking is None
    if outcome.then is Then.FILE:
        assert before.status is Status.REVIEW
        assert asker.is_complete(draft)
    if outcome.then is Then.STAY and draft.status is Status.FILLING:
        assert path.stop(draft.asking), "what is asked is on the path"
    assert set(path.values) <= {stop.id for stop in path.stops}
    for stop in path.stops:
        value = draft.answers.get(stop.id, "derived")
        assert value is not None or not asker.is_required(draft, stop), stop.id
        if stop.id in draft.answers:
            assert fits(value, asker.question(draft, stop)), (stop.id, value)
        if stop.id in path.values:
            assert KINDS[stop.field.kind].show(path.values[stop.id], stop.field) is not None
