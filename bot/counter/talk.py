"""Everything around the business: greetings, the way to a person, complaints, ratings, what is out of scope."""

from __future__ import annotations

from bot.basics.ids import ProcedureCode
from bot.basics.say import Button, Say, button, say
from bot.basics.vietnamese.text import fold
from bot.counter.ask import FACETS, answer, followed_up
from bot.counter.drafts import meant_by_button, named, new_draft, open_draft
from bot.counter.file import start
from bot.counter.forms import loop_for, procedure_of
from bot.counter.learn import DID_YOU_MEAN, UNSURE, note, note_last
from bot.counter.office import about_the_office
from bot.counter.remember import answered
from bot.counter.subject import common, known_elsewhere, names_one, offer
from bot.counter.supplement import supplement
from bot.counter.turn import Reply, Turn
from bot.counter.unreadable import unreadable
from bot.declarations.model import Draft

_OFFER_OFFICER_AFTER = 2
_SURELY_NAMES_ONE = 0.9
_HALF = 0.5
_SURELY_FOREIGN = 0.95
_TOLD_OF_EACH = ("ask_documents", "ask_conditions")
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
    turn.remember(introduced=True, misses=0)
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
    turn.remember(misses=0)
    key = _PLAIN[turn.message.meaning.intent]
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
    turn.remember(misses=0)
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
    candidates = [
        turn.desk.catalogue.get(code)
        for code in turn.message.meaning.candidates[:2]
        if code in turn.desk.catalogue
    ]
    if turn.message.meaning.elsewhere and _may_be_ours(turn):
        return Reply((known_elsewhere(turn, "ask_procedure_overview"),))
    if candidates and _may_be_ours(turn):
        note(turn, DID_YOU_MEAN)
        return Reply((offer("talk.did_you_mean", candidates, "ask_procedure_overview"),))
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
    return not is_foreign or meaning.names_one >= _SURELY_NAMES_ONE


def outside_a_form(turn: Turn) -> Reply:
    """Words that only make sense inside a declaration, said outside one; an old button opens its own."""
    match meant_by_button(turn):
        case Draft() as draft:
            back = say("filing.back_to", name=named(turn.desk, draft))
            return Reply((back, *open_draft(turn, draft).says), opens=True)
        case Say() as told:
            return Reply((told,))
    if code := _declared(turn):
        return start(turn.about(code))
    drafts = turn.work.drafts.unfinished(turn.conversation.citizen)
    resume = (button("button.resume", "resume_filing"),) if drafts else ()
    corrects = turn.message.meaning.intent == "fix_field" and not drafts
    if corrects and turn.work.dossiers.of_citizen(turn.conversation.citizen):
        return supplement(turn, amends=True)
    if turn.message.files:
        return _file_outside(turn, resume)
    if names_one(turn):
        return answer(turn.asking(_question(turn)))
    if said := _yes_or_no(turn, has_drafts=bool(drafts)):
        return said
    left = named(turn.desk, drafts[0]) if drafts else ""
    ways = (*resume, button("button.list", "list_procedures"))
    return Reply((say("talk.outside_a_form", *ways, left=left),))


def _yes_or_no(turn: Turn, *, has_drafts: bool) -> Reply | None:
    """What a yes or a no means outside a declaration; None where it means nothing in particular."""
    intent, see_list = turn.message.meaning.intent, button("button.list", "list_procedures")
    if intent not in ("affirm", "deny"):
        return None
    if said := answered(turn, intent == "affirm"):
        return Reply((said,))
    if intent == "affirm":
        return None if has_drafts else _go_on(turn)
    if note_last(turn):
        officer = button("button.officer", "talk_to_officer")
        return Reply((say("talk.thumbs_down", see_list, officer),))
    if has_drafts or turn.message.pressed:
        return None
    return Reply((say("talk.nothing_more", see_list),))


def _go_on(turn: Turn) -> Reply:
    """What a yes leads to that answers no question: the procedure last talked about, if it can be filed."""
    code = turn.remember(asked="").context.procedure
    known = turn.desk.catalogue.get(code) if code and code in turn.desk.catalogue else None
    if known is None or not known.can_be_filed:
        return Reply((say("talk.go_on", button("button.list", "list_procedures"), name=""),))
    start_it = button("button.start", "start_filing", {"procedure": known.code})
    return Reply((say("talk.go_on", start_it, name=known.name),))


def _question(turn: Turn) -> str:
    """What is asked by words that name a procedure and were taken for an answer: `lý lịch tư pháp số 2`."""
    return next(
        (intent for intent in turn.message.meaning.rather if intent in FACETS),
        "ask_procedure_overview",
    )


def _declared(turn: Turn) -> ProcedureCode | None:
    """The procedure that `làm khai sinh cho con tên …` declares: of those named, the one it says most for."""
    meaning = turn.message.meaning
    if meaning.intent != "inform" or turn.message.pressed:
        return None
    if turn.desk.phrases.is_question(turn.message.text):
        return None
    named = [code for code in meaning.candidates if _is_called(turn, code)]
    certain = [meaning.procedure] if meaning.procedure else named
    said = {code: _facts_for(turn, code) for code in certain}
    best = max(said, key=lambda code: said[code], default=None)
    return best if best and said[best] else None


def _is_called(turn: Turn, code: ProcedureCode) -> bool:
    """Whether the message calls the procedure by one of its names."""
    procedure, said = procedure_of(turn.desk, code), f" {fold(turn.message.text)} "
    names = (procedure.name, *procedure.aliases) if procedure else ()
    return any(f" {fold(name)} " in said for name in names)


def _facts_for(turn: Turn, code: ProcedureCode) -> int:
    """How many questions of its form the message answers."""
    loop = loop_for(turn.desk, code)
    draft = new_draft(turn, turn.desk.catalogue.get(code))
    return loop.proposer.facts_in(draft, turn.message.text) if loop else 0


def _file_outside(turn: Turn, resume: tuple[Button, ...]) -> Reply:
    """A file without a declaration to put it in is not kept; what may come next is offered."""
    files = turn.message.files
    problems = [say(item.problem, name=item.name) for item in files if item.problem]
    turn.work.files.erase(item.file for item in files)
    ways = (*resume, *common(turn, "start_filing")[:3], button("button.list", "list_procedures"))
    return Reply((*problems, say("talk.file_outside", *ways, resumes=bool(resume))))


def _keep(turn: Turn, kind: str) -> None:
    pressed = turn.message.pressed
    words = pressed.facts.get("stars", "") if pressed else turn.message.text
    turn.work.feedback.add(turn.conversation.id, kind, words, turn.conversation.context.dossier)
    turn.remember(misses=0)
