"""Which move a dossier may make, and what each leaves behind (LEGAL §6)."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.basics.errors import ForbiddenMove
from bot.basics.ids import FieldId
from bot.dossiers import rules
from bot.dossiers.model import Dossier, Missing, Role, State
from tests.build import CALENDAR, HOURS, a_dossier, an_officer, at

OFFICER = an_officer()
NOON = at(23, 12)
MISSING = (Missing(FieldId("email"), "Thư điện tử"),)

MOVES: dict[State, Callable[[Dossier], Dossier]] = {
    State.ACCEPTED: lambda d: rules.accept(d, OFFICER, NOON, CALENDAR, HOURS),
    State.REFUSED: lambda d: rules.refuse(d, OFFICER, NOON, "lý do"),
    State.PROCESSING: lambda d: rules.start_processing(d, OFFICER, NOON),
    State.SUPPLEMENT: lambda d: rules.request_supplement(d, OFFICER, NOON, "lý do", MISSING, None),
    State.PAYMENT: lambda d: rules.request_payment(d, OFFICER, NOON, "lý do"),
    State.WITHDRAWN: lambda d: rules.withdraw(d, NOON, "lý do"),
    State.STOPPED: lambda d: rules.stop(d, OFFICER, NOON, "lý do"),
    State.FINISHED: lambda d: rules.finish(d, OFFICER, NOON, "", None),
    State.HANDED_OVER: lambda d: rules.hand_over(d, OFFICER, NOON),
}


def in_state(state: State) -> Dossier:
    """A dossier in this state, which it reached a day ago from where it was."""
    dossier = a_dossier().having(state=state, due=at(27).date())
    if state in rules.PAUSED:
        dossier = dossier.having(resumes_to=State.ACCEPTED, paused_at=at(20))
    return dossier


@pytest.mark.parametrize(("here", "there"), list(itertools.product(State, MOVES)))
def test_only_the_moves_of_the_table_are_made(here: State, there: State) -> None:
    dossier = in_state(here)
    if there in rules.NEXT[here] and not (
        there is State.PROCESSING and here in rules.PAUSED  # `resume` ends a pause
    ):
        assert MOVES[there](dossier).state is there
    else:
        with pytest.raises(ForbiddenMove):
            MOVES[there](dossier)


@pytest.mark.parametrize("state", sorted(rules.NEEDS_REASON))
def test_a_reason_is_compulsory_where_the_citizen_must_know_why(state: State) -> None:
    dossier = in_state(State.SUBMITTED if state in rules.NEXT[State.SUBMITTED] else State.ACCEPTED)
    move = {
        State.REFUSED: lambda: rules.refuse(dossier, OFFICER, NOON, " "),
        State.SUPPLEMENT: lambda: rules.request_supplement(
            dossier, OFFICER, NOON, "", MISSING, None
        ),
        State.PAYMENT: lambda: rules.request_payment(dossier, OFFICER, NOON, ""),
        State.STOPPED: lambda: rules.stop(dossier, OFFICER, NOON, "\n"),
    }[state]
    with pytest.raises(ForbiddenMove):
        move()


def test_every_move_stores_who_when_and_why() -> None:
    moved = rules.refuse(a_dossier(), OFFICER, NOON, "Thiếu chữ ký")
    assert moved.last.by == OFFICER
    assert moved.last.at == NOON
    assert moved.last.note == "Thiếu chữ ký"
    assert moved.version == a_dossier().version + 1


def test_the_citizen_stands_in_the_history_without_a_name() -> None:
    moved = rules.withdraw(a_dossier(), NOON, "đổi ý")
    assert moved.last.by.role is Role.CITIZEN
    assert moved.last.by.name == ""


@pytest.mark.parametrize("state", sorted(rules.PAUSED))
def test_leaving_a_pause_gives_the_paused_working_days_back(state: State) -> None:
    dossier = in_state(state)
    resumed = rules.resume(dossier, OFFICER, at(25, 9), CALENDAR)
    assert dossier.due is not None
    assert resumed.due is not None
    assert resumed.due > dossier.due
    assert resumed.paused_at is None


def test_a_supplement_goes_back_to_where_the_dossier_was() -> None:
    accepted = rules.accept(a_dossier(), OFFICER, at(19), CALENDAR, HOURS)
    asked = rules.request_supplement(accepted, OFFICER, at(20), "mờ", MISSING, None)
    sent = rules.supplement(asked, at(23), {FieldId("email"): "a@b.vn"}, (), CALENDAR)
    assert sent.state is State.ACCEPTED
    assert sent.missing == ()
    assert sent.answers[FieldId("email")] == "a@b.vn"


def test_everything_missing_is_asked_for_at_once() -> None:
    with pytest.raises(ForbiddenMove):
        rules.request_supplement(a_dossier(), OFFICER, NOON, "lý do", (), None)


def test_a_later_date_is_given_with_an_apology_and_changes_no_state() -> None:
    accepted = rules.accept(a_dossier(), OFFICER, at(19), CALENDAR, HOURS)
    assert accepted.due is not None
    later = accepted.due + timedelta(days=7)
    extended = rules.extend(accepted, OFFICER, NOON, "cần xác minh", later)
    assert extended.state is State.ACCEPTED
    assert extended.due == later
    assert extended.was_just_extended
    with pytest.raises(ForbiddenMove):
        rules.extend(accepted, OFFICER, NOON, "cần xác minh", accepted.due)


def test_overdue_is_computed_and_only_while_the_clock_runs() -> None:
    accepted = rules.accept(a_dossier(), OFFICER, at(19), CALENDAR, HOURS)
    assert accepted.due is not None
    day_after = accepted.due + timedelta(days=1)
    assert accepted.is_overdue(day_after)
    assert not rules.stop(accepted, OFFICER, NOON, "x").is_overdue(day_after)
