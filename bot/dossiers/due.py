"""When a dossier is due, by the rules of LEGAL §8 (BLDS 2015 Đ147–148)."""

from __future__ import annotations

import calendar as months
from datetime import date, datetime, timedelta

from bot.dossiers.calendar import OfficeHours, WorkingCalendar
from bot.procedures.model import TimeLimit, TimeUnit

_HOURS_A_DAY = 8


def due_date(
    accepted_at: datetime, limit: TimeLimit, calendar: WorkingCalendar, hours: OfficeHours
) -> date | None:
    """The appointment date for something accepted at `accepted_at`; None when no limit is fixed.

    The day of receipt is not counted, and a period that ends on a day off rolls to the next
    working day.
    """
    received = calendar.counts_from(accepted_at, hours)
    if limit.unit is TimeUnit.SAME_DAY:
        is_today = received == accepted_at.date()
        too_late = is_today and accepted_at.time() > hours.same_day_until
        return calendar.add(received, 1) if too_late else received
    if limit.value is None:
        return None
    match limit.unit:
        case TimeUnit.WORKING_DAY:
            return calendar.add(received, limit.value)
        case TimeUnit.WORKING_HOUR:
            return calendar.add(received, -(-limit.value // _HOURS_A_DAY))
        case TimeUnit.DAY:
            return calendar.next_working(received + timedelta(days=limit.value))
        case TimeUnit.MONTH:
            return calendar.next_working(_months_after(received, limit.value))
    raise AssertionError(limit.unit)


def due_after_pause(
    due: date, paused_at: datetime, resumed_at: datetime, calendar: WorkingCalendar
) -> date:
    """`due`, later by the working days that the pause took (LEGAL §6)."""
    return calendar.add(due, calendar.between(paused_at.date(), resumed_at.date()))


def answer_expected_by(
    submitted_at: datetime, calendar: WorkingCalendar, hours: OfficeHours
) -> date:
    """When the office should have accepted, refused or asked: 8 working hours (LEGAL §8.3, MED)."""
    received = calendar.counts_from(submitted_at, hours)
    at_opening = submitted_at.date() != received or submitted_at.time() <= hours.opens
    return received if at_opening else calendar.add(received, 1)


def _months_after(day: date, count: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    last = months.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))
