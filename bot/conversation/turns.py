"""Takes messages from the inbox, one turn and one transaction each, and puts the answers in the outbox."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable

import structlog

from bot.basics.errors import BotError, TryLater
from bot.basics.say import Say
from bot.conversation.engine import Engine, harmless, is_too_long, remember_offers
from bot.counter.first import first
from bot.counter.pick import command_of
from bot.counter.ports import Desk, Spoken
from bot.counter.speak import spoken
from bot.counter.turn import Message, Turn
from bot.storage.inbox import Unread
from bot.storage.storage import Storage, Work

log = structlog.get_logger()


def take_turn(storage: Storage, engine: Engine, desk: Desk) -> bool:
    """Deals with the oldest unread message; False when there is none.

    Everything the message did commits together. Whatever breaks, nothing of it stays, and the citizen
    is told, in a transaction of its own.
    """
    unread: Unread | None = None
    try:
        with storage.work() as work:
            unread = work.inbox.claim()
            if unread is None:
                return False
            said = _without_understanding(work, desk, unread)
            if said is None:
                said = engine.take(work, unread) or [_silent(desk)]
            for message in said:
                work.outbox.add(unread.inbound.conversation, message, unread.id)
            work.inbox.done(unread.id)
    except Exception as error:
        if unread is None or isinstance(error, TryLater):
            raise
        _apologise(storage, desk, unread, error)
    return True


def _without_understanding(work: Work, desk: Desk, unread: Unread) -> list[Spoken] | None:
    """What is answered to a command; None if the engine has to understand the message."""
    inbound, text = unread.inbound, harmless(unread.inbound.text)
    message = Message(
        id=unread.id,
        conversation=inbound.conversation,
        kind=inbound.kind,
        text=text,
        is_too_long=is_too_long(inbound),
        pressed=command_of(work, inbound, text),
        files=unread.files,
        phone=inbound.phone,
        own_phone=inbound.own_phone,
        latitude=inbound.latitude,
        longitude=inbound.longitude,
    )
    reply = first(Turn(work, desk, message))
    if reply is None:
        return None
    said = [spoken(one, desk.wording) for one in reply.says]
    remember_offers(work, inbound.conversation, said)
    return said


def _silent(desk: Desk) -> Spoken:
    """Nothing was said: never leave a citizen without an answer."""
    log.warning("turn.was_silent")
    return spoken(Say("fault.silent", {"office": desk.office}), desk.wording)


def _apologise(storage: Storage, desk: Desk, unread: Unread, error: Exception) -> None:
    incident = secrets.token_hex(3).upper()
    log.error("turn.broke", incident=incident, message_number=unread.id, exc_info=error)
    if isinstance(error, BotError):
        log.error("turn.broke_on_purpose", incident=incident, wording=error.key)
    apology = Say("fault.broken", {"incident": incident, "office": desk.office})
    with storage.work() as work:
        work.outbox.add(unread.inbound.conversation, spoken(apology, desk.wording), unread.id)
        work.inbox.failed(unread.id, incident)


class TurnWorker(threading.Thread):
    """A thread that takes turns whenever there is something unread."""

    def __init__(
        self,
        storage: Storage,
        make_engine: Callable[[], Engine],
        desk: Desk,
        on_answer: Callable[[], None],
        on_broken: Callable[[Exception], None],
        poll_every: float = 0.5,
    ) -> None:
        super().__init__(name="turns", daemon=True)
        self._storage, self._make_engine, self._desk = storage, make_engine, desk
        self._on_answer, self._on_broken = on_answer, on_broken
        self._poll_every = poll_every
        self._wake = threading.Event()
        self._stopping = threading.Event()

    def wake(self) -> None:
        """There is something new; other processes' messages are noticed by polling."""
        self._wake.set()

    def stop(self) -> None:
        """Ends after the turn in progress."""
        self._stopping.set()
        self._wake.set()
        self.join()

    def run(self) -> None:
        """Takes turns until stopped; without an engine nothing can be done, and that is told."""
        try:
            engine = self._make_engine()
        except Exception as error:
            self._on_broken(error)
            return
        while not self._stopping.is_set():
            self._wake.clear()
            try:
                took = take_turn(self._storage, engine, self._desk)
            except Exception as error:
                log.error("turn.could_not_be_taken", exc_info=error)
                took = False
                self._stopping.wait(self._poll_every)
            if took:
                self._on_answer()
            else:
                self._wake.wait(self._poll_every)
