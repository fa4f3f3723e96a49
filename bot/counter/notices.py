"""Bringing a notice to its citizen: the next step of its chain, taken in the transaction at hand."""

from __future__ import annotations

from bot.basics.ids import ConversationId, MessageId
from bot.basics.messages import FilledTemplate
from bot.basics.vietnamese import show
from bot.citizens.model import Conversation
from bot.counter.forms import loop_for
from bot.counter.papers import phone_of
from bot.counter.ports import Desk, NoticeStep, Spoken, Work
from bot.counter.speak import spoken
from bot.dossiers.model import Dossier, State
from bot.notifications.chain import ZALO, Contact, Reach, Wait, decide, is_stuck, page_step
from bot.notifications.notice import Closed, Notice, Step, Way

_NOBODYS_MESSAGE = MessageId(0)


def begin(work: Work, desk: Desk, notice: Notice, dossier: Dossier) -> None:
    """Leaves a fresh notice on the page it belongs to, and takes its first step."""
    page = page_step(_reach(work, dossier))
    if page:
        _take(work, desk, notice, page, dossier)
    advance(work, desk, work.notices.get(notice.id) or notice)


def advance(work: Work, desk: Desk, notice: Notice) -> None:
    """Does what is to be done about the notice now; nothing, if what was done last is not settled."""
    dossier = work.dossiers.get(notice.dossier)
    if dossier is None:
        return work.notices.close(notice, Closed.CALL)
    now = desk.clock.now()
    if is_stuck(notice, now) and work.notices.give_up(notice):
        notice = work.notices.get(notice.id) or notice
    match decide(notice, _reach(work, dossier), desk.rates, now):
        case Step() as step:
            _take(work, desk, notice, step, dossier)
        case Closed() as why:
            work.notices.close(notice, why)
        case Wait(until) if until:
            work.notices.hold(notice, until)
    return None


def _reach(work: Work, dossier: Dossier) -> Reach:
    conversations = work.conversations.of_citizen(dossier.citizen)
    conversations.sort(
        key=lambda one: one.id != dossier.conversation
    )  # stable: then last heard first
    return Reach(tuple(map(contact_of, conversations)), bool(_phone(work, dossier)))


def contact_of(conversation: Conversation) -> Contact:
    """The conversation, as far as it matters for reaching its citizen."""
    return Contact(conversation.id, conversation.heard_at, conversation.reachable)


def _phone(work: Work, dossier: Dossier) -> str:
    """The number a platform vouches for; else the one the citizen gave in this very dossier."""
    conversations = work.conversations.of_citizen(dossier.citizen)
    own = (one.context.phone for one in conversations if one.context.phone)
    return next(own, "") or phone_of(dossier)


def _take(work: Work, desk: Desk, notice: Notice, step: Step, dossier: Dossier) -> None:
    words = work.notices.words(notice)
    template = None
    if step.way in (Way.ACCOUNT, Way.PHONE):
        template = _filled(work, desk, notice, step, dossier)
        words = Spoken(words.key, "")
    where = step.conversation or ConversationId(f"{ZALO}:phone:{notice.id}")
    work.outbox.add(
        where,
        words,
        once=f"notice:{notice.id}:{step.way}:{where}"[:120],
        step=NoticeStep(notice.id, step.way, step.cost, template),
    )
    if template is None and dossier.state is State.SUPPLEMENT and notice.kind == "supplement":
        _ask_at_once(work, desk, dossier, where)


def _filled(
    work: Work, desk: Desk, notice: Notice, step: Step, dossier: Dossier
) -> FilledTemplate | None:
    template = desk.rates.template(notice.kind)
    if template is None:
        return None
    facts = {
        "ma_ho_so": dossier.code,
        "trang_thai": template.states[notice.kind],
        "ngay": show.day(notice.created_at.date()),
    }
    phone = _phone(work, dossier) if step.way is Way.PHONE else ""
    return FilledTemplate(template.id, template.filled(facts), phone)


def _ask_at_once(work: Work, desk: Desk, dossier: Dossier, where: ConversationId) -> None:
    """Puts the first missing thing as a question, unless the citizen is busy with another form."""
    conversation = work.conversations.get(where)
    draft = work.drafts.supplementing(dossier.code)
    loop = loop_for(desk, dossier.procedure)
    if conversation is None or conversation.draft is not None or draft is None or loop is None:
        return
    if any(one.draft == draft.id for one in work.conversations.of_citizen(dossier.citizen)):
        return
    outcome = loop.repeat(draft.having(last_message=_NOBODYS_MESSAGE, conversation=where))
    work.drafts.save(outcome.draft)
    work.conversations.save(conversation.having(draft=draft.id))
    for number, question in enumerate(outcome.says):
        once = f"{dossier.code}#{dossier.version}?{number}"
        work.outbox.add(where, spoken(question, desk.wording), once=once)
