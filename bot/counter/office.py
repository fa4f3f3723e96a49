"""When the office works and where it is: asked more often than anything about procedures."""

from __future__ import annotations

from bot.basics.say import Say, button, say
from bot.counter.subject import names_one
from bot.counter.turn import Turn

_LOOKS_AHEAD = 45
"""Days ahead in which days off are told."""


def about_the_office(turn: Turn) -> tuple[Say, ...]:
    """The office's address, telephone and hours, where the words ask for them and name no procedure."""
    phrases, text = turn.desk.phrases, turn.message.text
    if turn.message.pressed or names_one(turn):
        return ()
    if not (phrases.asks("hours", text) or phrases.asks("address", text)):
        return ()
    today, calendar = turn.now.date(), turn.desk.calendar
    told = say(
        "talk.office",
        button("button.officer", "talk_to_officer"),
        office=turn.desk.office,
        hours=turn.desk.hours,
        today=today,
        next_open=calendar.next_working(today),
        days_off=calendar.days_off(today, _LOOKS_AHEAD),
    )
    return (told,)
