"""Typed words as the answer to the present question, to a doubt, to the review, or as a correction."""

from __future__ import annotations

import re

from bot.basics.say import say
from bot.basics.vietnamese.answers import Reply, says_skip, yes_or_no
from bot.declarations import files, gates, halves
from bot.declarations.corrections import meant
from bot.declarations.intents import (
    asks,
    is_aside,
    is_surely_a_question,
    is_surely_rude,
    order_of,
)
from bot.declarations.kinds import KINDS
from bot.declarations.kinds.matching import asked
from bot.declarations.kinds.model import NotKnown, Ok, Unsure, Wrong
from bot.declarations.likewise import likewise
from bot.declarations.model import Draft, Heard, Outcome, Pending, Status, Then
from bot.declarations.orders import obey, skip
from bot.declarations.path import Stop
from bot.declarations.phrases import Order
from bot.declarations.proposing import FREE
from bot.declarations.steps import Steps


def answer(at: Steps, draft: Draft, heard: Heard) -> Outcome:
    """The words as an answer to the question put last."""
    stop = at.asker.stop(draft)
    if stop is None:
        return at.repeat(draft)
    if at.phrases.asks("why", heard.text):
        return Outcome(draft, (at.asker.why(draft), at.asker.help(draft, stop)))
    if at.phrases.asks_about(heard.text, asked(stop.field)):
        return obey(at, draft, Order.HELP)
    if other := _asked_about(at, draft, heard.text):
        return at.repeat(draft, at.asker.about(other))
    kind = KINDS[stop.field.kind]
    if kind.is_open and is_surely_a_question(heard, at.phrases):
        return Outcome(draft, then=Then.ASIDE)
    text = heard.phone if heard.phone and stop.field.kind == "phone" else heard.text
    if draft.taking and (order := files.meant(draft, text)):
        return obey(at, draft, order)
    if corrected := _corrects_the_last(at, draft, text):
        return corrected
    if not asks(heard, at.phrases) and (more := at.proposer.from_message(draft, text, stop)):
        return at.next(more)
    skips = _leaves_out(at, draft, stop, text)
    if skips and kind.is_open:
        return skip(at, draft)
    pointed = likewise(at.proposer.cues, at.asker, draft, stop, text)
    question = at.asker.question(draft, stop)
    reading = pointed or kind.read(text, question)
    if stop.field.kind == "address":
        reading = halves.place(draft, stop, text, reading, question)
    if isinstance(reading, Wrong) and (only := at.proposer.only_answer(draft, text, stop)):
        reading = kind.read(only, question)
    may_tell = stop.is_gate and not is_surely_a_question(heard, at.phrases)
    if may_tell and (begun := gates.told(at, draft, stop, text, reading)):
        return begun
    if isinstance(reading, Ok) and reading.doubts and is_surely_rude(heard):
        return Outcome(draft, then=Then.ASIDE)
    if isinstance(reading, Ok):
        return at.take(draft, stop, reading)
    if skips:
        return skip(at, draft)
    if is_surely_a_question(heard, at.phrases):
        return Outcome(draft, then=Then.ASIDE)
    if halves.is_half(at.proposer.cues, stop, text):
        draft = halves.with_half(draft, stop, text)
    if isinstance(reading, Unsure):
        return at.ask_back(draft, stop, reading)
    if is_aside(heard):
        return Outcome(draft, then=Then.ASIDE)
    if isinstance(reading, NotKnown):
        is_needed = at.asker.is_required(draft, stop)
        return obey(at, draft, Order.HELP if is_needed else Order.SKIP)
    if order := order_of(heard):
        return obey(at, draft, order)
    return at.missed(draft, stop, reading)


