"""Words that only make sense inside a declaration, said outside one."""

from __future__ import annotations

from dataclasses import replace

from bot.basics.ids import ProcedureCode
from bot.basics.say import Button, Say, button, say
from bot.basics.vietnamese.text import fold
from bot.counter.ask import answer
from bot.counter.drafts import meant_by_button, named, new_draft, open_draft
from bot.counter.file import start
from bot.counter.forms import loop_for, procedure_of
from bot.counter.learn import note_last
from bot.counter.meant import question
from bot.counter.remember import answered
from bot.counter.subject import common, did_you_mean, names_one
from bot.counter.supplement import supplement
from bot.counter.turn import Reply, Turn
from bot.declarations.model import Draft


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
        return answer(turn.asking(question(turn)))
    if said := _yes_or_no(turn, has_drafts=bool(drafts)):
        return said
    asks_help = turn.message.meaning.intent == "ask_field_help"
    if not asks_help and (meant := did_you_mean(turn, question(turn))):
        return Reply((replace(meant, buttons=(*meant.buttons, *resume)),))
    ways = (*resume, button("button.list", "list_procedures"))
    if asks_help and not drafts:
        return Reply((say("talk.field_outside_a_form", *ways),))
    left = named(turn.desk, drafts[0]) if drafts else ""
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
