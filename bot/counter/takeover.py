"""An officer talks to the citizen: the assistant is quiet meanwhile, and nothing the citizen writes is lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.basics.errors import Refused, UnknownDossier
from bot.basics.ids import ConversationId, DossierCode, MessageId
from bot.basics.messages import Kind
from bot.basics.say import button, say
from bot.citizens.model import Conversation
from bot.counter.decide import Officer
from bot.counter.notices import contact_of
from bot.counter.ports import Desk, Letter, LostWords, Work
from bot.counter.speak import spoken
from bot.counter.turn import Reply, Turn
from bot.dossiers.model import Dossier
from bot.notifications.chain import is_open

_LONGEST = 1500
_WAKES = "wake"
_SAYS = "takeover.officer_says"
_LOOKS_BACK = timedelta(days=7)


def with_officer(turn: Turn) -> Reply | None:
    """Keeps the message for the officer who talks here, without a word; None if none does.

    "Bot ơi" brings the assistant back, and so does pressing a button.
    """
    until = turn.conversation.context.officer_until
    if until is None or until <= turn.now:
        return None
    if turn.message.kind in (Kind.CLICK, Kind.START):
        turn.remember(officer_until=None)
        return None
    if turn.desk.phrases.command(turn.message.text) == _WAKES:
        turn.remember(officer_until=None)
        return Reply((say("takeover.back"),))
    turn.work.letters.keep(turn.message.id, turn.conversation.id)
    return Reply()


def take_over(work: Work, desk: Desk, conversation: ConversationId, since: datetime) -> None:
    """An officer wrote to the citizen at `since`: the assistant is quiet for a while, and says so once."""
    known, now = work.conversations.claim(conversation), desk.clock.now()
    until = min(since, now) + desk.officer_talks
    if known is None or until <= now:
        return
    before = known.context.officer_until
    work.conversations.save(known.about(officer_until=max(until, before) if before else until))
    if before is None or before <= now:
        words = say("takeover.began", minutes=round(desk.officer_talks.total_seconds() / 60))
        work.outbox.add(conversation, spoken(words, desk.wording))


@dataclass(frozen=True)
class Waiting:
    """One conversation in which an officer is waited for."""

    conversation: Conversation
    dossiers: tuple[Dossier, ...]
    letters: tuple[Letter, ...]


def inbox(officer: Officer) -> Iterator[Waiting]:
    """Who waits for an officer's answer, the longest waiting first."""
    work = officer.work
    together: dict[ConversationId, list[Letter]] = {}
    for letter in work.letters.waiting():
        together.setdefault(letter.conversation, []).append(letter)
    for number, letters in together.items():
        if conversation := work.conversations.get(number):
            dossiers = tuple(work.dossiers.of_citizen(conversation.citizen))
            yield Waiting(conversation, dossiers, tuple(letters))


def lost(officer: Officer) -> Iterator[tuple[LostWords, tuple[Dossier, ...]]]:
    """What officers wrote in the last week and may not have arrived, with its citizen's dossiers."""
    work, since = officer.work, officer.desk.clock.now() - _LOOKS_BACK
    for words in work.letters.lost(_SAYS, since):
        known = work.conversations.get(words.conversation)
        yield words, tuple(work.dossiers.of_citizen(known.citizen)) if known else ()


def answer(officer: Officer, target: str, words: str) -> Conversation:
    """Sends the officer's words, and has the assistant be quiet there.

    `target` is a dossier's code or the number of a letter. Raises `UnknownDossier`, and `Refused` for
    who cannot be written to now.
    """
    work, desk, now = officer.work, officer.desk, officer.desk.clock.now()
    conversation = _meant(officer, target)
    said = words.strip()
    if not said or len(said) > _LONGEST:
        raise Refused("officer.words_needed", most=_LONGEST)
    if not is_open(contact_of(conversation), desk.rates, now):
        raise Refused("officer.cannot_write", target=target)
    told = say(_SAYS, officer=officer.name, words=said)
    work.outbox.add(conversation.id, spoken(told, desk.wording))
    take_over(work, desk, conversation.id, now)
    work.letters.answered(conversation.id)
    return conversation


def hand_back(officer: Officer, target: str) -> None:
    """The officer is done: the assistant answers again, and says so."""
    work, conversation = officer.work, _meant(officer, target)
    work.letters.answered(conversation.id)
    work.conversations.save(conversation.about(officer_until=None))
    track = button("button.officer", "talk_to_officer")
    work.outbox.add(conversation.id, spoken(say("takeover.over", track), officer.desk.wording))


def _meant(officer: Officer, target: str) -> Conversation:
    work = officer.work
    if target.isdecimal() and len(target) < 15:
        letter = work.letters.get(MessageId(int(target)))
        number = letter.conversation if letter else None
    else:
        number = _of_dossier(work, DossierCode(target.upper()))
    found = work.conversations.claim(number) if number else None
    if found is None:
        raise UnknownDossier("officer.unknown_target", target=target)
    return found


def _of_dossier(work: Work, code: DossierCode) -> ConversationId | None:
    """Where its citizen waits for an answer, else where it was filed."""
    dossier = work.dossiers.get(code)
    if dossier is None:
        return None
    own = {one.id for one in work.conversations.of_citizen(dossier.citizen)}
    waiting = (one.conversation for one in work.letters.waiting() if one.conversation in own)
    return next(waiting, dossier.conversation)