def _asked_about(at: Steps, draft: Draft, text: str) -> Stop | None:
    """The other question whose name comes back with a cry for help: `số định danh là gì` at the name."""
    found = (
        stop
        for stop in at.asker.path(draft).shown
        if stop.field.help and at.phrases.asks_about(text, re.findall(r"[^\W_]+", stop.field.label))
    )
    return min(found, key=lambda stop: len(stop.field.label), default=None)


def _corrects_the_last(at: Steps, draft: Draft, text: str) -> Outcome | None:
    """`à nhầm, 1961`: the answer just given, put right; None where it cannot be that one."""
    rest = at.phrases.takes_back(text)
    stop = at.asker.path(draft).before(draft.asking) if rest and not draft.misses else None
    if stop is None or stop.id not in draft.answers or stop.field.kind in FREE:
        return None
    reading = KINDS[stop.field.kind].read(rest, at.asker.question(draft, stop))
    return at.take(draft, stop, reading) if isinstance(reading, Ok) else None


def confirm(at: Steps, draft: Draft, pending: Pending, heard: Heard) -> Outcome:
    """The words as a yes or no to a value about which something is unusual; else as another answer."""
    stop = at.asker.path(draft).stop(pending.field)
    if stop is None:
        return at.repeat(draft.having(pending=None))
    match at.whole_reply(draft, stop, heard.text):
        case True:
            return at.accept(draft, stop.id, pending.value)
        case False:
            return at.repeat(draft.having(pending=None))
    question = at.asker.question(draft, stop)
    if both := halves.name(at.proposer.cues, pending.value, heard.text, question):
        return at.take(draft.having(pending=None), stop, both)
    return answer(at, draft.having(pending=None, asking=stop.id), heard)


def review(at: Steps, draft: Draft, heard: Heard) -> Outcome:
    """The words while everything answered is shown: hand it in, or what is to be changed."""
    if is_aside(heard):
        return Outcome(draft, then=Then.ASIDE)
    last = at.asker.path(draft).stops[-1]
    match at.whole_reply(draft, last, heard.text):
        case True:
            return Outcome(draft, then=Then.FILE)
        case False:
            return Outcome(draft, (say("declaration.edit_how"),))
    return _told(at, draft, heard.text) or at.repeat(draft)


def _told(at: Steps, draft: Draft, text: str) -> Outcome | None:
    """`số bản sao là 3` while everything is shown: the one answer of this name that it can be."""
    edit = None if at.phrases.is_question(text) else at.phrases.tells(text)
    stops = meant(at.phrases.groups, at.asker, draft, edit.label) if edit else []
    readings = [
        (stop, KINDS[stop.field.kind].read(edit.value, at.asker.question(draft, stop)))
        for stop in stops
        if edit
    ]
    found = [(stop, reading) for stop, reading in readings if isinstance(reading, Ok)]
    return at.take(draft.having(status=Status.FILLING), *found[0]) if len(found) == 1 else None


def correct(at: Steps, draft: Draft, text: str) -> Outcome | None:
    """The correction that the words ask for; None when they name no field, so may be an answer."""
    edit = at.phrases.edit(text)
    if edit is None:
        return None
    stops = meant(at.phrases.groups, at.asker, draft, edit.label)
    if not stops:
        return None
    if len(stops) > 1:
        return Outcome(draft, (at.asker.edit_which(draft, stops),))
    stop = stops[0]
    if edit.value:
        question = at.asker.question(draft, stop)
        reading = KINDS[stop.field.kind].read(edit.value, question)
        if isinstance(reading, Ok):
            return at.take(draft.having(status=Status.FILLING), stop, reading)
    return at.revisit(draft, stop)


def _leaves_out(at: Steps, draft: Draft, stop: Stop, text: str) -> bool:
    """Whether the words leave an optional question out; a bare *không* does, like *bỏ qua*."""
    if at.asker.is_required(draft, stop):
        return False
    may_mean_more = stop.field.kind == "consent" or bool(stop.field.options)
    return says_skip(text) or (not may_mean_more and yes_or_no(text) is Reply.NO)
