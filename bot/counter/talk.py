"""Everything around the business: greetings, the way to a person, complaints, ratings, what is out of scope."""

from __future__ import annotations

from bot.basics.say import Say, button, say
from bot.counter.ask import followed_up
from bot.counter.learn import UNSURE, note
from bot.counter.office import about_the_office
from bot.counter.subject import common, did_you_mean
from bot.counter.turn import Reply, Turn
from bot.counter.unreadable import unreadable

_OFFER_OFFICER_AFTER = 2
_SURELY_NAMES_ONE, _SURER = 0.9, 0.25
"""How likely it must be that what seems foreign names a procedure: so much, or so much likelier."""
_HALF = 0.5
_SURELY_FOREIGN = 0.95
_TOLD_OF_EACH = ("ask_documents", "ask_conditions")
_SURELY_AN_INSULT = 0.75
"""Confidence from which somebody is asked to calm down: `vn` is no insult."""
_PLAIN = {
    "thanks_bye": "talk.bye",
    "abusive": "talk.calm",
    "bot_capability": "talk.capability",
    "result_delivery": "talk.result_delivery",
    "subscribe_updates": "talk.updates",
    "pay_fee": "talk.pay",
    "pay_issue": "talk.pay_issue",
}
"""Intents answered by one sentence that needs no facts but the office's."""


def greet(turn: Turn) -> Reply:
    """Says who this is, and what can be done here."""
    turn.understood(introduced=True)
    drafts = turn.work.drafts.unfinished(turn.conversation.citizen)
    resume = (button("button.resume", "resume_filing"),) if drafts else ()
    return Reply(
        (
            say(
                "talk.hello",
                *resume,
                *common(turn, "ask_procedure_overview"),
                office=turn.desk.office,
            ),
        )
    )


def introduce(turn: Turn) -> Reply:
    """At first contact, that this is an AI assistant; nothing afterwards (Luật 134/2025/QH15 Đ11)."""
    if turn.conversation.context.introduced:
        return Reply()
    turn.remember(introduced=True)
    return Reply((say("talk.introduction", office=turn.desk.office),))


def plain(turn: Turn) -> Reply:
    """One of the sentences that need no facts but the office's."""
    meaning = turn.message.meaning
    if meaning.intent == "abusive" and meaning.confidence < _SURELY_AN_INSULT:
        return out_of_scope(turn)
    turn.understood()
    key = _PLAIN[meaning.intent]
    return Reply((say(key, button("button.officer", "talk_to_officer"), office=turn.desk.office),))


def officer(turn: Turn) -> Reply:
    """The way to a person; pressing the button asks to be called back."""
    pressed = turn.message.pressed
    if pressed and pressed.facts.get("call_back"):
        turn.work.feedback.add(
            turn.conversation.id, "call_back", "", turn.conversation.context.dossier
        )
        turn.work.letters.keep(turn.message.id, turn.conversation.id)
        return Reply((say("talk.call_back_noted", office=turn.desk.office),))
    turn.understood()
    ask = button("button.call_back", "talk_to_officer", {"call_back": "1"})
    return Reply((say("talk.officer", ask, office=turn.desk.office, hours=turn.desk.hours),))


def complain(turn: Turn) -> Reply:
    """Keeps the complaint for the office and says where else it can go; what only may be one is not sent on."""
    if turn.message.meaning.confidence < _HALF:
        return out_of_scope(turn)
    _keep(turn, "complaint")
    return Reply(
        (
            say(
                "talk.complaint",
                button("button.officer", "talk_to_officer"),
                office=turn.desk.office,
            ),
        )
    )


def rate(turn: Turn) -> Reply:
    """Keeps a rating; a button asks for one."""
    if turn.message.pressed and "stars" not in turn.message.pressed.facts:
        stars = (
            button("button.stars", "rate_service", {"stars": str(n)}, n=n) for n in (5, 4, 3, 2, 1)
        )
        return Reply((Say("talk.rate", {}, tuple(stars)),))
    _keep(turn, "rating")
    return Reply((say("talk.rated"),))


def out_of_scope(turn: Turn) -> Reply:
    """Says plainly that this cannot be helped with; after two in a row, the way to an officer."""
    if nothing := unreadable(turn.message):
        return Reply((nothing,))
    if told := about_the_office(turn):
        return Reply(told)
    if followed := followed_up(turn):
        return followed
    misses = turn.conversation.context.misses + 1
    turn.remember(misses=misses, unclear=turn.told())
    note(turn, UNSURE)
    if _may_be_ours(turn) and (named := did_you_mean(turn, "ask_procedure_overview")):
        return Reply((named,))
    if misses >= _OFFER_OFFICER_AFTER:
        ways = (
            button("button.officer", "talk_to_officer"),
            button("button.list", "list_procedures"),
        )
        return Reply((say("talk.still_lost", *ways, office=turn.desk.office),))
    if turn.message.meaning.confidence < _SURELY_FOREIGN and (missed := _not_told_of(turn)):
        return Reply((missed,))
    return Reply((say("talk.out_of_scope", button("button.list", "list_procedures")),))


def _not_told_of(turn: Turn) -> Say | None:
    """That something is not known of the procedure last talked about, and what is; None without one."""
    code = turn.conversation.context.procedure
    known = turn.desk.catalogue.get(code) if code and code in turn.desk.catalogue else None
    if known is None:
        return None
    facts, officer = {"procedure": known.code}, button("button.officer", "talk_to_officer")
    told = (button(f"button.{intent}", intent, facts) for intent in _TOLD_OF_EACH)
    ways = (
        () if turn.conversation.draft else tuple(told)
    )  # else the form puts its own question next
    return say("talk.not_told_of", *ways, officer, name=known.name)


def _may_be_ours(turn: Turn) -> bool:
    """Whether the procedures it may name are worth offering, although nothing was understood."""
    meaning = turn.message.meaning
    is_foreign = meaning.intent == "out_of_scope" and meaning.confidence >= _HALF
    enough = min(_SURELY_NAMES_ONE, meaning.confidence + _SURER)
    return not is_foreign or meaning.names_one >= enough


def _keep(turn: Turn, kind: str) -> None:
    pressed = turn.message.pressed
    words = pressed.facts.get("stars", "") if pressed else turn.message.text
    turn.work.feedback.add(turn.conversation.id, kind, words, turn.conversation.context.dossier)
    turn.understood()
